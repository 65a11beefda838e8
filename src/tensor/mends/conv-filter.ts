/**
 * dW of a convolution, which the WebAssembly back end lacks. With padded input x, stride s,
 *
 *   dW[k, l, c, d] = sum_{b, i, j} x[b, s i + k, s j + l, c] dy[b, i, j, d],
 *
 * is itself a convolution in which batch and channels have changed places: images x^T[c, ., ., b], filter dy^T[., ., b, d], dilation s, stride 1.
 */
import type { KernelFunc, Tensor4D, Tf } from "../tf.ts"
import { cropAndPad, nhwc } from "./conv-shape.ts"
import type { ConvolutionAttributes } from "./conv-shape.ts"

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: [number, number, number, number]
}

export const convFilterGradient =
  (tf: Tf): KernelFunc =>
  ({ inputs, attrs }) => {
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs as unknown as Attributes
    nhwc(dataFormat)
    const [x, dy] = [inputs["x"] as Tensor4D, inputs["dy"] as Tensor4D]
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode)
    const { padInfo, strideHeight, strideWidth, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info
    return tf.tidy(() => {
      // The rows that meet a filter tap: from -top, (outHeight - 1) s + filterHeight of them.
      const bottom = (outHeight - 1) * strideHeight + filterHeight - padInfo.top - inHeight
      const right = (outWidth - 1) * strideWidth + filterWidth - padInfo.left - inWidth
      const { inner, explicit } = cropAndPad(tf, x, [padInfo.top, bottom], [padInfo.left, right])
      const images = tf.transpose(inner, [3, 1, 2, 0])
      const filter = tf.transpose(dy, [1, 2, 0, 3])
      const dw = tf.conv2d(images, filter, 1, explicit, "NHWC", [strideHeight, strideWidth])
      return tf.transpose(dw, [1, 2, 0, 3])
    })
  }
