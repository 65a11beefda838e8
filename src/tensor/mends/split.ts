/**
 * Splitting a tensor into pieces along an axis. The WebAssembly back end goes through a general slice, a few numbers at a time: taking a vector of
 * 10^6 parameters apart costs ten times the arithmetic of a training step. Here a piece is one block of memory per outer index.
 */
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"

interface Heap {
  readonly makeOutput: (shape: ReadonlyArray<number>, dtype: string) => TensorInfo
  readonly typedArrayFromHeap: (info: TensorInfo) => Float32Array
}

export const splitV =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const x = params.inputs["x"] as TensorInfo
    if (x.dtype !== "float32") return original(params)
    const { numOrSizeSplits, axis } = params.attrs as unknown as { numOrSizeSplits: number | Array<number>; axis: number }
    const heap = params.backend as Heap
    const along = tf.util.parseAxisParam(axis, x.shape)[0]!
    const sizes = tf.backend_util.prepareSplitSize(x as never, numOrSizeSplits, along)
    const inner = tf.util.sizeFromShape(x.shape.slice(along + 1))
    const stride = x.shape[along]! * inner
    const outs = sizes.map((size) => heap.makeOutput([...x.shape.slice(0, along), size, ...x.shape.slice(along + 1)], "float32"))
    const from = heap.typedArrayFromHeap(x)
    let start = 0
    for (const [i, out] of outs.entries()) {
      blocks(heap.typedArrayFromHeap(out), from, start, stride, sizes[i]! * inner)
      start += sizes[i]! * inner
    }
    return outs
  }

/** Below this length a loop beats the call that copies a block. */
const SHORT = 32

/** Copies `length` numbers from every `stride` on, beginning with `start`. */
const blocks = (to: Float32Array, from: Float32Array, start: number, stride: number, length: number): void => {
  for (let at = 0, source = start; at < to.length; source += stride) {
    if (length < SHORT) for (let k = 0; k < length; k++) to[at++] = from[source + k]!
    else {
      to.set(from.subarray(source, source + length), at)
      at += length
    }
  }
}
