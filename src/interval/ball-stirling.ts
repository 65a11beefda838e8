/**
 * Stirling's series for log Gamma and psi at positive points.
 *
 * At z = x + n: log Gamma(z) = (z - 1/2) log z - z + log(2 pi)/2 + sum_{k<=K} b_k z^(1-2k) + R, b_k = B_2k / (2k (2k-1)), and
 * psi(z) = log z - 1/(2z) - sum_{k<=K} B_2k/(2k) z^(-2k) + R, where |R| is at most the first omitted term for real z > 0 (DLMF 5.11(ii)).
 * The recurrences Gamma(z) = x (x + 1) ... (x + n - 1) Gamma(x) and psi(z) = psi(x) + 1/x + ... + 1/(x + n - 1) lead back to x.
 */
import type { Ball } from "./ball.ts"
import { bitLength, exact, exponentOf, scaleDown, top } from "./ball.ts"
import { bernoulliEven, pi } from "./ball-constants.ts"
import { log } from "./ball-exp.ts"
import { approximate } from "./ball-radius.ts"
import { add, div, mul, scale, sub } from "./ball-ring.ts"

const ONE = exact(1n)
const HALF = exact(1n, -1)
export type Series = "lgamma" | "digamma"

interface Coefficients {
  readonly fixed: Array<bigint>
  readonly size: Array<number>
}
const coefficients = new Map<string, Coefficients>()
/** Fixed-point coefficients b_k or B_2k/(2k), within one unit of 2^-w, and upper bounds of their log2, k >= 1. */
const coefficient = (which: Series, k: number, w: number): Coefficients => {
  const key = which + w
  let c = coefficients.get(key)
  if (c === undefined) coefficients.set(key, (c = { fixed: [0n], size: [0] }))
  for (let j = c.fixed.length; j <= k; j++) {
    const b = bernoulliEven(j)
    const d = b.d * BigInt(which === "lgamma" ? 2 * j * (2 * j - 1) : 2 * j)
    c.fixed.push((b.n << BigInt(w)) / d)
    c.size.push(bitLength(b.n) - bitLength(d) + 2)
  }
  return c
}

/**
 * sum_{k<=K} c_k u^(k-1), u = z^-2, for the first K with |c_{K+1}| u^K below 2^-w; the rest is at most one unit of 2^-w. K <= z, where successive
 * terms shrink at least by 4 (|c_{k+1}/c_k| <= (k + 1/4)^2 / pi^2), so that 2 units of error in u cost less than one and 2 units of floors a step
 * less than 3. Undefined when z is too small for w.
 */
export const stirlingSum = (which: Series, z: Ball, w: number): Ball | undefined => {
  const t = top(z)
  const tail = { r: 8n, e: -w, status: "defined" } as const
  if (t > Math.min(w, 900)) return { m: coefficient(which, 1, w).fixed[1]!, ...tail, r: 8n + (1n << BigInt(Math.max(0, w + 4 - 2 * t))) }
  const fixed = scaleDown(z.m, z.e + w)
  const u = (1n << BigInt(3 * w)) / (fixed * fixed)
  // log2(2^e (1 + f)) >= e + f for 0 <= f <= 1
  const least = approximate(z) * (1 - 2 ** -40)
  const e = exponentOf(least)
  const log2z = e + (least * 2 ** -e - 1) - 2 ** -30
  let count = 1
  while (coefficient(which, count + 1, w).size[count + 1]! - 2 * count * log2z > -w) if (++count > least) return undefined
  const c = coefficient(which, count, w).fixed
  let sum = 0n
  for (let k = count; k >= 1; k--) sum = ((sum * u) >> BigInt(w)) + c[k]!
  return { m: sum, ...tail }
}

/** Both series at a point a >= 1/2, shifted to z = a + n where n balances the shift against the series. */
const shifted = (which: Series, a: Ball, w: number): { readonly z: Ball; readonly n: number; readonly sum: Ball } => {
  for (let target = 0.2 * w + 2; ; target *= 1.2) {
    const n = Math.max(0, Math.ceil(target - approximate(a)))
    const z = add(a, exact(BigInt(n)), w)
    const sum = stirlingSum(which, z, w)
    if (sum !== undefined) return { z, n, sum }
  }
}

const halfLogTwoPi = new Map<number, Ball>()
const logNorm = (w: number): Ball => {
  let value = halfLogTwoPi.get(w)
  if (value === undefined) halfLogTwoPi.set(w, (value = scale(log(scale(pi(w + 4), 1), w), -1)))
  return value
}

/** log Gamma at an exact point x >= 1/2; x (x + 1) ... (x + n - 1) in growing fixed point loses at most 2 relative units of 2^-w a factor. */
export const lgammaRight = (x: Ball, w: number): Ball => {
  const { z, n, sum } = shifted("lgamma", x, w)
  const stirling = add(sub(mul(sub(z, HALF, w), log(z, w), w), z, w), add(logNorm(w), div(sum, z, w), w), w)
  if (n === 0) return stirling
  const one = 1n << BigInt(w)
  let factor = scaleDown(x.m, x.e + w)
  let product = one
  for (let k = 1; k < n; k++) product = (product * (factor += one)) >> BigInt(w)
  const shift = mul({ m: product, r: BigInt(2 * n + 2) * ((product >> BigInt(w)) + 1n), e: -w, status: "defined" }, x, w)
  return sub(stirling, log(shift, w), w)
}

/** psi at an exact point x >= 1/2: 1/x + ... + 1/(x + n - 1) in fixed point loses at most 2 units of 2^-w a term (4 for the first). */
export const digammaRight = (x: Ball, w: number): Ball => {
  const { z, n, sum } = shifted("digamma", x, w)
  const inverse = div(ONE, z, w)
  const stirling = sub(sub(log(z, w), scale(inverse, -1), w), mul(sum, mul(inverse, inverse, w), w), w)
  if (n === 0) return stirling
  const one = 1n << BigInt(w)
  const square = 1n << BigInt(2 * w)
  let factor = scaleDown(x.m, x.e + w)
  let total = 0n
  for (let k = 0; k < n; k++, factor += one) total += square / factor
  return sub(stirling, { m: total, r: BigInt(2 * n + 4), e: -w, status: "defined" }, w)
}
