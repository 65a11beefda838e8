/**
 * Normalising flows as values: an invertible map between data x and noise z ~ N(0, I), with the logarithm of its Jacobian determinant both ways,
 *
 *   log p(x) = log N(z; 0, I) + log|det dz/dx|,   z = forward(x).
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import type { Parameters, Shape, Weights } from "./network.ts"
import { size } from "./network.ts"

export interface Moved {
  /** [n, d]. */
  readonly to: Tensor
  /** Of the map in this direction, [n]. */
  readonly logDeterminant: Tensor
}

export interface Flow<X extends Shape> {
  readonly kind: "flow"
  readonly item: X
  readonly parameters: Parameters
  /** x to z. */
  readonly forward: (tf: Tf, weights: Weights, x: Tensor) => Moved
  /** z to x, each step undone in turn: nothing is remembered from a forward pass. */
  readonly inverse: (tf: Tf, weights: Weights, z: Tensor) => Moved
}

/** log p of each row of x, [n]. */
export const logDensity = <X extends Shape>(tf: Tf, flow: Flow<X>, weights: Weights, x: Tensor): Tensor => {
  const { to, logDeterminant } = flow.forward(tf, weights, x)
  return tf.sub(logDeterminant, tf.add(tf.mul(0.5, tf.sum(tf.square(to), 1)), (size(flow.item) / 2) * Math.log(2 * Math.PI)))
}
