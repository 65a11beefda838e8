/**
 * Test supermartingales as products of positive factors, and the bound they give by inversion.
 *
 * A wealth process K_n(m) starts at 1, and is a nonnegative supermartingale when mu = m; Ville's inequality bounds P(exists n: K_n(mu) >= 1/alpha)
 * by alpha. Where K_n(m) does not increase with m, a single m with K_n(m) >= 1/alpha excludes all means <= m. The search for a good m needs no
 * guarantee: whatever it returns has been certified by `rejects`.
 *
 * Rounding: each factor and its product err by at most 16 u relatively (stated by each method), so n of them by at most 32 n u. A computed
 * wealth is compared with the threshold times 1 + 2^-47 (n + 4) = 1 + 64 u (n + 4).
 */
import { divUp, power2 } from "../../interval/rounding.ts"
import { logarithm } from "../../random/log.ts"
import type { LowerSequence } from "./sequence.ts"

/** Mantissas are kept between these two. */
export const BIG = power2(256)
export const SMALL = power2(-256)
const LOG_BIG = logarithm(BIG)

/** Several products, each mantissa[j] 2^(256 steps[j]); the wealth is their mean. */
export interface Wealth {
  readonly mantissa: Float64Array
  readonly steps: Int32Array
}

export const unitWealth = (lanes: number): Wealth => ({ mantissa: new Float64Array(lanes).fill(1), steps: new Int32Array(lanes) })

/** Stores a product in {0} or [2^-1000, 2^1000] into lane j, rescaled so that its mantissa lies in [2^-256, 2^256]. */
export const store = (wealth: Wealth, j: number, product: number): void => {
  let k = product
  let s = wealth.steps[j]!
  for (; k > BIG; k *= SMALL) s += 1
  for (; k < SMALL && k > 0; k *= BIG) s -= 1
  wealth.mantissa[j] = k
  wealth.steps[j] = s
}

/** The factors of one method over the observations it has kept. */
export interface Process {
  readonly lanes: number
  readonly count: () => number
  /** Multiplies `wealth` by the factors of the observations number from, ..., count() - 1 at the candidate mean m. */
  readonly multiply: (wealth: Wealth, m: number, from: number) => void
  /** Means <= least are excluded by the hypothesis alone; -Infinity where there is no such bound. */
  readonly least: number
  /** A guess at mu and at its distance to the bound: for the search only. */
  readonly centre: () => number
  readonly spread: () => number
}

/** The mean of the lanes is at least total 2^(256 top) / lanes. */
interface Total {
  readonly total: number
  readonly top: number
}

const totalOf = (wealth: Wealth, lanes: number): Total => {
  if (lanes === 1) return { total: wealth.mantissa[0]!, top: wealth.steps[0]! }
  let top = -Infinity
  for (let j = 0; j < lanes; j++) if (wealth.mantissa[j]! > 0) top = Math.max(top, wealth.steps[j]!)
  let total = 0
  for (let j = 0; j < lanes; j++) {
    const d = top - wealth.steps[j]!
    if (d <= 3) total += d === 0 ? wealth.mantissa[j]! : wealth.mantissa[j]! * power2(-256 * d)
  }
  return { total, top }
}

/** Whether total 2^(256 top) >= need > 1, in exact scalings. */
const reaches = ({ total, top }: Total, need: number): boolean => {
  let value = top < -1 ? 0 : top < 0 ? total * SMALL : total
  for (let s = 0; s < top && value < need; s++) value *= BIG
  return value >= need
}

/** The logarithm of K alpha, for the search, and whether K certainly reaches 1/alpha. */
interface Reading {
  readonly excess: number
  readonly reached: boolean
}

/** The lower sequence of a wealth process. Calls of `update` must come with a new observation kept by the process. */
export const invert = (process: Process, update: LowerSequence["update"], alpha: number): LowerSequence => {
  const threshold = divUp(1, alpha) * process.lanes
  const goal = logarithm(threshold)
  const reached = (total: Total): boolean => reaches(total, threshold * (1 + (process.count() + 4) * power2(-47)))
  const at = (m: number): Reading => {
    const wealth = unitWealth(process.lanes)
    process.multiply(wealth, m, 0)
    const total = totalOf(wealth, process.lanes)
    return { excess: total.total > 0 ? logarithm(total.total) + total.top * LOG_BIG - goal : -Infinity, reached: reached(total) }
  }
  const held = { m: NaN, from: 0, wealth: unitWealth(process.lanes) }
  let best = process.least
  return {
    update,
    rejects: (m) => {
      if (m < process.least) return true
      if (m !== held.m) {
        held.m = m
        held.from = 0
        held.wealth = unitWealth(process.lanes)
      }
      process.multiply(held.wealth, m, held.from)
      held.from = process.count()
      return reached(totalOf(held.wealth, process.lanes))
    },
    bound: () => {
      const found = search(at, best, process)
      if (found > best) best = found
      return best
    },
  }
}

/** An m that `at` has certified, close to the largest one; -Infinity where it would not exceed `known`. */
const search = (at: (m: number) => Reading, known: number, process: Process): number => {
  const { least } = process
  const centre = process.centre()
  let step = process.spread()
  let m = Math.max(centre - 4 * step, known)
  let now = at(m)
  let [left, right, high, low] = [-Infinity, Infinity, NaN, NaN]
  const keep = (): void => {
    if (now.reached) [left, high] = [m, now.excess]
    else [right, low] = [m, now.excess]
  }
  keep()
  // A bracket by doubling steps.
  for (let k = 0; k < 200 && (left === -Infinity || right === Infinity); k++, step *= 2) {
    if (m === known && !now.reached) return -Infinity
    m = now.reached ? m + step : Math.max(m - step, known)
    now = at(m)
    keep()
  }
  // Regula falsi on log K, which is almost linear in m, aiming a little to the left of the zero to end on certified ground.
  for (let k = 0; k < 64 && right - left > Math.min(Math.abs(centre - left), left - least) / 512; k++) {
    const t = high >= 0 && low <= 0 && high - low < Infinity ? high / (high - low) : 0.5
    const aim = k % 4 === 3 ? 0.5 : Math.min(0.999, Math.max(0.001, k % 2 === 0 ? t * 0.998 : t * 1.002))
    // Far above the least mean, orders of magnitude are halved instead of distances.
    const [near, far] = [left - least, right - least]
    if (far < Infinity && far > 64 * near) m = least + (near > 0 ? Math.sqrt(near) * Math.sqrt(far) : far / 65536)
    else m = left + (right - left) * aim
    if (!(m > left && m < right)) break
    now = at(m)
    keep()
  }
  return left
}
