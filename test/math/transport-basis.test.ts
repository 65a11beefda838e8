import { describe, expect, test } from "vitest"
import { rational, toText } from "../../src/core/rational.ts"
import { optimalBasis, planMatrix } from "../../src/math/transport-basis.ts"
import { planCost } from "../../src/math/transport-problem.ts"
import { q, qs } from "./transport-oracle.ts"

const cost = [qs(["2", "-1", "3"]), qs(["0", "4", "1"])]

describe("optimalBasis", () => {
  test("has the optimal value of a small problem", () => {
    const arcs = optimalBasis(cost, qs(["1/2", "1/2"]), qs(["1/4", "1/4", "1/2"]))
    expect(arcs).toHaveLength(4)
    expect(toText(planCost(arcs, (i, j) => cost[i]![j]!).hi)).toBe("3/4")
  })

  test("leaves out atoms without mass", () => {
    const arcs = optimalBasis(cost, qs(["0", "1"]), qs(["1/3", "2/3", "0"]))
    expect(arcs.every(({ row, column }) => row === 1 && column < 2)).toBe(true)
  })

  test("refuses what is no transport problem", () => {
    expect(() => optimalBasis(cost, qs(["1/2", "1/2"]), qs(["1", "1", "1"]))).toThrow("the totals differ")
    expect(() => optimalBasis(cost, qs(["-1", "2"]), qs(["1/2", "1/4", "1/4"]))).toThrow("a mass is negative")
    expect(() => optimalBasis(cost, [q("1")], qs(["1/2", "1/4", "1/4"]))).toThrow("the cost matrix is not 1 x 3")
  })

  test("costs with long denominators keep their order", () => {
    const close = [
      [rational(1, 10n ** 40n), rational(0)],
      [rational(0), rational(1, 10n ** 40n + 1n)],
    ]
    expect(planMatrix(optimalBasis(close, qs(["1/2", "1/2"]), qs(["1/2", "1/2"])), 2, 2).map((row) => row.map(toText))).toEqual([
      ["0", "1/2"],
      ["1/2", "0"],
    ])
  })
})
