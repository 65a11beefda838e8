/**
 * x = n pi/2 + r with |r| <= pi/4 (1 + 2^-30), over the full exponent range.
 *
 * |x| < 1.6e6 (so n < 2^20): pi/2 = P1 + P2 + P3 + P4 with P1, P2, P3 of 33 bits each, so that n P1, n P2, n P3 are exact;
 * x - n P1 is exact (Sterbenz), the next two differences are kept as sums of two doubles, and gathering the low parts errs by less than 2^-105
 * (Cody, Waite 1980).
 * That is 2^-93 relative to r as long as |r| >= 2^-12.
 *
 * Otherwise (Payne, Hanek 1983): x = M 2^e with an integer M < 2^53; with D = floor(2/pi 2^(e+256)), M D is x 2/pi in units of 2^-256 up to
 * 2^53 + 1 units; its distance to the nearest integer times pi/2 is r, with absolute error 2^-202. No double but 0 comes closer than 2^-62 to a
 * multiple of pi/2 (Muller et al. 2018, Handbook of Floating-Point Arithmetic, 11.2), so the relative error is below 2^-105 after rounding.
 */
import { BITS, leading, machin, nearest, nearestPair, PI } from "./elementary-constants.ts"
import { exponent, power2 } from "./rounding.ts"

/** r = hi + lo and n modulo 4. */
export interface Reduced {
  readonly hi: number
  readonly lo: number
  readonly n: number
}

const HALF_PI = PI >> 1n
const PART1 = leading(HALF_PI, 32)
const PART2 = leading(HALF_PI - PART1, 65)
const PART3 = leading(HALF_PI - PART1 - PART2, 98)
const P1 = nearest(PART1)
const P2 = nearest(PART2)
const P3 = nearest(PART3)
const P4 = nearest(HALF_PI - PART1 - PART2 - PART3)
const PER_HALF_PI = nearest((1n << BigInt(2 * BITS)) / HALF_PI)
const SMALLEST = power2(-12)

/** Reduces a finite x. */
export const reduce = (x: number): Reduced => {
  const a = Math.abs(x)
  if (a < 0.785) return { hi: x, lo: 0, n: 0 }
  if (a >= 1.6e6) return reduceExactly(x)
  const n = Math.floor(x * PER_HALF_PI + 0.5)
  const s1 = x - n * P1
  const p2 = -n * P2
  const s2 = s1 + p2
  const t2 = s2 - s1
  const e2 = s1 - (s2 - t2) + (p2 - t2)
  const p3 = -n * P3
  const s3 = s2 + p3
  const t3 = s3 - s2
  const e3 = s2 - (s3 - t3) + (p3 - t3)
  if (Math.abs(s3) < SMALLEST) return reduceExactly(x)
  const low = e2 + (e3 - n * P4)
  const hi = s3 + low
  return { hi, lo: low - (hi - s3), n: n & 3 }
}

const TABLE_BITS = 1300
let twoOverPi = 0n

const reduceExactly = (x: number): Reduced => {
  if (twoOverPi === 0n) twoOverPi = (1n << BigInt(2 * TABLE_BITS + 81)) / machin(TABLE_BITS + 80)
  const e = exponent(x) - 52
  const half = e >> 1
  const significand = BigInt(x * power2(-half) * power2(half - e))
  const product = significand * (twoOverPi >> BigInt(TABLE_BITS - BITS - e))
  const n = (product + (1n << BigInt(BITS - 1))) >> BigInt(BITS)
  const r = nearestPair((product - (n << BigInt(BITS))) * HALF_PI, 2 * BITS)
  return { hi: r.hi, lo: r.lo, n: Number(n & 3n) }
}

/** floor(2x/pi) modulo 4: the quadrant of x. The sign of r is certain, its relative error being far below 1. */
export const quadrant = (r: Reduced): number => (r.hi < 0 ? (r.n + 3) & 3 : r.n)
