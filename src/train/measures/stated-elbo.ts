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

/** The parts and their statements, [n] each, then m and l, f, [n, d], which the decoder made of z, and v, the logarithm of its variance, where it has one. */
export const elboProbe = (
  tf: Tf,
  { kl, logLikelihood }: Parts,
  { mean: m, logVariance: l }: Posterior,
  x: Tensor,
  f: Tensor,
  v?: Tensor,
): ReadonlyArray<Tensor> => {
  const likelihood = v === undefined ? onTensors(tf, STATED.bernoulli, { f, x }) : onTensors(tf, STATED.gaussian, { f, v, x })
  const stated = [onTensors(tf, STATED.kl, { m, l }), likelihood].map((terms) => tf.sum(terms, 1)) as [Tensor, Tensor]
  const flat = [m, l, f, ...(v === undefined ? [] : [v])].map((t) => tf.reshape(t, [-1]))
  return [kl, stated[0], logLikelihood, stated[1], ...flat]
}

/** The findings of a probe of n items x, [n, d], with q latent coordinates. */
export const elboFindings = (probe: Float32Array, x: Float32Array, n: number, q: number): ReadonlyArray<Finding> => {
  const d = x.length / n
  const part = (i: number): Float32Array => probe.subarray(i * n, (i + 1) * n)
  const [m, l, f] = [4 * n, (4 + q) * n, (4 + 2 * q) * n]
  const v = probe[f + n * d]
  // Besides what follows each term holds a constant of order 1.
  const ofKl = (i: number): number => 1 + Math.exp(probe[l + i]!) + probe[m + i]! ** 2 + Math.abs(probe[l + i]!)
  const ofLikelihood = (i: number): number =>
    1 + (v === undefined ? Math.abs(probe[f + i]!) : (x[i]! - probe[f + i]!) ** 2 * Math.exp(-v) + Math.abs(v))
  const sizes = (of: (i: number) => number, terms: number): Float64Array => {
    const sums = new Float64Array(n)
    for (let i = 0; i < n * terms; i++) sums[Math.floor(i / terms)]! += of(i)
    return sums
  }
  return [scaleFinding("KL", part(0), part(1), sizes(ofKl, q), q), scaleFinding("log-likelihood", part(2), part(3), sizes(ofLikelihood, d), d)]
}
