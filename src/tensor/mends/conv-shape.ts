/**
 * Padding by amounts of either sign: what the kernels that are composed of convolutions ask for.
 */
import type { Tensor4D, Tf } from "../tf.ts"

/** What both gradients of a convolution are told, besides the shape that they return. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number
  readonly pad: "valid" | "same" | number
  readonly dataFormat: string
  readonly dimRoundingMode?: "floor" | "round" | "ceil"
}

type Explicit = [[number, number], [number, number], [number, number], [number, number]]

/** x with the negative paddings cut off, and the others as the explicit padding of a convolution. */
export const cropAndPad = (
  tf: Tf,
  x: Tensor4D,
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
): { readonly inner: Tensor4D; readonly explicit: Explicit } => {
  const cut = (n: number): number => Math.max(0, -n)
  const [batch, height, width, depth] = x.shape
  const whole = top >= 0 && bottom >= 0 && left >= 0 && right >= 0
  const inner = whole ? x : tf.slice(x, [0, cut(top), cut(left), 0], [batch, height - cut(top) - cut(bottom), width - cut(left) - cut(right), depth])
  const more = (n: number): number => Math.max(0, n)
  return {
    inner,
    explicit: [
      [0, 0],
      [more(top), more(bottom)],
      [more(left), more(right)],
      [0, 0],
    ],
  }
}

/** Throws where a convolution is asked for with channels first, which the WebAssembly back end does not know. */
export const nhwc = (format: string): void => {
  if (format !== "NHWC") throw new Error(`convolution gradients on wasm take images as NHWC, not ${format}`)
}
