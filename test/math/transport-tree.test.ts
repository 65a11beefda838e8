import { describe, expect, it } from "vitest"
import { exchange, refreshPotentials, treeOf, type BasisTree } from "../../src/math/transport-tree.ts"
import { integers } from "./transport-oracle.ts"

/** Everything the records claim, recomputed from the parents. */
const checkTree = (t: BasisTree): void => {
  const size = t.rows + t.columns
  const order: Array<number> = []
  for (let v = t.root, k = 0; k < size; k++, v = t.next[v]!) order.push(v)
  expect(new Set(order).size).toBe(size)
  expect(t.next[order[size - 1]!]).toBe(t.root)
  order.forEach((v, k) => expect(t.previous[order[(k + 1) % size]!]).toBe(v))
  const below = (v: number): Array<number> =>
    order.filter((w) => {
      let u = w
      while (u !== v && u >= 0) u = t.parent[u]!
      return u === v
    })
  order.forEach((v, k) => {
    const subtree = below(v)
    expect(t.count[v]).toBe(subtree.length)
    expect(order.slice(k, k + subtree.length).sort()).toEqual(subtree.sort())
    expect(t.last[v]).toBe(order[k + subtree.length - 1])
  })
}

describe("basis trees", () => {
  it("survive random exchanges, with every record right and potentials tight", () => {
    const draw = integers(3)
    for (let t = 0; t < 20; t++) {
      const [n, m] = [1 + draw(6), 2 + draw(6)]
      const cost = new Float64Array(n * m).map(() => draw(100))
      // A comb: all columns under row 0, all other rows under column 0.
      const rows = [...Array.from({ length: m }, () => 0), ...Array.from({ length: n - 1 }, (_, i) => i + 1)]
      const columns = [...Array.from({ length: m }, (_, j) => j), ...Array.from({ length: n - 1 }, () => 0)]
      const tree = treeOf(
        n,
        m,
        rows,
        columns,
        rows.map(() => 1),
        n,
      )!
      refreshPotentials(tree, cost)
      for (let step = 0; step < 40; step++) {
        const out = draw(n + m)
        if (out === tree.root) continue
        const inside = Array.from({ length: n + m }, (_, v) => {
          let u = v
          while (u >= 0 && u !== out) u = tree.parent[u]!
          return u === out
        })
        const crossing = [...cost.keys()].filter((k) => inside[Math.floor(k / m)] !== inside[n + (k % m)])
        const arc = crossing[draw(crossing.length)]!
        const [p, q] = [Math.floor(arc / m), n + (arc % m)]
        const reduced = cost[arc]! - tree.potential[p]! + tree.potential[q]!
        if (inside[p]) exchange(tree, out, p, q, step, reduced)
        else exchange(tree, out, q, p, step, -reduced)
        checkTree(tree)
        for (let v = 0; v < n + m; v++) {
          if (v === tree.root) continue
          const [i, j] = v < n ? [v, tree.parent[v]!] : [tree.parent[v]!, v]
          expect(cost[i * m + j - n]! - tree.potential[i]! + tree.potential[j]!).toBe(0)
        }
      }
    }
  })

  it("refuses arcs that are no spanning tree", () => {
    expect(treeOf(2, 2, [0, 1, 0], [0, 0, 0], [1, 1, 1], 2)).toBeUndefined()
    expect(treeOf(2, 2, [0, 0], [0, 1], [1, 1], 2)).toBeUndefined()
    expect(treeOf(3, 2, [0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 1], 3)).toBeUndefined()
  })
})
