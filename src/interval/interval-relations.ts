/**
 * Numbers, truth values and sets from intervals (IEEE Std 1788.1-2017, 4.5.4-4.5.6, tables 4.3-4.5).
 *
 * NaI gives NaN and false everywhere except in `isNaI`. Set operations carry no function, so their decoration is TRV.
 */
import type { Interval } from "./interval.ts"
import { EMPTY, ILL, isEmpty, NAI, TRV } from "./interval.ts"
import { addUp, MAX } from "./rounding.ts"

/** The greatest lower bound; +Infinity for the empty set. */
export const inf = (a: Interval): number => (isEmpty(a) ? Infinity : a.lo)

/** The least upper bound; -Infinity for the empty set. */
export const sup = (a: Interval): number => (isEmpty(a) ? -Infinity : a.hi)

/** The midpoint (a.lo + a.hi)/2, rounded; finite even where an end is infinite. */
export const mid = (a: Interval): number => {
  if (a.lo === -Infinity) return a.hi === Infinity ? 0 : -MAX
  if (a.hi === Infinity) return MAX
  const s = a.lo + a.hi
  return s - s === 0 ? s / 2 : a.lo / 2 + a.hi / 2
}

/** The smallest double r with a inside [mid a - r, mid a + r]. */
export const rad = (a: Interval): number => {
  const m = mid(a)
  return Math.max(addUp(m, -a.lo), addUp(a.hi, -m))
}

/** The width a.hi - a.lo, rounded up. */
export const wid = (a: Interval): number => addUp(a.hi, -a.lo)

/** max |x| over a. */
export const mag = (a: Interval): number => Math.max(Math.abs(a.lo), Math.abs(a.hi))

/** min |x| over a. */
export const mig = (a: Interval): number => (a.lo <= 0 && a.hi >= 0 ? 0 : Math.min(Math.abs(a.lo), Math.abs(a.hi)))

export const isEntire = (a: Interval): boolean => a.lo === -Infinity && a.hi === Infinity

/** Neither operand is NaI, and both or none is empty: what the order relations need before they look at ends. */
const bothEmpty = (a: Interval, b: Interval): boolean => isEmpty(a) && isEmpty(b)

/** a and b are the same set. */
export const equal = (a: Interval, b: Interval): boolean => bothEmpty(a, b) || (a.lo === b.lo && a.hi === b.hi)

/** a is a subset of b. */
export const subset = (a: Interval, b: Interval): boolean => (isEmpty(a) && b.dec !== ILL) || (b.lo <= a.lo && a.hi <= b.hi)

/** a lies in the topological interior of b. */
export const interior = (a: Interval, b: Interval): boolean =>
  (isEmpty(a) && b.dec !== ILL) || ((b.lo < a.lo || b.lo === -Infinity) && (a.hi < b.hi || b.hi === Infinity) && a.lo <= a.hi && b.lo <= b.hi)

/** For every x in a some y >= x in b, and for every y in b some x <= y in a. */
export const less = (a: Interval, b: Interval): boolean => bothEmpty(a, b) || (a.lo <= b.lo && a.hi <= b.hi)

/** The same with strict inequalities. */
export const strictLess = (a: Interval, b: Interval): boolean =>
  bothEmpty(a, b) || ((a.lo < b.lo || (a.lo === -Infinity && b.lo === -Infinity)) && (a.hi < b.hi || (a.hi === Infinity && b.hi === Infinity)))

const oneEmpty = (a: Interval, b: Interval): boolean => (isEmpty(a) && b.dec !== ILL) || (isEmpty(b) && a.dec !== ILL)

/** x <= y for all x in a, y in b. */
export const precedes = (a: Interval, b: Interval): boolean => oneEmpty(a, b) || a.hi <= b.lo

/** x < y for all x in a, y in b. */
export const strictPrecedes = (a: Interval, b: Interval): boolean => oneEmpty(a, b) || a.hi < b.lo

/** No common point. */
export const disjoint = (a: Interval, b: Interval): boolean => oneEmpty(a, b) || a.hi < b.lo || b.hi < a.lo

/** The intersection. */
export const intersection = (a: Interval, b: Interval): Interval => {
  if (a.dec === ILL || b.dec === ILL) return NAI
  const lo = Math.max(a.lo, b.lo)
  const hi = Math.min(a.hi, b.hi)
  return lo <= hi ? { lo, hi, dec: TRV } : EMPTY
}

/** The smallest interval around both. */
export const convexHull = (a: Interval, b: Interval): Interval => {
  if (a.dec === ILL || b.dec === ILL) return NAI
  if (isEmpty(a)) return { lo: b.lo, hi: b.hi, dec: TRV }
  if (isEmpty(b)) return { lo: a.lo, hi: a.hi, dec: TRV }
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), dec: TRV }
}

/** Whether x is a point of a. */
export const contains = (a: Interval, x: number): boolean => a.lo <= x && x <= a.hi && x - x === 0
