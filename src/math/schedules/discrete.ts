/**
 * Chains of T steps with rates beta_1 .. beta_T (Ho, Jain, Abbeel 2020, eq. 2-4): k = 0 is the data, k = T the noise, and
 *
 *   abar_k = prod_{j<=k} (1 - beta_j),  alpha_k = sqrt(abar_k),  sigma_k = sqrt(1 - abar_k).
 *
 *   linear         beta_k = b0 + (b1 - b0) (k-1)/(T-1)
 *   scaled-linear  sqrt(beta_k) linear between sqrt(b0) and sqrt(b1)                               (Rombach et al. 2022)
 *   cosine         beta_k = min(1 - a(k/T) / a((k-1)/T), bMax),  a(u) = cos^2((u + s)/(1 + s) pi/2)  (Nichol, Dhariwal 2021, eq. 17)
 *
 * Libraries that count from 0 call k - 1 the time.
 */
import type { Level } from "../schedule.ts"

/** A chain with its tables; index k runs from 0 (data) to T. */
export interface Chain {
  readonly name: string
  readonly parameters: Readonly<Record<string, number>>
  /** T. */
  readonly steps: number
  /** beta_k, k = 1 .. T; beta_0 = 0. */
  readonly beta: Float64Array
  /** abar_k, k = 0 .. T; abar_0 = 1. */
  readonly abar: Float64Array
  /** 1 - abar_k, summed so that small values keep their digits. */
  readonly noise: Float64Array
}

/** The chain of given rates. Throws a RangeError unless 0 < beta_k <= 1 for every k. */
export const chain = (name: string, rates: Float64Array, parameters: Readonly<Record<string, number>> = {}): Chain => {
  const steps = rates.length
  const bad = rates.findIndex((b) => !(b > 0 && b <= 1))
  if (steps === 0 || bad >= 0) throw new RangeError(`${name}: beta_${bad + 1} = ${rates[bad]} of ${steps} is outside (0, 1]`)
  const [beta, abar, noise] = [new Float64Array(steps + 1), new Float64Array(steps + 1), new Float64Array(steps + 1)]
  abar[0] = 1
  for (let k = 1; k <= steps; k++) {
    beta[k] = rates[k - 1]!
    abar[k] = abar[k - 1]! * (1 - beta[k]!)
    noise[k] = noise[k - 1]! + beta[k]! * abar[k - 1]!
  }
  return { name, parameters: { steps, ...parameters }, steps, beta, abar, noise }
}

const ramp = (steps: number, lo: number, hi: number): Float64Array =>
  Float64Array.from({ length: steps }, (_, i) => (steps === 1 ? lo : lo + ((hi - lo) * i) / (steps - 1)))

/** Linear rates; 1e-4 to 0.02 suits T = 1000 and no other T. */
export const linear = (steps = 1000, b0 = 1e-4, b1 = 0.02): Chain => chain("linear", ramp(steps, b0, b1), { beta0: b0, beta1: b1 })

/** Rates whose square roots are linear. */
export const scaledLinear = (steps = 1000, b0 = 0.00085, b1 = 0.012): Chain =>
  chain(
    "scaled-linear",
    ramp(steps, Math.sqrt(b0), Math.sqrt(b1)).map((r) => r * r),
    { beta0: b0, beta1: b1 },
  )

/** Cosine rates with offset s, capped at bMax. */
export const cosine = (steps = 1000, s = 0.008, bMax = 0.999): Chain => {
  const a = (u: number): number => Math.cos((((u + s) / (1 + s)) * Math.PI) / 2) ** 2
  const rates = Float64Array.from({ length: steps }, (_, i) => Math.min(1 - a((i + 1) / steps) / a(i / steps), bMax))
  return chain("cosine", rates, { offset: s, betaMax: bMax })
}

/** The level of step k, 0 <= k <= T. Throws a RangeError outside. */
export const levelOf = (c: Chain, k: number): Level => {
  if (!Number.isInteger(k) || k < 0 || k > c.steps) throw new RangeError(`no step ${k} in a chain of ${c.steps}`)
  return { t: k, alpha: Math.sqrt(c.abar[k]!), sigma: Math.sqrt(c.noise[k]!) }
}

/**
 * The same chain shifted and scaled in sqrt(abar) so that abar_T = 0 and abar_1 is kept (Lin et al. 2023, algorithm 1).
 */
export const zeroTerminal = (c: Chain): Chain => {
  const [first, last] = [Math.sqrt(c.abar[1]!), Math.sqrt(c.abar[c.steps]!)]
  const root = (k: number): number => ((Math.sqrt(c.abar[k]!) - last) * first) / (first - last)
  const rates = Float64Array.from({ length: c.steps }, (_, i) => (i === 0 ? c.beta[1]! : 1 - (root(i + 1) / root(i)) ** 2))
  return chain(`${c.name}, zero terminal`, rates, c.parameters)
}
