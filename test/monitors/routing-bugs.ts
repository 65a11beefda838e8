import type { Tensor } from "../../src/tensor/tf.ts"
import type { Finding } from "../../src/train/monitors/finding.ts"
import { routingFindings } from "../../src/train/monitors/m10-routing.ts"
import { layoutOf, pack, pieces, unpack } from "../../src/train/packed.ts"
import { wasm } from "../pipelines/open.ts"
import type { BugRow } from "./row.ts"

const tf = await wasm()

/** The second moments after one step at parameters of these values, the gradient of a loss that sees them by name. */
const looked = (
  start: Readonly<Record<string, ReadonlyArray<number>>>,
  loss: (weights: Readonly<Record<string, Tensor>>) => Tensor,
): ReadonlyArray<Finding> => {
  const parameters = Object.entries(start).map(([name, values]) => [name, { shape: [values.length], init: () => 0 }] as const)
  const layout = layoutOf(Object.fromEntries(parameters))
  const v = tf.tidy(() => {
    const at = tf.tensor1d(pack(layout, (name) => Float32Array.from(start[name]!)))
    return tf.square(tf.grad((vector: Tensor) => loss(unpack(tf, layout, vector)))(at)).dataSync() as Float32Array
  })
  return routingFindings(pieces(layout, v).map(([name, { values }]) => [name, values]))
}

/** The number of a tensor, without its history. */
const detached = (x: Tensor): Tensor => tf.customGrad((...[y]) => ({ value: tf.clone(y as Tensor), gradFunc: (dy: Tensor) => tf.zerosLike(dy) }))(x)

export const routingBugs: ReadonlyArray<BugRow> = [
  {
    bug: "the end time of the flow is called trainable and never receives a gradient",
    thread: "rtqichen/ffjord#4",
    monitor: "M10 reach",
    look: (broken) =>
      looked({ rate: [0.5, -0.25], end: [1.5] }, ({ rate, end }) => {
        // z(T) = z(0) e^(aT), fitted to 1 from 2.
        const grown = tf.exp(tf.mul(rate!, broken ? detached(end!) : end!))
        return tf.sum(tf.square(tf.sub(tf.mul(2, grown), 1)))
      }),
  },
  {
    bug: "the codebook's loss is taken after the straight-through step: the codebook is never trained, and the loss still falls",
    thread: "andylolu2/jax-vqvae-gpt#2",
    monitor: "M10 reach",
    look: (broken) =>
      looked({ "encoder/z": [0.3, -0.8], "codebook/e": [0.5, -0.5] }, ({ "encoder/z": z, "codebook/e": e }) => {
        const straight = tf.add(z!, detached(tf.sub(e!, z!)))
        const reconstruction = tf.sum(tf.square(tf.sub(straight, 1)))
        const codebook = tf.sum(tf.square(tf.sub(broken ? straight : e!, detached(z!))))
        const commitment = tf.sum(tf.square(tf.sub(z!, detached(e!))))
        return tf.add(tf.add(reconstruction, codebook), tf.mul(0.25, commitment))
      }),
  },
]
