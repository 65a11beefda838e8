/** Standard normal noise of a sampler: the words of draw k start at k times the batch's length, so the noise of a step does not depend on the steps before. */
import { fillNormal } from "../random/normal.ts"
import type { Stream } from "../random/stream.ts"

/** Batch number k of standard normals of the given length. */
export const noiseAt = (stream: Stream, k: number, length: number): Float64Array => {
  const out = new Float64Array(length)
  fillNormal(stream, out, k * length)
  return out
}
