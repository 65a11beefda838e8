/**
 * The gradient of nearest-neighbour resizing on the cpu back end, whose own is wrong for more than one image or channel (it reads dy with the strides of x).
 *
 *   y[b, r, c, d] = x[b, s(r), s(c), d],      dx[b, i, j, d] = sum over all r, c with s(r) = i, s(c) = j of dy[b, r, c, d].
 */
import type { TensorInfo } from "../tf.ts"
import { type HostKernel, hostKernel } from "./host.ts"

interface Attributes {
  readonly alignCorners: boolean
  readonly halfPixelCenters?: boolean
}

const fill = (dx: Float32Array, [images, dy]: ReadonlyArray<TensorInfo>, values: Float32Array, attrs: Attributes): void => {
  const [batch, height, width, depth] = images!.shape as [number, number, number, number]
  const [, rows, columns] = dy!.shape as [number, number, number, number]
  const sourceRow = sources(height, rows, attrs)
  const sourceColumn = sources(width, columns, attrs)
  for (let b = 0, at = 0; b < batch; b++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const to = ((b * height + sourceRow[r]!) * width + sourceColumn[c]!) * depth
        for (let d = 0; d < depth; d++, at++) dx[to + d]! += values[at]!
      }
}

/** s: the source index of each output index along one axis, as the forward kernel of cpu computes it. */
const sources = (size: number, outputs: number, { alignCorners, halfPixelCenters = false }: Attributes): Int32Array => {
  const scale = alignCorners && outputs > 1 ? (size - 1) / (outputs - 1) : size / outputs
  return Int32Array.from({ length: outputs }, (_, o) => {
    const at = halfPixelCenters ? scale * (o + 0.5) : scale * o
    return Math.max(0, Math.min(size - 1, alignCorners ? Math.round(at) : Math.floor(at)))
  })
}

const kernel: HostKernel = {
  inputs: ["images", "dy"],
  shape: ([images]) => images!.shape,
  fill: (out, values, infos, attrs) => fill(out, infos, values[1]!, attrs),
}

export const resizeNearestGradient = hostKernel(kernel)
