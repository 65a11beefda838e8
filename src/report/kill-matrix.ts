/**
 * The kill matrix: K = refuted / mutants, with the undecided ones in the denominator; F = number of mutants Verified, which must be 0;
 * eps* = the smallest relative change of one coefficient that the budget refutes, per step, and its median and worst per theorem.
 */
import type { MutantReport } from "./report.ts"
import { partName, resultsOf } from "./report.ts"

export interface KillRow {
  readonly id: string
  readonly mutants: number
  readonly refuted: number
  readonly verified: number
  /** refuted / mutants; null without mutants. */
  readonly K: number | null
  readonly F: number
  /** Median and largest eps* over the steps that have one. */
  readonly epsilonMedian: number | null
  readonly epsilonWorst: number | null
  readonly steps: Readonly<Record<string, number | null>>
  /** Mutants that were not refuted, by name. */
  readonly survivors: ReadonlyArray<string>
}

export interface KillMatrix extends Omit<KillRow, "id" | "steps" | "survivors"> {
  readonly theorems: ReadonlyArray<KillRow>
}

/** The kill matrix of a mutant run; the totals' median is over all steps of all theorems. */
export const killMatrix = (report: MutantReport): KillMatrix => {
  const rows = report.theorems.map(({ id }): KillRow => {
    const results = resultsOf(report.results, id)
    const refuted = results.filter((r) => r.verdict._tag === "Refuted").length
    const verified = results.filter((r) => r.verdict._tag === "Verified").length
    const steps = report.sensitivities.filter((s) => s.theorem === id)
    return {
      id,
      ...rates(results.length, refuted, verified),
      ...spread(steps.map((s) => s.epsilon)),
      steps: Object.fromEntries(steps.map((s) => [s.step, s.epsilon])),
      survivors: results.filter((r) => r.verdict._tag !== "Refuted").map(partName),
    }
  })
  const sum = (f: (row: KillRow) => number): number => rows.reduce((n, row) => n + f(row), 0)
  const totals = rates(
    sum((r) => r.mutants),
    sum((r) => r.refuted),
    sum((r) => r.verified),
  )
  return { ...totals, ...spread(report.sensitivities.map((s) => s.epsilon)), theorems: rows }
}

const rates = (mutants: number, refuted: number, verified: number): Pick<KillRow, "mutants" | "refuted" | "verified" | "K" | "F"> => ({
  mutants,
  refuted,
  verified,
  K: mutants === 0 ? null : refuted / mutants,
  F: verified,
})

const spread = (epsilons: ReadonlyArray<number | null>): Pick<KillRow, "epsilonMedian" | "epsilonWorst"> => {
  const sorted = epsilons.filter((e) => e !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return { epsilonMedian: null, epsilonWorst: null }
  return { epsilonMedian: sorted[(sorted.length - 1) >> 1]!, epsilonWorst: sorted.at(-1)! }
}
