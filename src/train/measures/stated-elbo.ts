/**
 * The parts of an evidence lower bound against formulas of the claim language, on a live batch: with x ~ p(x|z) of location f and z ~ q(z|x) = N(m, e^l),
 *
 *   KL(q | p) = sum_j KL(N(m_j, e^(l_j/2)) | N(0, 1)),    log p(x|z) = sum_i log p(x_i; f_i)
 */
import type { Likelihood, Posterior } from "../../models/autoencoder.ts"
import { onTensors } from "../../tensor/formula.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Finding } from "../monitors/finding.ts"
import { scaleFinding } from "../monitors/m07-scale.ts"

/** The parts of the loss as claims, coordinate by coordinate. */
export const STATED: Readonly<Record<"kl" | Likelihood, string>> = {
  kl: "KL(Normal(m, exp(l/2)), Normal(0, 1))",
  bernoulli: "logpdf(Bernoulli(sigmoid(f)), x)",
  gaussian: "logpdf(Normal(f, exp(v/2)), x)",
}

/** What a batch of n items gave: both parts of the loss, [n] each. */
export interface Parts {
  readonly kl: Tensor
  readonly logLikelihood: Tensor
}

/** The parts, their statements and the sizes of their terms, [n] each; f, [n, d], is what the decoder made of z and v the logarithm of its variance. */
export const elboProbe = (
  tf: Tf,
  { kl, logLikelihood }: Parts,
  { mean: m, logVariance: l }: Posterior,
  x: Tensor,
  f: Tensor,
  v?: Tensor,
): ReadonlyArray<Tensor> => {
  const stated = (terms: Tensor): Tensor => tf.sum(terms, 1)
  const likelihood = v === undefined ? onTensors(tf, STATED.bernoulli, { f, x }) : onTensors(tf, STATED.gaussian, { f, v, x })
  const sizeOfLikelihood = v === undefined ? tf.abs(f) : tf.add(tf.mul(tf.square(tf.sub(x, f)), tf.exp(tf.neg(v))), tf.abs(v))
  return [
    kl,
    stated(onTensors(tf, STATED.kl, { m, l })),
    stated(tf.add(tf.add(tf.exp(l), tf.square(m)), tf.abs(l))),
    logLikelihood,
    stated(likelihood),
    stated(sizeOfLikelihood),
  ]
}

/** The findings of a probe of n items with q latent and d observed coordinates. */
export const elboFindings = (probe: Float32Array, n: number, q: number, d: number): ReadonlyArray<Finding> => {
  const part = (i: number): Float32Array => probe.subarray(i * n, (i + 1) * n)
  // Besides the sizes each term holds a constant of order 1.
  const more = (sizes: Float32Array, terms: number): Float32Array => sizes.map((s) => s + terms)
  return [scaleFinding("KL", part(0), part(1), more(part(2), q), q), scaleFinding("log-likelihood", part(3), part(4), more(part(5), d), d)]
}
