/**
 * The kernels of normalise.ts as loops over the memory of the WebAssembly back end: sums in float64, three passes over x forward and two backward.
 */
import { type Heap, output } from "./mends/heap.ts"
import type { KernelFunc, TensorInfo } from "./tf.ts"

export const VARIANCE_FLOOR = 1e-5

/** The outputs, and views of them and of the inputs: allocating may move the heap, so views are taken afterwards. */
const laidOut = (params: Parameters<KernelFunc>[0], inputs: ReadonlyArray<string>, shapes: ReadonlyArray<ReadonlyArray<number>>) => {
  const heap = params.backend as Heap
  const outputs = shapes.map((shape) => output(heap, shape))
  return {
    outputs,
    read: inputs.map((name) => heap.typedArrayFromHeap(params.inputs[name] as TensorInfo)),
    write: outputs.map((out) => heap.typedArrayFromHeap(out)),
  }
}

/** The group of each channel. */
const groupsOf = (channels: number, groups: number): Int32Array =>
  Int32Array.from({ length: channels }, (_, c) => Math.floor((c * groups) / channels))

/** out_g = sum over the channels of group g. */
const gather = (out: Float64Array, sums: Float64Array, group: Int32Array): void => {
  out.fill(0)
  for (let c = 0; c < sums.length; c++) out[group[c]!]! += sums[c]!
}

const zeros = (n: number): Float64Array => new Float64Array(n)

/** One group in one place: rows of x, with sums that stay in registers. */
const normaliseRows = (
  [x, scale, shift]: readonly [Float32Array, Float32Array, Float32Array],
  [y, means, deviations]: readonly [Float32Array, Float32Array, Float32Array],
): void => {
  const n = scale.length
  for (let item = 0, from = 0; item < means.length; item++, from += n) {
    let [sum, squares] = [0, 0]
    for (let c = 0; c < n; c++) sum += x[from + c]!
    const m = sum / n
    for (let c = 0; c < n; c++) squares += (x[from + c]! - m) * (x[from + c]! - m)
    const r = 1 / Math.sqrt(squares / n + VARIANCE_FLOOR)
    for (let c = 0; c < n; c++) y[from + c] = (x[from + c]! - m) * r * scale[c]! + shift[c]!
    means[item] = m
    deviations[item] = r
  }
}

export const normaliseLoops: KernelFunc = (params) => {
  const { groups } = params.attrs as unknown as { readonly groups: number }
  const shape = (params.inputs["x"] as TensorInfo).shape as [number, number, number]
  const [items, places, channels] = shape
  const n = (places * channels) / groups
  const { outputs, read, write } = laidOut(params, ["x", "scale", "shift"], [shape, [items, groups], [items, groups]])
  const [x, scale, shift] = read as [Float32Array, Float32Array, Float32Array]
  const [y, means, deviations] = write as [Float32Array, Float32Array, Float32Array]
  if (places === 1 && groups === 1) {
    normaliseRows([x, scale, shift], [y, means, deviations])
    return outputs
  }
  const group = groupsOf(channels, groups)
  const [a, b, sums, total, m] = [zeros(channels), zeros(channels), zeros(channels), zeros(groups), zeros(groups)]
  for (let item = 0; item < items; item++) {
    const [from, to] = [item * places * channels, (item + 1) * places * channels]
    sums.fill(0)
    for (let at = from; at < to; ) for (let c = 0; c < channels; c++, at++) sums[c]! += x[at]!
    gather(total, sums, group)
    for (let g = 0; g < groups; g++) means[item * groups + g] = m[g] = total[g]! / n
    for (let c = 0; c < channels; c++) a[c] = m[group[c]!]!
    sums.fill(0)
    for (let at = from; at < to; )
      for (let c = 0; c < channels; c++, at++) {
        const centred = x[at]! - a[c]!
        sums[c]! += centred * centred
      }
    gather(total, sums, group)
    for (let g = 0; g < groups; g++) deviations[item * groups + g] = total[g] = 1 / Math.sqrt(total[g]! / n + VARIANCE_FLOOR)
    for (let c = 0; c < channels; c++) {
      a[c] = total[group[c]!]! * scale[c]!
      b[c] = shift[c]! - m[group[c]!]! * a[c]!
    }
    for (let at = from; at < to; ) for (let c = 0; c < channels; c++, at++) y[at] = a[c]! * x[at]! + b[c]!
  }
  return outputs
}

/** The gradient of rows; sums over them in `scales` and `shifts`. */
const normaliseRowsGradient = (
  [dy, x, scale, means, deviations]: readonly [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array],
  dx: Float32Array,
  scales: Float64Array,
  shifts: Float64Array,
): void => {
  const n = scale.length
  for (let item = 0, from = 0; item < means.length; item++, from += n) {
    const [m, r] = [means[item]!, deviations[item]!]
    let [p, q] = [0, 0]
    for (let c = 0; c < n; c++) {
      const product = dy[from + c]! * (x[from + c]! - m) * r
      shifts[c]! += dy[from + c]!
      scales[c]! += product
      p += dy[from + c]! * scale[c]!
      q += product * scale[c]!
    }
    const k = (-r * r * q) / n
    const l = (-r * p) / n - k * m
    for (let c = 0; c < n; c++) dx[from + c] = r * scale[c]! * dy[from + c]! + k * x[from + c]! + l
  }
}

export const normaliseGradientLoops: KernelFunc = (params) => {
  const { groups } = params.attrs as unknown as { readonly groups: number }
  const shape = (params.inputs["x"] as TensorInfo).shape as [number, number, number]
  const [items, places, channels] = shape
  const n = (places * channels) / groups
  const { outputs, read, write } = laidOut(params, ["dy", "x", "scale", "m", "r"], [shape, [channels], [channels]])
  const [dy, x, scale, means, deviations] = read as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array]
  const [dx, dscale, dshift] = write as [Float32Array, Float32Array, Float32Array]
  const [scales, shifts] = [zeros(channels), zeros(channels)]
  const finish = (): Array<TensorInfo> => {
    dscale.set(scales)
    dshift.set(shifts)
    return outputs
  }
  if (places === 1 && groups === 1) {
    normaliseRowsGradient([dy, x, scale, means, deviations], dx, scales, shifts)
    return finish()
  }
  const group = groupsOf(channels, groups)
  const [sums, products, m] = [zeros(channels), zeros(channels), zeros(channels)]
  const [a, k, l, p, q] = [zeros(channels), zeros(channels), zeros(channels), zeros(groups), zeros(groups)]
  for (let item = 0; item < items; item++) {
    const [from, to] = [item * places * channels, (item + 1) * places * channels]
    sums.fill(0)
    products.fill(0)
    for (let c = 0; c < channels; c++) m[c] = means[item * groups + group[c]!]!
    for (let at = from; at < to; )
      for (let c = 0; c < channels; c++, at++) {
        sums[c]! += dy[at]!
        products[c]! += dy[at]! * (x[at]! - m[c]!)
      }
    for (let c = 0; c < channels; c++) {
      products[c]! *= deviations[item * groups + group[c]!]!
      shifts[c]! += sums[c]!
      scales[c]! += products[c]!
      sums[c]! *= scale[c]!
      products[c]! *= scale[c]!
    }
    gather(p, sums, group)
    gather(q, products, group)
    for (let c = 0; c < channels; c++) {
      const r = deviations[item * groups + group[c]!]!
      a[c] = r * scale[c]!
      k[c] = (-r * r * q[group[c]!]!) / n
      l[c] = (-r * p[group[c]!]!) / n - k[c]! * m[c]!
    }
    for (let at = from; at < to; ) for (let c = 0; c < channels; c++, at++) dx[at] = a[c]! * dy[at]! + k[c]! * x[at]! + l[c]!
  }
  return finish()
}
