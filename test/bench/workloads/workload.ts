/**
 * A training step as data: parameters in groups, inputs that stay the same, and the losses that train each group in turn. The twin in PyTorch gets the same
 * weights and inputs, so losses and gradients can be compared before anything is timed.
 */
import type { Parameters, Weights } from "../../../src/models/network.ts"
import type { Scalar, Tensor, Tf } from "../../../src/tensor/tf.ts"

/** Values that both sides read in every step, row-major; images are NHWC here and NCHW over there. */
export interface Input {
  readonly shape: ReadonlyArray<number>
  readonly dtype: "float32" | "int32"
  readonly values: Float32Array | Int32Array
}

export interface Group {
  readonly parameters: Parameters
  /** Numbers in them: what the architecture amounts to by hand. */
  readonly count: number
}

export type Inputs = Readonly<Record<string, Tensor>>

export interface Workload {
  readonly name: string
  /** What it is, in the words of the table. */
  readonly title: string
  readonly groups: Readonly<Record<string, Group>>
  readonly inputs: () => Readonly<Record<string, Input>>
  /** One after the other in each step: the loss whose gradient moves the group. */
  readonly phases: ReadonlyArray<{ readonly group: string; readonly loss: (tf: Tf, weights: Weights, inputs: Inputs) => Scalar }>
  /** The network alone, as sampling calls it. */
  readonly forward: (tf: Tf, weights: Weights, inputs: Inputs) => Tensor
  /** Adam's rate, first decay rate and decoupled weight decay. */
  readonly adam: { readonly rate: number; readonly beta1: number; readonly decay: number }
}
