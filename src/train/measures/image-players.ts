/**
 * What generated images and their judge are worth, in pixels v in [0, 1] while the players see 2v - 1.
 *
 * Frechet distances of raw pixels have two landmarks in closed form, for data with mean m and covariance S:
 *
 *   one image, always m                                  tr S            the least that a generator collapsed to one image can score
 *   independent pixels with the right means, variances   FD(S, diag S)   what knows nothing of how pixels go together
 */
import { frechetDistance, frechetOfMoments } from "../../math/metrics/frechet.ts"
import type { Metric } from "../../math/metric.ts"
import { sampleMoments } from "../../math/statistics.ts"
import type { Adversarial } from "../../models/adversarial.ts"
import { size } from "../../models/network.ts"
import type { Shape, Weights } from "../../models/network.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Inputs } from "../objective.ts"
import type { Monitor } from "../program.ts"
import { shared } from "../trained.ts"
import type { Trained } from "../trained.ts"
import { generated, indifferent, judged, latents, softplus, valueMetric } from "./adversarial.ts"

type Players<X extends Shape> = Trained<Adversarial<X, "logit">>

export const toPlayers = (v: Float64Array): Float64Array => v.map((x) => 2 * x - 1)
export const toPixels = (x: Float64Array): Float64Array => x.map((v) => (v + 1) / 2)

/** The metrics, from images in [0, 1]: `real` is compared with generated images, `floor` with `real`, as many of each. */
export const imageMetrics = async <X extends Shape>(
  trained: Players<X>,
  real: Float64Array,
  floor: Float64Array,
  streamOf: (name: string) => Stream,
): Promise<ReadonlyArray<Metric>> => {
  const d = size(trained.model.item)
  const n = real.length / d
  const made = await generated(trained, n, streamOf("noise"))
  const seen = toPlayers(real)
  const features = "raw pixels in [0, 1]"
  const distance = frechetDistance(toPixels(made), real, d, features, frechetDistance(floor, real, d, features).value)
  const { mean, covariance } = sampleMoments(real, d)
  const diagonal = covariance.map((v, i) => (i % (d + 1) === 0 ? v : 0))
  const plain = { n, interval: null, confidence: null, floor: null }
  const landmark = (name: string, other: Float64Array, words: string): Metric => ({
    ...plain,
    name,
    value: distance.value - frechetOfMoments({ mean, covariance }, { mean, covariance: other }),
    protocol: `Frechet distance of raw pixels less that of ${words}, the same ${n} real images`,
  })
  const judgement = await judged(trained, seen, toPlayers(floor))
  return [
    distance,
    landmark("Frechet distance, less that of one image", new Float64Array(d * d), "a generator that always gives the mean image"),
    landmark("Frechet distance, less that of independent pixels", diagonal, "independent pixels with the right means and variances"),
    valueMetric("V + 2 log 2 of the judge", judgement, await judged(trained, made, toPlayers(floor)), "real and generated images"),
    await indifferent(trained, "judge/", made),
    {
      ...plain,
      name: "V + 2 log 2 of the judge, real images on both sides",
      value: bothSides(judgement),
      protocol: `mean of log 4D(1 - D) over ${n} real images`,
    },
  ]
}

/** V + 2 log 2 where both laws are the same points. */
const bothSides = (logits: Float64Array): number => logits.reduce((sum, l) => sum + 2 * Math.LN2 - softplus(l) - softplus(-l), 0) / logits.length

/** Items that are looked at a second time, without the rest. */
const FEW = 16

/** Logits of the items x and images of the latents z, then those of the first few of each alone; the population stands first in both. */
const watched = <X extends Shape>(tf: Tf, { judge, generate, pinned, item }: Adversarial<X, "logit">, weights: Weights, { x, z }: Inputs): Tensor => {
  const own = (values: Tensor): Tensor => tf.reshape(tf.slice(values, pinned), [-1])
  const first = (batch: Tensor): Tensor => tf.slice(batch, 0, pinned + FEW)
  const logits = (batch: Tensor): Tensor => own(tf.reshape(judge(tf, weights, batch, pinned), [-1]))
  const images = (batch: Tensor): Tensor => own(tf.reshape(generate(tf, weights, batch, pinned), [-1, ...item]))
  return tf.concat([logits(x!), images(z!), logits(first(x!)), images(first(z!))])
}

/** The judge on one law in both places, where JS = 0, and each item by itself. */
export const imageMonitors = <X extends Shape>(
  trained: Players<X>,
  real: Float64Array,
  population: Float64Array,
  streamOf: (k: number) => Stream,
): ReadonlyArray<Monitor> => {
  const { item, pinned } = trained.model
  const d = size(item)
  const n = real.length / d
  const plain = { n, interval: null, confidence: null, floor: 0 }
  const x = { shape: [pinned + n, ...item], values: Float32Array.from([...toPlayers(population.subarray(0, pinned * d)), ...toPlayers(real)]) }
  const looked = shared(trained, async (k) => {
    const values = await trained.compute(watched, { x, z: latents(trained.model, n, streamOf(k)) })
    const part = (at: number, length: number): Float32Array => values.subarray(at, at + length)
    return {
      logits: { all: part(0, n), alone: part(n * (1 + d), FEW) },
      images: { all: part(n, n * d), alone: part(n * (1 + d) + FEW, FEW * d) },
    }
  })
  return [
    {
      name: "equal-laws",
      theorem: "adversarial/js-equivalence",
      relation: "V(D) + 2 log 2 <= 2 JS(p, p) = 0 for every D",
      look: async (k) => ({
        metric: {
          ...plain,
          name: "V + 2 log 2 of the judge, real images on both sides",
          value: bothSides(new Float64Array((await looked(k)).logits.all)),
          protocol: `mean of log 4D(1 - D) over ${n} real images`,
        },
        // No term is above 0 but by the rounding of three float64 numbers of its size, at least 2 log 2.
        bounds: { hi: 16 * 2 ** -52 },
      }),
    },
    {
      name: "one-by-one",
      theorem: "batch statistics pinned to the population",
      relation: "G(z) and l(x) do not depend on what else is in the batch (M10)",
      look: async (k) => {
        const { logits, images } = await looked(k)
        const defect = Math.max(largest(logits.all, logits.alone), largest(images.all, images.alone))
        const scale = logits.all.reduce((most, l) => Math.max(most, Math.abs(l)), 1)
        const protocol = `largest change of ${FEW} logits and images when ${n - FEW} others join them, relative to the largest logit`
        return {
          metric: { ...plain, name: "change by the company in the batch", value: defect / scale, protocol },
          // The same float32 sums of about 10^3 terms, perhaps in another order, through three layers.
          bounds: { hi: 3 * 1024 * 2 ** -24 },
        }
      },
    },
  ]
}

/** The largest change of the first entries of `a`. */
const largest = (a: Float32Array, b: Float32Array): number => b.reduce((most, v, i) => Math.max(most, Math.abs(v - a[i]!)), 0)
