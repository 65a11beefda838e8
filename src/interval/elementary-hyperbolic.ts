/**
 * sinh, cosh, tanh and their inverses on points (`...Bounds`) and on intervals, from e^x, e^x - 1 and log(1 + x).
 *
 * sinh x = (e^x - e^-x)/2 for |x| >= 0.35, where the difference keeps 1/3 of e^x (relative error below 2^-89);
 * with m = e^x - 1 (2^-79.5): sinh x = (m + m/(1 + m))/2 below 0.35, and tanh x = m/(m + 2) with m = e^2x - 1, neither of them amplifying
 * the error of m by more than 3/2. The bounds allow 2^-87 and 2^-77.
 * asinh x = log1p(x + x^2/(1 + sqrt(1 + x^2))), acosh(1 + t) = log1p(t + sqrt(t (t + 2))), atanh x = log1p(2x/(1 - x))/2 for x >= 0:
 * log1p of a positive number does not amplify relative errors, so 2^-83.5 holds up to 2^-100. The bounds allow 2^-82.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { around, aroundScaled, ddAdd, ddAddNumber, ddDiv, ddMul, ddScale, ddSqrt, twoProd, twoSum } from "./double-double.ts"
import { expm1Pair, expScaled } from "./elementary-exponential.ts"
import { log1pPair, logBounds, logPair } from "./elementary-logarithm.ts"
import { LN2, nearestPair } from "./elementary-constants.ts"
import { evenIncreasing, increasing, increasingOn } from "./elementary-monotone.ts"
import type { Interval } from "./interval.ts"
import { emptyOf, TRV, weaker } from "./interval.ts"
import { MAX, nextDown, nextUp, power2 } from "./rounding.ts"

const EPS = power2(-87)
const EPS_SMALL = power2(-77)
const EPS_LOG = power2(-82)
const TINY = power2(-27)
const HUGE = power2(60)
const LN2_PAIR = nearestPair(LN2)

const negated = (b: Bounds): Bounds => ({ lo: -b.hi, hi: -b.lo })

/** (e^x + sign e^-x)/2 for 2^-27 <= x; the small term is below 2^-115 of the other where it is left out. */
const halfSum = (x: number, sign: number): Bounds => {
  if (x > 746) return { lo: x === Infinity ? x : MAX, hi: Infinity }
  if (x > 40) {
    const e = expScaled(x, 0)
    return aroundScaled(e.hi, e.lo, EPS, e.k - 1)
  }
  const s = halfSumPair(x, sign)
  return around(s.hi, s.lo, EPS)
}

const halfSumPair = (x: number, sign: number): DoubleDouble => {
  const e = expScaled(x, 0)
  return ddAdd(ddScale(e, power2(e.k - 1)), ddDiv({ hi: sign * power2(-e.k - 1), lo: 0 }, e))
}

/** sinh x for 2^-27 <= x <= 40. */
export const sinhPair = (x: number): DoubleDouble => {
  if (x >= 0.35) return halfSumPair(x, -1)
  const m = expm1Pair(x, 0)
  return ddScale(ddAdd(m, ddDiv(m, ddAddNumber(m, 1))), 0.5)
}

/** cosh x for 2^-27 <= x <= 40. */
export const coshPair = (x: number): DoubleDouble => halfSumPair(x, 1)

/** tanh x for 2^-27 <= x <= 22. */
export const tanhPair = (x: number): DoubleDouble => {
  const m = expm1Pair(2 * x, 0)
  return ddDiv(m, ddAddNumber(m, 2))
}

/** Bounds of sinh x. For 0 < x < 2^-27, x < sinh x < x + x^3 is within one double of x. */
const sinhBounds = (x: number): Bounds => {
  if (x < 0) return negated(sinhBounds(-x))
  if (x < TINY) return { lo: x, hi: x === 0 ? x : nextUp(x) }
  if (x > 40) return halfSum(x, -1)
  const s = sinhPair(x)
  return around(s.hi, s.lo, x < 0.35 ? EPS_SMALL : EPS)
}

/** Bounds of cosh x; within one double of 1 for |x| < 2^-27. */
const coshBounds = (x: number): Bounds => {
  const a = Math.abs(x)
  return a >= TINY ? halfSum(a, 1) : { lo: 1, hi: a === 0 ? 1 : nextUp(1) }
}

/** Bounds of tanh x. For 0 < x < 2^-27, x - x^3/3 < tanh x < x; for x > 22, 1 - tanh x < 2 e^-44 < 2^-54. */
const tanhBounds = (x: number): Bounds => {
  if (x < 0) return negated(tanhBounds(-x))
  if (x < TINY) return { lo: x === 0 ? x : nextDown(x), hi: x }
  if (x > 22) return { lo: x === Infinity ? 1 : nextDown(1), hi: 1 }
  const t = tanhPair(x)
  return around(t.hi, t.lo, EPS_SMALL)
}

/** log(2x) for x > 2^60: asinh and acosh to 2^-120 relative. */
const logTwice = (x: number): Bounds => {
  if (x === Infinity) return logBounds(x)
  const r = ddAdd(logPair(x, 0), LN2_PAIR)
  return around(r.hi, r.lo, EPS_LOG)
}

/** Bounds of asinh x. For 0 < x < 2^-27, x - x^3/6 < asinh x < x is within one double of x. */
const asinhBounds = (x: number): Bounds => {
  if (x < 0) return negated(asinhBounds(-x))
  if (x < TINY) return { lo: x === 0 ? x : nextDown(x), hi: x }
  if (x > HUGE) return logTwice(x)
  const r = asinhPair(x)
  return around(r.hi, r.lo, EPS_LOG)
}

/** asinh x for 2^-27 <= x <= 2^60. */
export const asinhPair = (x: number): DoubleDouble => {
  const square = twoProd(x, x)
  const t = ddAddNumber(ddDiv(square, ddAddNumber(ddSqrt(ddAddNumber(square, 1)), 1)), x)
  return log1pPair(t.hi, t.lo)
}

/** Bounds of acosh x for x >= 1. */
const acoshBounds = (x: number): Bounds => {
  if (x === 1) return { lo: 0, hi: 0 }
  if (x > HUGE) return logTwice(x)
  const r = acoshPair(x)
  return around(r.hi, r.lo, EPS_LOG)
}

/** acosh x for 1 < x <= 2^60. */
export const acoshPair = (x: number): DoubleDouble => {
  const t = twoSum(x, -1)
  const s = ddAdd(t, ddSqrt(ddMul(t, twoSum(x, 1))))
  return log1pPair(s.hi, s.lo)
}

/** Bounds of atanh x for |x| < 1. For 0 < x < 2^-27, x < atanh x < x + x^3 is within one double of x. */
const atanhBounds = (x: number): Bounds => {
  if (x < 0) return negated(atanhBounds(-x))
  if (x < TINY) return { lo: x, hi: x === 0 ? x : nextUp(x) }
  const r = atanhPair(x)
  return around(r.hi, r.lo, EPS_LOG)
}

/** atanh x for 2^-27 <= x < 1. */
export const atanhPair = (x: number): DoubleDouble => {
  const t = ddDiv({ hi: 2 * x, lo: 0 }, twoSum(1, -x))
  return ddScale(log1pPair(t.hi, t.lo), 0.5)
}

export const sinh = (a: Interval): Interval => increasing(sinhBounds, a)
export const cosh = (a: Interval): Interval => evenIncreasing(coshBounds, a)
export const tanh = (a: Interval): Interval => increasing(tanhBounds, a)
export const asinh = (a: Interval): Interval => increasing(asinhBounds, a)
export const atanh = (a: Interval): Interval => increasingOn(atanhBounds, -1, 1, a)

/** acosh on a intersected with [1, Infinity]. */
export const acosh = (a: Interval): Interval => {
  if (a.lo >= 1) return increasing(acoshBounds, a)
  return a.hi >= 1 ? { lo: 0, hi: acoshBounds(a.hi).hi, dec: weaker(a.dec, TRV) } : emptyOf(a, a)
}
