/**
 * Sums of doubles with an error bound: Sum2 of Ogita, Rump and Oishi 2005 (TwoSum cascade, the errors added up aside),
 *
 *   |sum() - exact| <= u |sum()| + n^2 u^2 sum |x_i|,   u = 2^-53  (Proposition 4.5, with gamma_(n-1)^2 <= n^2 u^2 for n u <= 2^-10, stated with 2).
 */
import { addDown, addUp, mulUp, nextUp } from "../../interval/rounding.ts"

export interface Sum {
  readonly add: (x: number) => void
  /** The sum to nearly the last bit, without a guarantee. */
  readonly value: () => number
  /** A double <= the exact sum of the added doubles. */
  readonly down: () => number
  /** A double >= the exact sum. */
  readonly up: () => number
}

const U = 1 / 0x20000000000000

/** An empty sum. */
export const makeSum = (): Sum => {
  // high, low, sum of absolute values, number of terms: typed, because captured numbers would be allocated anew at each assignment.
  const state = new Float64Array(4)
  /** 2 n^2 u^2 sum |x| and u |sum|; the factor 2 covers the rounding of the sum of absolute values and of this expression. */
  const error = (sum: number): number => {
    const nu = state[3]! * U
    return nextUp(mulUp(2 * nu * nu, state[2]!) + 2 * U * Math.abs(sum))
  }
  return {
    add: (x) => {
      const high = state[0]!
      const s = high + x
      const t = s - high
      state[0] = s
      state[1]! += high - (s - t) + (x - t)
      state[2]! += x < 0 ? -x : x
      state[3]! += 1
    },
    value: () => state[0]! + state[1]!,
    down: () => {
      const sum = state[0]! + state[1]!
      return addDown(sum, -error(sum))
    },
    up: () => {
      const sum = state[0]! + state[1]!
      return addUp(sum, error(sum))
    },
  }
}
