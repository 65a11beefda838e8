/**
 * Precision and recall by k-nearest-neighbour balls (Kynkaanniemi et al. 2019, eq. 1-2): the ball of a point of a set reaches its k-th nearest other point.
 *
 *   precision  share of generated points inside some ball of the REAL set          (are samples realistic?)
 *   recall     share of real points inside some ball of the GENERATED set           (is the data covered?)
 *
 * One real point repeated scores precision 1 and recall near 0, never the reverse.
 */
import { squaredDistances } from "../coupling.ts"
import type { Metric } from "../metric.ts"
import { wilson } from "../statistics.ts"

export interface PrecisionRecall {
  readonly precision: Metric
  readonly recall: Metric
}

/** Both shares, with Wilson intervals for the given balls. Throws a RangeError unless each set has more than k points. */
export const precisionRecall = (real: Float64Array, generated: Float64Array, d: number, k = 3): PrecisionRecall => {
  if (!(real.length / d > k && generated.length / d > k))
    throw new RangeError(`balls to the ${k}-th neighbour need more than ${k} points in each set`)
  const share = (name: string, balls: Float64Array, points: Float64Array, words: string): Metric => {
    const n = points.length / d
    const value = covered(balls, radii(balls, d, k), points, d) / n
    return {
      name,
      value,
      n,
      interval: wilson(value, n),
      confidence: 0.95,
      floor: null,
      protocol: `${words}; balls to the ${k}-th nearest neighbour, Euclidean distance in dimension ${d}, ${real.length / d} real and ${generated.length / d} generated points`,
    }
  }
  return {
    precision: share("precision", real, generated, "share of generated points inside a ball of the real set"),
    recall: share("recall", generated, real, "share of real points inside a ball of the generated set"),
  }
}

/** Squared distance of every point to its k-th nearest other point. */
const radii = (x: Float64Array, d: number, k: number): Float64Array => {
  const n = x.length / d
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++)
    out[i] = squaredDistances(x.subarray(i * d, (i + 1) * d), x, d)
      .filter((_, j) => j !== i)
      .sort()[k - 1]!
  return out
}

const covered = (centres: Float64Array, radius: Float64Array, points: Float64Array, d: number): number => {
  let count = 0
  for (let i = 0; i * d < points.length; i++)
    if (squaredDistances(points.subarray(i * d, (i + 1) * d), centres, d).some((distance, j) => distance <= radius[j]!)) count++
  return count
}
