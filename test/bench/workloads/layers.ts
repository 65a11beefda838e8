/**
 * Layers of the workloads. Kernels of convolutions are [height, width, in, out], of transposed ones [height, width, out, in], of dense layers [in, out].
 *
 *   group normalisation   y = g (x - m) / sqrt(v + 1e-5) + b,   m, v over the places and the channels of each of 8 groups of one item (Wu, He 2018)
 *   layer normalisation   the same with m, v over the last axis (Ba, Kiros, Hinton 2016)
 *   batch normalisation   the same with m, v over batch and places (Ioffe, Szegedy 2015)
 */
import { constant, size, uniformFanIn } from "../../../src/models/network.ts"
import type { Parameters, Shape, Weights } from "../../../src/models/network.ts"
import type { Tensor, Tensor4D, Tf } from "../../../src/tensor/tf.ts"

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

const standardised = (tf: Tf, x: Tensor, axes: Array<number>): Tensor => {
  const mean = tf.mean(x, axes, true)
  const centred = tf.sub(x, mean)
  const variance = tf.mean(tf.square(centred), axes, true)
  return tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5)))
}

const affine = (tf: Tf, weights: Weights, name: string, x: Tensor): Tensor => tf.add(tf.mul(x, weights[`${name}/scale`]!), weights[`${name}/shift`]!)

export const groupNorm = (name: string, n: number): Layer => ({
  parameters: scaled(name, n),
  apply: (tf, weights, x) => {
    const [b, h, w] = x.shape as [number, number, number]
    const grouped = tf.reshape(x, [b, h * w, 8, n / 8])
    return affine(tf, weights, name, tf.reshape(standardised(tf, grouped, [1, 3]), x.shape))
  },
})

export const layerNorm = (name: string, n: number): Layer => ({
  parameters: scaled(name, n),
  apply: (tf, weights, x) => affine(tf, weights, name, standardised(tf, x, [x.rank - 1])),
})

export const batchNorm = (name: string, n: number): Layer => ({
  parameters: scaled(name, n),
  apply: (tf, weights, x) =>
    affine(
      tf,
      weights,
      name,
      standardised(
        tf,
        x,
        x.shape.slice(0, -1).map((_, i) => i),
      ),
    ),
})

export const silu = (tf: Tf, x: Tensor): Tensor => tf.mul(x, tf.sigmoid(x))

/** The layers one after the other; functions between them have no parameters. */
export const chain =
  (...parts: ReadonlyArray<Layer | ((tf: Tf, x: Tensor) => Tensor)>): Layer["apply"] =>
  (tf, weights, x) =>
    parts.reduce((h, part) => (typeof part === "function" ? part(tf, h) : part.apply(tf, weights, h)), x)
