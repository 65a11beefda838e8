/**
 * The loss of a phase, its parts and its gradient with respect to the weights that the phase trains; and, only when one of them is not finite, the search
 * for the tensor where that began.
 *
 * Every step reads one small vector: loss, parts, |gradient|^2. Each of them is finite exactly when all that it was computed from is (no cancellation turns
 * an infinity or a NaN back into a number), so nothing else needs looking at until one is not.
 */
import type { Scalar, Tensor, Tensor1D, Tf } from "../tensor/tf.ts"
import type { Group } from "./group.ts"
import type { Batch, Loss } from "./objective.ts"
import { Diverged } from "./program.ts"

export interface Differentiated {
  readonly gradient: Tensor1D
  /** |gradient|^2, [1]. */
  readonly square: Tensor1D
  /** The total, the parts, and the squared norm of the gradient last. */
  readonly report: Tensor1D
  readonly names: ReadonlyArray<string>
}

/** At one vector of weights. To be called inside a tidy. */
export const differentiate = (tf: Tf, loss: (vector: Tensor1D) => Loss, at: Tensor1D): Differentiated => {
  let names: ReadonlyArray<string> = []
  let reported: Tensor1D | undefined
  const { grad } = tf.valueAndGrad((vector: Tensor) => {
    const { total, parts } = loss(vector as Tensor1D)
    names = ["loss", ...Object.keys(parts)]
    reported = tf.keep(tf.stack([total, ...Object.values<Scalar>(parts)])) as Tensor1D
    return total
  })(at)
  const square: Tensor1D = tf.reshape(tf.sum(tf.square(grad)), [1])
  const report: Tensor1D = tf.concat([reported!, square])
  reported!.dispose()
  return { gradient: grad as Tensor1D, square, report, names }
}

/** What was seen when a number was not finite. */
export interface Seen {
  readonly batch: Batch
  readonly names: ReadonlyArray<string>
  /** The numbers of the report. */
  readonly reported: Float32Array
  readonly gradient: Float32Array
}

/** Names the first tensor, in the order of the computation, that holds a number which is not finite. */
export const diagnose = async (
  step: number,
  phase: string,
  groups: ReadonlyArray<Group>,
  group: Group,
  { batch, names, reported, gradient }: Seen,
): Promise<Diverged> => {
  const weights = (await Promise.all(groups.map(async (g) => g.split((await g.vector().data()) as Float32Array)))).flat()
  const gradients = group.split(gradient).map(([name, { values }]) => [`gradient of ${name}`, values] as const)
  const given = [
    ...Object.entries(batch).map(([name, { values }]) => [`input ${name}`, values] as const),
    ...weights.map(([name, { values }]) => [`parameter ${name}`, values] as const),
  ]
  const suspects: ReadonlyArray<readonly [string, Float32Array]> = [
    ...given,
    ...names.slice(1).map((name, i) => [`loss part ${name}`, reported.subarray(i + 1, i + 2)] as const),
    ["loss", reported.subarray(0, 1)],
    ...gradients,
  ]
  for (const [tensor, values] of suspects) {
    const at = values.findIndex((x) => !Number.isFinite(x))
    if (at < 0) continue
    const from = given.some(([name]) => name === tensor) ? "" : `; inputs and parameters are finite, at most ${largest(given)}`
    return diverged(step, phase, tensor, `is ${values[at]} at index ${at} of ${values.length}${from}`)
  }
  return diverged(step, phase, "the squared norm of the gradient", `overflows: gradients reach ${largest(gradients)}`)
}

/** The tensor that reaches farthest, and how far. */
const largest = (tensors: ReadonlyArray<readonly [string, Float32Array]>): string => {
  const reach = tensors.map(([name, values]) => [name, values.reduce((most, x) => Math.max(most, Math.abs(x)), 0)] as const)
  const [name, most] = reach.reduce((best, next) => (next[1] > best[1] ? next : best))
  return `${most.toPrecision(3)} (${name})`
}

const diverged = (step: number, phase: string, tensor: string, detail: string): Diverged =>
  new Diverged({ step, tensor, message: `step ${step}${phase === "" ? "" : `, ${phase}`}: ${tensor} ${detail}` })
