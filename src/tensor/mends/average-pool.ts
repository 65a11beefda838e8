/**
 * The gradient of average pooling at the border of a padded image.
 *
 *   y_o = (1 / |W_o|) sum_{i in W_o} x_i,      dx_i = sum_{o: i in W_o} dy_o / |W_o|,
 *
 * W_o the part of window o inside the image. The backward kernels of cpu, wasm and webgpu divide by the whole window size K; with stride 1,
 * window 3 and "same" padding the gradient is off by half at the border. The mend hands them dy_o K / |W_o|; TensorFlow's own kernel is right already.
 */
import type { Tensor, Tensor4D, Tf } from "../tf.ts"
import { gradient, run } from "./register.ts"

interface Attributes {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: "valid" | "same" | number
}

export const mendAveragePool = (tf: Tf): void => {
  const pool = (x: Tensor, { filterSize, strides, pad }: Attributes): Tensor => tf.avgPool(x as Tensor4D, filterSize, strides, pad)
  const weight = (shape: ReadonlyArray<number>, { filterSize, strides, pad }: Attributes): Tensor | undefined => {
    const info = tf.backend_util.computePool2DInfo(shape as [number, number, number, number], filterSize, strides, 1, pad)
    const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth, inHeight, inWidth } = info
    if (tf.getBackend() === "tensorflow" || (padInfo.top === 0 && padInfo.bottom === 0 && padInfo.left === 0 && padInfo.right === 0)) return undefined
    const rows = inside(outHeight, strideHeight, padInfo.top, filterHeight, inHeight)
    const columns = inside(outWidth, strideWidth, padInfo.left, filterWidth, inWidth)
    const values = rows.flatMap((r) => columns.map((c) => (filterHeight * filterWidth) / (r * c)))
    return tf.tensor(values, [1, outHeight, outWidth, 1])
  }
  gradient(tf, {
    kernelName: "AvgPool",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attrs) => ({
      x: () => {
        const w = weight(x!.shape, attrs as unknown as Attributes)
        return run(tf, "AvgPoolGrad", { dy: w === undefined ? (dy as Tensor) : tf.mul(dy as Tensor, w), input: x! }, attrs as never)
      },
    }),
  })
  gradient(tf, {
    kernelName: "AvgPoolGrad",
    inputsToSave: ["input"],
    gradFunc: (ddx, [input], attrs) => ({
      // The kernel is the transpose of pooling with full weights: pooling, with the border weights taken out again.
      dy: () => {
        const y = pool(ddx as Tensor, attrs as unknown as Attributes)
        const w = weight(input!.shape, attrs as unknown as Attributes)
        return w === undefined ? y : tf.div(y, w)
      },
      input: () => tf.zerosLike(input!),
    }),
  })
}

/** How many of the positions of each window along one axis lie inside the image. */
const inside = (outputs: number, stride: number, before: number, size: number, length: number): Array<number> =>
  Array.from({ length: outputs }, (_, o) => {
    const start = o * stride - before
    return Math.min(start + size, length) - Math.max(start, 0)
  })
