/**
 * Scores of a one-dimensional normal mixture p(x) = sum_k w_k N(x; m_k, s_k^2) in float64:
 *
 *   d/dx log p(x) = sum_k r_k(x) (m_k - x) / s_k^2,   r_k(x) = e^(a_k - A) / sum_j e^(a_j - A),   a_k = log w_k - log s_k - (x - m_k)^2 / (2 s_k^2),
 *
 * with A = max_k a_k, so that at least one exponential is 1: far out in the tails the nearest component decides, and nothing is 0/0.
 *
 * The exponential is built from + - * alone (half the time of the engine's, the same bits on every engine): y = n c + r, c = log(2)/64, |r| <= c/2,
 * e^y = 2^(n/64) (1 + r + r^2/2 + ... + r^5/120). n c_1 is exact, so r errs by less than 2^-59; the series leaves off |r|^6/720 < 2^-54.6; table,
 * product and sum round once each: relative error below 2.5 u, u = 2^-53.
 */
import { fixedExp, fixedMul, leading, LN2, nearest, ONE } from "../interval/elementary-constants.ts"
import { logBounds } from "../interval/elementary-logarithm.ts"
import { power2 } from "../interval/rounding.ts"

/** A normal mixture, one entry per component; weights need not sum to 1. */
export interface NormalMixture {
  /** w, shape (K), positive. */
  readonly weights: Float64Array
  /** m, shape (K). */
  readonly means: Float64Array
  /** s, shape (K), positive. */
  readonly deviations: Float64Array
}

const U = power2(-53)
const STEP = LN2 >> 6n
const STEP_HIGH = leading(STEP, 36)
const C1 = nearest(STEP_HIGH)
const C2 = nearest(STEP - STEP_HIGH)
const PER_STEP = nearest((ONE * ONE) / STEP)
const TABLE = new Float64Array(64)
for (let i = 0, f = ONE, q = fixedExp(STEP); i < 64; i++, f = fixedMul(f, q)) TABLE[i] = nearest(f)
/** Beyond this nothing is left beside 1: e^-700 < 2^-1009. */
const FAR = -700
const LOST = power2(-1009)
const POWERS = Float64Array.from({ length: 1012 }, (_, k) => power2(k - 1011))

/** e^y for -700 <= y <= 0, relative error below 2.5 u. */
export const decay = (y: number): number => {
  const n = Math.floor(y * PER_STEP + 0.5)
  const r = y - n * C1 - n * C2
  const t = TABLE[n & 63]!
  return (t + t * (r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))))) * POWERS[(n >> 6) + 1011]!
}

/**
 * Scores at many points: out_i = d/dx log p(x_i).
 *
 * `x` and `out` have shape (N) and may be the same array; nothing is allocated per point. Throws a RangeError when shapes differ, K = 0, or a
 * parameter is not finite or not positive where it must be. A point that is not finite, or whose distances overflow when squared, gives NaN.
 */
export const mixtureScores = (mixture: NormalMixture, x: Float64Array, out: Float64Array): Float64Array => {
  const { means } = mixture
  const size = means.length
  if (out.length !== x.length) throw new RangeError(`${x.length} points but room for ${out.length} scores`)
  const { logs, precisions } = prepare(mixture)
  const a = new Float64Array(size)
  const g = new Float64Array(size)
  for (let i = 0; i < x.length; i++) {
    const at = x[i]!
    let top = -Infinity
    for (let k = 0; k < size; k++) {
      const d = means[k]! - at
      const slope = d * precisions[k]!
      const value = logs[k]! - 0.5 * d * slope
      g[k] = slope
      a[k] = value
      if (value > top) top = value
    }
    let sum = 0
    let weighted = 0
    for (let k = 0; k < size; k++) {
      const y = a[k]! - top
      if (y < FAR) continue
      const r = decay(y)
      sum += r
      weighted += r * g[k]!
    }
    out[i] = weighted / sum
  }
  return out
}

/**
 * A bound of |computed - true| for the score at x in `mixtureScores`, the parameters being the doubles given.
 *
 * With t_k = (x - m_k)^2 / (2 s_k^2): the logarithms err by at most an ulp (2u relative), so a_k errs by at most
 * d_k = u (2 |log w_k| + 2 |log s_k| + |log w_k - log s_k| + 7 t_k + |a_k|), e^(a_k - A) relatively by e_k = d_k + u |a_k - A| + 2.5 u (A is common
 * to all and cancels), and the slope (m_k - x)/s_k^2 by 4u. Sums of K terms add K u. A factor 1.01 covers the second-order terms and the rounding of
 * the bound itself while t_k < 2^40.
 */
export const mixtureScoreError = (mixture: NormalMixture, x: number): number => {
  const { means, weights, deviations } = mixture
  const { logs, precisions } = prepare(mixture)
  const size = means.length
  const t = means.map((m, k) => 0.5 * (m - x) * (m - x) * precisions[k]!)
  const a = t.map((quadratic, k) => logs[k]! - quadratic)
  const top = a.reduce((u, v) => Math.max(u, v))
  let [sum, weighted, off, lost] = [0, 0, 0, 0]
  for (let k = 0; k < size; k++) {
    const slope = (means[k]! - x) * precisions[k]!
    const y = a[k]! - top
    const r = y < FAR ? 0 : decay(y)
    const logError = 2 * Math.abs(logOf(weights[k]!)) + 2 * Math.abs(logOf(deviations[k]!)) + Math.abs(logs[k]!)
    const relative = U * (logError + 7 * t[k]! + Math.abs(a[k]!) - y + 2.5)
    sum += r
    weighted += r * slope
    off += r * Math.abs(slope) * (relative + (6 + size) * U) + LOST * Math.abs(slope)
    lost += r * (relative + size * U) + LOST
  }
  const score = Math.abs(weighted / sum)
  return 1.01 * ((off + score * lost) / sum + U * score)
}

const logOf = (x: number): number => logBounds(x).lo

const prepare = ({ weights, means, deviations }: NormalMixture): { readonly logs: Float64Array; readonly precisions: Float64Array } => {
  const size = means.length
  if (size === 0 || weights.length !== size || deviations.length !== size) throw new RangeError("a mixture of differing or no components")
  const positive = (s: number): boolean => s > 0 && s < Infinity
  if (!weights.every(positive) || !deviations.every(positive) || !means.every(Number.isFinite)) throw new RangeError("a parameter out of range")
  return {
    logs: weights.map((w, k) => logOf(w) - logOf(deviations[k]!)),
    precisions: deviations.map((s) => 1 / (s * s)),
  }
}
