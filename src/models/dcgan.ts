/**
 * The deep convolutional players (Radford, Metz, Chintala 2016, section 3) for square images: every block halves or doubles the side.
 *
 *   generator   z -> dense, 2 x 2 -> transposed convolutions, 4 x 4, stride 2 -> the image, in (-1, 1)
 *   judge       image -> convolutions, 4 x 4, stride 2 -> dense -> logit
 *
 * The paper's rules, which a pair of players must keep: strides instead of pooling; batch normalisation in all blocks but the generator's last and the judge's
 * first; no dense layer between; ReLU in the generator with tanh at the end, leaky ReLU in the judge. Kernels start as N(0, 0.02^2), scales as N(1, 0.02^2).
 *
 *   batch normalisation   y = g (x - m) / sqrt(v + 1e-5) + b,   m, v the moments of each channel over batch and places (Ioffe, Szegedy 2015)
 */
import type { Tensor, Tensor4D, Tf } from "../tensor/tf.ts"
import { activate } from "./activation.ts"
import type { Activation } from "./activation.ts"
import { adversarial } from "./adversarial.ts"
import type { Adversarial, BatchNetwork } from "./adversarial.ts"
import { constant, gaussian, size, together } from "./network.ts"
import type { Initialiser, Parameters, Shape, Weights } from "./network.ts"

export interface Block {
  readonly kind: "dense" | "convolution" | "transposed" | "pool"
  /** Sizes of what comes out, of one item. */
  readonly to: Shape
  readonly normalised: boolean
  readonly activation: Activation | "none"
}

/** What two lists of blocks break of the paper's rules, one sentence each. */
export const breaches = (generator: ReadonlyArray<Block>, judge: ReadonlyArray<Block>): ReadonlyArray<string> => {
  const found: Array<string> = []
  const rule = (who: string, blocks: ReadonlyArray<Block>, kept: (block: Block, i: number) => boolean, words: string): void => {
    blocks.forEach((block, i) => {
      if (!kept(block, i)) found.push(`${who}, block ${i}: ${words}`)
    })
  }
  const [last, end] = [generator.length - 1, judge.length - 1]
  rule(
    "generator",
    generator,
    ({ kind }, i) => kind === (i === 0 ? "dense" : "transposed"),
    "strided transposed convolutions after the projection, no other layer",
  )
  rule(
    "judge",
    judge,
    ({ kind }, i) => kind === (i === end ? "dense" : "convolution"),
    "strided convolutions before the logit, no pooling and no hidden dense layer",
  )
  rule("generator", generator, ({ normalised }, i) => normalised === (i !== last), "batch normalisation in all blocks but the last")
  rule("judge", judge, ({ normalised }, i) => normalised === (i !== 0 && i !== end), "batch normalisation in all blocks but the first and the logit")
  rule("generator", generator, ({ activation }, i) => activation === (i === last ? "tanh" : "relu"), "ReLU, tanh at the end")
  rule("judge", judge, ({ activation }, i) => activation === (i === end ? "none" : "leaky-relu"), "leaky ReLU, none at the logit")
  return found
}

export interface DcganOptions<S extends number> {
  /** Side of the image, 2^(b+1) for b transposed convolutions. */
  readonly side: S
  /** Channels of the widest image-sized block; they double as the side halves. */
  readonly width: number
  readonly latent: number
}

/** The blocks of both players. Throws a RangeError unless the side is a power of two, 8 at least. */
export const dcganBlocks = (side: number, width: number): { readonly generator: ReadonlyArray<Block>; readonly judge: ReadonlyArray<Block> } => {
  const halvings = Math.log2(side) - 1
  if (!Number.isInteger(halvings) || halvings < 2) throw new RangeError(`side ${side}: a power of two, 8 at least`)
  const channels = (s: number): number => (width * side) / (2 * s)
  const sides = Array.from({ length: halvings }, (_, i) => side / 2 ** (i + 1))
  const block = (kind: Block["kind"], to: Shape, normalised: boolean, activation: Block["activation"]): Block => ({
    kind,
    to,
    normalised,
    activation,
  })
  return {
    judge: [...sides.map((s, i) => block("convolution", [s, s, channels(s)], i > 0, "leaky-relu")), block("dense", [1], false, "none")],
    generator: [
      ...sides.toReversed().map((s, i) => block(i === 0 ? "dense" : "transposed", [s, s, channels(s)], true, "relu")),
      block("transposed", [side, side, 1], false, "tanh"),
    ],
  }
}

/** Both players over grey images. Items that stand for the population in the statistics: 128. */
export const dcgan = <const S extends number>({ side, width, latent }: DcganOptions<S>): Adversarial<readonly [S, S, 1], "logit"> => {
  const { generator, judge } = dcganBlocks(side, width)
  const item = [side, side, 1] as const
  return adversarial({
    item,
    judges: "logit",
    latent,
    pinned: 128,
    generator: stack("generator", [latent], generator),
    judge: stack("judge", item, judge),
  })
}

/** A network from its blocks. Throws a TypeError on a pooling block, which has no place in these players. */
const stack = (name: string, from: Shape, blocks: ReadonlyArray<Block>): BatchNetwork => {
  const layers = blocks.map((block, i) => layer(`${name}/block${i}`, i === 0 ? from : blocks[i - 1]!.to, block))
  return {
    parameters: together(...layers.map(({ parameters }) => parameters)),
    apply: (tf, weights, x, pinned) => layers.reduce((h, { apply }) => apply(tf, weights, h, pinned), x),
  }
}

const layer = (name: string, from: Shape, { kind, to, normalised, activation }: Block): BatchNetwork => {
  const [kernel, shift, scale] = [`${name}/kernel`, `${name}/bias`, `${name}/scale`]
  const [n, m] = [from.at(-1)!, to.at(-1)!]
  const start: Initialiser = gaussian(0.02)
  const shapes: Readonly<Record<Exclude<Block["kind"], "pool">, Shape>> = {
    dense: [size(from), size(to)],
    convolution: [4, 4, n, m],
    transposed: [4, 4, m, n],
  }
  if (kind === "pool") throw new TypeError(`${name}: pooling`)
  const linear = (tf: Tf, weights: Weights, x: Tensor): Tensor => {
    const w = weights[kernel]!
    switch (kind) {
      case "dense":
        return tf.reshape(tf.matMul(tf.reshape(x, [x.shape[0]!, size(from)]), w as never), [x.shape[0]!, ...to])
      case "convolution":
        return tf.conv2d(x as Tensor4D, w as Tensor4D, 2, "same")
      case "transposed":
        return tf.conv2dTranspose(x as Tensor4D, w as Tensor4D, [x.shape[0]!, to[0]!, to[1]!, m], 2, "same")
    }
  }
  const scales: Parameters = normalised ? { [scale]: { shape: [m], init: (stream, i) => 1 + start(stream, i) } } : {}
  return {
    parameters: { [kernel]: { shape: shapes[kind], init: start }, ...scales, [shift]: { shape: [m], init: constant(0) } },
    apply: (tf, weights, x, pinned) => {
      const y = linear(tf, weights, x)
      const z = normalised ? tf.mul(standardised(tf, y, pinned), weights[scale]!) : y
      const shifted = tf.add(z, weights[shift]!)
      return activation === "none" ? shifted : activate(tf, activation, shifted)
    },
  }
}

/** Each channel with the mean and variance of the first `pinned` items, or of all, taken out. */
const standardised = (tf: Tf, x: Tensor, pinned?: number): Tensor => {
  const population = pinned === undefined ? x : tf.slice(x, 0, pinned)
  const { mean, variance } = tf.moments(
    population,
    x.shape.slice(0, -1).map((_, axis) => axis),
  )
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)))
}
