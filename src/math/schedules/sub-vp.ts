/**
 * Sub-variance-preserving process (Song et al. 2021, eq. 14 and 34): the drift of VP with a smaller diffusion,
 *
 *   f = -beta/2,  g^2 = beta (1 - e^(-2B)),  alpha = e^(-B/2),  sigma = 1 - e^(-B),
 *
 * so that its variance is the square of VP's. e^(lambda) = a / (1 - a^2) for a = e^(-B/2) gives a^2 + a e^(-lambda) - 1 = 0.
 */
import type { Schedule } from "../schedule.ts"
import { vp } from "./vp.ts"

/** sub-VP(b0, b1); 0.1 and 20 in the paper. Throws a RangeError unless 0 <= b0 < b1. */
export const subVp = (b0 = 0.1, b1 = 20): Schedule => {
  const base = vp(b0, b1)
  const integral = (t: number): number => t * (b0 + (t * (b1 - b0)) / 2)
  return {
    ...base,
    name: "sub-vp",
    sigma: (t) => -Math.expm1(-integral(t)),
    g2: (t) => -base.g2(t) * Math.expm1(-2 * integral(t)),
    timeOf: (lambda) => {
      const a = 2 / (Math.exp(-lambda) + Math.sqrt(Math.exp(-2 * lambda) + 4))
      const B = -2 * Math.log(a)
      return (2 * B) / (b0 + Math.sqrt(b0 * b0 + 2 * (b1 - b0) * B))
    },
  }
}
