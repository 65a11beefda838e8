/**
 * Scores of a one-dimensional normal mixture p(x) = sum_k w_k N(x; m_k, s_k^2) in float64:
 *
 *   d/dx log p(x) = sum_k r_k(x) (m_k - x) / s_k^2,   r_k(x) = e^(a_k - A) / sum_j e^(a_j - A),   a_k = log w_k - log s_k - (x - m_k)^2 / (2 s_k^2),
 *
 * with A = max_k a_k, so that at least one exponential is 1: far out in the tails the nearest component decides, and nothing is 0/0.
 */

/** A normal mixture, one entry per component; weights need not sum to 1. */
export interface NormalMixture {
  /** w, shape (K), positive. */
  readonly weights: Float64Array
  /** m, shape (K). */
  readonly means: Float64Array
  /** s, shape (K), positive. */
  readonly deviations: Float64Array
}

const U = 2 ** -53

/**
 * Scores at many points: out_i = d/dx log p(x_i).
 *
 * `x` and `out` have shape (N) and may be the same array; nothing is allocated per point. Throws a RangeError when shapes differ, K = 0, or a parameter is
 * not finite or not positive where it must be.
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
    let best = 0
    for (let k = 0; k < size; k++) {
      const d = means[k]! - at
      const slope = d * precisions[k]!
      const value = logs[k]! - 0.5 * d * slope
      g[k] = slope
      a[k] = value
      if (value > top) {
        top = value
        best = k
      }
    }
    let sum = 1
    let weighted = g[best]!
    for (let k = 0; k < size; k++) {
      if (k === best) continue
      const r = Math.exp(a[k]! - top)
      sum += r
      weighted += r * g[k]!
    }
    out[i] = weighted / sum
  }
  return out
}

/**
 * A bound of |computed - true| for the score at x in `mixtureScores`.
 *
 * With u = 2^-53 and t_k = (x - m_k)^2 / (2 s_k^2): the logarithms of JavaScript err by less than an ulp (2u relative), so a_k errs by at most
 * d_k = u (2 |log w_k| + 2 |log s_k| + |log w_k - log s_k| + 7 t_k + |a_k|), e^(a_k - A) relatively by e_k = d_k + u |a_k - A| + 2u (A is common to all and
 * cancels), and the slope (m_k - x)/s_k^2 by 4u. Sums of K terms add K u; one factor 1.01 covers every second-order term while t_k < 2^40. Exponentials
 * that underflow are below 2^-1022. Not rigorous: engines promise no bound for exp and log, and this bound is itself computed in float64.
 */
export const mixtureScoreError = (mixture: NormalMixture, x: number): number => {
  const { means, weights, deviations } = mixture
  const { logs, precisions } = prepare(mixture)
  const size = means.length
  const t = Array.from(means, (m, k) => 0.5 * (m - x) ** 2 * precisions[k]!)
  const a = t.map((quadratic, k) => logs[k]! - quadratic)
  const top = Math.max(...a)
  let [sum, weighted, off, lost] = [0, 0, 0, 0]
  for (let k = 0; k < size; k++) {
    const slope = (means[k]! - x) * precisions[k]!
    const r = Math.exp(a[k]! - top)
    const logError = 2 * Math.abs(Math.log(weights[k]!)) + 2 * Math.abs(Math.log(deviations[k]!)) + Math.abs(logs[k]!)
    const relative = U * (logError + 7 * t[k]! + Math.abs(a[k]!) + Math.abs(a[k]! - top) + 2)
    sum += r
    weighted += r * slope
    off += r * Math.abs(slope) * (relative + (6 + size) * U) + 2 ** -1022 * Math.abs(slope)
    lost += r * (relative + size * U) + 2 ** -1022
  }
  const score = Math.abs(weighted / sum)
  return 1.01 * ((off + score * lost) / sum + U * score)
}

const prepare = ({ weights, means, deviations }: NormalMixture): { readonly logs: Float64Array; readonly precisions: Float64Array } => {
  const size = means.length
  if (size === 0 || weights.length !== size || deviations.length !== size) throw new RangeError("a mixture of differing or no components")
  const positive = (s: number): boolean => s > 0 && s < Infinity
  if (!weights.every(positive) || !deviations.every(positive) || !means.every(Number.isFinite)) throw new RangeError("a parameter out of range")
  return {
    logs: weights.map((w, k) => Math.log(w) - Math.log(deviations[k]!)),
    precisions: deviations.map((s) => 1 / (s * s)),
  }
}
