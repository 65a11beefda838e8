import { autoencoder } from "../../src/models/autoencoder.ts"
import { mlp } from "../../src/models/mlp.ts"
import { initialise } from "../../src/models/network.ts"
import { normal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import type { Tensor } from "../../src/tensor/tf.ts"
import { elboFindings, elboProbe } from "../../src/train/measures/stated-elbo.ts"
import type { Parts } from "../../src/train/measures/stated-elbo.ts"
import type { Finding } from "../../src/train/monitors/finding.ts"
import { gaussianKl } from "../../src/train/objectives/elbo.ts"
import { wasm } from "../pipelines/open.ts"
import type { BugRow } from "./row.ts"

const tf = await wasm()
const [n, q, d] = [16, 3, 12] as const
const numbers = (name: string, count: number, f: (x: number) => number): Float32Array => {
  const words = stream("bugs", "elbo", name)
  return Float32Array.from({ length: count }, (_, i) => f(normal(words, i)))
}
const net = (name: string, from: number, to: number) => mlp({ name, from, hidden: [8], to, activation: "relu" })
const vae = autoencoder({ item: [d], latent: q, likelihood: "bernoulli", encoder: net("encoder", d, 2 * q), decoder: net("decoder", q, d) })
const initial = initialise(vae.parameters, (name) => stream("bugs", "elbo", name))

const pixels = numbers("x", n * d, (u) => (u > 0 ? 1 : 0))

/** The findings on a batch whose parts are made wrong by `spoil`. */
const looked = (spoil: (parts: Parts) => Partial<Parts>): ReadonlyArray<Finding> => {
  const probe = tf.tidy(() => {
    const weights = Object.fromEntries(Object.entries(vae.parameters).map(([name, { shape }]) => [name, tf.tensor(initial[name]!, [...shape])]))
    const x = tf.tensor2d(pixels, [n, d])
    const z = tf.tensor2d(
      numbers("z", n * q, (u) => u),
      [n, q],
    )
    const posterior = vae.encode(tf, weights, x)
    const f = vae.decode(tf, weights, z)
    const parts = { kl: gaussianKl(tf, posterior), logLikelihood: vae.logLikelihood(tf, weights, x, f) }
    return tf.concat([...elboProbe(tf, { ...parts, ...spoil(parts) }, posterior, x, f)]).dataSync() as Float32Array
  })
  return elboFindings(probe, pixels, n, q)
}
const everywhere = (value: Tensor): Tensor => tf.add(tf.zeros([n]), value)

export const elboBugs: ReadonlyArray<BugRow> = [
  {
    bug: "KL is summed over the whole batch, the reconstruction averaged",
    thread: "clementchadebec/benchmark_VAE@9c23674",
    monitor: "M7 KL",
    look: (broken) => looked(({ kl }) => (broken ? { kl: everywhere(tf.sum(kl)) } : {})),
  },
  {
    bug: "the reconstruction is a mean over pixels, the KL a sum over latents",
    thread: "keras-team/keras#3373",
    monitor: "M7 log-likelihood",
    look: (broken) => looked(({ logLikelihood }) => (broken ? { logLikelihood: tf.div(logLikelihood, d) } : {})),
  },
  {
    bug: "KL is divided by the number of pixels",
    thread: "pytorch/examples#225",
    monitor: "M7 KL",
    look: (broken) => looked(({ kl }) => (broken ? { kl: tf.div(kl, d) } : {})),
  },
  {
    bug: "the factor 1/2 of the KL is lost",
    thread: "SupaeroDataScience/deep-learning#6",
    monitor: "M7 KL",
    look: (broken) => looked(({ kl }) => (broken ? { kl: tf.mul(kl, 2) } : {})),
  },
]
