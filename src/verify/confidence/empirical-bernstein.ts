/**
 * Empirical Bernstein sequences for bounded observations (Waudby-Smith and Ramdas 2024, Theorem 2; from Howard, Ramdas, McAuliffe, Sekhon 2021
 * and Fan, Grama, Liu 2015). With y = (x - a) / (b - a) in [0, 1], predictable lambda_i in [0, 1/2] and g_i in [0, 1],
 *
 *   exp(sum_i lambda_i (y_i - mu) - (y_i - g_(i-1))^2 psi(lambda_i)),   psi(l) = -log(1 - l) - l,
 *
 * is a supermartingale, hence mu >= (sum lambda_i y_i - log(1/alpha) - sum (y_i - g_(i-1))^2 psi(lambda_i)) / sum lambda_i at all times.
 * g is the regularised mean, lambda_i = min(1/2, bet / s_(i-1)) for the four bets of `lanes.ts` at alpha / 4 each, of which the best bound counts.
 * Keeps no observations, unlike `betting`, which is tighter where the variance is small.
 *
 * Rounding: psi <= l^2/2 + l^3/3 + l^4/4 + l^5/(5 (1 - l)), every term is enlarged, and the sums carry their own bounds (`sum.ts`).
 */
import { addDown, addUp, divDown, divUp, mulDown, power2 } from "../../interval/rounding.ts"
import { logUp } from "../../random/log.ts"
import { LANES, bets } from "./lanes.ts"
import type { LowerFactory } from "./sequence.ts"
import { makeSum } from "./sum.ts"

const CAP = 0.5
/** Cover the roundings of one term: 4 u of lambda y, 20 u of the penalty. */
const MORE = 1 + power2(-48)
const LESS = 1 - power2(-49)

/** Lower sequences for the conditional mean of observations in [a, b], tightest near `tuned` observations. */
export const empiricalBernstein =
  (a: number, b: number, tuned: number): LowerFactory =>
  (alpha, negated) => {
    const least = negated ? -b : a
    const width = b > a ? addUp(b, -a) : 1
    const goal = logUp(divUp(LANES, alpha))
    const bet = bets(alpha / LANES, tuned)
    const lanes = Array.from(bet, () => ({ weighted: makeSum(), weights: makeSum(), penalty: makeSum() }))
    let [n, mean, squares] = [0, 0.5, 0.25]
    const bound = (): number => {
      if (n === 0) return -Infinity
      let best = -Infinity
      for (const { weighted, weights, penalty } of lanes) {
        const top = addDown(addDown(weighted.down(), -penalty.up()), -goal)
        best = Math.max(best, divDown(top, top >= 0 ? weights.up() : weights.down()))
      }
      return addDown(least, mulDown(width, best))
    }
    /** False only where every lane misses m by far more than its rounding errors: saves the certified bound at most looks. */
    const plausible = (y: number): boolean =>
      lanes.some(({ weighted, weights, penalty }) => weighted.value() - penalty.value() - goal > y * weights.value() - 1e-6 * (1 + weights.value()))
    return {
      update: (lo, hi) => {
        const [y, z] = [(lo - least) / width, (hi - least) / width]
        n += 1
        const scale = Math.sqrt(n / squares)
        const far = Math.max(Math.abs(y - mean), Math.abs(z - mean)) + power2(-50)
        for (let j = 0; j < LANES; j++) {
          const lambda = Math.min(CAP, bet[j]! * scale)
          const psi = lambda * lambda * (1 / 2 + lambda * (1 / 3 + lambda * (1 / 4 + lambda / (5 * (1 - lambda)))))
          const lane = lanes[j]!
          lane.weighted.add(lambda * y * LESS)
          lane.weights.add(lambda)
          lane.penalty.add(far * far * psi * MORE)
        }
        const centre = Math.min(1, y)
        const d = centre - mean
        mean += d / (n + 1)
        squares += d * (centre - mean)
      },
      bound,
      rejects: (m) => plausible((m - least) / width) && bound() >= m,
    }
  }
