/**
 * Constants in fixed point, cached: pi by Machin's formula 16 atan(1/5) - 4 atan(1/239); log 2 = 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749);
 * Bernoulli numbers from the tangent numbers T_k: B_2k = (-1)^(k-1) 2k T_k / (4^k (4^k - 1)) (Brent and Harvey 2013, section 6).
 *
 * `xFixed(w)` is an integer within 2 of 2^w x.
 */
import type { Ball } from "./ball.ts"
import { round } from "./ball.ts"
import { rootFloor } from "./ball-ring.ts"

/** Working precisions are multiples of 64, so that tables and constants are shared; at least p + 12. */
export const working = (p: number): number => Math.ceil((p + 12) / 64) * 64

/**
 * sum of (+-1)^k / ((2k+1) n^(2k+1)) in units of 2^-w. Each term is two floors, below the exact term by less than 2 units, and there are fewer
 * than w terms; the truncated rest is below one unit. The error is below 2w + 1 units.
 */
const inverse = (n: bigint, w: number, alternating: boolean): bigint => {
  let power = (1n << BigInt(w)) / n
  let sum = power
  const square = n * n
  for (let k = 3n, plus = !alternating; power > 0n; k += 2n, plus = alternating ? !plus : true) {
    power /= square
    sum += plus ? power / k : -(power / k)
  }
  return sum
}

/** Wraps a series with 32 guard bits: its error, below 2^31 units of 2^-(w+32), leaves less than 2 units of 2^-w after the cut. */
const cached = (compute: (w: number) => bigint): ((w: number) => bigint) => {
  const known = new Map<number, bigint>()
  return (w) => {
    const hit = known.get(w)
    if (hit !== undefined) return hit
    const value = compute(w + 32) >> 32n
    known.set(w, value)
    return value
  }
}

export const piFixed = cached((w) => 16n * inverse(5n, w, true) - 4n * inverse(239n, w, true))
export const log2Fixed = cached((w) => 18n * inverse(26n, w, false) - 2n * inverse(4801n, w, false) + 8n * inverse(8749n, w, false))
/** sqrt(2^(2w) pi_w / 2^w): the error of pi is halved and divided by sqrt(pi), the floor adds one. */
export const sqrtPiFixed = cached((w) => rootFloor(piFixed(w) << BigInt(w)))

const ball = (fixed: (w: number) => bigint) => {
  const known = new Map<number, Ball>()
  return (p: number): Ball => {
    const hit = known.get(p)
    if (hit !== undefined) return hit
    const w = working(p)
    const value = round(fixed(w), 2n, -w, "defined", p)
    known.set(p, value)
    return value
  }
}

export const pi = ball(piFixed)
export const sqrtPi = ball(sqrtPiFixed)

let bernoulli: ReadonlyArray<{ readonly n: bigint; readonly d: bigint }> = []
/** B_2k as numerator and denominator (not in lowest terms), k >= 1. */
export const bernoulliEven = (k: number): { readonly n: bigint; readonly d: bigint } => {
  if (bernoulli.length <= k) bernoulli = tangentBernoulli(Math.max(32, 2 * k))
  return bernoulli[k]!
}

const tangentBernoulli = (count: number): ReadonlyArray<{ readonly n: bigint; readonly d: bigint }> => {
  const t: Array<bigint> = [0n, 1n]
  for (let k = 2; k <= count; k++) t[k] = BigInt(k - 1) * t[k - 1]!
  for (let k = 2; k <= count; k++) for (let j = k; j <= count; j++) t[j] = BigInt(j - k) * t[j - 1]! + BigInt(j - k + 2) * t[j]!
  return t.map((tangent, k) => {
    if (k === 0) return { n: 1n, d: 1n }
    const four = 1n << BigInt(2 * k)
    return { n: (k % 2 === 1 ? 2n : -2n) * BigInt(k) * tangent, d: four * (four - 1n) }
  })
}
