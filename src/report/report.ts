/**
 * What reports are made of: the results of a run and how they add up. Everything in src/report is a pure function of these values.
 */
import type { BudgetName } from "../core/budget.ts"
import { weakest } from "../core/estimate.ts"
import type { Grade } from "../core/estimate.ts"
import type { Result, Verdict } from "../core/verdict.ts"
import type { EdgeResult } from "../verify/proof.ts"

export interface Theorem {
  readonly id: string
  readonly title: string
  /** Formula of each step and mutant by name, for the details of what is not Verified. */
  readonly formulas: Readonly<Record<string, string>>
  /** The derivation lines of a claim file by name, as typed, each with the line before it. */
  readonly lines: ReadonlyMap<string, { readonly before: string; readonly typed: string }>
  /** The parameters that a step's formula depends on, by the name of the step. */
  readonly mentions: ReadonlyMap<string, ReadonlySet<string>>
}

export interface Report {
  /** Version of Lemmata. */
  readonly lemmata: string
  readonly seed: number
  readonly alpha: number
  readonly budget: BudgetName
  readonly theorems: ReadonlyArray<Theorem>
  /** In plan order, each with its replay token. */
  readonly results: ReadonlyArray<Result>
}

/** eps* by step; `null` where no perturbation of an equality was tried or refuted. */
export interface Sensitivity {
  readonly theorem: string
  readonly step: string
  readonly epsilon: number | null
}

export interface MutantReport extends Report {
  readonly sensitivities: ReadonlyArray<Sensitivity>
}

export interface EdgeReport extends Omit<Report, "results"> {
  readonly edges: ReadonlyArray<{ readonly theorem: string; readonly edge: EdgeResult }>
}

export interface Summary {
  readonly verified: number
  readonly refuted: number
  readonly inconclusive: number
  readonly vacuous: number
  readonly faulted: number
}

export const summarise = (results: ReadonlyArray<Result>): Summary => {
  const count = (tag: Verdict["_tag"]): number => results.filter((r) => r.verdict._tag === tag).length
  return {
    verified: count("Verified"),
    refuted: count("Refuted"),
    inconclusive: count("Inconclusive"),
    vacuous: count("Vacuous"),
    faulted: count("Faulted"),
  }
}

// The worst word of a theorem's steps is its own.
const SEVERITY: ReadonlyArray<Verdict["_tag"]> = ["Refuted", "Faulted", "Inconclusive", "Vacuous", "Verified"]

/** The verdict word of a theorem from those of its steps. */
export const overall = (results: ReadonlyArray<Result>): Verdict["_tag"] =>
  SEVERITY.find((tag) => results.some((r) => r.verdict._tag === tag)) ?? "Vacuous"

/** Exit code of a check: 1 any Refuted, 4 a fault of ours, 3 something undecided, 0 all Verified, 5 nothing there. */
export const exitCode = ({ verified, refuted, inconclusive, vacuous, faulted }: Summary): 0 | 1 | 3 | 4 | 5 =>
  refuted > 0 ? 1 : faulted > 0 ? 4 : inconclusive + vacuous > 0 ? 3 : verified > 0 ? 0 : 5

/** Exit code of a mutant run, where Refuted is success: 1 when a mutant was Verified. */
export const mutantExitCode = ({ verified, refuted, inconclusive, vacuous, faulted }: Summary): 0 | 1 | 3 | 4 | 5 =>
  verified > 0 ? 1 : faulted > 0 ? 4 : inconclusive + vacuous > 0 ? 3 : refuted > 0 ? 0 : 5

/** The results of a theorem, in order. */
export const resultsOf = (results: ReadonlyArray<Result>, theorem: string): ReadonlyArray<Result> =>
  results.filter((r) => r.id.slice(0, r.id.lastIndexOf("#")) === theorem)

/** The part of a result's id after `#`. */
export const partName = ({ id }: Result): string => id.slice(id.lastIndexOf("#") + 1)

/** The weakest grade, the largest detectable size, and the coverage of several results. */
export const worth = (results: ReadonlyArray<Result>): { grade: Grade | null; detectable: number | null; instances: number; skipped: number } => {
  const grades = results.flatMap((r) => (r.grade === null ? [] : [r.grade]))
  const sizes = results.flatMap((r) => (r.detectable === null ? [] : [r.detectable]))
  return {
    grade: grades.length === 0 ? null : grades.reduce(weakest),
    detectable: sizes.length === 0 ? null : Math.max(...sizes),
    instances: results.reduce((n, r) => n + r.coverage.instances, 0),
    skipped: results.reduce((n, r) => n + r.skipped, 0),
  }
}
