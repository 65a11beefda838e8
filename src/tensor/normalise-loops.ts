/**
 * The kernels of normalise.ts as loops over the memory of the WebAssembly back end: sums in float64, three passes over x forward and two backward.
 */
import type { KernelFunc, TensorInfo } from "./tf.ts"

export const VARIANCE_FLOOR = 1e-5

interface Heap {
  readonly makeOutput: (shape: ReadonlyArray<number>, dtype: string) => TensorInfo
  readonly typedArrayFromHeap: (info: TensorInfo) => Float32Array
}

/** The outputs, and views of them and of the inputs: allocating may move the heap, so views are taken afterwards. */
const laidOut = (params: Parameters<KernelFunc>[0], inputs: ReadonlyArray<string>, shapes: ReadonlyArray<ReadonlyArray<number>>) => {
  const heap = params.backend as Heap
  const outputs = shapes.map((shape) => heap.makeOutput(shape, "float32"))
  return {
    outputs,
    read: inputs.map((name) => heap.typedArrayFromHeap(params.inputs[name] as TensorInfo)),
    write: outputs.map((output) => heap.typedArrayFromHeap(output)),
  }
}

/** Sums over the neighbouring channels of each group. */
const grouped = (sums: Float64Array, groups: number): Float64Array => {
  const d = sums.length / groups
  const out = new Float64Array(groups)
  for (let c = 0; c < sums.length; c++) out[Math.floor(c / d)]! += sums[c]!
  return out
}

export const normaliseLoops: KernelFunc = (params) => {
  const { groups } = params.attrs as unknown as { readonly groups: number }
  const shape = (params.inputs["x"] as TensorInfo).shape as [number, number, number]
  const [items, places, channels] = shape
  const d = channels / groups
  const n = places * d
  const { outputs, read, write } = laidOut(params, ["x", "scale", "shift"], [shape, [items, groups], [items, groups]])
  const [x, scale, shift] = read as [Float32Array, Float32Array, Float32Array]
  const [y, means, deviations] = write as [Float32Array, Float32Array, Float32Array]
  const [a, b] = [new Float64Array(channels), new Float64Array(channels)]
  for (let item = 0; item < items; item++) {
    const [from, to] = [item * places * channels, (item + 1) * places * channels]
    const sums = new Float64Array(channels)
    for (let at = from; at < to; ) for (let c = 0; c < channels; c++, at++) sums[c]! += x[at]!
    const m = grouped(sums, groups).map((sum) => sum / n)
    for (let c = 0; c < channels; c++) a[c] = m[Math.floor(c / d)]!
    const squares = new Float64Array(channels)
    for (let at = from; at < to; )
      for (let c = 0; c < channels; c++, at++) {
        const centred = x[at]! - a[c]!
        squares[c]! += centred * centred
      }
    const r = grouped(squares, groups).map((sum) => 1 / Math.sqrt(sum / n + VARIANCE_FLOOR))
    means.set(m, item * groups)
    deviations.set(r, item * groups)
    for (let c = 0; c < channels; c++) {
      const g = Math.floor(c / d)
      a[c] = r[g]! * scale[c]!
      b[c] = shift[c]! - m[g]! * a[c]!
    }
    for (let at = from; at < to; ) for (let c = 0; c < channels; c++, at++) y[at] = a[c]! * x[at]! + b[c]!
  }
  return outputs
}

export const normaliseGradientLoops: KernelFunc = (params) => {
  const { groups } = params.attrs as unknown as { readonly groups: number }
  const shape = (params.inputs["x"] as TensorInfo).shape as [number, number, number]
  const [items, places, channels] = shape
  const d = channels / groups
  const n = places * d
  const { outputs, read, write } = laidOut(params, ["dy", "x", "scale", "m", "r"], [shape, [channels], [channels]])
  const [dy, x, scale, means, deviations] = read as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array]
  const [dx, dscale, dshift] = write as [Float32Array, Float32Array, Float32Array]
  const [scales, shifts] = [new Float64Array(channels), new Float64Array(channels)]
  const [a, k, l] = [new Float64Array(channels), new Float64Array(channels), new Float64Array(channels)]
  for (let item = 0; item < items; item++) {
    const [from, to] = [item * places * channels, (item + 1) * places * channels]
    const m = (c: number): number => means[item * groups + Math.floor(c / d)]!
    const r = (c: number): number => deviations[item * groups + Math.floor(c / d)]!
    const [sums, products, centre] = [new Float64Array(channels), new Float64Array(channels), Float64Array.from({ length: channels }, (_, c) => m(c))]
    for (let at = from; at < to; )
      for (let c = 0; c < channels; c++, at++) {
        sums[c]! += dy[at]!
        products[c]! += dy[at]! * (x[at]! - centre[c]!)
      }
    for (let c = 0; c < channels; c++) {
      products[c]! *= r(c)
      shifts[c]! += sums[c]!
      scales[c]! += products[c]!
      sums[c]! *= scale[c]!
      products[c]! *= scale[c]!
    }
    const [p, q] = [grouped(sums, groups), grouped(products, groups)]
    for (let c = 0; c < channels; c++) {
      const g = Math.floor(c / d)
      a[c] = r(c) * scale[c]!
      k[c] = (-r(c) * r(c) * q[g]!) / n
      l[c] = (-r(c) * p[g]!) / n - k[c]! * m(c)
    }
    for (let at = from; at < to; ) for (let c = 0; c < channels; c++, at++) dx[at] = a[c]! * dy[at]! + k[c]! * x[at]! + l[c]!
  }
  dscale.set(scales)
  dshift.set(shifts)
  return outputs
}
