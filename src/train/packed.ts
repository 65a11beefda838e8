/**
 * All parameters of a group in one vector: an update is a dozen operations whatever the number of layers, and the norm of the gradient is one more.
 *
 *   vector = concat_i flatten(w_i),  in the order in which the parameters are declared
 */
import { size } from "../models/network.ts"
import type { Parameters, Shape, Weights } from "../models/network.ts"
import type { Tensor, Tensor1D, Tf } from "../tensor/tf.ts"
import type { HostTensor } from "./program.ts"

export interface Layout {
  readonly names: ReadonlyArray<string>
  readonly shapes: ReadonlyArray<Shape>
  readonly sizes: ReadonlyArray<number>
  readonly length: number
}

export const layoutOf = (parameters: Parameters): Layout => {
  const shapes = Object.values(parameters).map(({ shape }) => shape)
  const sizes = shapes.map(size)
  return { names: Object.keys(parameters), shapes, sizes, length: sizes.reduce((sum, n) => sum + n, 0) }
}

/** The parameters as tensors that depend on the vector. */
export const unpack = (tf: Tf, { names, shapes, sizes }: Layout, vector: Tensor): Weights => {
  const pieces = sizes.length === 1 ? [vector] : tf.split(vector, [...sizes])
  return Object.fromEntries(names.map((name, i) => [name, tf.reshape(pieces[i]!, [...shapes[i]!])]))
}

/** The vector of arrays by name. */
export const pack = ({ names, length }: Layout, values: (name: string) => Float32Array): Float32Array => {
  const out = new Float32Array(length)
  let at = 0
  for (const name of names) {
    const array = values(name)
    out.set(array, at)
    at += array.length
  }
  return out
}

/** Copies by name of a vector on the host. */
export const pieces = ({ names, shapes, sizes }: Layout, vector: Float32Array): ReadonlyArray<readonly [string, HostTensor]> => {
  let at = 0
  return names.map((name, i) => [name, { shape: shapes[i]!, values: vector.slice(at, (at += sizes[i]!)) }])
}

/** A vector that is replaced, not changed: whoever holds the old tensor would see it disposed. */
export interface Cell {
  readonly get: () => Tensor1D
  readonly set: (next: Tensor1D) => void
  readonly dispose: () => void
}

export const cell = (tf: Tf, initial: Float32Array): Cell => {
  let tensor = tf.keep(tf.tensor1d(initial))
  return {
    get: () => tensor,
    set: (next) => {
      const old = tensor
      tensor = tf.keep(next)
      old.dispose()
    },
    dispose: () => tensor.dispose(),
  }
}
