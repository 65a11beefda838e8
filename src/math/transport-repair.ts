/**
 * From a proposed spanning tree to a strongly feasible one with exact flows.
 *
 * The flows of a tree follow from the masses, leaves first. If none is negative (and no empty arc points away from the root), the proposal
 * stands. Otherwise masses are shipped greedily, proposed arcs first, cycles of the resulting plan are cancelled in the cheaper direction
 * until it is a forest, and empty arcs that point to the root join its pieces.
 */
import { treeOf } from "./transport-tree.ts"

export interface IntegerArc {
  readonly row: number
  readonly column: number
  readonly flow: bigint
}

/**
 * The n + m - 1 arcs of a strongly feasible spanning tree, rooted at column 0, for positive masses of equal totals.
 * @param proposal arcs that a solver believes in @param cost C_ij, which decides among repairs
 */
export const feasibleArcs = (
  a: ReadonlyArray<bigint>,
  b: ReadonlyArray<bigint>,
  proposal: ReadonlyArray<{ readonly row: number; readonly column: number }>,
  cost: (row: number, column: number) => bigint,
): Array<IntegerArc> => treeFlows(a, b, proposal) ?? joined(a, b, withoutCycles(greedy(a, b, proposal), cost), cost)

/** Exact flows of the tree, or `undefined` unless it is a strongly feasible spanning tree. */
const treeFlows = (
  a: ReadonlyArray<bigint>,
  b: ReadonlyArray<bigint>,
  arcs: ReadonlyArray<{ readonly row: number; readonly column: number }>,
): Array<IntegerArc> | undefined => {
  const n = a.length
  const tree = treeOf(n, b.length, arcs.map((e) => e.row), arcs.map((e) => e.column), [...arcs.keys()], n)
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

/** A plan of no larger cost, with the same marginals, whose support is a forest. */
const withoutCycles = (plan: ReadonlyArray<IntegerArc>, cost: (row: number, column: number) => bigint): Array<IntegerArc> => {
  const flows = new Map<string, IntegerArc>()
  const neighbours = new Map<string, Map<string, string>>()
  const link = (from: string, to: string, key: string): void => {
    const known = neighbours.get(from)
    if (known === undefined) neighbours.set(from, new Map([[to, key]]))
    else known.set(to, key)
  }
  for (const arc of plan) {
    const [r, c] = [`r${arc.row}`, `c${arc.column}`]
    // The cycle runs r -> c by the new arc and back by the path, whose arcs carry less, more, less ...
    const path = pathBetween(neighbours, c, r)
    const key = `${r}${c}`
    flows.set(key, arc)
    link(r, c, key)
    link(c, r, key)
    if (path === undefined) continue
    const cycle = [key, ...path]
    const change = cycle.reduce((s, e, k) => s + (k % 2 === 0 ? 1n : -1n) * cost(flows.get(e)!.row, flows.get(e)!.column), 0n)
    const shrinking = change > 0n ? 0 : 1
    const theta = cycle.reduce<bigint | undefined>((t, e, k) => {
      const flow = flows.get(e)!.flow
      return k % 2 === shrinking && (t === undefined || flow < t) ? flow : t
    }, undefined)!
    cycle.forEach((e, k) => {
      const old = flows.get(e)!
      const flow = k % 2 === shrinking ? old.flow - theta : old.flow + theta
      flows.set(e, { ...old, flow })
      if (flow > 0n) return
      flows.delete(e)
      neighbours.get(`r${old.row}`)!.delete(`c${old.column}`)
      neighbours.get(`c${old.column}`)!.delete(`r${old.row}`)
    })
  }
  return [...flows.values()]
}

/** The keys of the arcs on the path in a forest, or `undefined`. */
const pathBetween = (neighbours: Map<string, Map<string, string>>, from: string, to: string): Array<string> | undefined => {
  const via = new Map<string, readonly [before: string, key: string]>([[from, ["", ""]]])
  const queue = [from]
  for (let v = queue.pop(); v !== undefined && v !== to; v = queue.pop()) {
    for (const [w, key] of neighbours.get(v) ?? []) {
      if (via.has(w)) continue
      via.set(w, [v, key])
      queue.push(w)
    }
  }
  if (!via.has(to)) return undefined
  const path: Array<string> = []
  for (let v = to; v !== from; v = via.get(v)![0]) path.push(via.get(v)![1])
  return path.reverse()
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
