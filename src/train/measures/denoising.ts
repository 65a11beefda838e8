/**
 * A trained noise predictor against what is known of its optimum e* = E[e | x_t] = -sigma grad log p_t (Tweedie). On pairs (x_t, e):
 *
 *   |e_hat - e|^2 = |e* - e|^2 + |e_hat - e*|^2 + 2 (e_hat - e*).(e* - e),    and the last term has mean 0 for every e_hat that is a function of x_t,
 *
 * which is the theorem that denoising and explicit score matching differ by a constant (Vincent 2011). A wrong target, noise scale or level breaks it.
 */
import type { Metric } from "../../math/metric.ts"
import { meanOf } from "../../math/metrics/mean.ts"
import { atomPosteriorMean } from "../../math/mixture-posterior.ts"
import type { Level } from "../../math/schedule.ts"
import { exactAnswer } from "../../math/gaussian-mixture.ts"
import type { GaussianMixture } from "../../math/gaussian-mixture.ts"
import { symmetricEigen } from "../../math/symmetric-eigen.ts"
import { meanVariance } from "../../math/statistics.ts"
import type { Field } from "../../models/field.ts"
import { size } from "../../models/network.ts"
import type { Shape, Weights } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import { valuesOf } from "../answers.ts"
import type { Inputs } from "../objective.ts"
import { asGiven, noisy } from "../objectives/denoising.ts"
import type { Conditioning } from "../objectives/denoising.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"

/** Noisy points with the noise in them, row i at level i. */
export interface Pairs {
  /** n*d. */
  readonly x: Float64Array
  readonly e: Float64Array
  readonly levels: ReadonlyArray<Level>
}

export const pairs = (x0: Float64Array, levels: ReadonlyArray<Level>, stream: Stream): Pairs => {
  const e = new Float64Array(x0.length)
  fillNormal(stream, e, 0)
  return { x: noisy(x0, e, levels), e, levels }
}

/** (d field/dx)' v for each of the directions `along`, [m, n, ...item]. One function for all questions, so that it is prepared once. */
const derivativesOf = <X extends Shape>(tf: Tf, field: Field<X, "eps">, weights: Weights, { x, t, along }: Inputs): Tensor =>
  tf.stack(tf.unstack(along!).map((to) => tf.grad((at: Tensor) => tf.sum(tf.mul(field.apply(tf, weights, at, t!), to)))(x!)))

/** e_hat and, for each direction v (n*d), the transposed derivative (d e_hat/dx)' v, one block of n*d after the other. */
export const predictNoise =
  <X extends Shape>({ model, compute }: Trained<Field<X, "eps">>, given: Conditioning) =>
  async (x: Float64Array, levels: ReadonlyArray<Level>, directions: ReadonlyArray<Float64Array> = []): Promise<Float64Array> => {
    const [n, m] = [levels.length, directions.length]
    const shape = [n, ...model.item]
    const told = asGiven(x, levels, given)
    const inputs = { x: { shape, values: told.x }, t: { shape: [n, 1], values: told.t } }
    const out = new Float64Array((1 + m) * x.length)
    out.set(await compute(valuesOf, inputs))
    if (m === 0) return out
    const along = new Float32Array(m * x.length)
    directions.forEach((v, i) => along.set(v, i * x.length))
    out.set(await compute(derivativesOf, { ...inputs, along: { shape: [m, ...shape], values: along } }), x.length)
    // The network's own input is scale x: the chain rule for the derivatives.
    const [d, scales] = [size(model.item), levels.map((level) => given(level).scale)]
    for (let i = x.length; i < out.length; i++) out[i]! *= scales[Math.floor((i % x.length) / d)]!
    return out
  }

/** Mean square of a - b over coordinates, one number per row. */
export const rowErrors = (a: Float64Array, b: Float64Array, d: number): Float64Array => {
  const out = new Float64Array(a.length / d)
  for (let i = 0; i < a.length; i++) out[Math.floor(i / d)]! += (a[i]! - b[i]!) ** 2 / d
  return out
}

/** Standard errors within which the mean of the cross term must lie: 1e-7 two-sided for a normal mean, some hundreds of looks in a run. */
const Z = 5.3

/** The cross term on fresh pairs; `exact` gives e*. */
export const orthogonalityMonitor = (
  predict: (x: Float64Array, levels: ReadonlyArray<Level>) => Promise<Float64Array>,
  pairsOf: (k: number) => Pairs,
  exact: (x: Float64Array, levels: ReadonlyArray<Level>) => Float64Array,
): Monitor => ({
  name: "score-matching",
  theorem: "diffusion/tweedie",
  relation: "E (e_hat - e*).(e* - e) = 0, e* = E[e | x_t]: denoising = explicit score matching + constant",
  look: async (k) => {
    const { x, e, levels } = pairsOf(k)
    const d = x.length / levels.length
    const [found, best] = [await predict(x, levels), exact(x, levels)]
    const cross = new Float64Array(levels.length)
    for (let i = 0; i < x.length; i++) cross[Math.floor(i / d)]! += (2 * (found[i]! - best[i]!) * (best[i]! - e[i]!)) / d
    const { mean, variance } = meanVariance(cross)
    const reach = Z * Math.sqrt(variance / cross.length)
    return {
      metric: {
        name: "denoising loss - least loss - score error",
        value: mean,
        n: cross.length,
        interval: null,
        confidence: null,
        floor: 0,
        protocol: `mean over ${cross.length} fresh pairs (x_t, e) of 2 (e_hat - e*).(e* - e)/d; bounds are ${Z} standard errors of that mean`,
      },
      bounds: { lo: -reach, hi: reach },
    }
  },
})

/** e* of a mixture, row i at level i. */
export const exactNoise =
  (law: GaussianMixture) =>
  (x: Float64Array, levels: ReadonlyArray<Level>): Float64Array => {
    const d = law.dimension
    const out = new Float64Array(x.length)
    levels.forEach((level, i) => {
      out.set(exactAnswer(law, "eps", x.subarray(i * d, (i + 1) * d), level), i * d)
    })
    return out
  }

/** e* for N(m, S): the best affine predictor of e for every law with these moments, sigma (alpha^2 S + sigma^2 I)^-1 (x - alpha m). S may be singular. */
export const affineNoise = ({ mean, covariance }: { readonly mean: Float64Array; readonly covariance: Float64Array }) => {
  const { values, vectors } = symmetricEigen(covariance, mean.length)
  // Eigenvalues below 0 are rounding of a semi-definite matrix.
  return exactNoise({ dimension: mean.length, components: [{ weight: 1, mean, variances: values.map((l) => Math.max(0, l)), axes: vectors }] })
}

/** e* for N atoms of equal weight, the training points themselves: no predictor has a smaller loss on them. */
export const atomNoise =
  (atoms: Float64Array, d: number) =>
  (x: Float64Array, levels: ReadonlyArray<Level>): Float64Array => {
    const out = new Float64Array(x.length)
    levels.forEach((level, i) => {
      const at = x.subarray(i * d, (i + 1) * d)
      const mean = atomPosteriorMean(atoms, at, level)
      for (let j = 0; j < d; j++) out[i * d + j] = (at[j]! - level.alpha * mean[j]!) / level.sigma
    })
    return out
  }

export const LOSS = "test loss"
export const LESS_AFFINE = "test loss, less that of the best affine predictor"

/** Losses per coordinate on held-out pairs, `draws` in a row for each item; intervals are over items. */
export const lossMetrics = (predicted: Float64Array, affine: Float64Array, { x, e, levels }: Pairs, draws: number): ReadonlyArray<Metric> => {
  const d = x.length / levels.length
  const byItem = (a: Float64Array): Float64Array => {
    const rows = rowErrors(a, e, d)
    return Float64Array.from({ length: rows.length / draws }, (_, i) =>
      rows.subarray(i * draws, (i + 1) * draws).reduce((sum, r) => sum + r / draws, 0),
    )
  }
  const [found, other] = [byItem(predicted), byItem(affine)]
  const protocol = `|e_hat - e|^2/d, ${found.length} held-out items with ${draws} draws of level and noise each; normal interval over items`
  return [
    meanOf(LOSS, found, `${protocol}; the zero predictor has 1`),
    meanOf("test loss of the best affine predictor", other, `${protocol}; mean and covariance of the training items`),
    meanOf(
      LESS_AFFINE,
      found.map((loss, i) => loss - other[i]!),
      `${protocol}; difference on the same draws`,
    ),
  ]
}
