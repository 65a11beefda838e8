/**
 * The mean of n measured numbers with its interval, s^2 the sample variance (divisor n - 1):
 *
 *   many points:   m +- z s / sqrt(n),  z = Phi^-1(0.975);        a few repeats:   m +- t s / sqrt(n),  t Student's quantile with n - 1 degrees of freedom.
 */
import type { Metric } from "../metric.ts"
import { meanVariance, studentQuantile, Z95 } from "../statistics.ts"

/** The mean as a metric; the protocol says over what. */
export const meanOf = (name: string, values: ArrayLike<number>, protocol: string): Metric => {
  const { mean, variance } = meanVariance(values)
  const half = Z95 * Math.sqrt(variance / values.length)
  return { name, value: mean, n: values.length, interval: [mean - half, mean + half], confidence: 0.95, floor: null, protocol }
}

/** The mean over independent repeats, each on so many points; one repeat has no interval. */
export const meanOfRepeats = (name: string, values: ReadonlyArray<number>, points: number, protocol: string, floor: number | null = null): Metric => {
  const { mean, variance } = meanVariance(values)
  const about = { name, value: mean, n: points * values.length, floor }
  if (values.length === 1) return { ...about, interval: null, confidence: null, protocol }
  const half = studentQuantile(0.95, values.length - 1) * Math.sqrt(variance / values.length)
  return { ...about, interval: [mean - half, mean + half], confidence: 0.95, protocol: `${protocol}; t interval over ${values.length} repeats` }
}
