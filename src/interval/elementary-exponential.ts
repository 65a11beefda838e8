/**
 * exp, expm1 and their relatives on points (`...Bounds`) and on intervals.
 *
 * Reduction x = m c + r, c = log(2)/256, m = 256 k + i, so that e^x = 2^k 2^(i/256) e^r with |r| <= c/2 (1 + 2^-40) < 2^-9.5.
 * c = C1 + C2 + C3 with m C1 and m C2 exact for |m| < 2^19, so r = rh + rl has absolute error below 2^-111.
 * e^r - 1 = r + r^2 (1/2 + s), s = r/6 + r^2 t(r), with t a polynomial of degree 4:
 *   truncation |r|^9/9! (1 + 2^-8) < 2^-103; t in doubles and without the low part of r errs by 6u/24, so r^4 t errs by less than 2^-93;
 *   the other terms are double-double (errors below 2^-104). The kernel errs by less than 2^-92 absolutely, and by less than 2^-82 |r|.
 * The table 2^(i/256) is right to 2^-106. Altogether e^x has relative error below 2^-91; the bounds allow 2^-89.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { around, aroundScaled, ddAddNumber, fastTwoSum, twoSum } from "./double-double.ts"
import { fixedExp, fixedMul, leading, LN2, LN10, nearest, nearestPair, ONE } from "./elementary-constants.ts"
import { increasing } from "./elementary-monotone.ts"
import type { Interval } from "./interval.ts"
import { MAX, MIN, nextDown, nextUp, power2, productError, scaleDown, scaleUp } from "./rounding.ts"

/** (hi + lo) 2^k: e^x, never out of range. */
export interface Scaled extends DoubleDouble {
  readonly k: number
}

const EPS = power2(-89)
const EPS_EXPM1 = power2(-77)
const TINY = power2(-54)

const STEP = LN2 >> 8n
const STEP1 = leading(STEP, 42)
const STEP2 = leading(STEP - STEP1, 76)
const C1 = nearest(STEP1)
const C2 = nearest(STEP2)
const C3 = nearest(STEP - STEP1 - STEP2)
const PER_STEP = nearest((ONE * ONE) / STEP)
const SIXTH = nearestPair(ONE / 6n)
const TABLE_HI = new Float64Array(256)
const TABLE_LO = new Float64Array(256)
for (let i = 0, f = ONE, q = fixedExp(STEP); i < 256; i++, f = fixedMul(f, q)) {
  const pair = nearestPair(f)
  TABLE_HI[i] = pair.hi
  TABLE_LO[i] = pair.lo
}

/** e^r - 1 for r = z + w, |z| < 2^-9.4, |w| <= u |z|. */
const kernel = (z: number, w: number): DoubleDouble => {
  const square = z * z
  const t = square * (1 / 24 + z * (1 / 120 + z * (1 / 720 + z * (1 / 5040 + z * (1 / 40320)))))
  const a = z * SIXTH.hi
  const s = twoSum(a, t)
  const sl = productError(z, SIXTH.hi, a) + (z * SIXTH.lo + w * SIXTH.hi) + s.lo
  const g = fastTwoSum(0.5, s.hi)
  const ql = productError(z, z, square) + 2 * z * w
  const p = square * g.hi
  const pl = productError(square, g.hi, p) + (square * (g.lo + sl) + ql * g.hi)
  const v = fastTwoSum(z, p)
  return fastTwoSum(v.hi, v.lo + (w + pl))
}

/** e^(x + y) for |x| <= 770 and |y| <= 2^-42; relative error below 2^-91 plus the absolute error of the argument. */
export const expScaled = (x: number, y: number): Scaled => {
  const m = Math.floor(x * PER_STEP + 0.5)
  const a = twoSum(x, -m * C1)
  const b = twoSum(a.hi, -m * C2)
  const z = twoSum(b.hi, a.lo + (b.lo - m * C3) + y)
  return afterReduction(m, z.hi, z.lo)
}

/** e^(m c + z + w) with z + w as the kernel wants them. */
const afterReduction = (m: number, z: number, w: number): Scaled => {
  const p = kernel(z, w)
  const i = m & 255
  const th = TABLE_HI[i]!
  const tl = TABLE_LO[i]!
  const q = th * p.hi
  const v = fastTwoSum(th, q)
  const r = fastTwoSum(v.hi, v.lo + (tl + (productError(th, p.hi, q) + (th * p.lo + tl * p.hi))))
  return { hi: r.hi, lo: r.lo, k: m >> 8 }
}

/** Bounds of e^x. */
export const expBounds = (x: number): Bounds => {
  if (x > 746) return { lo: x === Infinity ? x : MAX, hi: Infinity }
  if (x < -746) return { lo: 0, hi: x === -Infinity ? 0 : MIN }
  if (Math.abs(x) < TINY) return besideOne(x)
  const e = expScaled(x, 0)
  return aroundScaled(e.hi, e.lo, EPS, e.k)
}

/** Bounds of a number strictly between 1 and its neighbour on the side of x, or 1 for x = 0. */
const besideOne = (x: number): Bounds => ({ lo: x < 0 ? nextDown(1) : 1, hi: x > 0 ? nextUp(1) : 1 })

/**
 * e^x - 1 for 2^-54 <= |x| <= 40, relative error below 2^-79: the kernel alone for m = 0; else |e^x - 1| >= 2^-9.6 costs at most 11 bits
 * of the 2^-90 of e^x when 1 is subtracted, and none of the 2^-105 of that subtraction.
 */
export const expm1Pair = (x: number, y: number): DoubleDouble => {
  if (Math.abs(x) * PER_STEP < 0.5) return kernel(x, y)
  const e = expScaled(x, y)
  const scale = power2(e.k)
  return ddAddNumber({ hi: e.hi * scale, lo: e.lo * scale }, -1)
}

/** Bounds of e^x - 1. For |x| < 2^-54, x < e^x - 1 < x + x^2 lies below the next double; for x > 40 the -1 is below 2^-57 e^x. */
const expm1Bounds = (x: number): Bounds => {
  if (x === 0) return { lo: 0, hi: 0 }
  if (Math.abs(x) < TINY) return { lo: x, hi: nextUp(x) }
  if (x < -40) return { lo: -1, hi: x === -Infinity ? -1 : nextUp(-1) }
  if (x <= 40) {
    const p = expm1Pair(x, 0)
    return around(p.hi, p.lo, EPS_EXPM1)
  }
  if (x > 746) return expBounds(x)
  const e = expScaled(x, 0)
  const p = e.k < 200 ? ddAddNumber(e, -power2(-e.k)) : e
  return aroundScaled(p.hi, p.lo, EPS, e.k)
}

const LN2_PAIR = nearestPair(LN2)
const LN10_PAIR = nearestPair(LN10)
const TINY10 = power2(-56)
const TEN_POWERS = Array.from({ length: 23 }, (_, k) => Number(10n ** BigInt(k)))

/** Bounds of 2^x: 2^x = 2^k 2^(i/256) e^(d log 2) with d = x - m/256 exact as a sum of two doubles. */
const exp2Bounds = (x: number): Bounds => {
  if (x > 1100) return { lo: x === Infinity ? x : MAX, hi: Infinity }
  if (x < -1100) return { lo: 0, hi: x === -Infinity ? 0 : MIN }
  if (Math.abs(x) < TINY) return besideOne(x)
  if (Number.isInteger(x)) return { lo: scaleDown(1, 0, x), hi: scaleUp(1, 0, x) }
  const m = Math.floor(x * 256 + 0.5)
  const d = twoSum(x, -m / 256)
  const z = d.hi * LN2_PAIR.hi
  const r = fastTwoSum(z, productError(d.hi, LN2_PAIR.hi, z) + (d.hi * LN2_PAIR.lo + d.lo * LN2_PAIR.hi))
  const e = afterReduction(m, r.hi, r.lo)
  return aroundScaled(e.hi, e.lo, EPS, e.k)
}

/** Bounds of 10^x = e^(x log 10); the product errs by less than 760 * 2^-105 < 2^-95. */
const exp10Bounds = (x: number): Bounds => {
  if (x > 330) return { lo: x === Infinity ? x : MAX, hi: Infinity }
  if (x < -330) return { lo: 0, hi: x === -Infinity ? 0 : MIN }
  if (Math.abs(x) < TINY10) return besideOne(x)
  const power = TEN_POWERS[x]
  if (power !== undefined) return { lo: power, hi: power }
  const z = x * LN10_PAIR.hi
  const e = expScaled(z, productError(x, LN10_PAIR.hi, z) + x * LN10_PAIR.lo)
  return aroundScaled(e.hi, e.lo, EPS, e.k)
}

export const exp = (a: Interval): Interval => increasing(expBounds, a)
export const expm1 = (a: Interval): Interval => increasing(expm1Bounds, a)
export const exp2 = (a: Interval): Interval => increasing(exp2Bounds, a)
export const exp10 = (a: Interval): Interval => increasing(exp10Bounds, a)
