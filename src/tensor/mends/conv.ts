/**
 * Convolutions of images, forward and both gradients, as products whose left factor is read in place. Along one axis, with filter length K, stride s, padding p before
 * and dilation d:
 *
 *   y[i]   = sum_k x[s i + d k - p] w[k]                                   a window over x, one tap for each k
 *   dw[k]  = sum_i x[s i + d k - p] dy[i]                                  the same window, by its columns
 *   dx[s u + q] = sum_m dy[u + a - m] w[s m + r],     q + p = s a + r,  0 <= r < s,  m = 0 .. ceil((K - r) / s) - 1:
 *
 * for each of the s residues q a window over dy with every s-th tap (the sub-pixel split), whose results lie s apart. It multiplies no zeros but those of the
 * padding. dx is also the transposed convolution. The library's forward kernel packs the weights again for every step, its dx is a scalar loop, dw is missing.
 */
import type { Products } from "../product/product.ts"
import type { Window } from "../product/window.ts"
import { matrix } from "../product/window.ts"
import type { KernelFunc, Tensor4D, TensorInfo, Tf } from "../tf.ts"
import { addressOf, type Heap, output } from "./heap.ts"

interface Attributes {
  readonly strides: [number, number] | number
  readonly pad: "valid" | "same" | number
  readonly dilations?: [number, number] | number
  readonly dimRoundingMode?: "floor" | "round" | "ceil"
  readonly dataFormat: "NHWC" | "NCHW"
}

type Info = ReturnType<Tf["backend_util"]["computeConv2DInfo"]>
type Shape4D = [number, number, number, number]

const infoOf = (tf: Tf, x: ReadonlyArray<number>, w: ReadonlyArray<number>, attrs: unknown): Info => {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attrs as Attributes
  if (dataFormat === "NCHW") throw new Error(`convolutions on wasm take images as NHWC, not ${dataFormat}`)
  return tf.backend_util.computeConv2DInfo(x as Shape4D, w as Shape4D, strides, dilations ?? 1, pad, dimRoundingMode)
}

/** All pairs of the two lists. */
const pairs = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): ReadonlyArray<readonly [number, number]> =>
  a.flatMap((k) => b.map((l) => [k, l] as const))

const range = (n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => i)

/** The pixels of x that the taps of the filter meet, position by position of y. */
const window = (base: number, info: Info): Window => ({
  base,
  height: info.inHeight,
  width: info.inWidth,
  depth: info.inChannels,
  grid: [info.outHeight, info.outWidth],
  strides: [info.strideHeight, info.strideWidth],
  taps: pairs(
    range(info.filterHeight).map((k) => info.dilationHeight * k - info.padInfo.top),
    range(info.filterWidth).map((l) => info.dilationWidth * l - info.padInfo.left),
  ),
})

export const conv2d =
  (tf: Tf, { byRows }: Products): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const [x, w] = [inputs["x"] as TensorInfo, inputs["filter"] as TensorInfo]
    const heap = backend as Heap
    const info = infoOf(tf, x.shape, w.shape, attrs)
    const { outShape, inChannels, outChannels } = info
    const out = output(heap, outShape)
    const [rows, count] = [tf.util.sizeFromShape(w.shape.slice(0, 3)), tf.util.sizeFromShape(outShape.slice(0, 3))]
    const right = { bases: [addressOf(heap, w)], rows, pitch: outChannels, transposed: false }
    const left = window(addressOf(heap, x), info)
    byRows([{ left, count, depth: inChannels, right, width: outChannels, out: matrix(addressOf(heap, out), count, outChannels) }])
    return out
  }

export const convFilterGradient =
  (tf: Tf, { byColumns }: Products): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const [x, dy] = [inputs["x"] as TensorInfo, inputs["dy"] as TensorInfo]
    const heap = backend as Heap
    const shape = attrs!["filterShape"] as ReadonlyArray<number>
    const info = infoOf(tf, x.shape, shape, attrs)
    const { inChannels, outChannels } = info
    const out = output(heap, shape)
    const count = tf.util.sizeFromShape(dy.shape.slice(0, 3))
    const right = { bases: [addressOf(heap, dy)], rows: count, pitch: outChannels, transposed: false }
    const result = matrix(addressOf(heap, out), tf.util.sizeFromShape(shape.slice(0, 3) as Array<number>), outChannels)
    byColumns([{ left: window(addressOf(heap, x), info), count, depth: inChannels, right, width: outChannels, out: result }])
    return out
  }

/** One residue along one axis: where its results begin, its taps of the filter and, for each, the pixel of dy. */
interface Residue {
  readonly first: number
  readonly taps: ReadonlyArray<number>
  readonly pixels: ReadonlyArray<number>
}

const residues = (stride: number, size: number, before: number): ReadonlyArray<Residue> =>
  range(stride).map((q) => {
    const r = (q + before) % stride
    const taps = range(size).filter((k) => k % stride === r)
    return { first: q, taps, pixels: taps.map((k) => (q + before - k) / stride) }
  })

export const convInputGradient =
  (tf: Tf, { byRows }: Products): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const [dy, w] = [inputs["dy"] as Tensor4D, inputs["filter"] as Tensor4D]
    const heap = backend as Heap
    const shape = attrs!["inputShape"] as ReadonlyArray<number>
    const info = infoOf(tf, shape, w.shape, attrs)
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, strideHeight, strideWidth, filterWidth } = info
    const out = output(heap, shape)
    const grid = [Math.ceil(inHeight / strideHeight), Math.ceil(inWidth / strideWidth)] as const
    for (const row of residues(strideHeight, info.filterHeight, info.padInfo.top))
      for (const column of residues(strideWidth, filterWidth, info.padInfo.left)) {
        const bases = pairs(row.taps, column.taps).map(([k, l]) => addressOf(heap, w) + 4 * (k * filterWidth + l) * inChannels * outChannels)
        const common = { grid, strides: [1, 1] as const }
        byRows([
          {
            left: {
              ...common,
              base: addressOf(heap, dy),
              height: outHeight,
              width: outWidth,
              depth: outChannels,
              taps: pairs(row.pixels, column.pixels),
            },
            count: batchSize * grid[0] * grid[1],
            depth: outChannels,
            right: { bases, rows: outChannels, pitch: outChannels, transposed: true },
            width: inChannels,
            out: {
              grid,
              strides: [strideHeight, strideWidth],
              base: addressOf(heap, out),
              height: inHeight,
              width: inWidth,
              depth: inChannels,
              taps: [[row.first, column.first]],
            },
          },
        ])
      }
    return out
  }
