/**
 * The parts of an evidence lower bound against formulas of the claim language, on a live batch: with x ~ p(x|z) of location f and z ~ q(z|x) = N(m, e^l),
 *
 *   KL(q | p) = sum_j KL(N(m_j, e^(l_j/2)) | N(0, 1)),    log p(x|z) = sum_i log p(x_i; f_i)
 */
import type { Autoencoder, Likelihood, Posterior } from "../../models/autoencoder.ts"
import { NOISE } from "../../models/autoencoder.ts"
import type { Shape, Weights } from "../../models/network.ts"
import { size } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import { onTensors } from "../../tensor/formula.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Inputs } from "../objective.ts"
import type { Finding } from "../monitors/finding.ts"
import { findingsMonitor } from "../monitors/looks.ts"
import { scaleFinding } from "../monitors/m07-scale.ts"
import { gaussianKl, reparametrised } from "../objectives/elbo.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"

const KL = "KL(Normal(m, exp(l/2)), Normal(0, 1))"
const LOG_LIKELIHOOD: Readonly<Record<Likelihood, string>> = {
  bernoulli: "logpdf(Bernoulli(sigmoid(f)), x)",
  gaussian: "logpdf(Normal(f, exp(v/2)), x)",
}

/** What a batch of n items gave: both parts of the loss, [n] each. */
export interface Parts {
  readonly kl: Tensor
  readonly logLikelihood: Tensor
}

/** The parts, their statements and the sizes of their terms, [6 n]; f, [n, d], is what the decoder made of z and v the logarithm of its variance. */
export const elboProbe = (tf: Tf, { kl, logLikelihood }: Parts, { mean: m, logVariance: l }: Posterior, x: Tensor, f: Tensor, v?: Tensor): Tensor => {
  const stated = (terms: Tensor): Tensor => tf.sum(terms, 1)
  const likelihood = v === undefined ? onTensors(tf, LOG_LIKELIHOOD.bernoulli, { f, x }) : onTensors(tf, LOG_LIKELIHOOD.gaussian, { f, v, x })
  const sizeOfLikelihood = v === undefined ? tf.abs(f) : tf.add(tf.mul(tf.square(tf.sub(x, f)), tf.exp(tf.neg(v))), tf.abs(v))
  return tf.concat([
    kl,
    stated(onTensors(tf, KL, { m, l })),
    stated(tf.add(tf.add(tf.exp(l), tf.square(m)), tf.abs(l))),
    logLikelihood,
    stated(likelihood),
    stated(sizeOfLikelihood),
  ])
}

/** The findings of a probe of n items with q latent and d observed coordinates. */
export const elboFindings = (probe: Float32Array, n: number, q: number, d: number): ReadonlyArray<Finding> => {
  const part = (i: number): Float32Array => probe.subarray(i * n, (i + 1) * n)
  // Besides the sizes each term holds a constant of order 1.
  const more = (sizes: Float32Array, terms: number): Float32Array => sizes.map((s) => s + terms)
  return [scaleFinding("KL", part(0), part(1), more(part(2), q), q), scaleFinding("log-likelihood", part(3), part(4), more(part(5), d), d)]
}

/** Items of a look: a wrong scale shows on every one. */
const ITEMS = 4

/** The probe of a batch under these weights. */
const probed = <X extends Shape, L extends Likelihood>(tf: Tf, vae: Autoencoder<X, L>, weights: Weights, { batch, noise }: Inputs): Tensor => {
  const posterior = vae.encode(tf, weights, batch!)
  const z = reparametrised(tf, posterior, noise!)
  const parts = { kl: gaussianKl(tf, posterior), logLikelihood: vae.logLikelihood(tf, weights, batch!, z) }
  return elboProbe(tf, parts, posterior, batch!, vae.decode(tf, weights, z), vae.likelihood === "gaussian" ? weights[NOISE] : undefined)
}

/** The loss as it is computed now against its statement, on the first items of x (flat). */
export const statedMonitor = <X extends Shape, L extends Likelihood>(
  { model, compute }: Trained<Autoencoder<X, L>>,
  x: Float64Array,
  streamOf: (k: number) => Stream,
): Monitor =>
  findingsMonitor(
    {
      name: "stated-loss",
      theorem: "variational/elbo-bound",
      relation: `the loss is the sum over coordinates of ${KL} and of ${LOG_LIKELIHOOD[model.likelihood]}`,
    },
    async (k) => {
      const [d, q] = [size(model.item), model.latent]
      const n = Math.min(ITEMS, x.length / d)
      const e = new Float64Array(n * q)
      fillNormal(streamOf(k), e, 0)
      const probe = await compute(probed, {
        batch: { shape: [n, d], values: Float32Array.from(x.subarray(0, n * d)) },
        noise: { shape: [n, q], values: Float32Array.from(e) },
      })
      return elboFindings(probe, n, q, d)
    },
  )
