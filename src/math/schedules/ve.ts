/**
 * Variance-exploding process with geometric noise on [0, 1] (Song et al. 2021, eq. 9 and 30-31):
 *
 *   alpha = 1,  sigma(t) = s0 (s1/s0)^t,  f = 0,  g^2 = (sigma^2)' = 2 sigma^2 log(s1/s0).
 *
 * sigma(0) = s0 > 0: time 0 is the data smoothed by s0, not the data.
 */
import type { Schedule } from "../schedule.ts"

/** VE(s0, s1), the smallest and largest noise scale. Throws a RangeError unless 0 < s0 < s1. */
export const ve = (s0 = 0.01, s1 = 50): Schedule => {
  if (!(s0 > 0 && s1 > s0 && s1 < Infinity)) throw new RangeError(`VE needs 0 < sigma0 < sigma1, got ${s0} and ${s1}`)
  const rate = Math.log(s1 / s0)
  const sigma = (t: number): number => s0 * Math.exp(rate * t)
  return {
    name: "ve",
    parameters: { sigma0: s0, sigma1: s1 },
    end: 1,
    alpha: () => 1,
    sigma,
    f: () => 0,
    g2: (t) => 2 * rate * sigma(t) ** 2,
    timeOf: (lambda) => (-lambda - Math.log(s0)) / rate,
  }
}
