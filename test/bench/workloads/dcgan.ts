/**
 * The deep convolutional players (Radford, Metz, Chintala 2016) on 28 x 28 images, non-saturating losses, 64 images:
 *
 *   generator   100 -> dense 7 x 7 x 128 -> BN, ReLU -> transposed 4 x 4, 64 -> BN, ReLU -> transposed 4 x 4, 1 -> tanh
 *   judge       image -> 4 x 4, stride 2, 64 -> leaky ReLU -> 4 x 4, stride 2, 128 -> BN, leaky ReLU -> dense 1
 *   losses      E softplus(-D(x)) + E softplus(D(G(z))),      E softplus(-D(G(z)))
 */
import { together } from "../../../src/models/network.ts"
import type { Tensor } from "../../../src/tensor/tf.ts"
import { images, normals } from "./inputs.ts"
import { batchNorm, chain, conv, convTransposed, dense } from "./layers.ts"
import type { Workload } from "./workload.ts"

const BATCH = 64
const generator = [
  dense("generator/project", 100, 6272),
  batchNorm("generator/norm0", 6272),
  convTransposed("generator/up0", 128, 64),
  batchNorm("generator/norm1", 64),
  convTransposed("generator/up1", 64, 1),
] as const
const judge = [
  conv("judge/down0", 4, 1, 64, 2),
  conv("judge/down1", 4, 64, 128, 2),
  batchNorm("judge/norm", 128),
  dense("judge/logit", 6272, 1),
] as const

const drawn = chain(
  generator[0],
  generator[1],
  (tf, x) => tf.reshape(tf.relu(x), [x.shape[0]!, 7, 7, 128]),
  generator[2],
  generator[3],
  (tf, x) => tf.relu(x),
  generator[4],
  (tf, x) => tf.tanh(x),
)
const judged = chain(
  judge[0],
  (tf, x) => tf.leakyRelu(x, 0.2),
  judge[1],
  judge[2],
  (tf, x) => tf.reshape(tf.leakyRelu(x, 0.2), [x.shape[0]!, 6272]),
  judge[3],
)

export const dcgan: Workload = {
  name: "dcgan",
  title: "DCGAN 28 x 28, judge and generator, batch 64",
  groups: {
    judge: { parameters: together(...judge.map(({ parameters }) => parameters)), count: 138_817 },
    generator: { parameters: together(...generator.map(({ parameters }) => parameters)), count: 778_305 },
  },
  inputs: () => ({ x: images("dcgan", BATCH), z: normals("dcgan/z", [BATCH, 100]) }),
  phases: [
    {
      group: "judge",
      loss: (tf, weights, { x, z }) => {
        const fake: Tensor = judged(tf, weights, drawn(tf, weights, z!))
        return tf.add(tf.mean(tf.softplus(tf.neg(judged(tf, weights, x!)))), tf.mean(tf.softplus(fake)))
      },
    },
    { group: "generator", loss: (tf, weights, { z }) => tf.mean(tf.softplus(tf.neg(judged(tf, weights, drawn(tf, weights, z!))))) },
  ],
  forward: (tf, weights, { z }) => drawn(tf, weights, z!),
  adam: { rate: 2e-4, beta1: 0.5, decay: 0 },
}
