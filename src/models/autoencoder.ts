/**
 * Variational autoencoders as values: an encoder q(z | x) = N(m(x), diag exp l(x)) and a decoder p(x | z), with z ~ N(0, I) in R^q.
 *
 *   gaussian   log p(x | z) = -1/2 sum_i ((x_i - f_i(z))^2 / s^2 + log(2 pi s^2)),   one global variance s^2
 *   bernoulli  log p(x | z) = sum_i (x_i f_i(z) - softplus f_i(z)),                   f the logits
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import { dense } from "./dense.ts"
import type { DenseOptions } from "./dense.ts"
import { constant, glorotUniform, size, together } from "./network.ts"
import type { Network, Parameters, Shape, Weights } from "./network.ts"

export type Likelihood = "gaussian" | "bernoulli"

export interface Posterior {
  /** m, [n, q]. */
  readonly mean: Tensor
  /** l, [n, q]. */
  readonly logVariance: Tensor
}

export interface Autoencoder<X extends Shape, L extends Likelihood> {
  readonly kind: "autoencoder"
  readonly item: X
  /** q. */
  readonly latent: number
  readonly likelihood: L
  readonly parameters: Parameters
  /** x, [n, d], to the posterior. */
  readonly encode: (tf: Tf, weights: Weights, x: Tensor) => Posterior
  /** z, [n, q], to f(z), [n, d]. */
  readonly decode: (tf: Tf, weights: Weights, z: Tensor) => Tensor
  /** log p(x | z) of each item, [n], from x and f(z), [n, d]. */
  readonly logLikelihood: (tf: Tf, weights: Weights, x: Tensor, f: Tensor) => Tensor
}

export interface AutoencoderOptions<X extends Shape, L extends Likelihood> {
  readonly item: X
  readonly latent: number
  readonly likelihood: L
  /** d to 2 q numbers, means first. */
  readonly encoder: Network
  /** q to d numbers. */
  readonly decoder: Network
}

/** Name of log s^2, the parameter of a Gaussian decoder beside its network. */
export const NOISE = "decoder/log-variance"

export const autoencoder = <const X extends Shape, const L extends Likelihood>({
  item,
  latent,
  likelihood,
  encoder,
  decoder,
}: AutoencoderOptions<X, L>): Autoencoder<X, L> => ({
  kind: "autoencoder",
  item,
  latent,
  likelihood,
  parameters: together(encoder.parameters, decoder.parameters, likelihood === "gaussian" ? noise : {}),
  encode: (tf, weights, x) => {
    const [mean, logVariance] = tf.split(encoder.apply(tf, weights, x), [latent, latent], 1)
    return { mean: mean!, logVariance: logVariance! }
  },
  decode: decoder.apply,
  logLikelihood: likelihood === "gaussian" ? gaussian(size(item)) : bernoulli,
})

/**
 * The linear autoencoder, whose optimum is probabilistic principal component analysis (Lucas et al. 2019): m(x) linear, the posterior variances global,
 * the decoder linear with one noise variance.
 */
export const linearAutoencoder = <const D extends number>(dimension: D, latent: number): Autoencoder<readonly [D], "gaussian"> => {
  const options: DenseOptions = { kernel: glorotUniform }
  const encoder = dense("encoder", dimension, latent, options)
  const decoder = dense("decoder", latent, dimension, options)
  const variances = { "encoder/log-variance": { shape: [latent], init: constant(0) } }
  return {
    kind: "autoencoder",
    item: [dimension],
    latent,
    likelihood: "gaussian",
    parameters: together(encoder.parameters, variances, decoder.parameters, noise),
    encode: (tf, weights, x) => {
      const mean = encoder.apply(tf, weights, x)
      return { mean, logVariance: tf.add(tf.zerosLike(mean), weights["encoder/log-variance"]!) }
    },
    decode: decoder.apply,
    logLikelihood: gaussian(dimension),
  }
}

const noise: Parameters = { [NOISE]: { shape: [], init: constant(0) } }

const gaussian =
  (d: number): Autoencoder<Shape, Likelihood>["logLikelihood"] =>
  (tf, weights, x, f) => {
    const logVariance = weights[NOISE]!
    const squares = tf.sum(tf.square(tf.sub(x, f)), 1)
    return tf.mul(-0.5, tf.add(tf.mul(squares, tf.exp(tf.neg(logVariance))), tf.mul(d, tf.add(logVariance, Math.log(2 * Math.PI)))))
  }

const bernoulli: Autoencoder<Shape, Likelihood>["logLikelihood"] = (tf, _, x, f) => tf.sum(tf.sub(tf.mul(x, f), tf.softplus(f)), 1)
