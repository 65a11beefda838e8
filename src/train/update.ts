/**
 * One update of a phase: a function of tensors alone, which a back end records once and then runs as a whole,
 *
 *   (w, m, v, s, weights of the other groups, numbers, batch) -> (w', m', v', s', report),
 *
 * with the moving average s where there is one, and the numbers that change with the step in one small vector.
 */
import { compiled } from "../tensor/compiled.ts"
import type { Tensor, Tensor1D, Tf } from "../tensor/tf.ts"
import { diagnose, differentiate } from "./differentiate.ts"
import type { Group } from "./group.ts"
import type { Loss, Phase } from "./objective.ts"
import type { Inputs } from "./objective.ts"
import type { Weights } from "../models/network.ts"
import type { Scalars } from "./program.ts"

export interface Update {
  /** Update r of step k. Rejects with `Diverged` before a number that is not finite enters the state. */
  readonly take: (k: number, r: number) => Promise<Scalars>
  readonly dispose: () => void
}

export interface UpdateOptions {
  readonly phase: Pick<Phase<never, string>, "name" | "draw" | "times">
  readonly loss: (weights: Weights, inputs: Inputs) => Loss
  /** Of all phases; `group` is this one's. */
  readonly groups: ReadonlyArray<Group>
  readonly group: Group
}

export const makeUpdate = (tf: Tf, { phase, loss, groups, group }: UpdateOptions): Update => {
  const others = groups.filter((other) => other !== group)
  const own = group.vectors().length
  let drawn: ReadonlyArray<string> | undefined
  let names: ReadonlyArray<string> = []

  const lossAt =
    (tensors: ReadonlyArray<Tensor>) =>
    (vector: Tensor1D): Loss => {
      const weights = [...others.map((other, i) => other.weights(tensors[own + i] as Tensor1D)), group.weights(vector)]
      const batch = tensors.slice(own + others.length + 1)
      return loss(Object.assign({}, ...weights), Object.fromEntries(drawn!.map((name, i) => [name, batch[i]!])))
    }
  const whole = compiled(tf, (tensors) => {
    const vectors = tensors.slice(0, own) as ReadonlyArray<Tensor1D>
    const numbers = tensors[own + others.length] as Tensor1D
    const found = differentiate(tf, lossAt(tensors), vectors[0]!)
    names = found.names
    return [...group.update(vectors, numbers, found.gradient, found.square), found.report]
  })

  return {
    take: async (k, r) => {
      const batch = phase.draw(k, r)
      drawn ??= Object.keys(batch)
      const fresh = [
        tf.tensor1d(group.numbers(k, k * phase.times + r, r === phase.times - 1)),
        ...drawn.map((name) => tf.tensor(batch[name]!.values, [...batch[name]!.shape])),
      ]
      const tensors = [...group.vectors(), ...others.map((other) => other.vector()), ...fresh]
      try {
        const results = whole.run(tensors)
        const [next, report] = [results.slice(0, -1) as ReadonlyArray<Tensor1D>, results.at(-1)!]
        const reported = (await report.data()) as Float32Array
        report.dispose()
        if (!reported.every(Number.isFinite)) {
          tf.dispose([...next])
          const again = tf.tidy(() => differentiate(tf, lossAt(tensors), group.vector()).gradient)
          const gradient = (await again.data()) as Float32Array
          again.dispose()
          throw await diagnose(k, groups.length === 1 ? "" : phase.name, groups, group, { batch, names, reported, gradient })
        }
        group.set(next)
        const values = names.map((name, i) => [name, reported[i]!] as const)
        return { loss: reported[0]!, ...Object.fromEntries(values), "gradient-norm": Math.sqrt(reported.at(-1)!) }
      } finally {
        tf.dispose(fresh)
      }
    },
    dispose: whole.dispose,
  }
}
