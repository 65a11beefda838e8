/**
 * A trained noise predictor against what is known of its optimum e* = E[e | x_t] = -sigma grad log p_t (Tweedie). On pairs (x_t, e):
 *
 *   |e_hat - e|^2 = |e* - e|^2 + |e_hat - e*|^2 + 2 (e_hat - e*).(e* - e),    and the last term has mean 0 for every e_hat that is a function of x_t,
 *
 * which is the theorem that denoising and explicit score matching differ by a constant (Vincent 2011). A wrong target, noise scale or level breaks it.
 */
import type { Level } from "../../math/schedule.ts"
import { meanVariance } from "../../math/statistics.ts"
import type { Field } from "../../models/field.ts"
import { size } from "../../models/network.ts"
import type { Shape } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
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

/** e_hat and, for each direction v (n*d), the transposed derivative (d e_hat/dx)' v, one block of n*d after the other. */
export const predictNoise =
  <X extends Shape>({ model, compute }: Trained<Field<X, "eps">>, given: Conditioning) =>
  async (x: Float64Array, levels: ReadonlyArray<Level>, directions: ReadonlyArray<Float64Array> = []): Promise<Float64Array> => {
    const n = levels.length
    const shape = [n, ...model.item]
    const told = asGiven(x, levels, given)
    const values = await compute((tf, field, weights) => {
      const [points, times] = [tf.tensor(told.x, shape), tf.tensor2d(told.t, [n, 1])]
      const along = directions.map((v) => {
        const to = tf.tensor(Float32Array.from(v), shape)
        return tf.grad((at) => tf.sum(tf.mul(field.apply(tf, weights, at, times), to)))(points)
      })
      return tf.stack([field.apply(tf, weights, points, times), ...along])
    })
    const [d, scales] = [size(model.item), levels.map((level) => given(level).scale)]
    // The network's own input is scale x: the chain rule for the derivatives.
    return Float64Array.from(values, (value, i) => (i < x.length ? value : value * scales[Math.floor((i % x.length) / d)]!))
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
