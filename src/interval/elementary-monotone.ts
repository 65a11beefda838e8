/**
 * Interval extensions of monotone functions from bounds at the end points.
 *
 * f increasing: f([a, b]) = [f(a), f(b)], so lo(f(a)) and hi(f(b)) are the tightest ends whenever the point bounds are.
 * `Infinity` as an argument stands for the limit. Empty arguments pass through.
 */
import type { Bounds } from "./double-double.ts"
import type { Interval } from "./interval.ts"
import { emptyOf, make, TRV, weaker } from "./interval.ts"

export type PointFunction = (x: number) => Bounds

/** f(a) for f continuous and increasing on the reals. */
export const increasing = (f: PointFunction, a: Interval): Interval => {
  if (a.lo === a.hi) {
    const b = f(a.lo)
    return make(b.lo, b.hi, a.dec)
  }
  return a.lo < a.hi ? make(f(a.lo).lo, f(a.hi).hi, a.dec) : a
}

/** f(a) for f continuous and decreasing on the reals. */
export const decreasing = (f: PointFunction, a: Interval): Interval => {
  if (a.lo === a.hi) {
    const b = f(a.lo)
    return make(b.lo, b.hi, a.dec)
  }
  return a.lo < a.hi ? make(f(a.hi).lo, f(a.lo).hi, a.dec) : a
}

/** f(a) for f even and increasing on [0, Infinity]. */
export const evenIncreasing = (f: PointFunction, a: Interval): Interval => {
  if (a.lo >= 0) return increasing(f, a)
  if (a.hi <= 0) return decreasing(f, a)
  return a.lo < 0 ? make(f(0).lo, f(Math.max(-a.lo, a.hi)).hi, a.dec) : a
}

/** f(a) for f continuous and increasing on ]from, to[, with limits -Infinity or +Infinity at the open ends; TRV where a leaves the domain. */
export const increasingOn = (f: PointFunction, from: number, to: number, a: Interval): Interval => {
  if (a.lo > from && a.hi < to) return increasing(f, a)
  if (!(a.hi > from && a.lo < to)) return emptyOf(a, a)
  return {
    lo: a.lo > from ? f(a.lo).lo : -Infinity,
    hi: a.hi < to ? f(a.hi).hi : Infinity,
    dec: weaker(a.dec, a.lo > from && (a.hi < to || to === Infinity) ? a.dec : TRV),
  }
}
