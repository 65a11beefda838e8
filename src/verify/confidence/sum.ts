/**
 * Sums of doubles with an error bound: Sum2 of Ogita, Rump and Oishi 2005 (TwoSum cascade, the errors added up aside),
 *
 *   |sum() - exact| <= u |sum()| + n^2 u^2 sum |x_i|,   u = 2^-53  (Proposition 4.5, with gamma_(n-1)^2 <= n^2 u^2 for n u <= 2^-10, stated with 2).
 */
import { addDown, addUp, mulUp, nextUp } from "../../interval/rounding.ts"

export interface Sum {
  readonly add: (x: number) => void
  /** A double <= the exact sum of the added doubles. */
  readonly down: () => number
  /** A double >= the exact sum. */
  readonly up: () => number
}

const U = 1 / 0x20000000000000

/** An empty sum. */
export const makeSum = (): Sum => {
  let [high, low, size, n] = [0, 0, 0, 0]
  /** 2 n^2 u^2 sum |x| and u |sum|; the factor 2 covers the rounding of `size` and of this expression. */
  const error = (): number => nextUp(mulUp(2 * n * U * (n * U), size) + 2 * U * Math.abs(high + low))
  return {
    add: (x) => {
      const s = high + x
      const t = s - high
      low += high - (s - t) + (x - t)
      high = s
      size += Math.abs(x)
      n += 1
    },
    down: () => addDown(high + low, -error()),
    up: () => addUp(high + low, error()),
  }
}
