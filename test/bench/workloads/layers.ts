/**
 * Layers of the workloads. Kernels of convolutions are [height, width, in, out], of transposed ones [height, width, out, in], of dense layers [in, out].
 */
import { constant, size, uniformFanIn } from "../../../src/models/network.ts"
import type { Parameters, Shape, Weights } from "../../../src/models/network.ts"
import { normalise } from "../../../src/tensor/normalise.ts"
import type { Tensor, Tensor1D, Tensor3D, Tensor4D, Tf } from "../../../src/tensor/tf.ts"

export interface Layer {
  readonly parameters: Parameters
  readonly apply: (tf: Tf, weights: Weights, x: Tensor) => Tensor
}

const linear = (name: string, shape: Shape, fanIn: number, outputs: number): Parameters => ({
  [`${name}/kernel`]: { shape, init: uniformFanIn(fanIn, outputs) },
  [`${name}/bias`]: { shape: [outputs], init: uniformFanIn(fanIn, outputs) },
})

const scaled = (name: string, n: number): Parameters => ({
  [`${name}/scale`]: { shape: [n], init: constant(1) },
  [`${name}/shift`]: { shape: [n], init: constant(0) },
})

const kernelOf = (weights: Weights, name: string): Tensor4D => weights[`${name}/kernel`] as Tensor4D
const biased = (tf: Tf, weights: Weights, name: string, x: Tensor): Tensor => tf.add(x, weights[`${name}/bias`]!)

export const dense = (name: string, n: number, m: number): Layer => ({
  parameters: linear(name, [n, m], n, m),
  apply: (tf, weights, x) => {
    const flat = tf.reshape(x, [size(x.shape) / n, n])
    const y = biased(tf, weights, name, tf.matMul(flat as never, weights[`${name}/kernel`]! as never))
    return tf.reshape(y, [...x.shape.slice(0, -1), m])
  },
})

/** k x k from n to m channels; "same" has (k - 1)/2 on each side at stride 1, 1 on each side for 4 x 4 at stride 2. */
export const conv = (name: string, k: number, n: number, m: number, stride = 1, pad: "same" | number = "same"): Layer => ({
  parameters: linear(name, [k, k, n, m], k * k * n, m),
  apply: (tf, weights, x) =>
    biased(tf, weights, name, tf.conv2d(x as Tensor4D, kernelOf(weights, name), stride, pad, "NHWC", 1, pad === "same" ? undefined : "floor")),
})

/** 4 x 4, stride 2, padded by 1: twice the side. */
export const convTransposed = (name: string, n: number, m: number): Layer => ({
  parameters: linear(name, [4, 4, m, n], 16 * m, m),
  apply: (tf, weights, x) => {
    const [b, h, w] = x.shape as [number, number, number]
    return biased(tf, weights, name, tf.conv2dTranspose(x as Tensor4D, kernelOf(weights, name), [b, 2 * h, 2 * w, m], 2, "same"))
  },
})

/** k x k convolution whose taps are multiplied by a mask of zeros and ones. */
export const maskedConv = (name: string, k: number, n: number, m: number, centre: boolean): Layer => {
  const middle = (k - 1) / 2
  const mask = Float32Array.from({ length: k * k * n * m }, (_, i) => {
    const [row, column] = [Math.floor(i / (k * n * m)), Math.floor(i / (n * m)) % k]
    return row < middle || (row === middle && (column < middle || (centre && column === middle))) ? 1 : 0
  })
  return {
    parameters: linear(name, [k, k, n, m], k * k * n, m),
    apply: (tf, weights, x) => {
      const kernel: Tensor4D = tf.mul(kernelOf(weights, name), tf.tensor4d(mask, [k, k, n, m]))
      return biased(tf, weights, name, tf.conv2d(x as Tensor4D, kernel, 1, "same"))
    },
  }
}

/** Items and places of x [.., channels] by which moments are taken, and the groups of channels. */
const normalised = (
  name: string,
  n: number,
  groups: number,
  split: (rows: number, x: Tensor) => readonly [items: number, places: number],
): Layer => ({
  parameters: scaled(name, n),
  apply: (tf, weights, x) => {
    const flat: Tensor3D = tf.reshape(x, [...split(size(x.shape) / n, x), n])
    return tf.reshape(normalise(tf, flat, weights[`${name}/scale`] as Tensor1D, weights[`${name}/shift`] as Tensor1D, groups), x.shape)
  },
})

export const groupNorm = (name: string, n: number): Layer => normalised(name, n, 8, (rows, { shape }) => [shape[0]!, rows / shape[0]!])
export const layerNorm = (name: string, n: number): Layer => normalised(name, n, 1, (rows) => [rows, 1])
export const batchNorm = (name: string, n: number): Layer => normalised(name, n, n, (rows) => [1, rows])

export const silu = (tf: Tf, x: Tensor): Tensor => tf.mul(x, tf.sigmoid(x))

/** The layers one after the other; functions between them have no parameters. */
export const chain =
  (...parts: ReadonlyArray<Layer | ((tf: Tf, x: Tensor) => Tensor)>): Layer["apply"] =>
  (tf, weights, x) =>
    parts.reduce((h, part) => (typeof part === "function" ? part(tf, h) : part.apply(tf, weights, h)), x)
