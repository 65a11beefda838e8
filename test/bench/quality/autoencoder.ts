/**
 * The autoencoder of pipelines/vae-mnist.ts, 784-400-40 and back, on MNIST binarised anew at every visit: the bound of all 10,000 test images, binarised once, with one draw from
 * the posterior of each.
 */
import { autoencoder } from "../../../src/models/autoencoder.ts"
import { mlp } from "../../../src/models/mlp.ts"
import { uniformFanIn } from "../../../src/models/network.ts"
import type { Weights } from "../../../src/models/network.ts"
import { stream } from "../../../src/random/stream.ts"
import type { Scalar, Tensor, Tf } from "../../../src/tensor/tf.ts"
import { gaussianKl, reparametrised } from "../../../src/train/objectives/elbo.ts"
import type { Input, Inputs, Workload } from "../workloads/workload.ts"
import { D, images, normals, picked } from "./digits.ts"
import type { Given, Task } from "./task.ts"

const [BATCH, Q] = [100, 40]
const layers = { hidden: [400], activation: "relu", kernel: uniformFanIn, bias: uniformFanIn } as const
const model = autoencoder({
  item: [28, 28],
  latent: Q,
  likelihood: "bernoulli",
  encoder: mlp({ ...layers, name: "encoder", from: D, to: 2 * Q }),
  decoder: mlp({ ...layers, name: "decoder", from: Q, to: D }),
})

const image = (values: Float32Array): Input => ({ shape: [BATCH, D], dtype: "float32", values })

/** -ELBO of each image, [n]. */
const bound = (tf: Tf, weights: Weights, { x, e }: Inputs): Tensor => {
  const posterior = model.encode(tf, weights, x!)
  return tf.sub(gaussianKl(tf, posterior), model.logLikelihood(tf, weights, x!, model.decode(tf, weights, reparametrised(tf, posterior, e!))))
}

const vae: Workload = {
  name: "vae",
  title: "VAE 784-400-40, binarised MNIST, batch 100",
  groups: { net: { parameters: model.parameters, count: 784 * 400 + 400 + 400 * 80 + 80 + 40 * 400 + 400 + 400 * 784 + 784 } },
  inputs: () => ({ x: image(new Float32Array(BATCH * D)), e: normals([BATCH, Q], "vae", "shape") }),
  phases: [{ group: "net", loss: (tf, weights, inputs) => tf.mean(bound(tf, weights, inputs)) as Scalar }],
  forward: bound,
  adam: { rate: 1e-3, beta1: 0.9, decay: 0 },
}

export const evidence = (): Task => {
  const [train, test] = [images("train"), images("test")]
  const looks = Array.from({ length: test.length / (BATCH * D) }, (_, k): Given => {
    const u = stream("quality", "vae/test", "bits", String(k))
    const from = k * BATCH * D
    return {
      x: image(Float32Array.from({ length: BATCH * D }, (_, i) => (u.uniform53(i) < test[from + i]! / 255 ? 1 : 0))),
      e: normals([BATCH, Q], "vae/test", "e", String(k)),
    }
  })
  return {
    workload: vae,
    measure: "-ELBO of the 10,000 test images, in nats",
    threshold: 105,
    meaning: "a third of the way from 20 epochs to one: 99.7, 104.9 after 5 and 127.1 in PyTorch (docs/quality.md)",
    floor: undefined,
    batch: (k) => {
      const u = stream("quality", "vae", "bits", String(k))
      return {
        inputs: {
          x: image(picked(train, "vae", k, (grey, i) => (u.uniform53(i) < grey ? 1 : 0), BATCH)),
          e: normals([BATCH, Q], "vae", "e", String(k)),
        },
      }
    },
    looks,
    score: (answers) => answers.reduce((sum, bounds) => sum + bounds.reduce((part, nats) => part + nats, 0), 0) / (answers.length * BATCH),
    every: 300,
    inARow: 1,
    steps: 9000,
  }
}
