/**
 * Samples of images against images, in raw pixels, beside two laws that need no learning:
 *
 *   FD(samples, training images);   its floor, FD(fresh images, training images);   FD(N(m, diag S), N(m, S)) in closed form: pixels drawn independently.
 */
import type { Metric } from "../../math/metric.ts"
import { frechetDistance, frechetOfMoments } from "../../math/metrics/frechet.ts"
import { sampleMoments } from "../../math/statistics.ts"

/** What one sampler drew. */
export interface Drawn {
  readonly title: string
  /** Pixels in [0, 1], n*d. */
  readonly x: Float64Array
}

export const LESS_INDEPENDENT = "Frechet distance of the chain's samples, less that of independent pixels"
export const WORST_LESS = "largest Frechet distance of the samplers, less that of independent pixels"

/** Frechet distances of samples to the training images, beside that of fresh images and that of pixels drawn independently with the data's means and variances. */
export const pixelDistances = (
  drawn: ReadonlyArray<Drawn>,
  pixels: Float64Array,
  fresh: Float64Array,
  d: number,
  features: string,
): ReadonlyArray<Metric> => {
  const floor = frechetDistance(fresh, pixels, d, features)
  const moments = sampleMoments(pixels, d)
  const independent = { mean: moments.mean, covariance: moments.covariance.map((c, i) => (i % (d + 1) === 0 ? c : 0)) }
  const bound = frechetOfMoments(moments, independent)
  const found = drawn.map(({ title, x }) => ({ ...frechetDistance(x, pixels, d, features, floor.value), name: `Frechet distance, ${title}` }))
  const most = found.reduce((worst, { value }) => Math.max(worst, value), -Infinity)
  const protocol = `less ${bound.toPrecision(4)}, that of the Gaussian with the diagonal of the covariance, in closed form`
  const less = (name: string, value: number, what: string): Metric => ({
    ...found[0]!,
    name,
    value: value - bound,
    floor: floor.value - bound,
    protocol: `${what}, ${protocol}; ${found[0]!.protocol}`,
  })
  return [
    ...found,
    { ...floor, name: "Frechet distance, test images", floor: null },
    less(LESS_INDEPENDENT, found[0]!.value, drawn[0]!.title),
    less(WORST_LESS, most, `largest over ${drawn.map(({ title }) => title).join("; ")}`),
  ]
}
