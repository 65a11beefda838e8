/**
 * What must hold of an autoencoder's bounds at every moment of its training, on a few items: the order of the bounds (importance.ts), the KL in closed form against its
 * samples, and both parts of the loss against their statements (stated-elbo.ts). One evaluation serves all three.
 */
import { lazy } from "../../core/lazy.ts"
import { meanVariance } from "../../math/statistics.ts"
import { NOISE } from "../../models/autoencoder.ts"
import type { Autoencoder, Likelihood } from "../../models/autoencoder.ts"
import type { Shape, Weights } from "../../models/network.ts"
import { size } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import { findingsMonitor } from "../monitors/looks.ts"
import type { Inputs } from "../objective.ts"
import type { Monitor } from "../program.ts"
import { shared } from "../trained.ts"
import type { Trained } from "../trained.ts"
import { bound, BOUND_ROUNDING, drawn, logsOf, weighedBy } from "./importance.ts"
import { elboFindings, elboProbe, STATED } from "./stated-elbo.ts"

const DRAWS = 10
/** Normal quantile at 1 - 1e-6 two-sided: some hundreds of looks in a run together err with a probability below 1e-3. */
const Z = 4.892
/** A share of the KL below which a difference is of no consequence; a lost factor 1/2 or a mean in the place of a sum is far above it. */
const RELATIVE = 0.25

/** The logarithms of all draws (`logsOf`), then the probe of the first draw of each item. */
const watched = <X extends Shape, L extends Likelihood>(tf: Tf, vae: Autoencoder<X, L>, weights: Weights, inputs: Inputs): Tensor => {
  const all = drawn(tf, vae, weights, inputs)
  const n = inputs["batch"]!.shape[0]!
  const parts = { kl: all.kl, logLikelihood: tf.slice(all.logLikelihood, 0, n) }
  const logVariance = vae.likelihood === "gaussian" ? weights[NOISE] : undefined
  return tf.concat([...logsOf(all), ...elboProbe(tf, parts, all.posterior, inputs["batch"]!, tf.slice(all.f, 0, n), logVariance)])
}

/** The monitors on the items x (flat). Their draws are the same at every look, as the items are: a look errs no more often for it, and only the first one draws. */
export const boundMonitors = <X extends Shape, L extends Likelihood>(
  vae: Trained<Autoencoder<X, L>>,
  x: Float64Array,
  stream: () => Stream,
): ReadonlyArray<Monitor> => {
  const [d, q] = [size(vae.model.item), vae.model.latent]
  const n = x.length / d
  const batch = { shape: [n, d], values: new Float32Array(x) }
  const noise = lazy(() => {
    const e = new Float64Array(DRAWS * n * q)
    fillNormal(stream(), e, 0)
    return { shape: [DRAWS * n, q], values: new Float32Array(e) }
  })
  const looked = shared(vae, async () => {
    const values = await vae.compute(watched, { batch, noise: noise() })
    const logs = (2 * DRAWS + 1) * n
    return { weighed: weighedBy(values.subarray(0, logs), n, DRAWS), probe: values.subarray(logs) }
  })
  return [
    {
      name: "bound-order",
      theorem: "variational/elbo-bound",
      relation: "ELBO <= IWAE-5 <= IWAE-10, for every item on the same weights",
      look: async (k) => {
        const { weighed } = await looked(k)
        const [one, five, ten] = [bound(weighed, 1), bound(weighed, 5), bound(weighed, 10)]
        const value = five.reduce((least, b, i) => Math.min(least, b - one[i]!, ten[i]! - b), Infinity)
        const protocol = `least of IWAE-5 - ELBO and IWAE-10 - IWAE-5 over ${n} items, ${DRAWS} draws each`
        return {
          metric: { name: "least gap of the bounds", value, n, interval: null, confidence: null, floor: null, protocol },
          bounds: { lo: -BOUND_ROUNDING },
        }
      },
    },
    {
      name: "closed-kl",
      theorem: "likelihood/gaussian-kl",
      relation: "KL(q | p) = E_q[log q - log p]",
      look: async (k) => {
        const { logRatios, kl } = (await looked(k)).weighed
        // Given x, (log q - log p)(z) has the variance sum_j ((v_j - 1)^2 / 2 + m_j^2 v_j); the interval uses that of the sample over items and draws.
        const errors = logRatios.map((ratio, i) => ratio - kl[i % n]!)
        const { mean, variance } = meanVariance(errors)
        const half = Z * Math.sqrt(variance / errors.length)
        const consequence = RELATIVE * meanVariance(kl).mean
        return {
          metric: {
            name: "sampled KL - closed KL",
            value: mean,
            n: errors.length,
            interval: [mean - half, mean + half],
            confidence: 1 - 1e-6,
            floor: 0,
            protocol: `mean over ${n} items and ${DRAWS} draws of log q(z|x) - log p(z) - KL; normal interval`,
          },
          bounds: { lo: -consequence, hi: consequence },
        }
      },
    },
    findingsMonitor(
      {
        name: "stated-loss",
        theorem: "variational/elbo-bound",
        relation: `the loss is the sum over coordinates of ${STATED.kl} and of ${STATED[vae.model.likelihood]}`,
      },
      async (k) => elboFindings((await looked(k)).probe, batch.values, n, q),
    ),
  ]
}
