/**
 * The gradient of max pooling: dy of a window goes to the first position of its maximum. The WebAssembly kernel begins its search at a
 * positive number and loses every window without a positive entry.
 */
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"
import { hostKernel } from "./host.ts"

interface Attributes {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: "valid" | "same" | number
  readonly dimRoundingMode?: "floor" | "round" | "ceil"
}

export const maxPoolGradient = (tf: Tf): KernelFunc =>
  hostKernel({
    inputs: ["dy", "input"],
    shape: ([, input]) => input!.shape,
    fill: (dx, [dy, x], [, input], attrs: Attributes) => {
      const shape = (input as TensorInfo).shape as [number, number, number, number]
      const info = tf.backend_util.computePool2DInfo(shape, attrs.filterSize, attrs.strides, 1, attrs.pad, attrs.dimRoundingMode)
      const [batch, height, width, depth] = shape
      for (let b = 0, at = 0; b < batch; b++)
        for (let i = 0; i < info.outHeight; i++) {
          const top = i * info.strideHeight - info.padInfo.top
          for (let j = 0; j < info.outWidth; j++) {
            const left = j * info.strideWidth - info.padInfo.left
            for (let d = 0; d < depth; d++, at++) {
              let best = -Infinity
              let where = -1
              for (let r = Math.max(0, top); r < Math.min(height, top + info.filterHeight); r++)
                for (let c = Math.max(0, left); c < Math.min(width, left + info.filterWidth); c++) {
                  const k = ((b * height + r) * width + c) * depth + d
                  if (x![k]! > best || where === -1) {
                    best = x![k]!
                    where = k
                  }
                }
              dx[where]! += dy![at]!
            }
          }
        }
    },
  })
