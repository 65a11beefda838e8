/**
 * What is wrong on the plain JavaScript back end alone: both resize gradients, the bilinear one by a shape in which height and width are exchanged.
 */
import type { TensorInfo, Tf } from "../tf.ts"
import { kernel, once } from "./register.ts"
import { seluGradient } from "./selu.ts"
import { resizeNearestGradient } from "./resize-nearest.ts"

export const mendCpu = (tf: Tf): void =>
  once(tf, "cpu", () => {
    kernel(tf, "cpu", "ResizeNearestNeighborGrad", () => resizeNearestGradient)
    kernel(tf, "cpu", "SeluGrad", () => seluGradient)
    kernel(tf, "cpu", "ResizeBilinearGrad", (original) => (params) => ({
      ...(original!(params) as TensorInfo),
      shape: params.inputs["images"]!.shape,
    }))
  })
