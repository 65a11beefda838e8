/**
 * A network as samplers ask it: prepared at the first question, numbers in and numbers out.
 */
import type { Weights } from "../../../src/models/network.ts"
import { compiled } from "../../../src/tensor/compiled.ts"
import type { Tensor, Tf } from "../../../src/tensor/tf.ts"

export interface Part {
  readonly shape: ReadonlyArray<number>
  readonly values: Float32Array
}

export interface Asked {
  readonly ask: (...inputs: ReadonlyArray<Part>) => Float32Array
  readonly dispose: () => void
}

/** @param f the network at some inputs @param weights tensors of the caller's */
export const asked = (tf: Tf, weights: Weights, f: (weights: Weights, inputs: ReadonlyArray<Tensor>) => Tensor): Asked => {
  const names = Object.keys(weights)
  const whole = compiled(tf, (all) => [f(Object.fromEntries(names.map((name, i) => [name, all[i]!])), all.slice(names.length))])
  const held = names.map((name) => weights[name]!)
  return {
    ask: (...inputs) => {
      const tensors = inputs.map(({ shape, values }) => tf.tensor(values, [...shape]))
      const [out] = whole.run([...held, ...tensors])
      const values = out!.dataSync<"float32">()
      tf.dispose([out!, ...tensors])
      return values
    },
    dispose: whole.dispose,
  }
}
