/**
 * Where the network simplex starts: integer masses, a greedy plan, and a strongly feasible spanning tree that contains it.
 *
 * Masses become integers whose total is below 2^53, so every flow of every basis is a sum of integers and exact in doubles: ties are ties,
 * and the rule against cycling holds literally. A tree is strongly feasible when each arc without flow points towards the root (Cunningham
 * 1976); arcs run from rows to columns, so an empty arc must lie above a row.
 */
import { treeOf, type BasisTree } from "./transport-tree.ts"

/**
 * Integers proportional to the given positive masses: A_i = round(2^k a_i), at least 1, with k the largest that keeps both totals below 2^52.
 * Totals are made equal at the largest mass of the lighter side, so |A_i / 2^k - a_i| <= (n + m) 2^-52 total. Integers of total below 2^52
 * stay proportional exactly.
 */
export const integerMasses = (a: Float64Array, b: Float64Array): { readonly a: Float64Array; readonly b: Float64Array } => {
  const total = Math.max(sum(a), sum(b))
  let unit = 1
  while (total * unit < 2 ** 51) unit *= 2
  while (total * unit >= 2 ** 52) unit /= 2
  const [p, q] = [a, b].map((w) => w.map((x) => Math.max(1, Math.round(x * unit)))) as [Float64Array, Float64Array]
  const difference = sum(p) - sum(q)
  const lighter = difference < 0 ? p : q
  lighter[argmax(lighter)]! += Math.abs(difference)
  return { a: p, b: q }
}

/**
 * A strongly feasible tree for positive integer masses of equal totals: each row in turn ships to the cheapest columns that still have room;
 * the pieces of the resulting forest are then joined by empty arcs.
 * @param cost C, row-major, n x m @param a row masses, n @param b column masses, m
 */
export const greedyTree = (cost: Float64Array, a: Float64Array, b: Float64Array): BasisTree => {
  const [n, m] = [a.length, b.length]
  const room = b.slice()
  const [arcRows, arcColumns, arcFlows] = [new Int32Array(n + m - 1), new Int32Array(n + m - 1), new Float64Array(n + m - 1)]
  let arcs = 0
  const add = (i: number, j: number, flow: number): void => {
    arcRows[arcs] = i
    arcColumns[arcs] = j
    arcFlows[arcs++] = flow
  }
  const piece = new Int32Array(n + m).map((_, v) => v)
  const find = (v: number): number => {
    let w = v
    while (piece[w] !== w) w = piece[w] = piece[piece[w]!]!
    return w
  }
  for (let i = 0; i < n; i++) {
    let left = a[i]!
    while (left > 0) {
      const j = cheapest(cost, i, m, room)
      const flow = Math.min(left, room[j]!)
      left -= flow
      room[j]! -= flow
      add(i, j, flow)
      piece[find(i)] = find(n + j)
    }
  }
  // Join every piece to the root's by an empty arc from one of its rows to a column that is already joined.
  const root = n
  const members = new Map<number, Array<number>>()
  for (let j = 0; j < m; j++) {
    const list = members.get(find(n + j))
    if (list === undefined) members.set(find(n + j), [j])
    else list.push(j)
  }
  const joined = new Float64Array(m)
  const join = (part: number): void =>
    members.get(part)!.forEach((j) => {
      joined[j] = 1
    })
  join(find(root))
  for (let i = 0; i < n; i++) {
    if (find(i) === find(root)) continue
    const j = cheapest(cost, i, m, joined)
    join(find(i))
    add(i, j, 0)
    piece[find(i)] = find(root)
  }
  const tree = treeOf(n, m, arcRows, arcColumns, arcFlows, root)
  if (tree === undefined) throw new RangeError("greedyTree needs positive integer masses of equal totals")
  return tree
}

const cheapest = (cost: Float64Array, i: number, m: number, open: Float64Array): number => {
  let [best, at] = [Infinity, -1]
  for (let j = 0, k = i * m; j < m; j++, k++) {
    if (open[j]! > 0 && (cost[k]! < best || at < 0)) {
      best = cost[k]!
      at = j
    }
  }
  return at
}

const sum = (w: Float64Array): number => w.reduce((s, x) => s + x, 0)

const argmax = (w: Float64Array): number => w.reduce((best, x, k) => (x > w[best]! ? k : best), 0)
