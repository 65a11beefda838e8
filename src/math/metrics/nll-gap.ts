/**
 * What a density model loses to the truth: E[-log q(x)] - H(p) = KL(p || q) >= 0, from the model's log-densities at n fresh points of p and the exact entropy.
 * A gap below 0 is a wrong log-determinant or normalisation, not a good model.
 */
import type { Metric } from "../metric.ts"
import { meanVariance, Z95 } from "../statistics.ts"

/** The gap in nats with its normal interval, widened by the uncertainty of H. */
export const nllGap = (logDensities: ArrayLike<number>, entropy: { readonly value: number; readonly uncertainty: number }): Metric => {
  const n = logDensities.length
  const { mean, variance } = meanVariance(logDensities)
  const value = -mean - entropy.value
  const half = Z95 * Math.sqrt(variance / n) + entropy.uncertainty
  return {
    name: "NLL - H",
    value,
    n,
    interval: [value - half, value + half],
    confidence: 0.95,
    floor: 0,
    protocol: `mean negative log-density of ${n} fresh points minus the entropy ${entropy.value} nats, normal interval`,
  }
}
