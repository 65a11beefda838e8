/**
 * A dense layer: y = x W + b, for x of shape [batch, n] and W of shape [n, m].
 */
import { constant } from "./network.ts"
import type { Initialiser, Network, Scheme } from "./network.ts"

export interface DenseOptions {
  readonly kernel: Scheme
  /** Of the bias; 0 when absent. */
  readonly bias?: Initialiser
}

/** The layer `name` from n to m numbers. */
export const dense = (name: string, n: number, m: number, { kernel, bias = constant(0) }: DenseOptions): Network => {
  const [w, b] = [`${name}/kernel`, `${name}/bias`]
  return {
    parameters: { [w]: { shape: [n, m], init: kernel(n, m) }, [b]: { shape: [m], init: bias } },
    apply: (tf, weights, x) => tf.add(tf.matMul(x as never, weights[w]! as never), weights[b]!),
  }
}
