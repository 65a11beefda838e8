/**
 * Kernels that only move numbers: pieces of a tensor along an axis, tensors side by side, a slice, and the tensor itself. The WebAssembly back end reads all of a
 * tensor out of its memory to slice it, a few numbers at a time, and copies it where a second name would do. Here a piece is one block of memory per
 * outer index.
 */
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"
import { type Heap, output } from "./heap.ts"

/** The same numbers under another name: tensors are values, and the back end counts its users. */
export const identity =
  (original: KernelFunc): KernelFunc =>
  (params) => {
    const { dataId, shape, dtype } = params.inputs["x"] as TensorInfo
    if (dtype === "string") return original(params)
    ;(params.backend as Heap).incRef(dataId)
    return { dataId, shape, dtype }
  }

/** Pieces of these sizes along an axis, which is left out of their shapes where `drop`. */
const pieces = (tf: Tf, heap: Heap, x: TensorInfo, axis: number, sizes: ReadonlyArray<number>, drop: boolean): Array<TensorInfo> => {
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1))
  const outs = sizes.map((size) => output(heap, [...x.shape.slice(0, axis), ...(drop ? [] : [size]), ...x.shape.slice(axis + 1)]))
  const from = heap.typedArrayFromHeap(x)
  let start = 0
  for (const [i, out] of outs.entries()) {
    const length = sizes[i]! * inner
    const to = heap.typedArrayFromHeap(out)
    blocks(to, 0, length, from, start, x.shape[axis]! * inner, length)
    start += length
  }
  return outs
}

export const splitV =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const x = params.inputs["x"] as TensorInfo
    if (x.dtype !== "float32") return original(params)
    const { numOrSizeSplits, axis } = params.attrs as unknown as { numOrSizeSplits: number | Array<number>; axis: number }
    const along = tf.util.parseAxisParam(axis, x.shape)[0]!
    const sizes = tf.backend_util.prepareSplitSize(x as never, numOrSizeSplits, along)
    return pieces(tf, params.backend as Heap, x, along, sizes, false)
  }

export const unpack =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const x = params.inputs["value"] as TensorInfo
    if (x.dtype !== "float32") return original(params)
    const along = tf.util.parseAxisParam(params.attrs!["axis"] as number, x.shape)[0]!
    const sizes = Array.from({ length: x.shape[along]! }, () => 1)
    return pieces(tf, params.backend as Heap, x, along, sizes, true)
  }

export const concat =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const inputs = Object.values(params.inputs) as ReadonlyArray<TensorInfo>
    const axis = tf.util.parseAxisParam(params.attrs!["axis"] as number, inputs[0]!.shape)[0]!
    const widths = inputs.map(({ shape }) => tf.util.sizeFromShape(shape.slice(axis)))
    if (inputs.some(({ dtype }, i) => dtype !== "float32" || widths[i] === 0) || inputs.length < 2) return original(params)
    const heap = params.backend as Heap
    const shapes = inputs.map(({ shape }) => [...shape])
    const out = output(heap, tf.backend_util.computeOutShape(shapes, axis))
    const to = heap.typedArrayFromHeap(out)
    const stride = widths.reduce((sum, width) => sum + width, 0)
    let start = 0
    for (const [i, input] of inputs.entries()) {
      blocks(to, start, stride, heap.typedArrayFromHeap(input), 0, widths[i]!, widths[i]!)
      start += widths[i]!
    }
    return out
  }

/** Slices of which all axes but one are whole; others are the library's. */
export const slice =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const x = params.inputs["x"] as TensorInfo
    const { begin, size } = params.attrs as unknown as { begin: Array<number>; size: Array<number> }
    const [from, sizes] = tf.slice_util.parseSliceParams(x as never, begin, size) as [Array<number>, Array<number>]
    const cut = x.shape.flatMap((n, axis) => (sizes[axis] === n ? [] : [axis]))
    if (x.dtype !== "float32" || cut.length !== 1) return original(params)
    const [axis] = cut as [number]
    const heap = params.backend as Heap
    const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1))
    const out = output(heap, sizes)
    const length = sizes[axis]! * inner
    blocks(heap.typedArrayFromHeap(out), 0, length, heap.typedArrayFromHeap(x), from[axis]! * inner, x.shape[axis]! * inner, length)
    return out
  }

/** Below this length a loop beats the call that copies a block. */
const SHORT = 32

/** Copies `length` numbers, and again from and to every stride on, until one of the two ends. */
const blocks = (to: Float32Array, at: number, step: number, from: Float32Array, start: number, stride: number, length: number): void => {
  if (length === 0) return
  for (let place = at, source = start; place + length <= to.length && source + length <= from.length; place += step, source += stride) {
    if (length < SHORT) for (let k = 0; k < length; k++) to[place + k] = from[source + k]!
    else to.set(from.subarray(source, source + length), place)
  }
}
