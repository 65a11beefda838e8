/**
 * An autoregressive network of binary 28 x 28 images (van den Oord, Kalchbrenner, Kavukcuoglu 2016): no pixel sees itself or a later one,
 *
 *   7 x 7 without its centre, 32 -> six of 3 x 3 with it, 32 -> 1 x 1, 32 -> 1 x 1, 1, ReLU between;   loss = -log p(x) per image, in nats
 */
import { together } from "../../../src/models/network.ts"
import type { Tensor, Tf } from "../../../src/tensor/tf.ts"
import { bits } from "./inputs.ts"
import { chain, conv, maskedConv } from "./layers.ts"
import type { Layer } from "./layers.ts"
import type { Workload } from "./workload.ts"

const BATCH = 64
const layers: ReadonlyArray<Layer> = [
  maskedConv("first", 7, 1, 32, false),
  ...Array.from({ length: 6 }, (_, i) => maskedConv(`masked${i}`, 3, 32, 32, true)),
  conv("mixed", 1, 32, 32),
  conv("logit", 1, 32, 1),
]
const relu = (tf: Tf, x: Tensor): Tensor => tf.relu(x)
const logits = chain(...layers.flatMap((layer, i) => (i === 0 ? [layer] : [relu, layer])))

export const pixelcnn: Workload = {
  name: "pixelcnn",
  title: "PixelCNN 28 x 28, batch 64",
  groups: { net: { parameters: together(...layers.map(({ parameters }) => parameters)), count: 58_177 } },
  inputs: () => ({ x: bits("pixelcnn", [BATCH, 28, 28, 1]) }),
  phases: [
    {
      group: "net",
      loss: (tf, weights, { x }) => {
        const l = logits(tf, weights, x!)
        return tf.div(tf.sum(tf.sub(tf.softplus(l), tf.mul(x!, l))), BATCH)
      },
    },
  ],
  forward: (tf, weights, { x }) => logits(tf, weights, x!),
  adam: { rate: 1e-3, beta1: 0.9, decay: 0 },
}
