/**
 * Two players: a generator G that turns noise z ~ N(0, I) in R^q into items, and a judge that gives each item a number. What the number is belongs to the type:
 *
 *   "logit"   l(x), D(x) = 1/(1 + e^(-l(x))), the probability that x is real (Goodfellow et al. 2014)
 *   "critic"  f(x), without bounds; the transport distance is the largest gap of means over 1-Lipschitz f (Arjovsky et al. 2017)
 *
 * A network with batch normalisation is a function of its whole batch. Items that stand for the population go first: with `pinned` = r, the statistics
 * are those of the first r items alone, and each later item is judged, or made, by itself.
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import { mlp } from "./mlp.ts"
import type { MlpOptions } from "./mlp.ts"
import { together } from "./network.ts"
import type { Network, Parameters, Shape, Weights } from "./network.ts"

export type Judgement = "logit" | "critic"

/** A network whose statistics may come from the first `pinned` items of the batch; from all when absent. */
export interface BatchNetwork {
  readonly parameters: Parameters
  readonly apply: (tf: Tf, weights: Weights, x: Tensor, pinned?: number) => Tensor
}

export interface Adversarial<X extends Shape, J extends Judgement> {
  readonly kind: "adversarial"
  readonly item: X
  readonly judges: J
  /** q. */
  readonly latent: number
  /** Items that go first to stand for the population, where the statistics of a batch enter; 0 where they do not. */
  readonly pinned: number
  readonly parameters: Parameters
  /** z, [n, q], to items, [n, ...item]. */
  readonly generate: BatchNetwork["apply"]
  /** Items, [n, ...item], to numbers, [n, 1]. */
  readonly judge: BatchNetwork["apply"]
}

export interface AdversarialOptions<X extends Shape, J extends Judgement> {
  readonly item: X
  readonly judges: J
  readonly latent: number
  readonly pinned: number
  /** Its parameters start with `generator/`. */
  readonly generator: BatchNetwork
  /** Its parameters start with `judge/`. */
  readonly judge: BatchNetwork
}

export const adversarial = <const X extends Shape, const J extends Judgement>({
  generator,
  judge,
  ...rest
}: AdversarialOptions<X, J>): Adversarial<X, J> => ({
  kind: "adversarial",
  ...rest,
  parameters: together(generator.parameters, judge.parameters),
  generate: generator.apply,
  judge: judge.apply,
})

export interface PointPlayers<D extends number, J extends Judgement> {
  readonly dimension: D
  readonly judges: J
  readonly latent: number
  readonly generator: Pick<MlpOptions, "hidden" | "activation">
  readonly judge: Pick<MlpOptions, "hidden" | "activation">
}

/** Two perceptrons over points of R^D. */
export const pointPlayers = <const D extends number, const J extends Judgement>({
  dimension,
  generator,
  judge,
  ...rest
}: PointPlayers<D, J>): Adversarial<readonly [D], J> =>
  adversarial({
    ...rest,
    pinned: 0,
    item: [dimension] as const,
    generator: mlp({ ...generator, name: "generator", from: rest.latent, to: dimension }),
    // Neither E f(x) - E f(G(z)) nor the gradient of a critic sees a constant added to it: it would never be trained.
    judge: pointJudge("judge", dimension, rest.judges === "critic" ? { ...judge, lastBias: false } : judge),
  })

/** A perceptron that gives points of R^D a number, its parameters under `name/`. */
export const pointJudge = (name: string, dimension: number, options: Pick<MlpOptions, "hidden" | "activation" | "lastBias">): Network =>
  mlp({ ...options, name, from: dimension, to: 1 })
