/**
 * A lower sequence for the mean of observations that are only bounded below: x_i >= a with conditional mean mu, any tail. With
 * r_i = (x_i - a) / (m - a),
 *
 *   K_n(m) = (1/8) sum_j prod_i (1 + f_j (r_i - 1)),   f_j = 1/2, 1/6, 1/18, ..., 1/4374,
 *
 * is a nonnegative martingale at m = mu, and each factor falls as m grows. (Betting a fraction of the capital as in Waudby-Smith and Ramdas 2024,
 * mixed over the fractions as in Cover 1991 instead of tuned, since no moment is known.) Only lower bounds exist: a rare huge value that was not
 * seen can always raise the mean. The mirror image for x <= b is the same sequence of -x.
 *
 * Rounding: r errs by 3 u r, and 1 + f (r - 1) >= max(1/2, f r), so a factor errs by 6 u and a product by 7 u: below 16 u. r is cut
 * at 2^480 and x at 2^1000.
 */
import { power2 } from "../../interval/rounding.ts"
import { makeHistory } from "./history.ts"
import type { LowerFactory } from "./sequence.ts"
import { BIG, SMALL, invert, store } from "./wealth.ts"
import type { Process } from "./wealth.ts"

const FRACTIONS = Float64Array.from({ length: 8 }, (_, j) => [2, 6, 18, 54, 162, 486, 1458, 4374][j]!).map((d) => 1 / d)
const LARGEST = power2(480)
const HUGE = power2(1000)

/** Lower sequences for observations in [a, b], of which only the end that matters is used: a, or -b for the negated ones. */
export const lowerMixture =
  (a: number, b: number): LowerFactory =>
  (alpha, negated) => {
    const least = negated ? -b : a
    const xs = makeHistory()
    let mean = least
    const process: Process = {
      lanes: FRACTIONS.length,
      count: xs.count,
      least,
      centre: () => mean,
      spread: () => (mean - least) / 8,
      multiply: (wealth, m, from) => {
        const [x, n] = [xs.values(), xs.count()]
        const unit = m > least ? m - least : 0
        for (let j = 0; j < FRACTIONS.length; j++) {
          const f = FRACTIONS[j]!
          let product = wealth.mantissa[j]!
          for (let i = from; i < n; i++) {
            const d = x[i]! - least
            const r = d > 0 ? d / unit : 0
            product *= 1 + f * ((r < LARGEST ? r : LARGEST) - 1)
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
      const cut = x < HUGE ? x : HUGE
      xs.push(cut)
      mean += (cut - mean) / xs.count()
    }
    return invert(process, update, alpha)
  }
