/**
 * What is wrong on the plain JavaScript back end alone.
 */
import type { Tf } from "../tf.ts"
import { kernel, once } from "./register.ts"
import { resizeNearestGradient } from "./resize-nearest.ts"

export const mendCpu = (tf: Tf): void => once(tf, "cpu", () => kernel(tf, "cpu", "ResizeNearestNeighborGrad", () => resizeNearestGradient))
