/**
 * The parameters that one phase trains, with the moments of their optimiser and their moving average: the whole state of that phase.
 *
 *   average:   s_(k+1) = d s_k + (1 - d) w_(k+1)   after the last update of a step
 */
import type { Parameters, Weights } from "../models/network.ts"
import { compiled } from "../tensor/compiled.ts"
import type { Tensor, Tensor1D, Tf } from "../tensor/tf.ts"
import { adam, adamNumbers } from "./adam.ts"
import { rateAt } from "./learning-rate.ts"
import { cell, layoutOf, pack, pieces, unpack } from "./packed.ts"
import type { HostTensor, State } from "./program.ts"
import type { TrainSettings } from "./settings.ts"

export interface Group {
  readonly parameters: number
  /** The weights as functions of a vector. */
  readonly weights: (vector: Tensor1D) => Weights
  /** The moving average of the vector, or the vector where there is none. */
  readonly averaged: () => Tensor1D
  readonly vector: () => Tensor1D
  /** All vectors of the state, the weights first. */
  readonly vectors: () => ReadonlyArray<Tensor1D>
  /** Replaces them. */
  readonly set: (next: ReadonlyArray<Tensor1D>) => void
  /** What changes from one update to the next, as one small vector; `count` counts the updates before it, `last` is true of the last one in step k. */
  readonly numbers: (k: number, count: number, last: boolean) => Float32Array
  /** The vectors after an update by this gradient, whose squared norm is given too; to be called inside a tidy. */
  readonly update: (vectors: ReadonlyArray<Tensor1D>, numbers: Tensor1D, gradient: Tensor1D, square: Tensor) => ReadonlyArray<Tensor1D>
  readonly state: () => Promise<ReadonlyArray<readonly [string, HostTensor]>>
  /** The largest v of the optimiser by parameter, one number each. */
  readonly largestMoments: () => Promise<ReadonlyArray<readonly [string, Float32Array]>>
  /** Puts in place the tensors named by `names`, all of which the state has. */
  readonly restore: (state: State) => void
  /** Each tensor that a state must have, with its shape. */
  readonly names: ReadonlyArray<readonly [string, HostTensor["shape"]]>
  readonly split: (vector: Float32Array) => ReadonlyArray<readonly [string, HostTensor]>
  readonly dispose: () => void
}

export const makeGroup = (tf: Tf, parameters: Parameters, initial: Readonly<Record<string, Float32Array>>, settings: TrainSettings): Group => {
  const layout = layoutOf(parameters)
  const start = pack(layout, (name) => initial[name]!)
  const cells = {
    model: cell(tf, start),
    "adam.m": cell(tf, new Float32Array(layout.length)),
    "adam.v": cell(tf, new Float32Array(layout.length)),
    ...(settings.average > 0 ? { average: cell(tf, start) } : {}),
  }
  const all = Object.entries(cells)
  const { model, average: shadow } = { average: undefined, ...cells }
  // Reduced where they are: reading millions of numbers to see whether they are 0 costs more than a training step.
  const largest = compiled(tf, ([v]) => [tf.stack(Object.values(unpack(tf, layout, v!)).map((piece) => tf.max(piece)))])
  const clipped = (gradient: Tensor1D, square: Tensor): Tensor1D =>
    settings.clip > 0 ? tf.mul(gradient, tf.minimum(1, tf.div(settings.clip, tf.sqrt(square)))) : gradient
  return {
    parameters: layout.length,
    weights: (vector) => unpack(tf, layout, vector),
    averaged: (shadow ?? model).get,
    vector: model.get,
    vectors: () => all.map(([, { get }]) => get()),
    set: (next) => {
      for (const [i, [, { set }]] of all.entries()) set(next[i]!)
    },
    numbers: (k, count, last) => {
      // Before the last update of a step the average stays: d = 1.
      const d = last ? settings.average : 1
      return Float32Array.of(...adamNumbers(settings, rateAt(settings, k), count), d, 1 - d)
    },
    update: (vectors, numbers, gradient, square) => {
      const [a, e, keep, d, rest] = tf.split(numbers, 5)
      const next = adam(tf, settings, [a!, e!, keep!], vectors, clipped(gradient, square))
      const average = vectors[3]
      return average === undefined ? next : [...next, tf.add(tf.mul(average, d!), tf.mul(next[0], rest!))]
    },
    state: async () => {
      const parts = await Promise.all(all.map(async ([kind, { get }]) => [kind, (await get().data()) as Float32Array] as const))
      return parts.flatMap(([kind, vector]) => pieces(layout, vector).map(([name, tensor]) => [`${kind}/${name}`, tensor] as const))
    },
    largestMoments: async () => {
      const [out] = largest.run([cells["adam.v"].get()])
      try {
        const values = (await out!.data()) as Float32Array
        return layout.names.map((name, i) => [name, values.subarray(i, i + 1)])
      } finally {
        out!.dispose()
      }
    },
    restore: (state) => {
      for (const [kind, { set }] of all) set(tf.tensor1d(pack(layout, (name) => state[`${kind}/${name}`]!.values)))
    },
    names: all.flatMap(([kind]) => layout.names.map((name, i) => [`${kind}/${name}`, layout.shapes[i]!] as const)),
    split: (vector) => pieces(layout, vector),
    dispose: () => {
      largest.dispose()
      for (const [, { dispose }] of all) dispose()
    },
  }
}
