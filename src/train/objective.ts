/**
 * What a training step minimises: a value, not a loop. A step runs the phases in order (one for most models, critic and generator for adversarial ones); each
 * draws its batch on the host, as a pure function of the step, and is a scalar function of the weights that it trains:
 *
 *   g = grad_{w in trains} loss(w, draw(k, r)),   w <- optimiser(w, g),   r = 0 .. times - 1
 */
import type { Parameters, Shape, Weights } from "../models/network.ts"
import type { Scalar, Tensor, Tf } from "../tensor/tf.ts"

/** What every kind of model has; the functions are the kind's own. */
export interface Model {
  readonly parameters: Parameters
}

export interface Objective<M extends Model, Name extends string> {
  readonly phases: ReadonlyArray<Phase<M, Name>>
}

export interface Phase<M extends Model, Name extends string> {
  readonly name: Name
  /** It trains the parameters whose names start with this; the empty text means all. */
  readonly trains: string
  /** Updates per step. */
  readonly times: number
  /** All that is random, and the data, of update r in step k. */
  readonly draw: (k: number, r: number) => Batch
  readonly loss: (tf: Tf, model: M, weights: Weights, batch: Inputs) => Loss
}

/** Named arrays with their shapes, batch axis first. */
export type Batch = Readonly<Record<string, { readonly shape: Shape; readonly values: Float32Array }>>
export type Inputs = Readonly<Record<string, Tensor>>

export interface Loss {
  readonly total: Scalar
  /** Summands and by-products to report, by name. */
  readonly parts: Readonly<Record<string, Scalar>>
}
