/**
 * Mathematical constants and table entries from integer arithmetic: no digit string to trust, no engine function.
 *
 * A fixed-point number is a bigint f that stands for f 2^-BITS. Each series below is summed with truncating divisions: an error under one
 * unit per term and far fewer than 2^20 terms and table steps, so every entry is right to 2^(20-BITS) = 2^-236, and its double-double
 * (rounded twice to nearest) to 2^-106 relative.
 */
import type { DoubleDouble } from "./double-double.ts"
import { power2 } from "./rounding.ts"

export const BITS = 256
const SHIFT = BigInt(BITS)
export const ONE = 1n << SHIFT

/** Fixed-point product. */
export const fixedMul = (a: bigint, b: bigint): bigint => (a * b) >> SHIFT

/** sum of (+-1)^k t^(2k+1)/(2k+1) with t = n/d: atan(t) for sign -1, atanh(t) for sign 1; `one` is the fixed-point 1. */
const arc = (n: bigint, d: bigint, sign: bigint, one: bigint): bigint => {
  let term = (one * n) / d
  let sum = term
  for (let k = 3n; term !== 0n; k += 2n) {
    term = (sign * term * n * n) / (d * d)
    sum += term / k
  }
  return sum
}

/** atan(n/d) in fixed point, |n/d| <= 1/2. */
export const fixedAtan = (n: bigint, d: bigint): bigint => arc(n, d, -1n, ONE)

/** log(n/d) = 2 atanh((n - d)/(n + d)) in fixed point, n/d in [1/2, 2]. */
export const fixedLog = (n: bigint, d: bigint): bigint => 2n * arc(n - d, n + d, 1n, ONE)

/** pi 2^bits to within 2^20 units (Machin 1706: pi = 16 atan(1/5) - 4 atan(1/239)). */
export const machin = (bits: number): bigint => {
  const one = 1n << BigInt(bits)
  return 16n * arc(1n, 5n, -1n, one) - 4n * arc(1n, 239n, -1n, one)
}

export const PI = machin(BITS)
export const LN2 = fixedLog(2n, 1n)
/** log 10 = 3 log 2 + log(5/4). */
export const LN10 = 3n * LN2 + fixedLog(5n, 4n)

/** e^x for a fixed-point |x| <= 1. */
export const fixedExp = (x: bigint): bigint => {
  let term = ONE
  let sum = ONE
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = fixedMul(term, x) / k
    sum += term
  }
  return sum
}

/** [sin x, cos x] for a fixed-point |x| <= 1. */
export const fixedSinCos = (x: bigint): readonly [bigint, bigint] => {
  const square = fixedMul(x, x)
  let [s, c, sine, cosine] = [x, ONE, x, ONE]
  for (let k = 1n; k < 60n; k++) {
    c = -fixedMul(c, square) / ((2n * k - 1n) * (2n * k))
    s = -fixedMul(s, square) / (2n * k * (2n * k + 1n))
    cosine += c
    sine += s
  }
  return [sine, cosine]
}

/** The double nearest to f 2^-bits. */
export const nearest = (f: bigint, bits: number = BITS): number => {
  let x = Number(f)
  for (let k = bits; k > 0; k -= 512) x *= power2(-Math.min(k, 512))
  return x
}

/** The double-double nearest to f 2^-bits. */
export const nearestPair = (f: bigint, bits: number = BITS): DoubleDouble => {
  const top = BigInt(Number(f))
  return { hi: nearest(top, bits), lo: nearest(f - top, bits) }
}

/** f rounded to a multiple of 2^-places, so that products with small integers are exact. */
export const leading = (f: bigint, places: number): bigint => {
  const cut = BigInt(BITS - places)
  return ((f + (1n << (cut - 1n))) >> cut) << cut
}
