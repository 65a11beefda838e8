/**
 * sin, cos and tan on points (`...At`, bounds of the value) and on intervals.
 *
 * After x = n pi/2 + r (relative error of r below 2^-93): |r| = j/256 + d with |d| <= 2^-9 (1 + 2^-20), and with q = d^2
 *   sin d = d (1 + q (-1/6 + q t)), cos d = 1 + q (-1/2 + q t), t of degree 2 in q.
 * Truncation: q^5/11! < 2^-115 (relative to d) and q^5/10! < 2^-111; t in doubles and without the low part of d errs by 5u/120 and 5u/24,
 * that is q^2 t by 2^-93 (relative to d) and by 2^-91 (absolutely). Everything else is double-double, below 2^-102.
 * sin(j/256 + d) = S + (C sin d + S (cos d - 1)) with |C sin d| <= S/2 for j > 0, so the relative error stays below 2^-89.
 * tan = sin/cos: below 2^-88. The bounds allow 2^-87.
 *
 * Extrema and poles sit at multiples of pi/2, of which 0 is the only double: comparing the quadrants of the ends finds them without rounding.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { around, ddAdd, ddAddNumber, ddDiv, ddMul, ddNeg, fastTwoSum, twoSum } from "./double-double.ts"
import { fixedMul, fixedSinCos, nearest, nearestPair, ONE, PI } from "./elementary-constants.ts"
import type { Reduced } from "./elementary-reduction.ts"
import { quadrant, reduce } from "./elementary-reduction.ts"
import type { Interval } from "./interval.ts"
import { TRV, weaker } from "./interval.ts"
import { addUp, nextDown, nextUp, power2, productError } from "./rounding.ts"

const EPS = power2(-87)
const TINY = power2(-27)
/** From here on j >= 1 and hi - j/256 is exact (Sterbenz). */
const NEAR = power2(-9)
const SIXTH = nearestPair(ONE / 6n)

const SINES: Array<DoubleDouble> = []
const COSINES: Array<DoubleDouble> = []
const [STEP_SIN, STEP_COS] = fixedSinCos(ONE >> 8n)
for (let j = 0, s = 0n, c = ONE; j <= 202; j++) {
  SINES.push(nearestPair(s))
  COSINES.push(nearestPair(c))
  ;[s, c] = [fixedMul(s, STEP_COS) + fixedMul(c, STEP_SIN), fixedMul(c, STEP_COS) - fixedMul(s, STEP_SIN)]
}

/** sin(z + w), |z| <= 2^-8.9, |w| <= u |z|. */
const sinKernel = (z: number, w: number): DoubleDouble => {
  const q = z * z
  const ql = productError(z, z, q) + 2 * z * w
  const g = fastTwoSum(-SIXTH.hi, q * (1 / 120 - q * (1 / 5040 - q * (1 / 362880))))
  const v = q * g.hi
  const vl = productError(q, g.hi, v) + (q * (g.lo - SIXTH.lo) + ql * g.hi)
  const a = z * v
  const s = fastTwoSum(z, a)
  return fastTwoSum(s.hi, s.lo + (w + (productError(z, v, a) + (z * vl + w * v))))
}

/** cos(z + w) - 1, same arguments. */
const cosKernel = (z: number, w: number): DoubleDouble => {
  const q = z * z
  const ql = productError(z, z, q) + 2 * z * w
  const g = fastTwoSum(-0.5, q * (1 / 24 - q * (1 / 720 - q * (1 / 40320))))
  const v = q * g.hi
  return fastTwoSum(v, productError(q, g.hi, v) + (q * g.lo + ql * g.hi))
}

/** sin r for |r| <= 0.7856. */
export const sinPair = (hi: number, lo: number): DoubleDouble => {
  if (hi < 0) return ddNeg(sinPair(-hi, -lo))
  if (hi < NEAR) return sinKernel(hi, lo)
  const j = Math.floor(hi * 256 + 0.5)
  const d = twoSum(hi - j / 256, lo)
  const s = SINES[j]!
  return ddAdd(s, ddAdd(ddMul(COSINES[j]!, sinKernel(d.hi, d.lo)), ddMul(s, cosKernel(d.hi, d.lo))))
}

/** cos r for |r| <= 0.7856. */
export const cosPair = (hi: number, lo: number): DoubleDouble => {
  if (hi < 0) return cosPair(-hi, -lo)
  if (hi < NEAR) return ddAddNumber(cosKernel(hi, lo), 1)
  const j = Math.floor(hi * 256 + 0.5)
  const d = twoSum(hi - j / 256, lo)
  const c = COSINES[j]!
  return ddAdd(c, ddAdd(ddMul(c, cosKernel(d.hi, d.lo)), ddNeg(ddMul(SINES[j]!, sinKernel(d.hi, d.lo)))))
}

/** sin of n pi/2 + r. */
const sinReduced = (r: Reduced, n: number): Bounds => {
  const s = n & 1 ? cosPair(r.hi, r.lo) : sinPair(r.hi, r.lo)
  const b = n & 2 ? around(-s.hi, -s.lo, EPS) : around(s.hi, s.lo, EPS)
  return { lo: Math.max(-1, b.lo), hi: Math.min(1, b.hi) }
}

/** x - |x|^3/6 < sin x < x for 0 < x < 2^-27: within one double of x. */
const sinAt = (x: number, r: Reduced): Bounds => {
  if (Math.abs(x) >= TINY) return sinReduced(r, r.n)
  return x > 0 ? { lo: nextDown(x), hi: x } : { lo: x, hi: x === 0 ? x : nextUp(x) }
}

/** 1 - x^2/2 <= cos x <= 1: within one double of 1 for |x| < 2^-27. */
const cosAt = (x: number, r: Reduced): Bounds => (Math.abs(x) >= TINY ? sinReduced(r, r.n + 1) : { lo: x === 0 ? 1 : nextDown(1), hi: 1 })

/** x < tan x < x + x^3 for 0 < x < 2^-27: within one double of x. */
const tanAt = (x: number, r: Reduced): Bounds => {
  if (Math.abs(x) < TINY) return x > 0 ? { lo: x, hi: nextUp(x) } : { lo: x === 0 ? x : nextDown(x), hi: x }
  const t = tanPair(r)
  return around(t.hi, t.lo, EPS)
}

/** tan of n pi/2 + r: sin r/cos r, or -cos r/sin r for odd n. */
export const tanPair = (r: Reduced): DoubleDouble => {
  const s = sinPair(r.hi, r.lo)
  const c = cosPair(r.hi, r.lo)
  return r.n & 1 ? ddDiv(ddNeg(c), s) : ddDiv(s, c)
}

/** The double nearest to 2 pi, which lies below 2 pi. */
const TWO_PI = nearest(2n * PI)

/** The number of multiples of pi/2 in ]a, b] for a < b with b - a < 2 pi: the quadrants tell it modulo 4, the width tells 0 from 4. */
const crossings = (a: Interval, from: number, to: number): number => {
  const c = (to - from) & 3
  return c === 0 && a.hi - a.lo > 3 ? 4 : c
}

/** sin or cos, by the quadrant in which it has its maximum at the start. */
const wave = (at: (x: number, r: Reduced) => Bounds, peak: number, a: Interval): Interval => {
  if (!(a.lo <= a.hi)) return a
  if (!(addUp(a.hi, -a.lo) < TWO_PI)) return { lo: -1, hi: 1, dec: a.dec }
  const ra = reduce(a.lo)
  const fa = at(a.lo, ra)
  if (a.lo === a.hi) return { lo: fa.lo, hi: fa.hi, dec: a.dec }
  const rb = reduce(a.hi)
  const fb = at(a.hi, rb)
  const from = quadrant(ra)
  const count = crossings(a, from, quadrant(rb))
  const hi = ((peak - from - 1) & 3) < count ? 1 : Math.max(fa.hi, fb.hi)
  const lo = ((peak + 2 - from - 1) & 3) < count ? -1 : Math.min(fa.lo, fb.lo)
  return { lo, hi, dec: a.dec }
}

/** sin a, with the extrema inside a. */
export const sin = (a: Interval): Interval => wave(sinAt, 1, a)

/** cos a, with the extrema inside a. */
export const cos = (a: Interval): Interval => wave(cosAt, 0, a)

/** tan a; everything, and TRV, where a contains a pole. */
export const tan = (a: Interval): Interval => {
  if (!(a.lo <= a.hi)) return a
  if (addUp(a.hi, -a.lo) < TWO_PI) {
    const ra = reduce(a.lo)
    const rb = a.lo === a.hi ? ra : reduce(a.hi)
    const from = quadrant(ra)
    const count = a.lo === a.hi ? 0 : crossings(a, from, quadrant(rb))
    if (count === 0 || (count === 1 && (from & 1) === 1)) return { lo: tanAt(a.lo, ra).lo, hi: tanAt(a.hi, rb).hi, dec: a.dec }
  }
  return { lo: -Infinity, hi: Infinity, dec: weaker(a.dec, TRV) }
}
