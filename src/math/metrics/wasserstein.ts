/**
 * Wasserstein distances of two samples of n points each, by exact assignment:
 *
 *   W2^2 = min_p (1/n) sum_i |x_i - y_p(i)|^2,      W2 = sqrt(W2^2).
 *
 * Papers print either under the name "2-Wasserstein": the name says which. Both are biased upwards in n; two fresh samples of the target give the floor.
 */
import { optimalPairing } from "../coupling.ts"
import type { Metric } from "../metric.ts"

/** W2^2 of two samples in dimension d. Throws a RangeError when their sizes differ. @param floor W2^2 of two fresh samples of the target, if known */
export const wassersteinSquared = (x: Float64Array, y: Float64Array, d: number, floor: number | null = null): Metric => {
  const n = x.length / d
  return {
    name: "W2^2",
    value: optimalPairing(x, y, d).cost,
    n,
    interval: null,
    confidence: null,
    floor,
    protocol: `squared 2-Wasserstein distance of two samples of ${n} points, exact assignment, squared Euclidean cost`,
  }
}

/** W2 of two samples in dimension d. @param floor W2 of two fresh samples of the target, if known */
export const wasserstein = (x: Float64Array, y: Float64Array, d: number, floor: number | null = null): Metric => {
  const squared = wassersteinSquared(x, y, d)
  return { ...squared, name: "W2", value: Math.sqrt(squared.value), floor, protocol: `root of the ${squared.protocol}` }
}
