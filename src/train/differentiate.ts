/**
 * The loss of a phase, its parts and its gradient with respect to the weights that the phase trains, in one tidy; and, only when one of them is not finite,
 * the search for the tensor where that began.
 *
 * Every step reads one small vector: loss, parts, |gradient|^2. Each of them is finite exactly when all that it was computed from is (no cancellation turns
 * an infinity or a NaN back into a number), so nothing else needs looking at until one is not.
 */
import type { Weights } from "../models/network.ts"
import type { Scalar, Tensor, Tensor1D, Tf } from "../tensor/tf.ts"
import type { Group } from "./group.ts"
import type { Batch, Inputs, Loss } from "./objective.ts"
import { Diverged } from "./program.ts"

/** Tensors that the caller disposes. */
export interface Differentiated {
  readonly gradient: Tensor1D
  /** The total, the parts, and the squared norm of the gradient last. */
  readonly report: Tensor1D
  readonly names: ReadonlyArray<string>
}

/** `frozen` are the weights of the other groups. */
export const differentiate = (
  tf: Tf,
  batch: Batch,
  loss: (weights: Weights, inputs: Inputs) => Loss,
  group: Group,
  frozen: () => Weights,
): Differentiated => {
  let names: ReadonlyArray<string> = []
  const [gradient, report] = tf.tidy(() => {
    const inputs = Object.fromEntries(Object.entries(batch).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]))
    const others = frozen()
    let reported: Tensor1D | undefined
    const { grad } = tf.valueAndGrad((vector: Tensor) => {
      const { total, parts } = loss({ ...others, ...group.weights(vector as Tensor1D) }, inputs)
      names = ["loss", ...Object.keys(parts)]
      reported = tf.keep(tf.stack([total, ...Object.values<Scalar>(parts)])) as Tensor1D
      return total
    })(group.vector())
    const all = tf.concat([reported!, tf.reshape(tf.sum(tf.square(grad)), [1])])
    reported!.dispose()
    return [grad as Tensor1D, all as Tensor1D]
  })
  return { gradient, report, names }
}

/** Names the first tensor, in the order of the computation, that holds a number which is not finite. */
export const diagnose = async (
  step: number,
  phase: string,
  batch: Batch,
  groups: ReadonlyArray<Group>,
  group: Group,
  { gradient, names }: Differentiated,
  reported: Float32Array,
): Promise<Diverged> => {
  const weights = (await Promise.all(groups.map(async (g) => g.split((await g.vector().data()) as Float32Array)))).flat()
  const gradients = group.split((await gradient.data()) as Float32Array)
  const suspects: ReadonlyArray<readonly [string, Float32Array]> = [
    ...Object.entries(batch).map(([name, { values }]) => [`input ${name}`, values] as const),
    ...weights.map(([name, { values }]) => [`parameter ${name}`, values] as const),
    ...names.slice(1).map((name, i) => [`loss part ${name}`, reported.subarray(i + 1, i + 2)] as const),
    ["loss", reported.subarray(0, 1)],
    ...gradients.map(([name, { values }]) => [`gradient of ${name}`, values] as const),
  ]
  for (const [tensor, values] of suspects) {
    const at = values.findIndex((x) => !Number.isFinite(x))
    if (at >= 0) return diverged(step, phase, tensor, `is ${values[at]} at index ${at} of ${values.length}`)
  }
  return diverged(step, phase, "the norm of the gradient", `overflows: ${reported.at(-1)}`)
}

const diverged = (step: number, phase: string, tensor: string, detail: string): Diverged =>
  new Diverged({ step, tensor, message: `step ${step}${phase === "" ? "" : `, ${phase}`}: ${tensor} ${detail}` })
