/**
 * Adam on one vector (Kingma and Ba 2015, algorithm 1), with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). After step k = 0, 1, ...
 *
 *   m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2,   w = w - r_k (m / (1 - b1^(k+1)) / (sqrt(v / (1 - b2^(k+1))) + eps) + decay w)
 *
 * computed as  w (1 - r_k decay) - a m / (sqrt v + e)  with  c = sqrt(1 - b2^(k+1)),  a = r_k c / (1 - b1^(k+1)),  e = eps c.
 */
import type { Tensor1D, Tf } from "../tensor/tf.ts"

export interface AdamSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Weight decay per unit of learning rate. */
  readonly decay: number
}

export const ADAM: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 }

/** w, m and v after one update; `count` counts updates before this one. To be called inside a tidy. */
export const adam = (
  tf: Tf,
  { beta1, beta2, epsilon, decay }: AdamSettings,
  rate: number,
  count: number,
  [w, m, v]: readonly [Tensor1D, Tensor1D, Tensor1D],
  g: Tensor1D,
): readonly [Tensor1D, Tensor1D, Tensor1D] => {
  const correction = Math.sqrt(1 - beta2 ** (count + 1))
  const a = (rate * correction) / (1 - beta1 ** (count + 1))
  const m1: Tensor1D = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1))
  const v1: Tensor1D = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2))
  const kept: Tensor1D = decay === 0 ? w : tf.mul(w, 1 - rate * decay)
  return [tf.sub(kept, tf.mul(tf.div(m1, tf.add(tf.sqrt(v1), epsilon * correction)), a)), m1, v1]
}
