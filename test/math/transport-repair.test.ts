import { describe, expect, it } from "vitest"
import { feasibleArcs } from "../../src/math/transport-repair.ts"
import { treeOf } from "../../src/math/transport-tree.ts"
import { integers } from "./transport-oracle.ts"

describe("feasible arcs", () => {
  it("turns any proposal into a strongly feasible tree with the right marginals", () => {
    const draw = integers(19)
    let kept = 0
    for (let t = 0; t < 300; t++) {
      const [n, m] = [1 + draw(6), 1 + draw(6)]
      const [a, b] = [n, m].map((k) => Array.from({ length: k }, () => BigInt(1 + draw(4)))) as [Array<bigint>, Array<bigint>]
      const difference = a.reduce((x, y) => x + y) - b.reduce((x, y) => x + y)
      if (difference > 0n) b[0]! += difference
      else a[0]! -= difference
      const proposal = Array.from({ length: n + m - 1 }, () => ({ row: draw(n), column: draw(m) }))
      const arcs = feasibleArcs(a, b, proposal, (i, j) => BigInt((i * 5 + j * 3) % 7))
      expect(arcs.length).toBe(n + m - 1)
      const tree = treeOf(
        n,
        m,
        arcs.map((e) => e.row),
        arcs.map((e) => e.column),
        [...arcs.keys()],
        n,
      )!
      expect(tree).toBeDefined()
      for (let v = 0; v < n + m; v++) if (v !== n && arcs[tree.flow[v]!]!.flow === 0n) expect(v).toBeLessThan(n)
      expect(a.map((_, i) => arcs.filter((e) => e.row === i).reduce((s, e) => s + e.flow, 0n))).toEqual(a)
      expect(b.map((_, j) => arcs.filter((e) => e.column === j).reduce((s, e) => s + e.flow, 0n))).toEqual(b)
      expect(arcs.every((e) => e.flow >= 0n)).toBe(true)
      kept += Number(feasibleArcs(a, b, arcs, () => 0n).every((e) => arcs.some((f) => f.row === e.row && f.column === e.column && f.flow === e.flow)))
    }
    expect(kept).toBe(300)
  })
})
