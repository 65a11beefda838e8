/**
 * Gaussian mixtures in dimension d, p(x) = sum_k w_k N(x; m_k, S_k), S_k = V_k diag(l_k) V_k', and what diffusion makes of them:
 *
 *   log p(x)      = A + log sum_k e^(a_k - A),   a_k = log w_k - 1/2 sum_i (log(2 pi l_ki) + y_ki^2/l_ki),  y_k = V_k'(x - m_k),  A = max a_k
 *   score(x)      = -sum_k r_k S_k^-1 (x - m_k),   r_k = e^(a_k - log p)
 *   D score(x) v  = -sum_k r_k S_k^-1 v + sum_k r_k (s_k - s)(s_k . v),   s_k = -S_k^-1 (x - m_k),  s = score(x)
 *   x_t = alpha x_0 + sigma e  has weights w_k, means alpha m_k, eigenvalues alpha^2 l_ki + sigma^2, the same V_k.
 *
 * So the exact denoiser of every process is in closed form (Tweedie): x0 = (x + sigma^2 score_t(x))/alpha.
 */
import type { Level } from "./schedule.ts"
import { predicted, denoised, type Prediction } from "./parametrisation.ts"
import { symmetricEigen } from "./symmetric-eigen.ts"

export interface Component {
  /** w > 0. */
  readonly weight: number
  /** m, d. */
  readonly mean: Float64Array
  /** l, d, positive: variances along the columns of V. */
  readonly variances: Float64Array
  /** V, row-major d x d; absent for the identity. */
  readonly axes?: Float64Array
}

export interface GaussianMixture {
  readonly dimension: number
  readonly components: ReadonlyArray<Component>
}

const mixture = (components: ReadonlyArray<Component>): GaussianMixture => {
  const dimension = components[0]?.mean.length ?? 0
  const total = components.reduce((s, c) => s + c.weight, 0)
  if (dimension === 0) throw new RangeError("a mixture without components or dimensions")
  components.forEach(({ weight, mean, variances }, k) => {
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`component ${k}: weight ${weight} is not positive`)
    if (mean.length !== dimension || !mean.every(Number.isFinite)) throw new RangeError(`component ${k}: mean is not ${dimension} finite numbers`)
    if (variances.length !== dimension || !variances.every((l) => l > 0 && l < Infinity))
      throw new RangeError(`component ${k}: variances [${variances}] are not ${dimension} positive numbers`)
  })
  return { dimension, components: components.map((c) => ({ ...c, weight: c.weight / total })) }
}

/** Components with covariance deviation^2 I; weights are normalised. Throws a RangeError on shapes or values out of range. */
export const isotropicMixture = (
  parts: ReadonlyArray<{ readonly weight: number; readonly mean: ReadonlyArray<number>; readonly deviation: number }>,
): GaussianMixture =>
  mixture(
    parts.map(({ weight, mean, deviation }) => ({
      weight,
      mean: Float64Array.from(mean),
      variances: new Float64Array(mean.length).fill(deviation * deviation),
    })),
  )

/** Components with full covariances, d x d row-major. Throws a RangeError when one is not symmetric positive definite. */
export const covarianceMixture = (
  parts: ReadonlyArray<{ readonly weight: number; readonly mean: ReadonlyArray<number>; readonly covariance: ReadonlyArray<number> }>,
): GaussianMixture =>
  mixture(
    parts.map(({ weight, mean, covariance }, k) => {
      const d = mean.length
      const bad = covariance.findIndex((c, i) => c !== covariance[(i % d) * d + Math.floor(i / d)])
      if (bad >= 0) throw new RangeError(`component ${k}: covariance is not symmetric at entry ${bad}`)
      const { values, vectors } = symmetricEigen(Float64Array.from(covariance), d)
      return { weight, mean: Float64Array.from(mean), variances: values, axes: vectors }
    }),
  )

/** The law of alpha x_0 + sigma e. */
export const noised = ({ dimension, components }: GaussianMixture, { alpha, sigma }: Level): GaussianMixture => ({
  dimension,
  components: components.map((c) => ({
    ...c,
    mean: c.mean.map((m) => alpha * m),
    variances: c.variances.map((l) => alpha * alpha * l + sigma * sigma),
  })),
})

/** out = V' y, or V y. */
const turned = (axes: Float64Array | undefined, y: Float64Array, out: Float64Array, transposed: boolean): Float64Array => {
  const d = y.length
  if (axes === undefined) out.set(y)
  else
    for (let i = 0; i < d; i++) {
      let sum = 0
      for (let j = 0; j < d; j++) sum += (transposed ? axes[j * d + i]! : axes[i * d + j]!) * y[j]!
      out[i] = sum
    }
  return out
}

/** Calls `visit` once per point with log p, the responsibilities r (K) and the component scores s_k (K*d), all reused between points. */
const eachPoint = (
  { dimension: d, components }: GaussianMixture,
  x: Float64Array,
  visit: (i: number, logDensity: number, r: Float64Array, scores: Float64Array) => void,
): void => {
  const K = components.length
  const logs = components.map(({ weight, variances }) => Math.log(weight) - 0.5 * variances.reduce((s, l) => s + Math.log(2 * Math.PI * l), 0))
  const [r, scores, difference, y] = [new Float64Array(K), new Float64Array(K * d), new Float64Array(d), new Float64Array(d)]
  for (let i = 0; i * d < x.length; i++) {
    let top = -Infinity
    components.forEach(({ mean, variances, axes }, k) => {
      for (let j = 0; j < d; j++) difference[j] = x[i * d + j]! - mean[j]!
      turned(axes, difference, y, true)
      let quadratic = 0
      for (let j = 0; j < d; j++) {
        const scaled = y[j]! / variances[j]!
        quadratic += scaled * y[j]!
        y[j] = -scaled
      }
      turned(axes, y, scores.subarray(k * d, (k + 1) * d), false)
      r[k] = logs[k]! - 0.5 * quadratic
      top = Math.max(top, r[k]!)
    })
    let sum = 0
    for (let k = 0; k < K; k++) sum += r[k] = Math.exp(r[k]! - top)
    for (let k = 0; k < K; k++) r[k]! /= sum
    visit(i, top + Math.log(sum), r, scores)
  }
}

/** log p at n points. */
export const mixtureLogDensity = (law: GaussianMixture, x: Float64Array): Float64Array => {
  const out = new Float64Array(x.length / law.dimension)
  eachPoint(law, x, (i, value) => {
    out[i] = value
  })
  return out
}

/** grad log p at n points, n*d. */
export const mixtureScore = (law: GaussianMixture, x: Float64Array): Float64Array => {
  const d = law.dimension
  const out = new Float64Array(x.length)
  eachPoint(law, x, (i, _, r, scores) => {
    r.forEach((weight, k) => {
      for (let j = 0; j < d; j++) out[i * d + j]! += weight * scores[k * d + j]!
    })
  })
  return out
}

/** The derivative of the score along v at n points, n*d (the Hessian of log p applied to v). */
export const mixtureScoreDerivative = (law: GaussianMixture, x: Float64Array, v: Float64Array): Float64Array => {
  const d = law.dimension
  const out = new Float64Array(x.length)
  const [y, back, mean] = [new Float64Array(d), new Float64Array(d), new Float64Array(d)]
  eachPoint(law, x, (i, _, r, scores) => {
    const direction = v.subarray(i * d, (i + 1) * d)
    mean.fill(0)
    r.forEach((weight, k) => {
      for (let j = 0; j < d; j++) mean[j]! += weight * scores[k * d + j]!
    })
    law.components.forEach(({ variances, axes }, k) => {
      turned(axes, direction, y, true)
      for (let j = 0; j < d; j++) y[j]! /= variances[j]!
      turned(axes, y, back, false)
      let along = 0
      for (let j = 0; j < d; j++) along += scores[k * d + j]! * direction[j]!
      for (let j = 0; j < d; j++) out[i * d + j]! += r[k]! * ((scores[k * d + j]! - mean[j]!) * along - back[j]!)
    })
  })
  return out
}

/** The exact answer of the named kind at a level: what a perfect network would say. */
export const exactAnswer = (law: GaussianMixture, kind: Prediction, x: Float64Array, level: Level): Float64Array => {
  const score = mixtureScore(noised(law, level), x)
  return kind === "score" ? score : predicted(kind, denoised("score", score, x, level), level)
}

/** Mean (d) and covariance (d*d) of the mixture. */
export const mixtureMoments = ({ dimension: d, components }: GaussianMixture): { readonly mean: Float64Array; readonly covariance: Float64Array } => {
  const [mean, covariance] = [new Float64Array(d), new Float64Array(d * d)]
  for (const c of components) for (let i = 0; i < d; i++) mean[i]! += c.weight * c.mean[i]!
  for (const { weight, mean: m, variances, axes } of components)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) {
        let inside = axes === undefined ? (i === j ? variances[i]! : 0) : 0
        if (axes !== undefined) for (let k = 0; k < d; k++) inside += axes[i * d + k]! * variances[k]! * axes[j * d + k]!
        covariance[i * d + j]! += weight * (inside + (m[i]! - mean[i]!) * (m[j]! - mean[j]!))
      }
  return { mean, covariance }
}
