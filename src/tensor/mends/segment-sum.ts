/**
 * out[s] = sum of x[i] over i with segment[i] = s: the gradient of gather (an embedding). The WebAssembly back end has no such kernel.
 * Negative segments are dropped, as the operation promises. Sums are kept in float64.
 */
import type { TensorInfo } from "../tf.ts"
import { hostKernel } from "./host.ts"

export const segmentSum = hostKernel({
  inputs: ["x", "segmentIds"],
  shape: ([x, segments], { numSegments }: { numSegments: number }) => [numSegments, ...x!.shape.slice(segments!.shape.length)],
  fill: (out, [x, segments], [, info]) => {
    const ids = segments as ArrayLike<number>
    const length = (info as TensorInfo).shape.reduce((n, d) => n * d, 1)
    const inner = length === 0 ? 0 : x!.length / length
    const sums = new Float64Array(out.length)
    for (let i = 0; i < length; i++) {
      const s = ids[i]!
      if (s < 0) continue
      for (let j = 0; j < inner; j++) sums[s * inner + j]! += x![i * inner + j]!
    }
    out.set(sums)
  },
})
