/**
 * Where a sampler looks: times from noise to data, strictly falling, n + 1 of them for n steps, the target of each step being the source of the next.
 *
 * Of a chain of T steps (counted k = 0 .. T; libraries that count from 0 say k - 1):
 *   leading   k_i = floor(T/n) (n - 1 - i) + 1 + offset, then 0        (DDIM's released code)
 *   trailing  k_i = round(T - i T/n), then 0                          (Lin et al. 2023, table 2)
 *   linspace  k_i - 1 = round(linspace(0, T - 1, n) reversed), then 0    (Nichol, Dhariwal 2021)
 * Of a continuous process: uniform in t, uniform in lambda, and the rho-grid of sigma/alpha (Karras et al. 2022, eq. 5)
 *   s_i = (s_max^(1/rho) + i/(n-1) (s_min^(1/rho) - s_max^(1/rho)))^rho, i = 0 .. n-1, then 0.
 */
import { halfLogSnr, levelAt, type Level, type Schedule } from "./schedule.ts"
import { levelOf, type Chain } from "./schedules/discrete.ts"

export type Spacing = "leading" | "trailing" | "linspace"

/** The k of n steps of a chain of T, ending at 0. Throws a RangeError unless 1 <= n <= T, and when the offset leaves the chain. */
export const chainGrid = (T: number, n: number, spacing: Spacing, offset = 0): ReadonlyArray<number> => {
  if (!Number.isInteger(n) || n < 1 || n > T) throw new RangeError(`${n} steps of a chain of ${T}`)
  const at: Readonly<Record<Spacing, (i: number) => number>> = {
    leading: (i) => Math.floor(T / n) * (n - 1 - i) + 1 + offset,
    trailing: (i) => Math.round(T - (i * T) / n),
    linspace: (i) => (n === 1 ? T : Math.round(((T - 1) * (n - 1 - i)) / (n - 1)) + 1),
  }
  const grid = Array.from({ length: n }, (_, i) => at[spacing](i))
  if (grid[0]! > T) throw new RangeError(`offset ${offset} leaves the chain: step ${grid[0]} of ${T}`)
  return [...grid, 0]
}

/** The levels of a chain at the k given. */
export const chainLevels = (chain: Chain, ks: ReadonlyArray<number>): ReadonlyArray<Level> => ks.map((k) => levelOf(chain, k))

/** n equal steps in t, from `from` down to `to`. */
export const uniformTimes = (from: number, to: number, n: number): ReadonlyArray<number> =>
  Array.from({ length: n + 1 }, (_, i) => (i === n ? to : from + ((to - from) * i) / n))

/** The levels at the times given. */
export const levels = (schedule: Schedule, times: ReadonlyArray<number>): ReadonlyArray<Level> => times.map((t) => levelAt(schedule, t))

/** n equal steps in lambda between two times. */
export const uniformLambda = (schedule: Schedule, from: number, to: number, n: number): ReadonlyArray<Level> => {
  const [a, b] = [halfLogSnr(levelAt(schedule, from)), halfLogSnr(levelAt(schedule, to))]
  return Array.from({ length: n + 1 }, (_, i) => levelAt(schedule, i === 0 ? from : i === n ? to : schedule.timeOf(a + ((b - a) * i) / n)))
}

/** The rho-grid of noise-to-signal ratios: n falling values and a last 0. Throws a RangeError unless 0 < sMin < sMax and n >= 2. */
export const karrasSigmas = (sMin: number, sMax: number, n: number, rho = 7): Float64Array => {
  if (!(sMin > 0 && sMax > sMin && n >= 2)) throw new RangeError(`a rho-grid needs 0 < sMin < sMax and n >= 2, got ${sMin}, ${sMax}, ${n}`)
  const [a, b] = [sMax ** (1 / rho), sMin ** (1 / rho)]
  return Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? 0 : i === 0 ? sMax : i === n - 1 ? sMin : (a + (i / (n - 1)) * (b - a)) ** rho))
}

/** A noise-to-signal ratio s as a variance-preserving level: alpha = 1/sqrt(1 + s^2), sigma = s alpha. */
export const preserving = (s: number, t: number): Level => ({ t, alpha: 1 / Math.sqrt(1 + s * s), sigma: s / Math.sqrt(1 + s * s) })

/** The real k of a chain whose log(sigma/alpha), linear between steps 1 .. T, is log s; clamped to the ends. */
export const stepOfRatio = ({ abar, noise, steps }: Chain, s: number): number => {
  const log = (k: number): number => 0.5 * (Math.log(noise[k]!) - Math.log(abar[k]!))
  let [lo, hi] = [1, steps]
  if (s <= Math.exp(log(lo))) return lo
  if (s >= Math.exp(log(hi))) return hi
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1
    if (log(mid) <= Math.log(s)) lo = mid
    else hi = mid
  }
  return lo + (Math.log(s) - log(lo)) / (log(hi) - log(lo))
}
