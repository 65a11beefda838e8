/**
 * What TensorFlow.js 4.22 gets wrong or lacks, each as the smallest program that shows it. `miss` is the error against float64, relative to
 * the largest value, or Infinity where the library throws; `docs/tensorflow-js-findings.md` tells the story of each.
 */
import type { Tensor, Tensor4D, Tf } from "../../../src/tensor/tf.ts"

export type Engine = "wasm" | "cpu"

export interface Finding {
  readonly id: string
  readonly engines: ReadonlyArray<Engine>
  readonly compute: (tf: Tf) => Tensor
  readonly expected: ReadonlyArray<number>
  /** The largest error that rounding explains, the same number of roundings as in the laws. */
  readonly tolerance: number
}

const U = 2 ** -24
const BOTH = ["wasm", "cpu"] as const

const image = (tf: Tf, shape: [number, number, number, number]): Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, (_, i) => Math.fround(((i * 7919) % 101) / 101)),
    shape,
  )
const values = (n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => Math.fround(((i * 7919) % 101) / 101))

const tanh2 = (x: number): number => {
  const t = Math.tanh(x)
  return 2 * (1 - t * t) - 2 * x * t * (1 - t * t)
}

/** sum of (x - 1)^2 after maximum pooling of x - 1 < 0: each window's maximum receives twice itself. */
const maxPoolGradient = (n: number, window: number, stride: number): ReadonlyArray<number> => {
  const x = values(n * n).map((v) => Math.fround(v - 1))
  const dx = x.map(() => 0)
  for (let i = 0; i + window <= n; i += stride)
    for (let j = 0; j + window <= n; j += stride) {
      const cells = Array.from({ length: window * window }, (_, k) => (i + Math.floor(k / window)) * n + j + (k % window))
      const best = cells.reduce((a, b) => (x[b]! > x[a]! ? b : a))
      dx[best]! += 2 * x[best]!
    }
  return dx
}

/** d/dx of the sum of 3 x 3 averages, border windows over what is inside: sum over the windows that hold the pixel of 1 / their size. */
const averagePoolGradient = (n: number): ReadonlyArray<number> => {
  const inside = (i: number): number => (i === 0 || i === n - 1 ? 2 : 3)
  return Array.from({ length: n * n }, (_, at) => {
    const near = (i: number): ReadonlyArray<number> => [i - 1, i, i + 1].filter((k) => k >= 0 && k < n)
    return near(Math.floor(at / n)).reduce((s, i) => s + near(at % n).reduce((t, j) => t + 1 / (inside(i) * inside(j)), 0), 0)
  })
}

export const findings: ReadonlyArray<Finding> = [
  {
    id: "second-order",
    engines: BOTH,
    compute: (tf) => {
      const f = (x: Tensor): Tensor => tf.sum(tf.mul(x, tf.tanh(x)))
      return tf.grad((x: Tensor) => tf.sum(tf.grad(f)(x)))(tf.tensor1d([0.7, -0.4]))
    },
    expected: [0.7, -0.4].map((x) => tanh2(Math.fround(x))),
    tolerance: 64 * U,
  },
  {
    id: "comparison",
    engines: BOTH,
    compute: (tf) => tf.grad((x: Tensor) => tf.sum(tf.where(tf.greater(x, 0), tf.square(x), tf.neg(x))))(tf.tensor1d([0.5, -0.5])),
    expected: [1, -1],
    tolerance: 4 * U,
  },
  {
    id: "repeated-operand",
    engines: BOTH,
    compute: (tf) => tf.grad((b: Tensor) => tf.sum(tf.maximum(tf.tensor2d([1, 2, 3, 4], [2, 2]), b)))(tf.tensor1d([2, 3])),
    expected: [1, 1],
    tolerance: 4 * U,
  },
  {
    id: "average-pool",
    engines: BOTH,
    compute: (tf) => tf.grad((x: Tensor) => tf.sum(tf.avgPool(x as Tensor4D, 3, 1, "same")))(image(tf, [1, 4, 4, 1])),
    expected: averagePoolGradient(4),
    tolerance: 64 * U,
  },
  {
    id: "nearest-resize",
    engines: ["cpu"],
    compute: (tf) => {
      const weights = tf.tensor4d([...values(32)], [2, 4, 4, 1])
      return tf.grad((x: Tensor) => tf.sum(tf.mul(tf.image.resizeNearestNeighbor(x as Tensor4D, [4, 4]), weights)))(image(tf, [2, 2, 2, 1]))
    },
    expected: Array.from({ length: 8 }, (_, k) => {
      const [b, i, j] = [k >> 2, (k >> 1) & 1, k & 1]
      return [0, 1, 4, 5].reduce((s, at) => s + values(32)[b * 16 + i * 8 + j * 2 + at]!, 0)
    }),
    tolerance: 64 * U,
  },
  {
    id: "bilinear-resize",
    engines: ["cpu"],
    compute: (tf) => tf.grad((x: Tensor) => tf.sum(tf.image.resizeBilinear(x as Tensor4D, [2, 6])))(image(tf, [1, 2, 3, 1])),
    expected: [1.5, 2, 2.5, 1.5, 2, 2.5],
    tolerance: 64 * U,
  },
  {
    id: "max-pool",
    engines: ["wasm"],
    compute: (tf) => tf.grad((x: Tensor) => tf.sum(tf.square(tf.maxPool(x as Tensor4D, 2, 2, "valid"))))(tf.sub(image(tf, [1, 8, 8, 1]), 1)),
    expected: maxPoolGradient(8, 2, 2),
    tolerance: 64 * U,
  },
  {
    id: "conv-filter",
    engines: ["wasm"],
    compute: (tf) => tf.grad((w: Tensor) => tf.sum(tf.conv2d(image(tf, [1, 3, 3, 1]), w as Tensor4D, 1, "valid")))(tf.ones([2, 2, 1, 1])),
    expected: [0, 1, 3, 4].map((k) => [0, 1, 3, 4].reduce((s, at) => s + values(9)[k + at]!, 0)),
    tolerance: 64 * U,
  },
  {
    id: "depthwise",
    engines: ["wasm"],
    compute: (tf) => tf.grad((w: Tensor) => tf.sum(tf.depthwiseConv2d(image(tf, [1, 3, 3, 1]), w as Tensor4D, 1, "valid")))(tf.ones([2, 2, 1, 1])),
    expected: [0, 1, 3, 4].map((k) => [0, 1, 3, 4].reduce((s, at) => s + values(9)[k + at]!, 0)),
    tolerance: 64 * U,
  },
  {
    id: "segment-sum",
    engines: ["wasm"],
    compute: (tf) => tf.grad((x: Tensor) => tf.sum(tf.gather(x, tf.tensor1d([2, 0, 2], "int32"))))(tf.zeros([3, 1])),
    expected: [1, 0, 2],
    tolerance: 4 * U,
  },
  {
    id: "log1p",
    engines: ["wasm"],
    compute: (tf) => tf.log1p(tf.tensor1d([1e-7, -3e-6, 1e-4])),
    expected: [1e-7, -3e-6, 1e-4].map((x) => Math.log1p(Math.fround(x))),
    tolerance: 4 * U,
  },
  {
    id: "large-sum",
    engines: ["wasm"],
    compute: (tf) => tf.sum(tf.fill([2 ** 20], Math.fround(0.1))),
    expected: [2 ** 20 * Math.fround(0.1)],
    tolerance: 2 * U,
  },
  {
    id: "large-mean",
    engines: ["wasm"],
    compute: (tf) => tf.mean(tf.fill([2 ** 20], Math.fround(0.1))),
    expected: [Math.fround(0.1)],
    tolerance: 2 * U,
  },
]

/** The largest relative error, entry by entry; Infinity where the library throws or answers with another shape. */
export const miss = (tf: Tf, { compute, expected }: Finding): number =>
  tf.tidy(() => {
    try {
      const got = compute(tf).dataSync()
      if (got.length !== expected.length) return Infinity
      return expected.reduce((m, want, i) => Math.max(m, want === 0 ? Math.abs(got[i]!) : Math.abs(got[i]! / want - 1)), 0)
    } catch {
      return Infinity
    }
  })
