/**
 * From a proposed spanning tree to a strongly feasible one with exact flows.
 *
 * The flows of a tree follow from the masses, leaves first. If none is negative (and no empty arc points away from the root), the proposal
 * stands. Otherwise masses are shipped greedily, proposed arcs first; every shipment exhausts a row or a column, so the plan is a forest, and
 * empty arcs that point to the root join its pieces.
 */
import { treeOf } from "./transport-tree.ts"

export interface IntegerArc {
  readonly row: number
  readonly column: number
  readonly flow: bigint
}

/**
 * The n + m - 1 arcs of a strongly feasible spanning tree, rooted at column 0, for positive masses of equal totals.
 * @param proposal arcs that a solver believes in @param cost C_ij, which chooses the empty arcs
 */
export const feasibleArcs = (
  a: ReadonlyArray<bigint>,
  b: ReadonlyArray<bigint>,
  proposal: ReadonlyArray<{ readonly row: number; readonly column: number }>,
  cost: (row: number, column: number) => bigint,
): Array<IntegerArc> => treeFlows(a, b, proposal) ?? joined(a, b, greedy(a, b, proposal), cost)

/** Exact flows of the tree, or `undefined` unless it is a strongly feasible spanning tree. */
const treeFlows = (
  a: ReadonlyArray<bigint>,
  b: ReadonlyArray<bigint>,
  arcs: ReadonlyArray<{ readonly row: number; readonly column: number }>,
): Array<IntegerArc> | undefined => {
  const n = a.length
  const tree = treeOf(
    n,
    b.length,
    arcs.map((e) => e.row),
    arcs.map((e) => e.column),
    [...arcs.keys()],
    n,
  )
  if (tree === undefined) return undefined
  const need = [...a, ...b]
  const out: Array<IntegerArc> = []
  for (let v = tree.previous[n]!; v !== n; v = tree.previous[v]!) {
    const flow = need[v]!
    if (flow < 0n || (flow === 0n && v >= n)) return undefined
    need[tree.parent[v]!]! -= flow
    out.push({ ...arcs[tree.flow[v]!]!, flow })
  }
  return out
}

/** A feasible plan that fills the proposed arcs first, then whatever is left from north-west to south-east. */
const greedy = (
  a: ReadonlyArray<bigint>,
  b: ReadonlyArray<bigint>,
  proposal: ReadonlyArray<{ readonly row: number; readonly column: number }>,
): Array<IntegerArc> => {
  const [left, room] = [a.slice(), b.slice()]
  const plan: Array<IntegerArc> = []
  const ship = (row: number, column: number): void => {
    const flow = left[row]! < room[column]! ? left[row]! : room[column]!
    if (flow === 0n) return
    left[row]! -= flow
    room[column]! -= flow
    plan.push({ row, column, flow })
  }
  for (const { row, column } of proposal) ship(row, column)
  for (let i = 0, j = 0; i < a.length && j < b.length; left[i] === 0n ? i++ : j++) ship(i, j)
  return plan
}

/** Adds empty arcs from a row of each piece to a column already joined to column 0, cheapest column for the piece's first row. */
const joined = (
  a: ReadonlyArray<bigint>,
  b: ReadonlyArray<bigint>,
  forest: ReadonlyArray<IntegerArc>,
  cost: (row: number, column: number) => bigint,
): Array<IntegerArc> => {
  const n = a.length
  const neighbours: Array<Array<number>> = Array.from({ length: n + b.length }, () => [])
  for (const { row, column } of forest) {
    neighbours[row]!.push(n + column)
    neighbours[n + column]!.push(row)
  }
  const seen = new Set<number>()
  const columns: Array<number> = []
  const collect = (start: number): void => {
    const stack = [start]
    seen.add(start)
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      if (v >= n) columns.push(v - n)
      for (const w of neighbours[v]!) {
        if (!seen.has(w)) {
          seen.add(w)
          stack.push(w)
        }
      }
    }
  }
  collect(n)
  const arcs = forest.slice()
  for (let row = 0; row < n; row++) {
    if (seen.has(row)) continue
    const column = columns.reduce((best, j) => (cost(row, j) < cost(row, best) ? j : best))
    arcs.push({ row, column, flow: 0n })
    collect(row)
  }
  return arcs
}
