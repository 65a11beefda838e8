/**
 * Estimates: an interval for a real number and what it is worth.
 *
 * exact > enclosed > statistical > heuristic. A combination takes the weakest grade and adds the alphas (union bound); a grade only decays.
 */
export const GRADES = ["exact", "enclosed", "statistical", "heuristic"] as const
export type Grade = (typeof GRADES)[number]

/** One error probability for a whole run, where none is given. */
export const DEFAULT_ALPHA = 1e-6

export interface Estimate {
  readonly lo: number
  readonly hi: number
  readonly grade: Grade
  /** Probability that the interval fails to contain the value at some time; 0 for exact and enclosed. */
  readonly alpha: number
  /** What the estimator relied on, e.g. "range [0, 1] enclosed"; empty for deterministic rungs. */
  readonly hypotheses: ReadonlyArray<string>
}

/** The weaker of two grades. */
export const weakest = (a: Grade, b: Grade): Grade => (GRADES.indexOf(a) >= GRADES.indexOf(b) ? a : b)

/** An estimate that holds with certainty: alpha = 0, no hypotheses. */
export const certain = (lo: number, hi: number, grade: "exact" | "enclosed"): Estimate => ({ lo, hi, grade, alpha: 0, hypotheses: [] })
