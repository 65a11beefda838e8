/**
 * Convolutions, pools and resizes: strides, paddings and sizes that do not divide each other, at the smallest sizes that show a difference.
 */
import type { Tensor4D } from "../../../src/tensor/tf.ts"
import { type Law, law } from "./law.ts"
import { axis, build, type Reference, sum } from "./reference.ts"

type Pad = "same" | "valid" | number

/** [height, width, filter, stride, padding] */
const CASES: ReadonlyArray<readonly [number, number, number, number, Pad]> = [
  [4, 3, 3, 1, "same"],
  [4, 4, 3, 1, "valid"],
  [5, 4, 3, 2, "same"],
  [4, 4, 4, 2, "same"],
  [5, 6, 3, 2, "valid"],
  [5, 4, 2, 3, "valid"],
  [4, 5, 3, 2, 1],
  [4, 4, 1, 2, "same"],
]

/** Reads x at (b, i, j, c), zero outside. */
const inside = (x: Reference, b: number, i: number, j: number, c: number): number =>
  i >= 0 && j >= 0 && i < x.shape[1]! && j < x.shape[2]! ? x(b, i, j, c) : 0

const convolution = (x: Reference, w: Reference, stride: number, pad: Pad): Reference => {
  const [kh, kw, cin, cout] = w.shape as [number, number, number, number]
  const [oh, top] = axis(x.shape[1]!, kh, stride, pad)
  const [ow, left] = axis(x.shape[2]!, kw, stride, pad)
  return build([x.shape[0]!, oh, ow, cout], (b, i, j, d) =>
    sum(kh, (k) => sum(kw, (l) => sum(cin, (c) => inside(x, b!, i! * stride + k - top, j! * stride + l - left, c) * w(k, l, c, d!)))),
  )
}

/** The transpose of `convolution` in x: y[s i + k - p] += x[i] w[k]. */
const transposed = (x: Reference, w: Reference, out: readonly [number, number], stride: number, pad: "same" | "valid"): Reference => {
  const [kh, kw, cout, cin] = w.shape as [number, number, number, number]
  const [, top] = axis(out[0], kh, stride, pad)
  const [, left] = axis(out[1], kw, stride, pad)
  const tap = (at: number, k: number, before: number): number => ((at + before - k) % stride === 0 ? (at + before - k) / stride : -1)
  return build([x.shape[0]!, ...out, cout], (b, i, j, d) =>
    sum(kh, (k) => sum(kw, (l) => sum(cin, (c) => inside(x, b!, tap(i!, k, top), tap(j!, l, left), c) * w(k, l, d!, c)))),
  )
}

const depthwise = (x: Reference, w: Reference, stride: number, pad: Pad): Reference => {
  const [kh, kw, cin, m] = w.shape as [number, number, number, number]
  const [oh, top] = axis(x.shape[1]!, kh, stride, pad)
  const [ow, left] = axis(x.shape[2]!, kw, stride, pad)
  return build([x.shape[0]!, oh, ow, cin * m], (b, i, j, o) =>
    sum(kh, (k) =>
      sum(kw, (l) => inside(x, b!, i! * stride + k - top, j! * stride + l - left, Math.floor(o! / m)) * w(k, l, Math.floor(o! / m), o! % m)),
    ),
  )
}

/** The values of each window that lie inside the image. */
const pool = (x: Reference, filter: number, stride: number, pad: Pad, f: (window: ReadonlyArray<number>) => number): Reference => {
  const [oh, top] = axis(x.shape[1]!, filter, stride, pad)
  const [ow, left] = axis(x.shape[2]!, filter, stride, pad)
  return build([x.shape[0]!, oh, ow, x.shape[3]!], (b, i, j, c) => {
    const window: Array<number> = []
    for (let k = 0; k < filter; k++)
      for (let l = 0; l < filter; l++) {
        const [r, s] = [i! * stride + k - top, j! * stride + l - left]
        if (r >= 0 && s >= 0 && r < x.shape[1]! && s < x.shape[2]!) window.push(x(b!, r, s, c!))
      }
    return f(window)
  })
}

const mean = (window: ReadonlyArray<number>): number => window.reduce((s, v) => s + v, 0) / window.length

const bilinear = (x: Reference, h: number, w: number): Reference => {
  const [n, height, width, c] = x.shape as [number, number, number, number]
  const blend = (at: number, size: number): readonly [number, number, number] => {
    const low = Math.floor(at)
    return [low, Math.min(size - 1, low + 1), at - low]
  }
  return build([n, h, w, c], (b, i, j, d) => {
    const [i0, i1, u] = blend((i! * height) / h, height)
    const [j0, j1, v] = blend((j! * width) / w, width)
    const row = (r: number): number => x(b!, r, j0, d!) * (1 - v) + x(b!, r, j1, d!) * v
    return row(i0) * (1 - u) + row(i1) * u
  })
}

const label = ([h, w, k, s, pad]: (typeof CASES)[number]): string => `${h}x${w}, filter ${k}, stride ${s}, ${pad}`

export const convolutionLaws: ReadonlyArray<Law> = [
  ...CASES.map((c) =>
    law(
      `conv2d ${label(c)}`,
      [
        [1, c[0], c[1], 2],
        [c[2], c[2], 2, 2],
      ],
      "real",
      (tf, x: Tensor4D, w: Tensor4D) => tf.conv2d(x, w, c[3], c[4]),
      (x, w) => convolution(x!, w!, c[3], c[4]),
    ),
  ),
  law(
    "conv2d of two images in one channel",
    [
      [2, 3, 3, 1],
      [3, 3, 1, 2],
    ],
    "real",
    (tf, x: Tensor4D, w: Tensor4D) => tf.conv2d(x, w, 1, "same"),
    (x, w) => convolution(x!, w!, 1, "same"),
  ),
  ...(
    [
      [2, 2, 2, "same"],
      [2, 4, 2, "same"],
      [2, 3, 2, "valid"],
      [3, 3, 1, "same"],
      [2, 2, 3, "valid"],
    ] as const
  ).map(([n, k, s, pad]) => {
    const out = pad === "same" ? n * s : (n - 1) * s + k
    return law(
      `conv2dTranspose ${n}x${n} to ${out}x${out}, filter ${k}, stride ${s}, ${pad}`,
      [
        [1, n, n, 2],
        [k, k, 3, 2],
      ],
      "real",
      (tf, x: Tensor4D, w: Tensor4D) => tf.conv2dTranspose(x, w, [1, out, out, 3], s, pad),
      (x, w) => transposed(x!, w!, [out, out], s, pad),
    )
  }),
  ...CASES.slice(0, 5).map((c) =>
    law(
      `depthwiseConv2d ${label(c)}`,
      [
        [1, c[0], c[1], 2],
        [c[2], c[2], 2, 2],
      ],
      "real",
      (tf, x: Tensor4D, w: Tensor4D) => tf.depthwiseConv2d(x, w, c[3], c[4] as "same"),
      (x, w) => depthwise(x!, w!, c[3], c[4]),
      { order: 1 },
    ),
  ),
  ...(
    [
      [4, 2, 2, "valid"],
      [4, 3, 1, "same"],
      [5, 3, 2, "same"],
      [4, 3, 1, "valid"],
    ] as const
  ).flatMap(([n, k, s, pad]) => [
    law(
      `maxPool ${n}x${n}, window ${k}, stride ${s}, ${pad}`,
      [[1, n, n, 2]],
      "distinct",
      (tf, x: Tensor4D) => tf.maxPool(x, k, s, pad),
      (x) => pool(x!, k, s, pad, (w) => Math.max(...w)),
      { order: 1 },
    ),
    law(
      `avgPool ${n}x${n}, window ${k}, stride ${s}, ${pad}`,
      [[1, n, n, 2]],
      "real",
      (tf, x: Tensor4D) => tf.square(tf.avgPool(x, k, s, pad)),
      (x) => pool(x!, k, s, pad, (w) => mean(w) ** 2),
    ),
  ]),
  law(
    "resizeNearestNeighbor x2 of two images in two channels",
    [[2, 2, 2, 2]],
    "real",
    (tf, x: Tensor4D) => tf.square(tf.image.resizeNearestNeighbor(x, [4, 4])),
    (x) => build([2, 4, 4, 2], (b, i, j, c) => x!(b!, i! >> 1, j! >> 1, c!) ** 2),
  ),
  law(
    "resizeBilinear 2x3 to 4x5",
    [[2, 2, 3, 2]],
    "real",
    (tf, x: Tensor4D) => tf.square(tf.image.resizeBilinear(x, [4, 5])),
    (x) => {
      const y = bilinear(x!, 4, 5)
      return build(y.shape, (b, i, j, c) => y(b!, i!, j!, c!) ** 2)
    },
  ),
  law(
    "upsampling by concatenation",
    [[1, 2, 2, 2]],
    "real",
    (tf, x: Tensor4D) => {
      const wide = tf.reshape(tf.concat([x, x], 3), [1, 2, 4, 2])
      return tf.square(tf.reshape(tf.concat([wide, wide], 2), [1, 4, 4, 2]))
    },
    (x) => build([1, 4, 4, 2], (_, i, j, c) => x!(0, i! >> 1, j! >> 1, c!) ** 2),
  ),
]
