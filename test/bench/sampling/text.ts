/**
 * Characters from the transformer, one after the other: from a first one the most probable under logits with Gumbel noise,
 *
 *   c_(t+1) = argmax_k l_k(c_0 .. c_t) + g_(t,k),
 *
 * keys and values of each layer kept, so that a character costs one place of the network. Eight characters of all sequences are one function. It reads the keys and values of
 * the w places before them, [sequences x heads, w, 32], zeros and masked where there are no characters yet, and keeps its own beside them; scores of both parts meet in one softmax,
 *
 *   (A, A') = softmax((q K^T + mask, q K'^T) / sqrt 32),     A V + A' V'.
 *
 * A function is prepared for each w, so there are four of them; w grows when all of its places are taken.
 */
import { dense, layerNorm } from "../workloads/layers.ts"
import type { Weights } from "../../../src/models/network.ts"
import { compiled } from "../../../src/tensor/compiled.ts"
import type { Tensor, Tensor1D, Tensor2D, Tf } from "../../../src/tensor/tf.ts"
import { gelu, gpt as network, SIZES } from "../workloads/gpt.ts"
import { gumbels, tokens } from "../workloads/inputs.ts"
import type { Sampling } from "./sampling.ts"
import { roundings } from "./sampling.ts"

const { context: CONTEXT, width: WIDTH, layers: LAYERS, heads: HEADS, characters: CHARACTERS } = SIZES
const [BLOCK, HEAD] = [8, WIDTH / HEADS]
const WIDTHS = [32, 64, 96, CONTEXT - BLOCK]

/** The least w that holds b blocks, with room for one more as long as there is one. */
const widthAt = (b: number): number => WIDTHS.find((w) => w >= (b + 1) * BLOCK) ?? CONTEXT - BLOCK

/** -10^9 where no character is yet, b blocks having been drawn. */
const maskOf = (b: number): Float32Array => Float32Array.from({ length: widthAt(b) }, (_, i) => (i < widthAt(b) - b * BLOCK ? -1e9 : 0))

const stack = Array.from({ length: LAYERS }, (_, i) => {
  const name = `layer${i}`
  return {
    norm0: layerNorm(`${name}/norm0`, WIDTH),
    qkv: dense(`${name}/qkv`, WIDTH, 3 * WIDTH),
    out: dense(`${name}/out`, WIDTH, WIDTH),
    norm1: layerNorm(`${name}/norm1`, WIDTH),
    wide: dense(`${name}/wide`, WIDTH, 4 * WIDTH),
    back: dense(`${name}/back`, 4 * WIDTH, WIDTH),
  }
})
const head = dense("head", WIDTH, CHARACTERS)

/** Keys and values of some characters, [sequences x heads, characters, 32]. */
interface Kept {
  readonly keys: Tensor
  readonly values: Tensor
}

/** One place of the attention of a layer: the query against what is kept of the blocks before and of this one. */
const attended = (tf: Tf, q: Tensor, mask: Tensor, past: Kept, own: Kept): Tensor => {
  const scores = (keys: Tensor): Tensor => tf.matMul(q as never, keys as never, false, true)
  const [old, now] = [tf.add(scores(past.keys), mask), scores(own.keys)]
  const [before, here] = tf.split(tf.softmax(tf.concat([old, now], 2)), [old.shape[2]!, now.shape[2]!], 2)
  return tf.add(tf.matMul(before as never, past.values as never), tf.matMul(here as never, own.values as never))
}

/** Eight characters: [characters, logits, keys and values of each layer at the last w places]. */
const block = (
  tf: Tf,
  weights: Weights,
  [first, places, noise, mask]: readonly [Tensor, Tensor, Tensor, Tensor],
  past: ReadonlyArray<Kept>,
): ReadonlyArray<Tensor> => {
  const n = first.shape[0]!
  const parts: ReadonlyArray<{ keys: Array<Tensor>; values: Array<Tensor> }> = stack.map(() => ({ keys: [], values: [] }))
  const [at, g] = [tf.unstack(places), tf.unstack(noise)]
  const [drawn, all]: [Array<Tensor>, Array<Tensor>] = [[], []]
  let c = first
  for (let t = 0; t < BLOCK; t++) {
    let h: Tensor = tf.add(tf.gather(weights["characters/kernel"] as Tensor2D, c as Tensor1D), at[t]!)
    for (const [i, { norm0, qkv, out, norm1, wide, back }] of stack.entries()) {
      const { keys, values } = parts[i]!
      const [q, k, v] = tf.split(qkv.apply(tf, weights, norm0.apply(tf, weights, h)), 3, 1).map((x) => tf.reshape(x, [n * HEADS, 1, HEAD]))
      keys.push(k!)
      values.push(v!)
      const own = { keys: tf.concat(keys, 1), values: tf.concat(values, 1) }
      const mixed = attended(tf, tf.mul(q!, 1 / Math.sqrt(HEAD)), mask, past[i]!, own)
      h = tf.add(h, out.apply(tf, weights, tf.reshape(mixed, [n, WIDTH])))
      h = tf.add(h, back.apply(tf, weights, gelu(tf, wide.apply(tf, weights, norm1.apply(tf, weights, h)))))
    }
    const logits = head.apply(tf, weights, h)
    c = tf.argMax(tf.add(logits, g[t]!), 1)
    drawn.push(c)
    all.push(logits)
  }
  const later = (old: Tensor, own: ReadonlyArray<Tensor>): Tensor => tf.concat([tf.slice(old, [0, BLOCK, 0]), ...own], 1)
  const kept = parts.flatMap(({ keys, values }, i) => [later(past[i]!.keys, keys), later(past[i]!.values, values)])
  return [tf.stack(drawn), tf.stack(all), ...kept]
}

export const gpt = (sequences: number): Sampling => ({
  name: "gpt",
  title: `transformer, ${CONTEXT} characters of ${sequences} sequences`,
  parameters: network.groups["net"]!.parameters,
  noise: () => ({ first: tokens("sampling/gpt/first", [sequences], CHARACTERS), g: gumbels("sampling/gpt", [CONTEXT, sequences, CHARACTERS]) }),
  sampler: (tf, weights, { first, g }) => {
    const names = Object.keys(weights).filter((name) => name !== "places/kernel")
    const held = names.map((name) => weights[name]!)
    const given = held.length
    const whole = compiled(tf, (tensors) => {
      const own = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]))
      const [c, places, noise, mask, ...rest] = tensors.slice(given)
      const past = Array.from({ length: rest.length / 2 }, (_, i) => ({ keys: rest[2 * i]!, values: rest[2 * i + 1]! }))
      return block(tf, own, [c!, places!, noise!, mask!], past)
    })
    const places = tf.tidy(() => tf.split(weights["places/kernel"]!, CONTEXT / BLOCK))
    const [row, wide] = [BLOCK * sequences, BLOCK * sequences * CHARACTERS]
    return {
      draw: () => {
        const [values, logits] = [new Float32Array(CONTEXT * sequences), new Float32Array(CONTEXT * sequences * CHARACTERS)]
        let last = first!.values as Int32Array
        let kept: ReadonlyArray<Tensor> = Array.from({ length: 2 * LAYERS }, () => tf.zeros([sequences * HEADS, widthAt(0), HEAD]))
        places.forEach((at, b) => {
          const noise = tf.tensor3d((g!.values as Float32Array).subarray(b * wide, (b + 1) * wide), [BLOCK, sequences, CHARACTERS])
          const [c0, mask, more] = [tf.tensor1d(last, "int32"), tf.tensor3d(maskOf(b), [1, 1, widthAt(b)]), widthAt(b) - kept[0]!.shape[1]!]
          if (more > 0) {
            const wider = kept.map((old) => tf.tidy(() => tf.concat([tf.zeros([sequences * HEADS, more, HEAD]), old], 1)))
            tf.dispose([...kept])
            kept = wider
          }
          const [c, l, ...next] = whole.run([...held, c0, at, noise, mask, ...kept]) as Array<Tensor>
          const characters = c!.dataSync<"int32">()
          values.set(characters, b * row)
          last = characters.slice(row - sequences)
          logits.set(l!.dataSync<"float32">(), b * wide)
          tf.dispose([noise, c0, mask, c!, l!, ...kept])
          kept = next
        })
        tf.dispose([...kept])
        return { values, logits }
      },
      dispose: () => {
        whole.dispose()
        tf.dispose(places)
      },
    }
  },
  // Six layers of weights and attention in each of four, sums of 512 terms at most.
  tolerance: roundings(4 * 6, 4 * WIDTH),
  contradictions: (values, logits, { g }, slack) =>
    values.reduce((found, c, i) => {
      const at = logits.subarray(i * CHARACTERS, (i + 1) * CHARACTERS).map((l, k) => l + g!.values[i * CHARACTERS + k]!)
      return found + (at[c]! < at.reduce((most, l) => Math.max(most, l), -Infinity) - 2 * slack ? 1 : 0)
    }, 0),
})
