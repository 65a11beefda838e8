/**
 * Four bet sizes side by side. After n observations with standard deviation s the best constant bet of Chernoff's method is
 * sqrt(2 log(1/alpha) / n) / s; half or twice of it widens the bound by a quarter. Wealth processes are averaged over the bets for n = 4, 1, 1/8
 * and 1/128 of a planned number, which costs log 4 beside log(1/alpha) and keeps the bound near s sqrt(2 log(1/alpha) / n) from there on.
 * The plug-in bets of the literature need no plan, and are wider by a factor that grows with log n (about 2 at n = 10^6). Validity does not
 * depend on any of this.
 */
import { logarithm } from "../../random/log.ts"

export const LANES = 4

/** The four values of sqrt(2 log(1/alpha) / n), smallest bet first. */
export const bets = (alpha: number, tuned: number): Float64Array =>
  Float64Array.of(4, 1, 1 / 8, 1 / 128).map((part) => Math.sqrt((2 * logarithm(1 / alpha)) / Math.max(1, part * tuned)))
