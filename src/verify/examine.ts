/**
 * One look: the evidence for a relation at one instance.
 */
import type { Budget } from "../core/budget.ts"
import { weakest } from "../core/estimate.ts"
import type { Rational } from "../core/rational.ts"
import type { Counterexample, Relation } from "../core/verdict.ts"
import { parameterText } from "../expression/domain.ts"
import { depth } from "../expression/enclose.ts"
import { preferSampling } from "../expression/functionals/space.ts"
import { Exhausted, drawing } from "../expression/meter.ts"
import type { Meter } from "../expression/meter.ts"
import type { Node } from "../expression/node.ts"
import { climb } from "./ladder.ts"
import type { Evidence, Recorder } from "./ladder.ts"
import { widen, writeOut } from "./problem.ts"
import type { Box, Instance, Problem, Written } from "./problem.ts"

/** What a strategy gets: both sides written out, and the streams and alpha that are its own. */
export interface Question {
  readonly left: Node
  readonly right: Node
  readonly obligations: ReadonlyArray<Node>
  readonly relation: Relation
  readonly tolerance: number
  readonly budget: Budget
  /** Names the random streams of this look: (seed, claim, family, instance). */
  readonly key: ReadonlyArray<string>
  readonly alpha: number
  /** Where the sides have variables: the ranges of the parameters that the strategy left open. */
  readonly box?: Box
  /** The same relation with expectations in the plane left to sampling, where that is another way to write it. */
  readonly sampled?: () => readonly [left: Node, right: Node] | undefined
  /** Hears of every rung that is tried. */
  readonly record?: Recorder
}

/** How evidence is gathered at one instance. */
export interface Strategy {
  readonly name: string
  /** True when it spends alpha. */
  readonly statistical: boolean
  /** Most instances per family that one verdict looks at; sampling is dear. */
  readonly instances?: number
  /** Parameters that stay variables, with the half-width of the range that each verdict covers. */
  readonly radii?: Readonly<Record<string, Rational>>
  readonly gather: (question: Question) => Evidence
}

/** The default: closed forms, intervals, quadrature, balls. */
export const ladder = (): Strategy => ({
  name: "ladder",
  statistical: false,
  gather: (q) => climb(q.left, q.right, q.obligations, q.relation, q.tolerance, q.budget, q.record),
})

export type Look =
  | { readonly kind: "skipped"; readonly detail: string }
  | {
      readonly kind: "open"
      readonly reason: "hypothesis-unknown" | "undefined" | "heuristic-only" | "budget"
      readonly detail: string
      readonly divergent: boolean
    }
  | { readonly kind: "fault"; readonly detail: string }
  | { readonly kind: "seen"; readonly evidence: Evidence }

/** What one look may use. */
export interface Means {
  readonly budget: Budget
  /** What the claim may still compute. */
  readonly meter: Meter
  /** Names the random streams of the look. */
  readonly key: ReadonlyArray<string>
  readonly alpha: number
  readonly record?: Recorder
}

export const examine = (p: Problem, instance: Instance, strategy: Strategy, tolerance: number, { meter, ...means }: Means): Look => {
  let doing = "writing the relation out"
  try {
    return drawing(meter, () => {
      const { values, box } = widen(instance, strategy.radii ?? {})
      const written = writeOut(p, values, box)
      if (written.kind !== "relation") return unwritten(written)
      const { pairs, obligations } = written
      doing = `integrals, sums or suprema${nesting(pairs.flat())}`
      const looks: Array<Evidence> = []
      const shared = { obligations, relation: p.relation, tolerance, ...means, alpha: means.alpha / pairs.length, box }
      try {
        for (const [i, [left, right]] of pairs.entries()) {
          const sampled = (): readonly [Node, Node] | undefined => rewritten(p, values, box)?.[i]
          looks.push(strategy.gather({ ...shared, left, right, key: [...means.key, String(i)], sampled }))
        }
      } catch (error) {
        // One entry that is false speaks for all.
        if (!(error instanceof Exhausted && looks.some(isRefuted))) throw error
      }
      return { kind: "seen", evidence: together(looks) }
    })
  } catch (error) {
    if (error instanceof Exhausted) return { kind: "open", reason: "budget", detail: `${error.message} by ${doing}`, divergent: false }
    return { kind: "fault", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const nesting = (sides: ReadonlyArray<Node>): string => {
  const deepest = Math.max(...sides.map((side) => depth(side)))
  return deepest > 1 ? ` nested ${deepest} deep` : ""
}

const isRefuted = ({ verdict }: Evidence): boolean => verdict._tag === "Refuted"

const unwritten = (written: Exclude<Written, { readonly kind: "relation" }>): Look => {
  switch (written.kind) {
    case "skipped":
      return { kind: "skipped", detail: written.hypothesis }
    case "unknown":
      return { kind: "open", reason: "hypothesis-unknown", detail: `${written.hypothesis} could not be decided`, divergent: false }
    case "undefined":
      return { kind: "open", reason: "undefined", detail: written.why, divergent: written.divergent }
    case "too-large":
      return { kind: "open", reason: "budget", detail: written.why, divergent: false }
    case "unsupported":
      return { kind: "open", reason: "heuristic-only", detail: written.why, divergent: false }
  }
}

const rewritten = (p: Problem, values: Instance, box: Box): ReadonlyArray<readonly [Node, Node]> | undefined => {
  const written = preferSampling(() => writeOut(p, values, box))
  return written.kind === "relation" ? written.pairs : undefined
}

/** The evidence for all entries of an array relation: a refuted entry speaks for it, then an open one, then the least sharp. */
const together = (looks: ReadonlyArray<Evidence>): Evidence => {
  const worst =
    looks.find(isRefuted) ?? looks.find((e) => e.verdict._tag !== "Verified") ?? looks.reduce((a, b) => (detectable(b) > detectable(a) ? b : a))
  const [evaluations, alpha] = [looks.reduce((n, e) => n + e.evaluations, 0), looks.reduce((n, e) => n + e.estimate.alpha, 0)]
  const grade = looks.map((e) => e.estimate.grade).reduce(weakest)
  return { ...worst, evaluations, estimate: { ...worst.estimate, alpha, grade } }
}

/** The instance and both sides, for people. */
export const counterexample = (p: Problem, instance: Instance, evidence: Evidence): Counterexample => ({
  parameters: Object.fromEntries([...instance].map(([name, value]) => [name, parameterText(value)])),
  left: evidence.left,
  right: evidence.right,
  difference: [evidence.estimate.lo, evidence.estimate.hi],
  family: p.family,
})

/** The smallest relative discrepancy that the evidence would have shown: 2r/S, 0 for exact values, Infinity where doubles cannot express it. */
export const detectable = ({ detectable, estimate, scale }: Evidence): number => {
  if (detectable !== undefined) return detectable
  const width = estimate.hi - estimate.lo
  return estimate.grade === "exact" || width === 0 ? 0 : width < Infinity && scale > 0 ? width / scale : Infinity
}
