/**
 * Lower sequences from a boundary of the sum: if P(exists n: sum (x_i - mu) >= u(n)) <= alpha then mu > (sum x_i - u(n)) / n for all n.
 */
import { addDown, divDown } from "../../interval/rounding.ts"
import type { LowerFactory } from "./sequence.ts"
import { makeSum } from "./sum.ts"

/** Lower sequences of the boundary (n, alpha) -> u(n), rounded upwards. Values already computed are kept, for all sequences of the factory. */
export const meanBoundary = (boundary: (n: number, alpha: number) => number): LowerFactory => {
  const tables = new Map<number, Map<number, number>>()
  return (alpha) => {
    const table = tables.get(alpha) ?? new Map<number, number>()
    tables.set(alpha, table)
    const sum = makeSum()
    let n = 0
    const bound = (): number => {
      if (n === 0) return -Infinity
      let u = table.get(n)
      if (u === undefined) table.set(n, (u = boundary(n, alpha)))
      return divDown(addDown(sum.down(), -u), n)
    }
    return {
      update: (lo) => {
        sum.add(lo)
        n += 1
      },
      bound,
      rejects: (m) => bound() >= m,
    }
  }
}
