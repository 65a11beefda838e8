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
import type { Autoencoder, Likelihood, Posterior } from "../../models/autoencoder.ts"
import type { Shape, Weights } from "../../models/network.ts"
import { size } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Inputs } from "../objective.ts"
import { gaussianKl, reparametrised } from "../objectives/elbo.ts"
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

/** Draws from the posteriors of a batch, in the order of their noise, as many for each item. */
interface Drawn {
  readonly posterior: Posterior
  /** KL of each item, [n]. */
  readonly kl: Tensor
  /** What the decoder makes of each draw, [draws n, d]. */
  readonly f: Tensor
  /** log p(x|z) of each draw. */
  readonly logLikelihood: Tensor
  /** log q(z|x) - log p(z) of each draw. */
  readonly ratio: Tensor
}

export const drawn = <X extends Shape, L extends Likelihood>(tf: Tf, vae: Autoencoder<X, L>, weights: Weights, { batch, noise }: Inputs): Drawn => {
  const draws = noise!.shape[0]! / batch!.shape[0]!
  const posterior = vae.encode(tf, weights, batch!)
  // As tile does, which divides out the place of every number on WebAssembly.
  const repeat = (t: Tensor): Tensor => tf.concat(Array.from({ length: draws }, () => t))
  const repeated = { mean: repeat(posterior.mean), logVariance: repeat(posterior.logVariance) }
  const z = reparametrised(tf, repeated, noise!)
  const f = vae.decode(tf, weights, z)
  // log q - log p: the constants of both normal densities cancel.
  const ratio = tf.mul(0.5, tf.sum(tf.sub(tf.sub(tf.square(z), tf.square(noise!)), repeated.logVariance), 1))
  return { posterior, kl: gaussianKl(tf, posterior), f, logLikelihood: vae.logLikelihood(tf, weights, repeat(batch!), f), ratio }
}

/** log p(x|z) and log q(z|x) - log p(z) of every draw, then the KL of every item. */
export const logsOf = ({ logLikelihood, ratio, kl }: Drawn): ReadonlyArray<Tensor> => [logLikelihood, ratio, kl]

const logs = <X extends Shape, L extends Likelihood>(tf: Tf, vae: Autoencoder<X, L>, weights: Weights, inputs: Inputs): Tensor =>
  tf.concat([...logsOf(drawn(tf, vae, weights, inputs))])

/** What the numbers of `logsOf` say of n items. */
export const weighedBy = (logs: Float32Array, n: number, draws: number): Weighed => {
  const rows = draws * n
  const [logLikelihoods, logRatios] = [logs.subarray(0, rows), new Float64Array(logs.subarray(rows, 2 * rows))]
  return {
    items: n,
    draws,
    logWeights: logRatios.map((ratio, i) => logLikelihoods[i]! - ratio),
    logRatios,
    kl: new Float64Array(logs.subarray(2 * rows)),
  }
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
      batch: { shape: [c, d], values: new Float32Array(x.subarray(first * d, (first + c) * d)) },
      noise: { shape: [draws * c, q], values: new Float32Array(e) },
    })
    const part = weighedBy(values, c, draws)
    for (let i = 0; i < draws; i++) {
      logWeights.set(part.logWeights.subarray(i * c, (i + 1) * c), i * n + first)
      logRatios.set(part.logRatios.subarray(i * c, (i + 1) * c), i * n + first)
    }
    kl.set(part.kl, first)
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
