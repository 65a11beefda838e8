/**
 * A model with its weights as they are now, for whoever samples, measures or watches: numbers in, numbers out, no tensor left behind.
 */
import type { Weights } from "../models/network.ts"
import type { Tensor, Tf } from "../tensor/tf.ts"
import type { Batch, Inputs, Model } from "./objective.ts"

export interface Trained<M extends Model> {
  readonly model: M
  /**
   * The numbers of f, under the moving average of the weights where there is one. With inputs f is prepared once and runs as a whole whenever the same function is
   * given inputs of the same shapes again: it may depend on nothing else.
   */
  readonly compute: (f: (tf: Tf, model: M, weights: Weights, inputs: Inputs) => Tensor, inputs?: Batch) => Promise<Float32Array>
  /** Other whenever the weights are. */
  readonly version: () => string
}

/** One computation for all who ask after the same step under the same weights, one after the other. */
export const shared = <A>({ version }: Pick<Trained<Model>, "version">, compute: (k: number) => Promise<A>): ((k: number) => Promise<A>) => {
  let held: { readonly key: string; readonly result: Promise<A> } | undefined
  return (k) => {
    const key = `${k} ${version()}`
    if (held?.key !== key) held = { key, result: compute(k) }
    return held.result
  }
}
