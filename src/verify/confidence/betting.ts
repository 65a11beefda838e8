/**
 * Betting on bounded observations (Waudby-Smith and Ramdas 2024, "Estimating means of bounded random variables by betting", section 4).
 * For x_i in [a, b] with conditional mean mu, and any predictable lambda_i >= 0,
 *
 *   K_n(m) = prod_i (1 + min(lambda_i, c / (m - a)) (x_i - m)),   c = 3/4,
 *
 * is a nonnegative martingale at m = mu; each factor falls as m grows, so the excluded means are a half-line. The pair of K on x and on -x at
 * alpha / 2 each is their hedged capital with the maximum in place of the sum. lambda_i = bet / s_(i-1), with s^2 the regularised variance of the
 * earlier observations and K averaged over the bets of `lanes.ts` (their section B.3 averages over bets, too).
 *
 * s^2 >= (b - a)^2 / 4i, so that a factor lies in [1/4, 1 + 3 sqrt(i log(1/alpha))].
 * Rounding: y = lambda (x - m) >= -c errs by 4.1 u |y|, |y| / (1 + y) <= 3, the sum and the product add u each: below 16 u.
 */
import { makeHistory } from "./history.ts"
import { LANES, bets } from "./lanes.ts"
import type { LowerFactory } from "./sequence.ts"
import { BIG, SMALL, invert, store } from "./wealth.ts"
import type { Process } from "./wealth.ts"

const CAP = 0.75

/** Lower sequences for the conditional mean of observations in [a, b], tightest near `tuned` observations. */
export const betting =
  (a: number, b: number, tuned: number): LowerFactory =>
  (alpha, negated) => {
    const least = negated ? -b : a
    const range = b > a ? b - a : 1
    const [xs, scales] = [makeHistory(), makeHistory()]
    const bet = bets(alpha, tuned)
    // Welford's recursion, started with one pseudo-observation at mid-range of variance range^2 / 4.
    let [mean, squares] = [least + range / 2, (range * range) / 4]
    const process: Process = {
      lanes: LANES,
      count: xs.count,
      least,
      centre: () => mean,
      spread: () => Math.sqrt(squares) / xs.count(),
      multiply: (wealth, m, from) => {
        const [x, scale, n] = [xs.values(), scales.values(), xs.count()]
        const most = m > least ? CAP / (m - least) : Infinity
        for (let j = 0; j < LANES; j++) {
          const size = bet[j]!
          let product = wealth.mantissa[j]!
          for (let i = from; i < n; i++) {
            const lambda = size * scale[i]!
            product *= 1 + (lambda < most ? lambda : most) * (x[i]! - m)
            if (product > BIG || product < SMALL) {
              store(wealth, j, product)
              product = wealth.mantissa[j]!
            }
          }
          wealth.mantissa[j] = product
        }
      },
    }
    const update = (x: number): void => {
      const t = xs.count() + 1
      scales.push(Math.sqrt(t / squares))
      xs.push(x)
      const d = x - mean
      mean += d / (t + 1)
      squares += d * (x - mean)
    }
    return invert(process, update, alpha)
  }
