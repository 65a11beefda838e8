/**
 * A transformer over 64 characters (Vaswani et al. 2017; normalisation before each part), width 128, 4 layers, 4 heads, context 128, GELU of 512:
 *
 *   h <- h + A(LN h),   h <- h + W' gelu(W LN h),      A = softmax(q k^T / sqrt 32, earlier places alone) v in each head,   gelu(x) = x Phi(x)
 *   loss = -mean log p(next character)
 */
import { gaussian, together } from "../../../src/models/network.ts"
import type { Weights } from "../../../src/models/network.ts"
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tf } from "../../../src/tensor/tf.ts"
import { tokens } from "./inputs.ts"
import { chain, dense, layerNorm } from "./layers.ts"
import type { Layer } from "./layers.ts"
import type { Workload } from "./workload.ts"

const [BATCH, CONTEXT, WIDTH, LAYERS, HEADS, CHARACTERS] = [32, 128, 128, 4, 4, 64]
const HEAD = WIDTH / HEADS

/** What the parameters are made for; a batch may have any number of sequences. */
export const SIZES = { context: CONTEXT, width: WIDTH, layers: LAYERS, heads: HEADS, characters: CHARACTERS } as const

export const gelu = (tf: Tf, x: Tensor): Tensor => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1))

/** -10^9 above the diagonal. */
const LATER = Float32Array.from({ length: CONTEXT * CONTEXT }, (_, i) => (i % CONTEXT > Math.floor(i / CONTEXT) ? -1e9 : 0))

const attention = (tf: Tf, qkv: Tensor): Tensor => {
  const n = qkv.shape[0]!
  const heads = tf.transpose(tf.reshape(qkv, [n, CONTEXT, 3, HEADS, HEAD]), [2, 0, 3, 1, 4])
  const [q, k, v] = tf.unstack(tf.reshape(heads, [3, n * HEADS, CONTEXT, HEAD])) as [Tensor, Tensor, Tensor]
  const scores: Tensor = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(HEAD))
  const mixed = tf.matMul(tf.softmax(tf.add(scores, tf.tensor2d(LATER, [CONTEXT, CONTEXT]))), v)
  return tf.reshape(tf.transpose(tf.reshape(mixed, [n, HEADS, CONTEXT, HEAD]), [0, 2, 1, 3]), [n, CONTEXT, WIDTH])
}

const layer = (name: string): { readonly layers: ReadonlyArray<Layer>; readonly apply: Layer["apply"] } => {
  const [norm0, qkv, out] = [layerNorm(`${name}/norm0`, WIDTH), dense(`${name}/qkv`, WIDTH, 3 * WIDTH), dense(`${name}/out`, WIDTH, WIDTH)]
  const [norm1, wide, back] = [layerNorm(`${name}/norm1`, WIDTH), dense(`${name}/wide`, WIDTH, 512), dense(`${name}/back`, 512, WIDTH)]
  const [attend, feed] = [chain(norm0, qkv, attention, out), chain(norm1, wide, gelu, back)]
  return {
    layers: [norm0, qkv, out, norm1, wide, back],
    apply: (tf, weights, x) => {
      const h: Tensor = tf.add(x, attend(tf, weights, x))
      return tf.add(h, feed(tf, weights, h))
    },
  }
}

const stack = Array.from({ length: LAYERS }, (_, i) => layer(`layer${i}`))
const head = dense("head", WIDTH, CHARACTERS)
const embeddings = {
  "characters/kernel": { shape: [CHARACTERS, WIDTH], init: gaussian(1) },
  "places/kernel": { shape: [CONTEXT, WIDTH], init: gaussian(1) },
}

const logits = (tf: Tf, weights: Weights, x: Tensor): Tensor => {
  const embedded: Tensor = tf.add(tf.gather(weights["characters/kernel"] as Tensor2D, x as Tensor1D), weights["places/kernel"]!)
  return head.apply(
    tf,
    weights,
    stack.reduce((h, { apply }) => apply(tf, weights, h), embedded),
  )
}

export const gpt: Workload = {
  name: "gpt",
  title: "transformer of characters, 32 x 128",
  groups: {
    net: {
      parameters: together(embeddings, head.parameters, ...stack.flatMap(({ layers }) => layers.map(({ parameters }) => parameters))),
      count: 825_920,
    },
  },
  inputs: () => ({ x: tokens("gpt/x", [BATCH, CONTEXT], CHARACTERS), y: tokens("gpt/y", [BATCH, CONTEXT], CHARACTERS) }),
  phases: [
    {
      group: "net",
      loss: (tf, weights, { x, y }): Scalar => {
        const chosen = tf.oneHot(tf.reshape(y!, [BATCH * CONTEXT]) as Tensor1D, CHARACTERS)
        const logProbabilities = tf.logSoftmax(tf.reshape(logits(tf, weights, x!), [BATCH * CONTEXT, CHARACTERS]))
        return tf.div(tf.sum(tf.mul(chosen, logProbabilities)), -BATCH * CONTEXT)
      },
    },
  ],
  forward: (tf, weights, { x }) => logits(tf, weights, x!),
  adam: { rate: 3e-4, beta1: 0.9, decay: 0.01 },
}
