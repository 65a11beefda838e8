/**
 * Importance-weighted bounds of an autoencoder (Burda et al. 2016, theorem 1): with z_1 .. z_K ~ q(z|x) and w_i = p(x|z_i) p(z_i) / q(z_i|x),
 *
 *   ELBO = E log w_1 <= E log (1/k) sum_{i<=k} w_i = IWAE-k <= IWAE-K <= log p(x)    for k | K.
 *
 * On the same weights the order holds for every single x, without an error of sampling: the mean over groups of size k of log-means lies between the mean of
 * logarithms and the logarithm of the mean (Jensen, twice). A violation is a wrong weight, never bad luck.
 */
import type { Metric } from "../../math/metric.ts"
import { meanOf } from "../../math/metrics/mean.ts"
import { meanVariance } from "../../math/statistics.ts"
import type { Autoencoder, Likelihood } from "../../models/autoencoder.ts"
import type { Shape, Weights } from "../../models/network.ts"
import { size } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Inputs } from "../objective.ts"
import { gaussianKl, reparametrised } from "../objectives/elbo.ts"
import type { Monitor } from "../program.ts"
import { statedMonitor } from "./stated-elbo.ts"
import type { Trained } from "../trained.ts"

type Vae<X extends Shape, L extends Likelihood> = Trained<Autoencoder<X, L>>

export interface Weighed {
  readonly items: number
  readonly draws: number
  /** log w, [draw, item]. */
  readonly logWeights: Float64Array
  /** log p(x|z) - log w = log q(z|x) - log p(z), [draw, item]: its mean over draws estimates the KL. */
  readonly logRatios: Float64Array
  /** KL in closed form, [item]. */
  readonly kl: Float64Array
}

/** Rows that are decoded at a time. */
const ROWS = 4096

/** log p(x|z) and log q(z|x) - log p(z) of draws in the order of their noise, then the KL of every item. */
const logs = <X extends Shape, L extends Likelihood>(tf: Tf, vae: Autoencoder<X, L>, weights: Weights, { batch, noise }: Inputs): Tensor => {
  const draws = noise!.shape[0]! / batch!.shape[0]!
  const posterior = vae.encode(tf, weights, batch!)
  // As tile does, which divides out the place of every number on WebAssembly.
  const repeat = (t: Tensor): Tensor => tf.concat(Array.from({ length: draws }, () => t))
  const repeated = { mean: repeat(posterior.mean), logVariance: repeat(posterior.logVariance) }
  const z = reparametrised(tf, repeated, noise!)
  // log q - log p: the constants of both normal densities cancel.
  const ratio = tf.mul(0.5, tf.sum(tf.sub(tf.sub(tf.square(z), tf.square(noise!)), repeated.logVariance), 1))
  return tf.concat([vae.logLikelihood(tf, weights, repeat(batch!), z), ratio, gaussianKl(tf, posterior)])
}

/** K draws from the posterior of each item of x (flat). Draw i of item j uses words (i n + j) q .. of the stream, q of them. */
export const weigh = async <X extends Shape, L extends Likelihood>(
  { model, compute }: Vae<X, L>,
  x: Float64Array,
  draws: number,
  stream: Stream,
): Promise<Weighed> => {
  const [d, q] = [size(model.item), model.latent]
  const n = x.length / d
  const [logWeights, logRatios, kl] = [new Float64Array(draws * n), new Float64Array(draws * n), new Float64Array(n)]
  const most = Math.max(1, Math.floor(ROWS / draws))
  for (let first = 0; first < n; first += most) {
    const c = Math.min(most, n - first)
    const e = new Float64Array(draws * c * q)
    for (let i = 0; i < draws; i++) fillNormal(stream, e.subarray(i * c * q, (i + 1) * c * q), (i * n + first) * q)
    const values = await compute(logs, {
      batch: { shape: [c, d], values: Float32Array.from(x.subarray(first * d, (first + c) * d)) },
      noise: { shape: [draws * c, q], values: Float32Array.from(e) },
    })
    const rows = draws * c
    for (let i = 0; i < draws; i++)
      for (let j = 0; j < c; j++) {
        const [at, to] = [i * c + j, i * n + first + j]
        logRatios[to] = values[rows + at]!
        logWeights[to] = values[at]! - values[rows + at]!
      }
    kl.set(values.subarray(2 * rows), first)
  }
  return { items: n, draws, logWeights, logRatios, kl }
}

/** IWAE-k of each item from K weights: the mean over the K/k groups of log-means. k = 1 is the ELBO. Throws a RangeError unless k divides K. */
export const bound = ({ items, draws, logWeights }: Weighed, k: number): Float64Array => {
  if (draws % k !== 0) throw new RangeError(`${draws} draws in groups of ${k}`)
  return Float64Array.from({ length: items }, (_, j) => {
    let sum = 0
    for (let g = 0; g < draws; g += k) {
      let most = -Infinity
      for (let i = g; i < g + k; i++) most = Math.max(most, logWeights[i * items + j]!)
      let total = 0
      for (let i = g; i < g + k; i++) total += Math.exp(logWeights[i * items + j]! - most)
      sum += most + Math.log(total / k)
    }
    return (sum * k) / draws
  })
}

/** ELBO, IWAE-5 and IWAE-50 in nats per item, and the two gaps that the theorem orders. */
export const boundMetrics = (weighed: Weighed, what: string): ReadonlyArray<Metric> => {
  const [one, five, fifty] = [bound(weighed, 1), bound(weighed, 5), bound(weighed, 50)]
  const protocol = `nats per item over ${weighed.items} ${what}, ${weighed.draws} draws from the posterior each, the same for all bounds; normal interval over items`
  const gap = (name: string, a: Float64Array, b: Float64Array): Metric => ({
    name,
    value: a.reduce((least, value, i) => Math.min(least, value - b[i]!), Infinity),
    n: weighed.items,
    interval: null,
    confidence: null,
    floor: null,
    protocol: `least difference over ${weighed.items} ${what}, ${weighed.draws} shared draws each`,
  })
  return [
    meanOf("ELBO", one, protocol),
    meanOf("IWAE-5", five, protocol),
    meanOf("IWAE-50", fifty, protocol),
    gap("IWAE-5 - ELBO", five, one),
    gap("IWAE-50 - IWAE-5", fifty, five),
  ]
}

/** Rounding of a log-mean-exp of numbers of this size, in float64. */
export const BOUND_ROUNDING = 1e-9

/** The order of the bounds, the closed KL against its samples, and the loss against its statement, on a few items. */
export const boundMonitors = <X extends Shape, L extends Likelihood>(
  vae: Vae<X, L>,
  x: Float64Array,
  streamOf: (k: number) => Stream,
): ReadonlyArray<Monitor> => {
  const weighed = forTwo((k) => weigh(vae, x, 10, streamOf(k)))
  return [
    {
      name: "bound-order",
      theorem: "variational/elbo-bound",
      relation: "ELBO <= IWAE-5 <= IWAE-10, for every item on the same weights",
      look: async (k) => {
        const found = await weighed(k)
        const [one, five, ten] = [bound(found, 1), bound(found, 5), bound(found, 10)]
        const value = five.reduce((least, b, i) => Math.min(least, b - one[i]!, ten[i]! - b), Infinity)
        const protocol = `least of IWAE-5 - ELBO and IWAE-10 - IWAE-5 over ${found.items} items, 10 draws each`
        return {
          metric: { name: "least gap of the bounds", value, n: found.items, interval: null, confidence: null, floor: null, protocol },
          bounds: { lo: -BOUND_ROUNDING },
        }
      },
    },
    {
      name: "closed-kl",
      theorem: "variational/elbo-bound",
      relation: "KL(q | p) = E_q[log q - log p]",
      look: async (k) => {
        const { items, draws, logRatios, kl } = await weighed(k)
        // Given x, (log q - log p)(z) has the variance sum_j ((v_j - 1)^2 / 2 + m_j^2 v_j); the interval uses that of the sample over items and draws.
        const errors = logRatios.map((ratio, i) => ratio - kl[i % items]!)
        const { mean, variance } = meanVariance(errors)
        const half = LOOK * Math.sqrt(variance / errors.length)
        const protocol = `mean over ${items} items and ${draws} draws of log q(z|x) - log p(z) - KL; normal interval`
        return {
          metric: {
            name: "sampled KL - closed KL",
            value: mean,
            n: errors.length,
            interval: [mean - half, mean + half],
            confidence: 1 - 1e-6,
            floor: 0,
            protocol,
          },
          bounds: { lo: -RELATIVE * meanVariance(kl).mean, hi: RELATIVE * meanVariance(kl).mean },
        }
      },
    },
    statedMonitor(vae, x, streamOf),
  ]
}

/** One computation for two readers of the same step, who come one after the other; the third computes anew. */
const forTwo = <A>(compute: (k: number) => Promise<A>): ((k: number) => Promise<A>) => {
  let held: { readonly k: number; readonly result: Promise<A> } | undefined
  return (k) => {
    const result = held?.k === k ? held.result : compute(k)
    held = held?.k === k ? undefined : { k, result }
    return result
  }
}

/** Normal quantile at 1 - 1e-6 two-sided: some hundreds of looks in a run together err with a probability below 1e-3. */
const LOOK = 4.892
/** A share of the KL below which a difference is of no consequence; a lost factor 1/2 or a mean in the place of a sum is far above it. */
const RELATIVE = 0.25
