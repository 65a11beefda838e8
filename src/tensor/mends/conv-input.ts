/**
 * dx of a convolution, which is also the transposed convolution. The WebAssembly kernel is a scalar loop, ten times slower than its convolution.
 *
 * Along one axis, with y[i] = sum_k x[s i + k - p] w[k], filter length K, stride s, padding p before:
 *
 *   dx[s u + q] = sum_m dy[u + a - m] w[s m + r],      q + p = s a + r,  0 <= r < s,  m = 0 .. M - 1,  M = ceil((K - r) / s):
 *
 * for each of the s residues q a convolution of dy with every s-th tap, reversed, padded by M - 1 - a before: the sub-pixel split. It multiplies no
 * zeros, where spreading dy with zeros would do s^2 times the work. The s^2 pieces are interleaved by two concatenations.
 */
import type { KernelBackend, KernelFunc, Tensor4D, Tf } from "../tf.ts"
import { cropAndPad, nhwc } from "./conv-shape.ts"
import type { ConvolutionAttributes } from "./conv-shape.ts"

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: [number, number, number, number]
}

/** One residue along one axis: first tap r, number of taps M, padding of dy before and after. */
interface Residue {
  readonly r: number
  readonly taps: number
  readonly pads: readonly [number, number]
}

export const convInputGradient =
  (tf: Tf): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attrs as unknown as Attributes
    nhwc(dataFormat)
    const [dy, w] = [inputs["dy"] as Tensor4D, inputs["filter"] as Tensor4D]
    const info = tf.backend_util.computeConv2DInfo(inputShape, w.shape, strides, 1, pad, dimRoundingMode)
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo, strideHeight, strideWidth, filterHeight, filterWidth } = info
    const rows = residues(strideHeight, filterHeight, padInfo.top, inHeight, outHeight)
    const columns = residues(strideWidth, filterWidth, padInfo.left, inWidth, outWidth)
    const [height, width] = [Math.ceil(inHeight / strideHeight), Math.ceil(inWidth / strideWidth)]
    return tf.tidy(() => {
      const weights = (backend as KernelBackend).readSync(w.dataId) as Float32Array
      const piece = (row: Residue, column: Residue): Tensor4D => {
        if (row.taps === 0 || column.taps === 0) return tf.zeros([batchSize, height, width, inChannels])
        const { inner, explicit } = cropAndPad(tf, dy, row.pads, column.pads)
        return tf.conv2d(inner, taps(tf, weights, w.shape, row, column, strideHeight, strideWidth), 1, explicit)
      }
      const lines = rows.map((row) => {
        const pieces = columns.map((column) => piece(row, column))
        return tf.reshape(pieces.length === 1 ? pieces[0]! : tf.concat(pieces, 3), [batchSize, height, width * strideWidth * inChannels])
      })
      const whole = tf.reshape(lines.length === 1 ? lines[0]! : tf.concat(lines, 2), [
        batchSize,
        height * strideHeight,
        width * strideWidth,
        inChannels,
      ]) as Tensor4D
      return whole.shape[1] === inHeight && whole.shape[2] === inWidth ? whole : tf.slice(whole, [0, 0, 0, 0], [-1, inHeight, inWidth, -1])
    })
  }

const residues = (stride: number, size: number, before: number, inputs: number, outputs: number): ReadonlyArray<Residue> =>
  Array.from({ length: stride }, (_, q) => {
    const r = (q + before) % stride
    const a = (q + before - r) / stride
    const taps = Math.max(0, Math.ceil((size - r) / stride))
    return { r, taps, pads: [taps - 1 - a, Math.ceil(inputs / stride) - 1 + a - (outputs - 1)] }
  })

/** w[s m + r] in both directions, reversed in m, with its channels exchanged: the filter of one piece. */
const taps = (
  tf: Tf,
  w: Float32Array,
  [, wide, inner, outer]: [number, number, number, number],
  row: Residue,
  column: Residue,
  strideHeight: number,
  strideWidth: number,
): Tensor4D => {
  const values = new Float32Array(row.taps * column.taps * inner * outer)
  let at = 0
  for (let m = row.taps - 1; m >= 0; m--)
    for (let n = column.taps - 1; n >= 0; n--) {
      const from = ((strideHeight * m + row.r) * wide + strideWidth * n + column.r) * inner * outer
      for (let d = 0; d < outer; d++) for (let c = 0; c < inner; c++) values[at++] = w[from + c * outer + d]!
    }
  return tf.tensor4d(values, [row.taps, column.taps, outer, inner])
}
