/**
 * Transport between minibatches: m of the n sources and m of the n targets, drawn without replacement, independently, all masses equal.
 */
import { compare, div, rational } from "../../src/core/rational.ts"
import * as N from "../../src/expression/node.ts"
import { Undefined, asMatrix, asNode, asVector, matrix, scalar, typedFunction } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { rationals } from "./costs.ts"
import { cheapest } from "./couplings.ts"

const subsets = (n: number, m: number): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length: 1 << n }, (_, set) => Array.from({ length: n }, (_, i) => i).filter((i) => (set & (1 << i)) !== 0)).filter(
    (s) => s.length === m,
  )

const batches = (n: number, v: Value): ReadonlyArray<ReadonlyArray<number>> => {
  const [m] = rationals([asNode(v, "the size of a batch")], "the size of a batch")
  if (n > 6 || m!.d !== 1n || m!.n < 1n || m!.n > BigInt(n)) throw new Undefined("a batch has a size of 1..n, n at most 6")
  return subsets(n, Number(m!.n))
}

/** minibatch(C, m): the mean of min <C, pi> over all pairs of batches. */
export const minibatch = typedFunction(2, ([c, m]) => {
  const cost = asMatrix(c!, "C of minibatch")
  const chosen = batches(cost.length, m!)
  const costs = chosen.flatMap((rows) => chosen.map((columns) => cheapest(rows.map((i) => columns.map((j) => cost[i]![j]!)))))
  return scalar(N.div(costs.reduce(N.add), N.integer(costs.length)))
})

/** batchPlan(x, y, m): the mean of the monotone plans between all pairs of batches of points of the line. */
export const batchPlan = typedFunction(3, ([x, y, m]) => {
  const [from, to] = [rationals(asVector(x!, "x of batchPlan"), "x"), rationals(asVector(y!, "y of batchPlan"), "y")]
  const n = from.length
  const chosen = batches(n, m!)
  const counts = Array.from({ length: n }, () => Array.from({ length: n }, () => 0))
  for (const rows of chosen) {
    const sources = rows.toSorted((i, j) => compare(from[i]!, from[j]!))
    for (const columns of chosen) columns.toSorted((i, j) => compare(to[i]!, to[j]!)).forEach((j, k) => counts[sources[k]!]![j]!++)
  }
  const all = rational(chosen.length ** 2 * chosen[0]!.length)
  return matrix(counts.map((row) => row.map((count) => N.constant(div(rational(count), all)))))
})

export const minibatchFunctions = { batchPlan, minibatch }
