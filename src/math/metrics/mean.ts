/**
 * The mean of n measured numbers with its normal interval: m +- z s / sqrt(n), z = Phi^-1(0.975), s^2 the sample variance (divisor n - 1).
 */
import type { Metric } from "../metric.ts"
import { meanVariance, Z95 } from "../statistics.ts"

/** The mean as a metric; the protocol says over what. */
export const meanOf = (name: string, values: ArrayLike<number>, protocol: string): Metric => {
  const { mean, variance } = meanVariance(values)
  const half = Z95 * Math.sqrt(variance / values.length)
  return { name, value: mean, n: values.length, interval: [mean - half, mean + half], confidence: 0.95, floor: null, protocol }
}
