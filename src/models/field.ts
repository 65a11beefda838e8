/**
 * A field: a function of a point x and a time t with values of the shape of x. What it predicts is part of its type, so that an objective, a sampler or a
 * guide that expects another prediction does not compile:
 *
 *   "velocity"  v(x, t), dx/dt = v;   "score"  grad log p_t(x);   "eps"  E[e | x_t];   "x0"  E[x_0 | x_t];   "v"  alpha e - sigma x_0
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import type { MlpOptions } from "./mlp.ts"
import { mlp } from "./mlp.ts"
import type { Parameters, Shape, Weights } from "./network.ts"

export type FieldPrediction = "velocity" | "score" | "eps" | "x0" | "v"

export interface Field<X extends Shape, P extends FieldPrediction> {
  readonly kind: "field"
  readonly item: X
  readonly predicts: P
  readonly parameters: Parameters
  /** x of shape [n, ...item] and t of shape [n, 1] to [n, ...item]. */
  readonly apply: (tf: Tf, weights: Weights, x: Tensor, t: Tensor) => Tensor
}

export type PointFieldOptions<D extends number, P extends FieldPrediction> = Omit<MlpOptions, "name" | "from" | "to"> & {
  readonly dimension: D
  readonly predicts: P
}

/** A field on R^D: a perceptron of (x, t). */
export const pointField = <const D extends number, const P extends FieldPrediction>({
  dimension,
  predicts,
  ...options
}: PointFieldOptions<D, P>): Field<readonly [D], P> => {
  const network = mlp({ ...options, name: "field", from: dimension + 1, to: dimension })
  return {
    kind: "field",
    item: [dimension],
    predicts,
    parameters: network.parameters,
    apply: (tf, weights, x, t) => network.apply(tf, weights, tf.concat([x, t], 1)),
  }
}
