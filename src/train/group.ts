/**
 * The parameters that one phase trains, with the moments of their optimiser and their moving average: the whole state of that phase.
 */
import type { Parameters, Weights } from "../models/network.ts"
import type { Tensor1D, Tf } from "../tensor/tf.ts"
import { adam } from "./adam.ts"
import { rateAt } from "./learning-rate.ts"
import { cell, layoutOf, pack, pieces, unpack } from "./packed.ts"
import type { HostTensor, State } from "./program.ts"
import type { TrainSettings } from "./settings.ts"

export interface Group {
  readonly parameters: number
  /** The weights, as functions of a vector given (to differentiate) or of the present one. */
  readonly weights: (vector?: Tensor1D) => Weights
  readonly averaged: () => Weights
  readonly vector: () => Tensor1D
  /** One update; `count` counts the updates before it. */
  readonly update: (gradient: Tensor1D, norm: number, k: number, count: number) => void
  readonly average: () => void
  readonly state: () => Promise<ReadonlyArray<readonly [string, HostTensor]>>
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
  const { model, "adam.m": m, "adam.v": v, average: shadow } = { average: undefined, ...cells }
  return {
    parameters: layout.length,
    weights: (vector = model.get()) => unpack(tf, layout, vector),
    averaged: () => unpack(tf, layout, (shadow ?? model).get()),
    vector: model.get,
    update: (gradient, norm, k, count) => {
      const { clip } = settings
      const next = tf.tidy(() => {
        const g: Tensor1D = clip > 0 && norm > clip ? tf.mul(gradient, clip / norm) : gradient
        return [...adam(tf, settings, rateAt(settings, k), count, [model.get(), m.get(), v.get()], g)]
      })
      model.set(next[0]!)
      m.set(next[1]!)
      v.set(next[2]!)
    },
    average: () => {
      if (shadow === undefined) return
      shadow.set(tf.tidy(() => tf.add(tf.mul(shadow.get(), settings.average), tf.mul(model.get(), 1 - settings.average))))
    },
    state: async () => {
      const parts = await Promise.all(all.map(async ([kind, { get }]) => [kind, (await get().data()) as Float32Array] as const))
      return parts.flatMap(([kind, vector]) => pieces(layout, vector).map(([name, tensor]) => [`${kind}/${name}`, tensor] as const))
    },
    restore: (state) => {
      for (const [kind, { set }] of all) set(tf.tensor1d(pack(layout, (name) => state[`${kind}/${name}`]!.values)))
    },
    names: all.flatMap(([kind]) => layout.names.map((name, i) => [`${kind}/${name}`, layout.shapes[i]!] as const)),
    split: (vector) => pieces(layout, vector),
    dispose: () => {
      for (const [, { dispose }] of all) dispose()
    },
  }
}
