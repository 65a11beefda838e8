/**
 * Variance-preserving process with linear rate beta(t) = b0 + t (b1 - b0) on [0, 1] (Song et al. 2021, eq. 11 and 32-33):
 *
 *   f = -beta/2,  g^2 = beta,  B(t) = int_0^t beta = t b0 + t^2 (b1 - b0)/2,  alpha = e^(-B/2),  sigma^2 = 1 - e^(-B).
 *
 * e^(2 lambda) = e^(-B) / (1 - e^(-B)) gives B = log(1 + e^(-2 lambda)), and the quadratic for t is solved without cancellation.
 */
import type { Schedule } from "../schedule.ts"

/** VP(b0, b1); 0.1 and 20 in the paper. Throws a RangeError unless 0 <= b0 < b1. */
export const vp = (b0 = 0.1, b1 = 20): Schedule => {
  if (!(b0 >= 0 && b1 > b0 && b1 < Infinity)) throw new RangeError(`VP needs 0 <= beta0 < beta1, got ${b0} and ${b1}`)
  const integral = (t: number): number => t * (b0 + (t * (b1 - b0)) / 2)
  const beta = (t: number): number => b0 + t * (b1 - b0)
  return {
    name: "vp",
    parameters: { beta0: b0, beta1: b1 },
    end: 1,
    alpha: (t) => Math.exp(-integral(t) / 2),
    sigma: (t) => Math.sqrt(-Math.expm1(-integral(t))),
    f: (t) => -beta(t) / 2,
    g2: beta,
    timeOf: (lambda) => {
      const B = Math.max(0, -2 * lambda) + Math.log1p(Math.exp(-Math.abs(2 * lambda)))
      return (2 * B) / (b0 + Math.sqrt(b0 * b0 + 2 * (b1 - b0) * B))
    },
  }
}
