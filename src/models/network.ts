/**
 * Networks as values: named parameters with their initialisers, and functions of them. Nothing here owns a tensor.
 *
 * A parameter's name is a path, `field/dense0/kernel`: the part before the first slash says which network it belongs to. Initial values come from a
 * stream of that name, so that they do not depend on what else the model holds.
 *
 * With fan-in n and fan-out m of a kernel:
 *
 *   uniformFanIn   U(-1/sqrt n, 1/sqrt n)            the default of PyTorch's linear and convolution layers, kernel and bias alike
 *   lecunNormal    N(0, 1/n)                         keeps variance 1 through SELU (Klambauer et al. 2017)
 *   heNormal       N(0, 2/n)                         through ReLU (He et al. 2015)
 *   glorotUniform  U(-sqrt(6/(n+m)), sqrt(6/(n+m)))  (Glorot and Bengio 2010)
 */
import { normal } from "../random/normal.ts"
import type { Stream } from "../random/stream.ts"
import type { Tensor, Tf } from "../tensor/tf.ts"

/** Sizes of one item, without the batch: [2] for points of the plane, [8, 8, 1] for grey images. */
export type Shape = ReadonlyArray<number>

export interface Parameter {
  readonly shape: Shape
  readonly init: Initialiser
}
/** Value number i of a tensor, from the words of a stream. */
export type Initialiser = (stream: Stream, i: number) => number

export type Parameters = Readonly<Record<string, Parameter>>

/** The tensors of the parameters, by name. */
export type Weights = Readonly<Record<string, Tensor>>

/** A network of one input and one output. */
export interface Network {
  readonly parameters: Parameters
  readonly apply: (tf: Tf, weights: Weights, x: Tensor) => Tensor
}

/** Numbers in a tensor of that shape. */
export const size = (shape: Shape): number => shape.reduce((product, n) => product * n, 1)

export const constant =
  (value: number): Initialiser =>
  () =>
    value
export const uniform =
  (radius: number): Initialiser =>
  (stream, i) =>
    radius * (2 * stream.uniform53(i) - 1)
export const gaussian =
  (deviation: number): Initialiser =>
  (stream, i) =>
    deviation * normal(stream, i)

/** An initialiser as a function of fan-in and fan-out. */
export type Scheme = (fanIn: number, fanOut: number) => Initialiser

export const uniformFanIn: Scheme = (n) => uniform(1 / Math.sqrt(n))
export const lecunNormal: Scheme = (n) => gaussian(1 / Math.sqrt(n))
export const heNormal: Scheme = (n) => gaussian(Math.sqrt(2 / n))
export const glorotUniform: Scheme = (n, m) => uniform(Math.sqrt(6 / (n + m)))
export const zeros: Scheme = () => constant(0)

/**
 * Numbers that a model may have: weights, gradient and the optimiser's two moments, four bytes each, fill the 4 GiB that WebAssembly can address with 2^28.
 */
export const MOST_NUMBERS = 2 ** 28

/**
 * Numbers that the layers of a step give for a batch, at the least: a kernel gives one for each of its outputs and each item, and its gradient needs them. They
 * fill the same 4 GiB alone with 2^30. Throws a RangeError for more, before anything is drawn.
 */
export const mustFit = (parameters: Parameters, batch: number): void => {
  const each = Object.values(parameters).reduce((sum, { shape }) => sum + (shape.length > 1 ? shape.at(-1)! : 0), 0)
  const most = Math.floor(2 ** 30 / Math.max(1, each))
  if (batch > most)
    throw new RangeError(
      `out of memory: train.batch is ${batch}, and a step computes at least ${each} numbers for each item; at most ${most} items fit`,
    )
}

/** Initial values of every parameter; `streamOf` gives the stream of a name. Throws a RangeError for more than MOST_NUMBERS, before any is drawn. */
export const initialise = (parameters: Parameters, streamOf: (name: string) => Stream): Readonly<Record<string, Float32Array>> => {
  const numbers = Object.values(parameters).reduce((sum, { shape }) => sum + size(shape), 0)
  if (numbers > MOST_NUMBERS) throw new RangeError(`out of memory: ${numbers} trainable numbers, at most ${MOST_NUMBERS} can be trained`)
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, init }]) => {
      const stream = streamOf(name)
      return [name, Float32Array.from({ length: size(shape) }, (_, i) => init(stream, i))]
    }),
  )
}

/** The parameters of several networks; a TypeError where two share a name. */
export const together = (...parts: ReadonlyArray<Parameters>): Parameters => {
  const all: Record<string, Parameter> = {}
  for (const part of parts)
    for (const [name, parameter] of Object.entries(part)) {
      if (name in all) throw new TypeError(`two parameters are named ${name}`)
      all[name] = parameter
    }
  return all
}
