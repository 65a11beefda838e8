/**
 * Modes of an isotropic Gaussian mixture seen by a sample (Srivastava et al. 2017; Lin et al. 2018): a point is of high quality within r deviations of its
 * nearest mode, and a mode is covered when at least `least` high-quality points are nearest to it.
 *
 * In the plane a sample of the mixture itself with separate modes scores the share 1 - e^(-r^2/2): 0.9889 for r = 3.
 */
import type { GaussianMixture } from "../gaussian-mixture.ts"
import type { Metric } from "../metric.ts"
import { squaredDistances } from "../coupling.ts"
import { wilson } from "../statistics.ts"

export interface ModeScores {
  /** Number of covered modes. */
  readonly covered: Metric
  /** Share of high-quality points. */
  readonly quality: Metric
  /** High-quality points nearest to each mode. */
  readonly counts: ReadonlyArray<number>
}

/** Coverage and quality of n points. Throws a RangeError unless all components share one variance. */
export const modeScores = (x: Float64Array, { dimension: d, components }: GaussianMixture, deviations = 3, least = 1): ModeScores => {
  const variance = components[0]!.variances[0]!
  if (components.some((c) => c.axes !== undefined || c.variances.some((l) => l !== variance)))
    throw new RangeError("modes are scored for isotropic components of one common deviation")
  const [n, K] = [x.length / d, components.length]
  const distances = squaredDistances(x, Float64Array.from(components.flatMap((c) => [...c.mean])), d)
  const counts = new Array<number>(K).fill(0)
  for (let i = 0; i < n; i++) {
    const row = distances.subarray(i * K, (i + 1) * K)
    const nearest = row.indexOf(row.reduce((a, b) => Math.min(a, b)))
    if (row[nearest]! <= deviations ** 2 * variance) counts[nearest]!++
  }
  const value = counts.reduce((s, c) => s + c, 0) / n
  const protocol = `${n} points, high quality within ${deviations} deviations of the nearest of ${K} modes, covered with at least ${least} of them`
  return {
    counts,
    covered: { name: "modes covered", value: counts.filter((c) => c >= least).length, n, interval: null, confidence: null, floor: K, protocol },
    quality: {
      name: "high-quality share",
      value,
      n,
      interval: wilson(value, n),
      confidence: 0.95,
      floor: d === 2 ? 1 - Math.exp(-(deviations ** 2) / 2) : null,
      protocol,
    },
  }
}
