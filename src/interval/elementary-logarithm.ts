/**
 * log, log1p and their relatives on points (`...Bounds`) and on intervals.
 *
 * Reduction x = 2^k m with m in [sqrt(1/2), sqrt 2], j = round(256 m), c = round(2^18 / j) / 2^10, z = m c - 1 exact as a sum of two doubles
 * (m c has 64 bits), |z| < 2^-8.1, and log x = k log 2 - log c + log1p(z). For j = 256, c = 1, so that nothing cancels near x = 1;
 * for j != 256, |k log 2 - log c| >= 2^-8.01 and the sum keeps at least 0.49 of it.
 * log1p(z) = z - z^2 (1/2 + s), s = -z/3 + z^2/4 - z^3 t(z), t of degree 8:
 *   truncation |z|^12/13 < 2^-100 relative to z; t in doubles and without the low part of z errs by 7u/5, so z^5 t errs by 2^-84.9 |z|; the rest
 *   is double-double, below 2^-104 |z|.
 * Relative error: below 2^-84.8 for the kernel, hence below 2^-83.5 everywhere. The bounds allow 2^-82.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { around, ddAdd, ddMul, fastTwoSum, twoSum } from "./double-double.ts"
import { fixedLog, leading, LN2, LN10, nearest, nearestPair, ONE } from "./elementary-constants.ts"
import { increasingOn } from "./elementary-monotone.ts"
import type { Interval } from "./interval.ts"
import { exponent, nextDown, power2, productError } from "./rounding.ts"

const EPS = power2(-82)
const TINY = power2(-54)
const NEAR = power2(-9)
const HUGE = power2(100)

const LOG2_HIGH = nearest(leading(LN2, 42))
const LOG2_LOW = nearest(LN2 - leading(LN2, 42))
const THIRD = nearestPair(ONE / -3n)
const FIRST = 181
const INVERSE = new Float64Array(183)
const LOG_HI = new Float64Array(183)
const LOG_LO = new Float64Array(183)
for (let i = 0; i < 183; i++) {
  const c = (2n ** 19n / BigInt(FIRST + i) + 1n) >> 1n
  const pair = nearestPair(-fixedLog(c, 1024n))
  INVERSE[i] = Number(c) / 1024
  LOG_HI[i] = pair.hi
  LOG_LO[i] = pair.lo
}

/** log(1 + z + w) for |z| < 2^-8.1, |w| <= u |z|. */
const kernel = (z: number, w: number): DoubleDouble => {
  const q = z * z
  const ql = productError(z, z, q) + 2 * z * w
  const t = 1 / 5 - z * (1 / 6 - z * (1 / 7 - z * (1 / 8 - z * (1 / 9 - z * (1 / 10 - z * (1 / 11 - z * (1 / 12)))))))
  const a = z * THIRD.hi
  const s = fastTwoSum(a, 0.25 * q)
  const sl = productError(z, THIRD.hi, a) + (z * THIRD.lo + w * THIRD.hi) + (0.25 * ql + s.lo) - z * q * t
  const g = fastTwoSum(0.5, s.hi)
  const p = q * g.hi
  const pl = productError(q, g.hi, p) + (q * (g.lo + sl) + ql * g.hi)
  const v = fastTwoSum(z, -p)
  return fastTwoSum(v.hi, v.lo + (w - pl))
}

/** log(x + y) for 2^-1022 <= x < 2^1024 and |y| <= u x / 2, relative error below 2^-83.5. */
export const logPair = (x: number, y: number): DoubleDouble => {
  let k = exponent(x)
  let m = x * power2(-(k >> 1)) * power2((k >> 1) - k)
  let w = y * power2(-(k >> 1)) * power2((k >> 1) - k)
  if (m > 1.4142) {
    m *= 0.5
    w *= 0.5
    k++
  }
  const i = Math.floor(m * 256 + 0.5) - FIRST
  const c = INVERSE[i]!
  const p = m * c
  const z = twoSum(p - 1, productError(m, c, p) + w * c)
  const r = kernel(z.hi, z.lo)
  if (k === 0 && c === 1) return r
  const base = twoSum(k * LOG2_HIGH, LOG_HI[i]!)
  return ddAdd(fastTwoSum(base.hi, base.lo + (k * LOG2_LOW + LOG_LO[i]!)), r)
}

/** Bounds of log x for x >= 0. */
export const logBounds = (x: number): Bounds => {
  if (x === 1) return { lo: 0, hi: 0 }
  if (x === 0) return { lo: -Infinity, hi: -Infinity }
  if (x === Infinity) return { lo: x, hi: x }
  const r = x < power2(-1022) ? logSubnormal(x) : logPair(x, 0)
  return around(r.hi, r.lo, EPS)
}

export const logSubnormal = (x: number): DoubleDouble => ddAdd(logPair(x * power2(60), 0), nearestPair(-60n * LN2))

/** log(1 + x + y) for x > -1, 2^-900 <= |x| < 2^1023, |y| <= u |x| / 2: the kernel near 0, else the log of 1 + x + y as a sum. */
export const log1pPair = (x: number, y: number): DoubleDouble => {
  if (Math.abs(x) < NEAR) return kernel(x, y)
  const s = twoSum(1, x)
  const r = fastTwoSum(s.hi, s.lo + y)
  return logPair(r.hi, r.lo)
}

/** Bounds of log(1 + x) for x >= -1. For |x| < 2^-54, x - x^2 < log(1 + x) < x stays above the next double. */
const log1pBounds = (x: number): Bounds => {
  if (x === 0) return { lo: 0, hi: 0 }
  if (x === -1) return { lo: -Infinity, hi: -Infinity }
  if (Math.abs(x) < TINY) return { lo: nextDown(x), hi: x }
  if (x > HUGE) return x === Infinity ? { lo: x, hi: x } : logBounds(x)
  const r = log1pPair(x, 0)
  return around(r.hi, r.lo, EPS)
}

const PER_LN2 = nearestPair((ONE * ONE) / LN2)
const PER_LN10 = nearestPair((ONE * ONE) / LN10)

/** Bounds of log2 x, exact at powers of two. */
const log2Bounds = (x: number): Bounds => {
  if (!(x > 0 && x < Infinity)) return logBounds(x)
  const k = exponent(x)
  if (x === power2(k)) return { lo: k, hi: k }
  const r = ddMul(x < power2(-1022) ? logSubnormal(x) : logPair(x, 0), PER_LN2)
  return around(r.hi, r.lo, EPS)
}

const TEN_POWERS = Array.from({ length: 23 }, (_, k) => Number(10n ** BigInt(k)))

/** Bounds of log10 x, exact at the powers of ten that are doubles. */
const log10Bounds = (x: number): Bounds => {
  if (!(x > 0 && x < Infinity)) return logBounds(x)
  const k = TEN_POWERS.indexOf(x)
  if (k >= 0) return { lo: k, hi: k }
  const r = ddMul(x < power2(-1022) ? logSubnormal(x) : logPair(x, 0), PER_LN10)
  return around(r.hi, r.lo, EPS)
}

export const log = (a: Interval): Interval => increasingOn(logBounds, 0, Infinity, a)
export const log1p = (a: Interval): Interval => increasingOn(log1pBounds, -1, Infinity, a)
export const log2 = (a: Interval): Interval => increasingOn(log2Bounds, 0, Infinity, a)
export const log10 = (a: Interval): Interval => increasingOn(log10Bounds, 0, Infinity, a)
