/**
 * RealNVP (Dinh et al. 2017, eq. 7-8): a chain of affine couplings between R^d and itself. With x = (a, b) cut in two, kept half a,
 *
 *   forward   b' = b exp(s(a)) + t(a),      log|det| = sum_j s_j(a);      inverse   b = (b' - t(a)) exp(-s(a)),
 *   s = c tanh(raw),
 *
 * the halves taking turns. A net (s raw, t) reads the kept half of each coupling; its last layer starts at 0, so that the chain starts as the identity (Kingma,
 * Dhariwal 2018, section 3.3).
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import type { Flow, Moved } from "./flow.ts"
import { mlp } from "./mlp.ts"
import { together, uniformFanIn, zeros } from "./network.ts"
import type { Network, Weights } from "./network.ts"

export interface RealNvpOptions<D extends number> {
  readonly dimension: D
  readonly couplings: number
  /** Widths of the hidden layers of each net; ReLU. */
  readonly hidden: ReadonlyArray<number>
  /** c, the greatest logarithm of a scale. */
  readonly reach: number
}

/** The chain as a flow from data (x) to noise (z). Throws a RangeError unless d >= 2. */
export const realNvp = <const D extends number>({ dimension: d, couplings, hidden, reach }: RealNvpOptions<D>): Flow<readonly [D]> => {
  if (d < 2) throw new RangeError(`couplings need at least 2 coordinates, not ${d}`)
  const sizes = [Math.floor(d / 2), d - Math.floor(d / 2)] as const
  const layers = Array.from({ length: couplings }, (_, i) => {
    const [kept, moved] = i % 2 === 0 ? sizes : [sizes[1], sizes[0]]
    const options = { from: kept, hidden, to: 2 * moved, activation: "relu", kernel: uniformFanIn, bias: uniformFanIn, last: zeros } as const
    return { first: i % 2 === 0, moved, network: mlp({ ...options, name: `coupling${i}` }) }
  })

  const through = (tf: Tf, weights: Weights, x: Tensor, order: typeof layers, move: (b: Tensor, s: Tensor, t: Tensor) => Tensor): Moved => {
    let [a, b] = tf.split(x, [...sizes], 1) as [Tensor, Tensor]
    let sum: Tensor | undefined
    for (const { first, moved, network } of order) {
      const { s, t } = scales(tf, weights, network, first ? a : b, moved, reach)
      if (first) b = move(b, s, t)
      else a = move(a, s, t)
      const part = tf.sum(s, 1)
      sum = sum === undefined ? part : tf.add(sum, part)
    }
    return { to: tf.concat([a, b], 1), logDeterminant: sum! }
  }

  return {
    kind: "flow",
    item: [d],
    parameters: together(...layers.map(({ network }) => network.parameters)),
    forward: (tf, weights, x) => through(tf, weights, x, layers, (b, s, t) => tf.add(tf.mul(b, tf.exp(s)), t)),
    inverse: (tf, weights, z) => {
      const { to, logDeterminant } = through(tf, weights, z, layers.toReversed(), (b, s, t) => tf.mul(tf.sub(b, t), tf.exp(tf.neg(s))))
      return { to, logDeterminant: tf.neg(logDeterminant) }
    },
  }
}

const scales = (
  tf: Tf,
  weights: Weights,
  network: Network,
  kept: Tensor,
  moved: number,
  reach: number,
): { readonly s: Tensor; readonly t: Tensor } => {
  const [raw, t] = tf.split(network.apply(tf, weights, kept), [moved, moved], 1)
  return { s: tf.mul(tf.tanh(raw!), reach), t: t! }
}
