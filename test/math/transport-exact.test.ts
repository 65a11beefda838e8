import { describe, expect, it } from "vitest"
import { rational, toText } from "../../src/core/rational.ts"
import { solveIntegerTransport } from "../../src/math/transport-exact.ts"
import { treeOf } from "../../src/math/transport-tree.ts"
import { bestVertex, integers } from "./transport-oracle.ts"

describe("integer transport", () => {
  it("solves beyond the precision of doubles: 2^70-scaled masses, costs with three scales 2^60 apart", () => {
    const draw = integers(43)
    let pivots = 0
    for (let t = 0; t < 60; t++) {
      const [n, m] = [2 + draw(2), 2 + draw(2)]
      const wide = (): bigint => (BigInt(draw(2)) << 120n) + (BigInt(draw(3)) << 60n) + BigInt(draw(9)) - 4n
      const mass = (): bigint => (BigInt(draw(3)) << 70n) + BigInt(draw(3))
      const cost = Array.from({ length: n * m }, wide)
      const [a, b] = [Array.from({ length: n }, mass), Array.from({ length: m }, mass)]
      const difference = a.reduce((x, y) => x + y) - b.reduce((x, y) => x + y)
      if (difference > 0n) b[0]! += difference
      else a[0]! -= difference
      if (a.every((x) => x === 0n)) continue
      const { basis, phi, psi, optimal, pivots: more } = solveIntegerTransport({ cost, a, b }, 1000)
      pivots += more
      const primal = basis.reduce((s, e) => s + e.flow * cost[e.row * m + e.column]!, 0n)
      const dual = [...a.map((x, i) => x * phi[i]!), ...b.map((y, j) => y * psi[j]!)].reduce((x, y) => x + y)
      expect(optimal).toBe(true)
      expect(primal).toBe(dual)
      const matrix = a.map((_, i) => b.map((_, j) => rational(cost[i * m + j]!)))
      expect(`${primal}`).toBe(
        toText(
          bestVertex(
            matrix,
            a.map((x) => rational(x)),
            b.map((x) => rational(x)),
          ),
        ),
      )
    }
    expect(pivots).toBeGreaterThan(0)
  })

  it("pivots from one strongly feasible tree to the next: empty arcs point to the root", () => {
    const draw = integers(47)
    let pivots = 0
    for (let t = 0; t < 20; t++) {
      const n = 8
      const cost = Array.from({ length: n * n }, () => (BigInt(draw(3)) << 60n) + BigInt(draw(50)))
      const ones = Array.from({ length: n }, () => 1n)
      for (const limit of [1, 2, 3, 5, 1000]) {
        const { basis, pivots: done } = solveIntegerTransport({ cost, a: ones, b: ones }, limit)
        pivots += done
        const tree = treeOf(
          n,
          n,
          basis.map((e) => e.row),
          basis.map((e) => e.column),
          [...basis.keys()],
          n,
        )!
        for (let v = n + 1; v < 2 * n; v++) expect(basis[tree.flow[v]!]!.flow).toBeGreaterThan(0n)
      }
    }
    expect(pivots).toBeGreaterThan(20)
  })

  it("handles numbers far beyond the range of doubles", () => {
    const huge = 1n << 3000n
    const { basis, phi, psi, optimal } = solveIntegerTransport({ cost: [huge, 0n, 1n, huge], a: [huge, huge], b: [huge, huge] }, 10)
    expect(optimal).toBe(true)
    expect(
      basis
        .filter((e) => e.flow > 0n)
        .map(({ row, column }) => [row, column])
        .sort(),
    ).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect(phi[0]! + phi[1]! + psi[0]! + psi[1]!).toBe(1n)
  })
})
