/**
 * The gradients of a depthwise convolution, which the WebAssembly back end lacks. Channel c, multiplier m, y = conv of channel c alone:
 *
 *   dx[b, s i + k - p, s j + l - q, c] += dy[b, i, j, c M + m] w[k, l, c, m],      dw[k, l, c, m] += x[b, s i + k - p, s j + l - q, c] dy[b, i, j, c M + m].
 */
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"
import { hostKernel } from "./host.ts"

interface Attributes {
  readonly strides: [number, number] | number
  readonly dilations: [number, number] | number
  readonly pad: "valid" | "same" | number
  readonly dimRoundingMode?: "floor" | "round" | "ceil"
}

type Shape = [number, number, number, number]

/** Calls `tap(x index, w index, dy index)` for the first channel of every product that enters the convolution; channels follow each other. */
const walk = (tf: Tf, x: Shape, w: Shape, attrs: Attributes, tap: (x: number, w: number, dy: number) => void): void => {
  const { strides, dilations, pad, dimRoundingMode } = attrs
  const info = tf.backend_util.computeConv2DInfo(x, w, strides, dilations, pad, dimRoundingMode, true)
  const [batch, height, width, depth] = x
  const out = depth * w[3]
  for (let b = 0, dy = 0; b < batch; b++)
    for (let i = 0; i < info.outHeight; i++)
      for (let j = 0; j < info.outWidth; j++, dy += out)
        for (let k = 0; k < w[0]; k++) {
          const row = i * info.strideHeight + k * info.dilationHeight - info.padInfo.top
          if (row < 0 || row >= height) continue
          for (let l = 0; l < w[1]; l++) {
            const column = j * info.strideWidth + l * info.dilationWidth - info.padInfo.left
            if (column >= 0 && column < width) tap(((b * height + row) * width + column) * depth, (k * w[1] + l) * out, dy)
          }
        }
}

export const depthwiseInputGradient = (tf: Tf): KernelFunc =>
  hostKernel({
    inputs: ["dy", "filter"],
    shape: (_, { inputShape }: { inputShape: Shape }) => inputShape,
    fill: (dx, [dy, w], [, filter], attrs: Attributes & { inputShape: Shape }) => {
      const [, , depth, multiplier] = (filter as TensorInfo).shape as Shape
      walk(tf, attrs.inputShape, [...(filter as TensorInfo).shape] as Shape, attrs, (xAt, wAt, dyAt) => {
        for (let c = 0, o = 0; c < depth; c++) for (let m = 0; m < multiplier; m++, o++) dx[xAt + c]! += dy![dyAt + o]! * w![wAt + o]!
      })
    },
  })

export const depthwiseFilterGradient = (tf: Tf): KernelFunc =>
  hostKernel({
    inputs: ["x", "dy"],
    shape: (_, { filterShape }: { filterShape: Shape }) => filterShape,
    fill: (dw, [x, dy], [images], attrs: Attributes & { filterShape: Shape }) => {
      const [, , depth, multiplier] = attrs.filterShape
      const sums = new Float64Array(dw.length)
      walk(tf, (images as TensorInfo).shape as Shape, attrs.filterShape, attrs, (xAt, wAt, dyAt) => {
        for (let c = 0, o = 0; c < depth; c++) for (let m = 0; m < multiplier; m++, o++) sums[wAt + o]! += x![xAt + c]! * dy![dyAt + o]!
      })
      dw.set(sums)
    },
  })
