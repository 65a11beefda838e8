/**
 * Radius bookkeeping in doubles: upper bounds of r/|m|, of r 2^e, of slopes, each raised by `UP` so that double rounding cannot lower them.
 * Positive doubles below 2^-900 are replaced by 2^-900, which is sound for an upper bound.
 */
import type { Ball } from "./ball.ts"
import { UP, bigAbs, bitLength, exponentOf, pow2, widen } from "./ball.ts"

const LEAST = 2 ** -900

/** An upper bound of r / |m| for thin balls (m below 2^850); 0 for r = 0. */
export const ratio = (r: bigint, m: bigint): number => (r === 0n ? 0 : Math.max(LEAST, (Number(r) / Math.abs(Number(m))) * UP))

/** An upper bound of r 2^e; 0 for exact balls, Infinity beyond the range of doubles. */
export const radius = (a: Ball): number => {
  if (a.r <= 0n) return a.r === 0n ? 0 : Infinity
  const size = bitLength(a.r)
  const t = size + a.e
  if (t > 1000) return Infinity
  if (t < -1000) return LEAST
  // More bits than a double can hold are cut, upwards.
  const cut = size > 100 ? size - 100 : 0
  const x = Number(cut > 0 ? (a.r >> BigInt(cut)) + 1n : a.r)
  const k = a.e + cut
  return Math.max(LEAST, (k < -1000 ? x * pow2(-1000) * pow2(k + 1000) : x * pow2(k)) * UP)
}

/** The midpoint as a double with relative error below 2^-50; +-Infinity beyond the range of doubles, 0 below 2^-900. */
export const approximate = (a: Ball): number => {
  const size = bitLength(a.m)
  const t = size + a.e
  if (t < -900 || a.m === 0n) return 0
  if (t > 1000) return a.m > 0n ? Infinity : -Infinity
  const cut = size > 100 ? size - 100 : 0
  const x = Number(cut > 0 ? a.m >> BigInt(cut) : a.m)
  const k = a.e + cut
  return k < -1000 ? x * pow2(-1000) * pow2(k + 1000) : x * pow2(k)
}

/** An integer >= |q| x for a double x >= 0. */
export const portion = (q: bigint, x: number): bigint => {
  if (x === 0) return 0n
  const y = Math.abs(Number(q))
  if (y < 2 ** 900 && x < 2 ** 100) return BigInt(Math.ceil(y * x * UP))
  const k = exponentOf(x) - 40
  const n = bigAbs(q) * BigInt(Math.ceil(x * pow2(-k)))
  return k >= 0 ? n << BigInt(k) : -(-n >> BigInt(-k))
}

/** Adds |value| x to the radius: a relative error x of the exact value that `value` encloses. */
export const spread = (value: Ball, x: number, p: number): Ball => {
  if (x === 0 || value.r < 0n) return value
  const k = exponentOf(Math.max(x, LEAST)) - 30
  const n = BigInt(Math.ceil(Math.max(x, LEAST) * pow2(-k) * UP))
  return widen(value, (bigAbs(value.m) + value.r) * n, value.e + k, p)
}

/** Adds the finite double x >= 0 to the radius. */
export const enlarge = (value: Ball, x: number, p: number): Ball => {
  if (x === 0 || value.r < 0n) return value
  const k = exponentOf(Math.max(x, LEAST)) - 30
  return widen(value, BigInt(Math.ceil(Math.max(x, LEAST) * pow2(-k) * UP)), k, p)
}

/** Adds the radius of a times a finite slope D >= 0. */
export const sloped = (value: Ball, a: Ball, slope: number, p: number): Ball => {
  if (slope === 0 || a.r <= 0n) return value
  const k = exponentOf(Math.max(slope, LEAST)) - 30
  return widen(value, a.r * BigInt(Math.ceil(Math.max(slope, LEAST) * pow2(-k) * UP)), a.e + k, p)
}
