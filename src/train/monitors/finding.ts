/**
 * What a monitor says: a defect that is 0 (or at most its bound) while a theorem holds, and what to do where it is not.
 *
 * The same finding serves a test of code and a look at a live run; `judge` of metric.ts gives its word.
 */
import { judge, type Judgement } from "../../math/metric.ts"

export interface Finding {
  /** "M1 telescoping": the monitor and the part of it. */
  readonly name: string
  /** The defect, >= 0. */
  readonly value: number
  /** The largest defect that rounding, sampling or the declared tolerance explains. */
  readonly bound: number
  readonly verdict: Judgement
  /** What to look at when it is violated. */
  readonly advice: string
}

/** A finding; a value that is not a number is violated. */
export const finding = (name: string, value: number, bound: number, advice: string): Finding => ({
  name,
  value,
  bound,
  verdict: judge({ value, interval: null }, { hi: bound }),
  advice,
})

/** The findings that are not in order. */
export const violations = (findings: ReadonlyArray<Finding>): ReadonlyArray<Finding> => findings.filter(({ verdict }) => verdict !== "holds")

/** The largest of |a_i|, NaN if any is. */
export const worst = (values: Iterable<number>): number => {
  let most = 0
  for (const value of values) most = Number.isNaN(value) ? Number.NaN : Math.max(most, Math.abs(value))
  return most
}
