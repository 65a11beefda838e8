/**
 * The evidence lower bound (Kingma, Welling 2014, eq. 3 and 10), negated, averaged over the batch:
 *
 *   L = mean over x of  KL(q(z|x) | N(0, I)) - log p(x | z),   z = m(x) + exp(l(x)/2) e,  e ~ N(0, I)
 *   KL = 1/2 sum_j (exp l_j + m_j^2 - 1 - l_j)     summed over the latent axis, never averaged
 */
import type { Autoencoder, Likelihood, Posterior } from "../../models/autoencoder.ts"
import { size } from "../../models/network.ts"
import type { Shape } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Scalar, Tensor, Tf } from "../../tensor/tf.ts"
import type { Objective } from "../objective.ts"
import type { Streams } from "../recipe.ts"
import type { Source } from "../source.ts"

/** KL(N(m, diag exp l) | N(0, I)) of each item, [n]. */
export const gaussianKl = (tf: Tf, { mean, logVariance }: Posterior): Tensor =>
  tf.mul(0.5, tf.sum(tf.sub(tf.add(tf.exp(logVariance), tf.square(mean)), tf.add(logVariance, 1)), 1))

/** m + exp(l/2) e. */
export const reparametrised = (tf: Tf, { mean, logVariance }: Posterior, e: Tensor): Tensor =>
  tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), e))

/** The objective of an autoencoder on items of a source, n at a time. */
export const elbo = <X extends Shape, L extends Likelihood>(
  source: Source<X>,
  latent: number,
  n: number,
  streams: Streams,
): Objective<Autoencoder<X, L>, "elbo"> => ({
  phases: [
    {
      name: "elbo",
      trains: "",
      times: 1,
      draw: (k) => {
        const e = new Float64Array(n * latent)
        fillNormal(streams("noise", String(k)), e, 0)
        return {
          x: { shape: [n, size(source.item)], values: new Float32Array(source.batch(k, n)) },
          e: { shape: [n, latent], values: new Float32Array(e) },
        }
      },
      loss: (tf, model, weights, { x, e }) => {
        const posterior = model.encode(tf, weights, x!)
        const kl = tf.mean(gaussianKl(tf, posterior)) as Scalar
        const f = model.decode(tf, weights, reparametrised(tf, posterior, e!))
        const reconstruction = tf.neg(tf.mean(model.logLikelihood(tf, weights, x!, f))) as Scalar
        return { total: tf.add(reconstruction, kl), parts: { reconstruction, kl } }
      },
    },
  ],
})
