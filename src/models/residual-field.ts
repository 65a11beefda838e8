/**
 * A field on R^d for diffusion: a residual perceptron of (x, t) with the time embedded by sines and cosines of octaves (Vaswani et al. 2017; Ho et al. 2020),
 *
 *   c = silu(W f(t) + b),   f(t) = (t, sin 2^j pi t, cos 2^j pi t),  j = 0 .. 5,     t about [-1, 1]
 *   h <- h + B_i silu(A_i silu(h) + C_i c),   i = 1 .. L,                           h = W_in x at first,   field = W_out silu(h) at last.
 *
 * B_i and W_out start at zero (each block is the identity, the field is 0), so the first loss of a noise predictor is that of the zero predictor.
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import { activate } from "./activation.ts"
import { dense } from "./dense.ts"
import type { Field, FieldPrediction } from "./field.ts"
import { lecunNormal, together, zeros } from "./network.ts"
import type { Network } from "./network.ts"

export interface ResidualFieldOptions<D extends number, P extends FieldPrediction> {
  readonly dimension: D
  readonly predicts: P
  /** Numbers in h. */
  readonly width: number
  /** L. */
  readonly blocks: number
}

const OCTAVES = [0, 1, 2, 3, 4, 5]

/** The field; its parameters are named field/... */
export const residualField = <const D extends number, const P extends FieldPrediction>({
  dimension,
  predicts,
  width,
  blocks,
}: ResidualFieldOptions<D, P>): Field<readonly [D], P> => {
  const layer = (name: string, n: number, m: number, kernel = lecunNormal): Network => dense(`field/${name}`, n, m, { kernel })
  const time = layer("time", 1 + 2 * OCTAVES.length, width)
  const first = layer("in", dimension, width)
  const last = layer("out", width, dimension, zeros)
  const parts = Array.from({ length: blocks }, (_, i) => ({
    a: layer(`block${i}/a`, width, width),
    b: layer(`block${i}/b`, width, width, zeros),
    c: layer(`block${i}/c`, width, width),
  }))
  return {
    kind: "field",
    item: [dimension],
    predicts,
    parameters: together(...[time, first, last, ...parts.flatMap(({ a, b, c }) => [a, b, c])].map(({ parameters }) => parameters)),
    apply: (tf, weights, x, t) => {
      const silu = (y: Tensor): Tensor => activate(tf, "silu", y)
      const c = silu(time.apply(tf, weights, features(tf, t)))
      const h = parts.reduce(
        (state, part) => tf.add(state, part.b.apply(tf, weights, silu(tf.add(part.a.apply(tf, weights, silu(state)), part.c.apply(tf, weights, c))))),
        first.apply(tf, weights, x),
      )
      return last.apply(tf, weights, silu(h))
    },
  }
}

const features = (tf: Tf, t: Tensor): Tensor => {
  const angles = tf.mul(t, tf.tensor2d([OCTAVES.map((j) => Math.PI * 2 ** j)]))
  return tf.concat([t, tf.sin(angles), tf.cos(angles)], 1)
}
