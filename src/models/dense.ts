/**
 * A dense layer: y = x W + b, for x of shape [batch, n] and W of shape [n, m]; or y = x W.
 */
import { zeros } from "./network.ts"
import type { Network, Scheme } from "./network.ts"

export interface DenseOptions {
  readonly kernel: Scheme
  /** Zeros when absent; null leaves the bias out. */
  readonly bias?: Scheme | null
}

/** The layer `name` from n to m numbers. */
export const dense = (name: string, n: number, m: number, { kernel, bias = zeros }: DenseOptions): Network => {
  const [w, b] = [`${name}/kernel`, `${name}/bias`]
  if (bias === null)
    return { parameters: { [w]: { shape: [n, m], init: kernel(n, m) } }, apply: (tf, weights, x) => tf.matMul(x as never, weights[w]! as never) }
  return {
    parameters: { [w]: { shape: [n, m], init: kernel(n, m) }, [b]: { shape: [m], init: bias(n, m) } },
    apply: (tf, weights, x) => tf.add(tf.matMul(x as never, weights[w]! as never), weights[b]!),
  }
}
