/**
 * Adam on one vector (Kingma and Ba 2015, algorithm 1), with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). After step k = 0, 1, ...
 *
 *   m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2,   w = w - r_k (m / (1 - b1^(k+1)) / (sqrt(v / (1 - b2^(k+1))) + eps) + decay w)
 *
 * computed as  w (1 - r_k decay) - a m / (sqrt v + e)  with  c = sqrt(1 - b2^(k+1)),  a = r_k c / (1 - b1^(k+1)),  e = eps c.
 */
import { run } from "../tensor/mends/register.ts"
import type { Tensor, Tensor1D, Tf } from "../tensor/tf.ts"

export interface AdamSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Weight decay per unit of learning rate. */
  readonly decay: number
}

export const ADAM: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 }

/** What changes from one update to the next, [a, e, 1 - r decay], at learning rate r after `count` updates. */
export const adamNumbers = ({ beta1, beta2, epsilon, decay }: AdamSettings, rate: number, count: number): readonly [number, number, number] => {
  const c = Math.sqrt(1 - beta2 ** (count + 1))
  return [(rate * c) / (1 - beta1 ** (count + 1)), epsilon * c, 1 - rate * decay]
}

/** w, m and v after one update, whose numbers come as tensors of one element. To be called inside a tidy. */
export const adam = (
  tf: Tf,
  { beta1, beta2, decay }: AdamSettings,
  [a, e, keep]: ReadonlyArray<Tensor>,
  [w, m, v]: ReadonlyArray<Tensor1D>,
  g: Tensor1D,
): readonly [Tensor1D, Tensor1D, Tensor1D] => {
  // The same operations and roundings in one pass.
  if (tf.getKernel("Adam", tf.getBackend()) !== undefined)
    return run(tf, "Adam", { w: w!, m: m!, v: v!, g, a: a!, e: e!, keep: keep! }, { beta1, beta2 }) as unknown as readonly [
      Tensor1D,
      Tensor1D,
      Tensor1D,
    ]
  const m1: Tensor1D = tf.add(tf.mul(m!, beta1), tf.mul(g, 1 - beta1))
  const v1: Tensor1D = tf.add(tf.mul(v!, beta2), tf.mul(tf.square(g), 1 - beta2))
  const kept: Tensor1D = decay === 0 ? w! : tf.mul(w!, keep!)
  return [tf.sub(kept, tf.mul(tf.div(m1, tf.add(tf.sqrt(v1), e!)), a!)), m1, v1]
}
