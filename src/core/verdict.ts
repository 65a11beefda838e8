/**
 * Verdicts. D = left - right is ONE quantity with enclosure [lo, hi]; S is the sum of the absolute values of its top-level additive terms.
 *
 *   ==  Refuted: 0 outside [lo, hi].   Verified @tau: 0 inside and [lo, hi] inside [-tau S, tau S].
 *   <=  Refuted: lo > 0.               Verified: hi <= 0, or lo <= 0 < hi <= tau S.
 *   <   Refuted: lo >= 0.              Verified: hi < 0.
 *
 * A tolerance never excuses a certified difference: if [lo, hi] excludes 0 an equality is Refuted even when |D| < tau S. An S beyond the doubles bounds
 * nothing: an infinite tau S would contain any [lo, hi].
 */
import type { Estimate, Grade } from "./estimate.ts"

export type Relation = "==" | "<=" | ">=" | "<" | ">"

export const REASONS = ["budget", "immovable", "heuristic-only", "hypothesis-unknown", "undefined", "estimator-alarm"] as const
/** Why a verdict is Inconclusive; each with what to do next in `report`. */
export type Reason = (typeof REASONS)[number]

export type Verdict =
  | { readonly _tag: "Verified" }
  | { readonly _tag: "Refuted" }
  | { readonly _tag: "Inconclusive"; readonly reason: Reason }
  | { readonly _tag: "Vacuous" }
  | { readonly _tag: "Faulted"; readonly message: string }

export const verified: Verdict = { _tag: "Verified" }
export const refuted: Verdict = { _tag: "Refuted" }
export const vacuous: Verdict = { _tag: "Vacuous" }
export const inconclusive = (reason: Reason): Verdict => ({ _tag: "Inconclusive", reason })
export const faulted = (message: string): Verdict => ({ _tag: "Faulted", message })

/** box: enclosed on whole parameter boxes; grid: stated instances; draw: random instances, violated share at most ln(1/b)/N with confidence 1-b. */
export interface Coverage {
  readonly kind: "box" | "grid" | "draw"
  readonly instances: number
}

/** An instance, for people. */
export interface Where {
  /** Exact rationals `p/q`, nested lists for vectors and matrices. */
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** Family of the spec that the instance belongs to. */
  readonly family?: string
}

export interface Counterexample extends Where {
  readonly left: readonly [number, number]
  readonly right: readonly [number, number]
  readonly difference: readonly [number, number]
}
export type ParameterValue = string | ReadonlyArray<ParameterValue>

/** Instances that a hypothesis excludes, with the first of them. */
export interface Exclusion {
  readonly hypothesis: string
  readonly instances: number
  readonly first: Where
}

/** One line of a report: the answer for a step, a claim or a mutant. */
export interface Result {
  readonly id: string
  readonly kind: "step" | "claim" | "mutant"
  readonly verdict: Verdict
  /** A sentence: why Inconclusive, which hypothesis failed, or a note; empty when there is nothing to add. */
  readonly detail: string
  /** The instance that `detail` speaks of. */
  readonly where: Where | null
  readonly grade: Grade | null
  readonly alpha: number
  readonly coverage: Coverage
  readonly tolerance: number
  /** Smallest relative discrepancy |D|/S that would have been seen, 2r/S; the worst instance. null when nothing was decided. */
  readonly detectable: number | null
  readonly counterexample: Counterexample | null
  /** Instances skipped because a hypothesis fails there. */
  readonly skipped: number
  readonly exclusions: ReadonlyArray<Exclusion>
  readonly replay: string
  readonly evaluations: number
  readonly seconds: number
}

/** The verdict on one instance from the estimate of D = left - right and a lower bound of its scale. */
export const decide = (relation: Relation, d: Estimate, scale: number, tolerance: number): Verdict | undefined => {
  if (d.grade === "heuristic") return undefined
  if (relation === ">=" || relation === ">") return decide(relation === ">=" ? "<=" : "<", { ...d, lo: -d.hi, hi: -d.lo }, scale, tolerance)
  const bound = scale < Infinity ? tolerance * scale : 0
  if (relation === "==") {
    if (d.lo > 0 || d.hi < 0) return refuted
    return (d.lo === 0 && d.hi === 0) || Math.max(-d.lo, d.hi) <= bound ? verified : undefined
  }
  if (relation === "<") return d.lo >= 0 ? refuted : d.hi < 0 ? verified : undefined
  return d.lo > 0 ? refuted : d.hi <= 0 || d.hi <= bound ? verified : undefined
}
