/**
 * A multilayer perceptron: x -> W_L a(... a(W_1 x + b_1) ...) + b_L.
 */
import { activate, schemeFor } from "./activation.ts"
import type { Activation } from "./activation.ts"
import { dense } from "./dense.ts"
import { together, zeros } from "./network.ts"
import type { Network, Scheme } from "./network.ts"

export interface MlpOptions {
  /** First part of the names of its parameters. */
  readonly name: string
  readonly from: number
  readonly hidden: ReadonlyArray<number>
  readonly to: number
  readonly activation: Activation
  /** Of all layers; that of the activation when absent. */
  readonly kernel?: Scheme
  /** Of all biases; zeros when absent. */
  readonly bias?: Scheme
  /** Of kernel and bias of the last layer; those of the others when absent. Without a bias the output has no constant of its own. */
  readonly last?: Scheme
  readonly lastBias?: false
}

export const mlp = ({ name, from, hidden, to, activation, kernel = schemeFor[activation], bias = zeros, last, lastBias }: MlpOptions): Network => {
  const widths = [from, ...hidden, to]
  const end = { kernel: last ?? kernel, bias: lastBias === false ? null : (last ?? bias) }
  const layers = widths.slice(1).map((m, i) => dense(`${name}/dense${i}`, widths[i]!, m, i === hidden.length ? end : { kernel, bias }))
  return {
    parameters: together(...layers.map((layer) => layer.parameters)),
    apply: (tf, weights, x) =>
      layers.reduce((h, layer, i) => {
        const y = layer.apply(tf, weights, h)
        return i === hidden.length ? y : activate(tf, activation, y)
      }, x),
  }
}
