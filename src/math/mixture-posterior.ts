/**
 * Posterior means by Bayes' rule, without a score: what a denoiser should answer at x = alpha x_0 + sigma e.
 *
 *   axis-parallel mixture   E[x_0 | x] = sum_k r_k (m_k + alpha l_k/(alpha^2 l_k + sigma^2) (x - alpha m_k)),   r_k prop. to w_k N(x; alpha m_k, alpha^2 l_k + sigma^2)
 *   atoms a_1 .. a_N        E[x_0 | x] = sum_i r_i a_i,                                                         r_i prop. to exp(-|x - alpha a_i|^2/(2 sigma^2)).
 *
 * The second is the optimum of a denoiser trained on N points (Karras et al. 2022, eq. 57): no loss on these points lies below its own.
 */
import type { GaussianMixture } from "./gaussian-mixture.ts"
import type { Level } from "./schedule.ts"

/** At n points, n*d. Throws a RangeError when a component has axes of its own. */
export const mixturePosteriorMean = ({ dimension: d, components }: GaussianMixture, x: Float64Array, { alpha, sigma }: Level): Float64Array => {
  if (components.some(({ axes }) => axes !== undefined)) throw new RangeError("posterior means are written for axis-parallel components")
  const out = new Float64Array(x.length)
  for (let i = 0; i < x.length; i += d) {
    const logs = components.map(({ weight, mean, variances }) =>
      variances.reduce((sum, l, j) => {
        const v = alpha * alpha * l + sigma * sigma
        return sum - 0.5 * (Math.log(v) + (x[i + j]! - alpha * mean[j]!) ** 2 / v)
      }, Math.log(weight)),
    )
    softmax(logs).forEach((r, k) => {
      const { mean, variances } = components[k]!
      for (let j = 0; j < d; j++) {
        const gain = (alpha * variances[j]!) / (alpha * alpha * variances[j]! + sigma * sigma)
        out[i + j]! += r * (mean[j]! + gain * (x[i + j]! - alpha * mean[j]!))
      }
    })
  }
  return out
}

/** At one point x (d), for N atoms (N*d). */
export const atomPosteriorMean = (atoms: Float64Array, x: Float64Array, { alpha, sigma }: Level): Float64Array => {
  const d = x.length
  const weights = new Float64Array(atoms.length / d)
  let top = -Infinity
  for (let a = 0; a < weights.length; a++) {
    let squares = 0
    for (let j = 0; j < d; j++) {
      const difference = x[j]! - alpha * atoms[a * d + j]!
      squares += difference * difference
    }
    weights[a] = -squares / (2 * sigma * sigma)
    top = Math.max(top, weights[a]!)
  }
  const out = new Float64Array(d)
  let total = 0
  for (let a = 0; a < weights.length; a++) {
    const weight = Math.exp(weights[a]! - top)
    if (weight === 0) continue
    total += weight
    for (let j = 0; j < d; j++) out[j]! += weight * atoms[a * d + j]!
  }
  return out.map((sum) => sum / total)
}

const softmax = (logs: ReadonlyArray<number>): ReadonlyArray<number> => {
  const top = logs.reduce((a, b) => Math.max(a, b), -Infinity)
  const terms = logs.map((log) => Math.exp(log - top))
  const sum = terms.reduce((a, b) => a + b, 0)
  return terms.map((term) => term / sum)
}
