/**
 * The Wasserstein objective with gradient penalty (Gulrajani et al. 2017, algorithm 1), for a critic f:
 *
 *   critic      E f(G(z)) - E f(x) + lambda E (|grad f(x')| - 1)^2,   x' = a x + (1 - a) G(z), one a ~ U(0, 1) for each pair,
 *   generator   -E f(G(z)).
 *
 * By duality E f(x) - E f(G(z)) <= Lip(f) W_1(p, p_G) for every f. The norm is over all axes of an item: on f(x) = w.x the penalty is (|w| - 1)^2.
 */
import type { Adversarial } from "../../models/adversarial.ts"
import type { Shape } from "../../models/network.ts"
import type { Scalar, Tensor, Tf } from "../../tensor/tf.ts"
import type { Objective } from "../objective.ts"
import type { Streams } from "../recipe.ts"
import type { Source } from "../source.ts"
import { noise } from "./adversarial.ts"

/** f of a batch of items: one number for each, any shape. */
export type Critic = (x: Tensor) => Tensor

/** Under the root of |grad f|^2, where the derivative of the root at 0 is infinite; the norm of a gradient of size 1 moves by 5e-13, below float32. */
const UNDER_ROOT = 1e-12

/** |grad f| at each of n items, [n]: the sum over the batch has the gradient of each item's own value. */
export const gradientNorms = (tf: Tf, f: Critic, x: Tensor): Tensor => {
  const gradient = tf.grad((at: Tensor) => tf.sum(f(at)))(x)
  return tf.sqrt(tf.add(tf.sum(tf.square(tf.reshape(gradient, [x.shape[0]!, -1])), 1), UNDER_ROOT))
}

/** E (|grad f| - 1)^2 at given items. */
export const gradientPenalty = (tf: Tf, f: Critic, x: Tensor): Scalar => tf.mean(tf.square(tf.sub(gradientNorms(tf, f, x), 1))) as Scalar

/** a x + (1 - a) y with a of shape [n], one number for each pair. */
export const interpolate = (tf: Tf, x: Tensor, y: Tensor, a: Tensor): Tensor => {
  const each = tf.reshape(a, [x.shape[0]!, ...x.shape.slice(1).map(() => 1)])
  return tf.add(tf.mul(each, x), tf.mul(tf.sub(1, each), y))
}

export interface WassersteinOptions {
  readonly latent: number
  readonly batch: number
  /** Updates of the critic per step. */
  readonly times: number
  /** lambda. */
  readonly penalty: number
}

/** The objective of a generator and a critic. */
export const wasserstein = <X extends Shape>(
  source: Source<X>,
  { latent, batch: n, times, penalty: lambda }: WassersteinOptions,
  streams: Streams,
): Objective<Adversarial<X, "critic">, "critic" | "generator"> => ({
  phases: [
    {
      name: "critic",
      trains: "judge/",
      times,
      draw: (k, r) => {
        const a = new Float64Array(n)
        streams("noise", "interpolation", String(k), String(r)).fill(a, 0)
        return {
          x: { shape: [n, ...source.item], values: new Float32Array(source.batch(k * times + r, n)) },
          z: noise(streams("noise", "critic", String(k), String(r)), n, latent),
          a: { shape: [n], values: new Float32Array(a) },
        }
      },
      loss: (tf, model, weights, { x, z, a }) => {
        const f: Critic = (items) => model.judge(tf, weights, items)
        const fake = model.generate(tf, weights, z!)
        const gap = tf.sub(tf.mean(f(x!)), tf.mean(f(fake))) as Scalar
        const penalty = gradientPenalty(tf, f, interpolate(tf, x!, fake, a!))
        return { total: tf.sub(tf.mul(lambda, penalty), gap) as Scalar, parts: { gap, penalty } }
      },
    },
    {
      name: "generator",
      trains: "generator/",
      times: 1,
      draw: (k) => ({ z: noise(streams("noise", "generator", String(k)), n, latent) }),
      loss: (tf, model, weights, { z }) => ({
        total: tf.neg(tf.mean(model.judge(tf, weights, model.generate(tf, weights, z!)))) as Scalar,
        parts: {},
      }),
    },
  ],
})
