/**
 * A trained field as what a sampler asks: points and a time in, the field's values out, in float64 arrays around a float32 computation.
 */
import type { Field, FieldPrediction } from "../models/field.ts"
import { size } from "../models/network.ts"
import type { Shape, Weights } from "../models/network.ts"
import type { Tensor, Tf } from "../tensor/tf.ts"
import type { Inputs } from "./objective.ts"
import type { Samples } from "./program.ts"
import type { Trained } from "./trained.ts"

export interface Question {
  /** n*d, row-major. */
  readonly x: Float64Array
  readonly t: number
}

/** A field at points and times. One function for all questions, so that it is prepared once. */
export const valuesOf = <X extends Shape, P extends FieldPrediction>(tf: Tf, field: Field<X, P>, weights: Weights, { x, t }: Inputs): Tensor =>
  field.apply(tf, weights, x!, t!)

/** The answers of a trained field; `timeOf` maps a sampler's time to the network's. */
export const answers =
  <X extends Shape, P extends FieldPrediction>({ model, compute }: Trained<Field<X, P>>, timeOf: (t: number) => number = (t) => t) =>
  async ({ x, t }: Question): Promise<Float64Array> => {
    const n = x.length / size(model.item)
    const values = await compute(valuesOf, {
      x: { shape: [n, ...model.item], values: new Float32Array(x) },
      t: { shape: [n, 1], values: new Float32Array(n).fill(timeOf(t)) },
    })
    return new Float64Array(values)
  }

/** Points along each side of the square on which a field is looked at. */
const SIDE = 20

/** A field of the plane at some times, at the middles of 20 x 20 cells of [-reach, reach]^2: samples to look at. */
export const onGrid = (
  name: string,
  ask: (question: Question) => Promise<Float64Array>,
  times: ReadonlyArray<number>,
  reach: number,
): Promise<ReadonlyArray<Samples>> => {
  const at = (k: number): number => reach * ((2 * k + 1) / SIDE - 1)
  const points = Float64Array.from({ length: 2 * SIDE * SIDE }, (_, i) => at(i % 2 === 0 ? (i / 2) % SIDE : Math.floor(i / (2 * SIDE))))
  return Promise.all(times.map(async (time) => ({ kind: "field", name, time, points, vectors: await ask({ x: points, t: time }) }) as const))
}
