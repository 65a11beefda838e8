/**
 * Denoising (Vincent 2011; Ho, Jain, Abbeel 2020, eq. 14; Song et al. 2021, eq. 7 with weight sigma^2): with x_t = alpha x_0 + sigma e at a random level,
 *
 *   L = E |e(x_t, t) - e|^2 / d = E sigma^2 |s(x_t, t) - grad log q(x_t | x_0)|^2 / d,      s = -e(x_t, t)/sigma,
 *   L = E |e(x_t, t) - E[e | x_t]|^2 / d + const       (E[e | x_t] = -sigma grad log p_t, Tweedie),
 *
 * so the minimiser is the score of the noisy law. e(x, t) = 0 has L = 1 exactly, whatever the data.
 */
import type { Level } from "../../math/schedule.ts"
import type { Field } from "../../models/field.ts"
import { size } from "../../models/network.ts"
import type { Shape } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Scalar } from "../../tensor/tf.ts"
import type { Objective } from "../objective.ts"
import type { Streams } from "../recipe.ts"
import type { Source } from "../source.ts"

/** What a network is given at a level: the point times `scale`, and a time. */
export type Conditioning = (level: Level) => { readonly scale: number; readonly time: number }

export interface DenoisingOptions<X extends Shape> {
  readonly source: Source<X>
  /** The level of a number uniform on (0, 1). */
  readonly level: (u: number) => Level
  readonly given: Conditioning
  readonly batch: number
}

/** alpha x_0 + sigma e, row i at level i. */
export const noisy = (x0: Float64Array, e: Float64Array, levels: ReadonlyArray<Level>): Float64Array => {
  const d = x0.length / levels.length
  return x0.map((value, i) => {
    const { alpha, sigma } = levels[Math.floor(i / d)]!
    return alpha * value + sigma * e[i]!
  })
}

/** The points and times that the network is given. */
export const asGiven = (
  x: Float64Array,
  levels: ReadonlyArray<Level>,
  given: Conditioning,
): { readonly x: Float32Array; readonly t: Float32Array } => {
  const d = x.length / levels.length
  const told = levels.map(given)
  return { x: Float32Array.from(x, (value, i) => told[Math.floor(i / d)]!.scale * value), t: Float32Array.from(told, ({ time }) => time) }
}

/** The objective of a noise predictor on the items of a source. */
export const denoising = <X extends Shape>(
  { source, level, given, batch: n }: DenoisingOptions<X>,
  streams: Streams,
): Objective<Field<X, "eps">, "noise"> => {
  const d = size(source.item)
  return {
    phases: [
      {
        name: "noise",
        trains: "",
        times: 1,
        draw: (k) => {
          const [u, e] = [new Float64Array(n), new Float64Array(n * d)]
          streams("time", String(k)).fill(u, 0)
          fillNormal(streams("noise", String(k)), e, 0)
          const levels = Array.from(u, level)
          const { x, t } = asGiven(noisy(source.batch(k, n), e, levels), levels, given)
          return {
            x: { shape: [n, ...source.item], values: x },
            t: { shape: [n, 1], values: t },
            e: { shape: [n, ...source.item], values: new Float32Array(e) },
          }
        },
        loss: (tf, model, weights, { x, t, e }) => ({
          total: tf.mean(tf.square(tf.sub(model.apply(tf, weights, x!, t!), e!))) as Scalar,
          parts: {},
        }),
      },
    ],
  }
}
