/**
 * atan and its relatives asin, acos, atan2 on points (`...Bounds`) and on intervals.
 *
 * For 0 < t <= 1, j = round(256 t): atan t = atan(j/256) + atan z with z = (t - j/256)/(1 + t j/256), |z| <= 2^-9 (1 + 2^-50); for t > 1,
 * atan t = pi/2 - atan(1/t). With q = z^2, atan z = z (1 + q (-1/3 + q t(q))), t of degree 3:
 *   truncation q^6/13 < 2^-111; t in doubles and without the low part of z errs by 5u/5, so q^2 t by 2^-89; the rest is double-double, below 2^-100.
 * Relative error below 2^-88 (the table value is at least |atan z|/0.51, the signs agree or half is left: one more bit at most), 2^-87 overall,
 * 2^-86 after a quotient or a root in the argument. The bounds allow 2^-85.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { around, ddAdd, ddAddNumber, ddDiv, ddMul, ddMulNumber, ddNeg, ddScale, ddSqrt, fastTwoSum, twoSum } from "./double-double.ts"
import { fixedAtan, nearestPair, ONE, PI } from "./elementary-constants.ts"
import { decreasing, increasing } from "./elementary-monotone.ts"
import type { Interval } from "./interval.ts"
import { emptyOf, TRV, weaker } from "./interval.ts"
import { nextDown, nextUp, power2, productError } from "./rounding.ts"

const EPS = power2(-85)
const TINY = power2(-27)
/** From here on j >= 1 and t.hi - j/256 is exact (Sterbenz). */
const NEAR = power2(-9)
const HUGE = power2(110)
const UNIT: DoubleDouble = { hi: 1, lo: 0 }
const THIRD = nearestPair(ONE / 3n)
const HALF_PI = nearestPair(PI >> 1n)

const ARCS: Array<DoubleDouble> = []
for (let j = 0n, f = 0n; j <= 256n; j++) {
  ARCS.push(nearestPair(f))
  f += fixedAtan(256n, 65536n + j * (j + 1n))
}

/** atan(z + w), |z| <= 2^-8.9, |w| <= u |z|. */
const kernel = (z: number, w: number): DoubleDouble => {
  const q = z * z
  const ql = productError(z, z, q) + 2 * z * w
  const g = fastTwoSum(-THIRD.hi, q * (1 / 5 - q * (1 / 7 - q * (1 / 9 - q * (1 / 11)))))
  const v = q * g.hi
  const vl = productError(q, g.hi, v) + (q * (g.lo - THIRD.lo) + ql * g.hi)
  const a = z * v
  const s = fastTwoSum(z, a)
  return fastTwoSum(s.hi, s.lo + (w + (productError(z, v, a) + (z * vl + w * v))))
}

/** atan t for 2^-27 <= t <= 2^110. */
export const atanPair = (t: DoubleDouble): DoubleDouble => {
  if (t.hi > 1) return ddAdd(HALF_PI, ddNeg(atanPair(ddDiv(UNIT, t))))
  if (t.hi < NEAR) return kernel(t.hi, t.lo)
  const j = Math.floor(t.hi * 256 + 0.5)
  const z = ddDiv(twoSum(t.hi - j / 256, t.lo), ddAddNumber(ddMulNumber(t, j / 256), 1))
  return ddAdd(ARCS[j]!, kernel(z.hi, z.lo))
}

/** Bounds of atan x. For |x| < 2^-27, x - x^3/3 < atan x < x is within one double of x; above 2^110, pi/2 - 1/x is within the bounds of pi/2. */
const atanBounds = (x: number): Bounds => {
  if (x < 0) return negated(atanBounds(-x))
  if (x < TINY) return { lo: x === 0 ? 0 : nextDown(x), hi: x }
  const r = x > HUGE ? HALF_PI : atanPair({ hi: x, lo: 0 })
  return around(r.hi, r.lo, EPS)
}

const negated = (b: Bounds): Bounds => ({ lo: -b.hi, hi: -b.lo })

/** Bounds of asin x = atan(x / sqrt((1 - x)(1 + x))) for |x| <= 1. */
const asinBounds = (x: number): Bounds => {
  if (x < 0) return negated(asinBounds(-x))
  if (x < TINY) return { lo: x, hi: x === 0 ? 0 : nextUp(x) }
  if (x === 1) return around(HALF_PI.hi, HALF_PI.lo, EPS)
  const r = asinPair(x)
  return around(r.hi, r.lo, EPS)
}

/** asin x for 2^-27 <= x < 1. */
export const asinPair = (x: number): DoubleDouble => atanPair(ddDiv({ hi: x, lo: 0 }, ddSqrt(ddMul(twoSum(1, -x), twoSum(1, x)))))

/** Bounds of acos x = 2 atan(sqrt((1 - x) / (1 + x))) for |x| <= 1. */
const acosBounds = (x: number): Bounds => {
  if (x === 1) return { lo: 0, hi: 0 }
  if (x === -1) return around(2 * HALF_PI.hi, 2 * HALF_PI.lo, EPS)
  const r = acosPair(x)
  return around(r.hi, r.lo, EPS)
}

/** acos x for |x| < 1. */
export const acosPair = (x: number): DoubleDouble => ddScale(atanPair(ddSqrt(ddDiv(twoSum(1, -x), twoSum(1, x)))), 2)

export const atan = (a: Interval): Interval => increasing(atanBounds, a)

/** The part of a in [-1, 1] with its decoration, or empty. */
const clip = (a: Interval): Interval => {
  if (a.lo >= -1 && a.hi <= 1) return a
  if (!(a.hi >= -1 && a.lo <= 1)) return emptyOf(a, a)
  return { lo: Math.max(a.lo, -1), hi: Math.min(a.hi, 1), dec: weaker(a.dec, TRV) }
}

/** asin on a intersected with [-1, 1]. */
export const asin = (a: Interval): Interval => increasing(asinBounds, clip(a))

/** acos on a intersected with [-1, 1]. */
export const acos = (a: Interval): Interval => decreasing(acosBounds, clip(a))
