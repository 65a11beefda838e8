/**
 * Catoni's influence function for observations with a known variance bound, E (x_i - mu)^2 <= v given the past, and no other tail condition
 * (Wang and Ramdas 2023, "Catoni-style confidence sequences for heavy-tailed mean estimation"). With
 *
 *   w(y) = 1 + y + y^2/2 for y >= 0,   w(y) = 1 / (1 - y + y^2/2) for y < 0      (exp of the influence function; w(y) <= 1 + y + y^2/2),
 *   K_n(m) = prod_i w(lambda (x_i - m)) / (1 + lambda^2 v / 2)
 *
 * is a nonnegative supermartingale at m = mu, and w increases. Dividing by 1 + lambda^2 v / 2 instead of their exp(lambda^2 v / 2) is tighter and
 * needs no transcendental function. lambda = bet / sqrt(v), K averaged over the bets of `lanes.ts`.
 *
 * Rounding: y errs by 2 u |y|, which moves w by 2 u |y| (1 + |y|) / (1 + |y| + y^2/2) <= 4 u; its evaluation adds 4 u, the norm 5 u, the product
 * and quotient 2 u: below 16 u. For |y| > 2^200 the factor is cut to 2^200 (y > 0) or the wealth to 0 (y < 0), which only lowers K.
 */
import { power2 } from "../../interval/rounding.ts"
import { makeHistory } from "./history.ts"
import { LANES, bets } from "./lanes.ts"
import type { LowerFactory } from "./sequence.ts"
import { BIG, SMALL, invert, store } from "./wealth.ts"
import type { Process } from "./wealth.ts"

const LARGEST = power2(200)

/** Lower sequences for observations with conditional variance at most v, tightest near `tuned` observations. */
export const catoni =
  (v: number, tuned: number): LowerFactory =>
  (alpha) => {
    const xs = makeHistory()
    const lambdas = bets(alpha, tuned).map((bet) => bet / Math.sqrt(v))
    const shrink = lambdas.map((lambda) => 1 / (1 + 0.5 * (lambda * lambda * v)))
    let mean = 0
    const process: Process = {
      lanes: LANES,
      count: xs.count,
      least: -Infinity,
      centre: () => mean,
      spread: () => Math.sqrt(v / xs.count()),
      multiply: (wealth, m, from) => {
        const [x, n] = [xs.values(), xs.count()]
        for (let j = 0; j < LANES; j++) {
          const [lambda, factor] = [lambdas[j]!, shrink[j]!]
          let product = wealth.mantissa[j]!
          for (let i = from; i < n; i++) {
            const y = lambda * (x[i]! - m)
            if (y >= 0) product *= (y > LARGEST ? LARGEST : 1 + y * (1 + 0.5 * y)) * factor
            else product *= y < -LARGEST ? 0 : factor / (1 - y * (1 - 0.5 * y))
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
      xs.push(x)
      // The centre of the search: the plain mean with each observation cut at its typical distance, so that outliers do not mislead it.
      const reach = 4 * Math.sqrt(v * xs.count())
      mean += Math.max(-reach, Math.min(reach, x - mean)) / xs.count()
    }
    return invert(process, update, alpha)
  }
