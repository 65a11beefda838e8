/**
 * The transportation problem in integers, solved to proved optimality.
 *
 * The float network simplex proposes a spanning tree; its flows and potentials are then solved exactly, it is repaired where rounding left
 * a negative flow, and exact pivots finish what rounding left undone. The tree's potentials are at last replaced by their c-transforms
 *   psi_j = min_i (C_ij - phi_i),   phi_i = min_j (C_ij - psi_j),
 * so the returned pair is feasible whatever happened before, and optimal when the pivots ran to the end.
 */
import { feasibleArcs, type IntegerArc } from "./transport-repair.ts"
import { transportSimplex } from "./transport-simplex.ts"
import { exchange, treeOf, type BasisTree } from "./transport-tree.ts"

/** cost: C, row-major; a, b: masses >= 0 with equal positive totals. */
export interface IntegerTransport {
  readonly cost: ReadonlyArray<bigint>
  readonly a: ReadonlyArray<bigint>
  readonly b: ReadonlyArray<bigint>
}

/** The tree over the atoms that have mass, a feasible dual pair, and whether the pivots ran to the end (then both have the same value). */
export interface IntegerSolution {
  readonly basis: ReadonlyArray<IntegerArc>
  readonly phi: ReadonlyArray<bigint>
  readonly psi: ReadonlyArray<bigint>
  readonly optimal: boolean
  readonly pivots: number
}

/** Solves the problem exactly; after `maxPivots` exact pivots the best plan and dual pair so far, with `optimal: false`. */
export const solveIntegerTransport = (problem: IntegerTransport, maxPivots: number): IntegerSolution => {
  const { cost, a, b } = problem
  const [rows, columns] = [positive(a), positive(b)]
  const [n, m] = [rows.length, columns.length]
  // Subtracting row and column minima changes no optimal plan, and leaves the float solver the digits that matter.
  const reduced = rows.flatMap((i) => columns.map((j) => cost[i * b.length + j]!))
  const shiftRow = rows.map((_, i) => least(reduced, i * m, 1, m))
  for (let k = 0; k < n * m; k++) reduced[k]! -= shiftRow[Math.floor(k / m)]!
  const shiftColumn = columns.map((_, j) => least(reduced, j, m, n))
  for (let k = 0; k < n * m; k++) reduced[k]! -= shiftColumn[k % m]!
  const [masses, needs] = [rows.map((i) => a[i]!), columns.map((j) => b[j]!)]

  const shift = excessBits(reduced)
  const float = transportSimplex(
    Float64Array.from(reduced, (c) => Number(c >> shift)),
    toDoubles(masses),
    toDoubles(needs),
  )
  if (float.status === "invalid") throw new RangeError(float.why)
  const proposal = [...float.arcRows].map((row, e) => ({ row, column: float.arcColumns[e]! }))
  const arcs = feasibleArcs(masses, needs, proposal, (i, j) => reduced[i * m + j]!)
  const cap = float.cap === Infinity ? undefined : BigInt(float.cap) << shift
  const tree = new ExactBasis(n, m, arcs, cap === undefined ? reduced : reduced.map((c) => (c > cap ? cap : c)))
  let [optimal, pivots] = tree.improve(maxPivots)
  if (cap !== undefined && tree.arcs.some(({ row, column, flow }) => flow > 0n && reduced[row * m + column]! > cap)) {
    tree.setCost(reduced)
    const [done, more] = tree.improve(maxPivots - pivots)
    ;[optimal, pivots] = [done, pivots + more]
  }

  const phi = a.map(() => 0n)
  const psi = b.map(() => 0n)
  rows.forEach((i, v) => {
    phi[i] = tree.potential[v]! + shiftRow[v]!
  })
  b.forEach((_, j) => {
    psi[j] = minimum(rows, (i) => cost[i * b.length + j]! - phi[i]!)
  })
  const all = [...b.keys()]
  a.forEach((_, i) => {
    phi[i] = minimum(all, (j) => cost[i * b.length + j]! - psi[j]!)
  })
  const basis = tree.arcs.map(({ row, column, flow }) => ({ row: rows[row]!, column: columns[column]!, flow }))
  return { basis, phi, psi, optimal, pivots }
}

/** A strongly feasible tree whose node v hangs on `arcs[tree.flow[v]]`: the float tree holds indices, the integers lie beside it. */
class ExactBasis {
  readonly potential: Array<bigint>
  private readonly tree: BasisTree
  readonly arcs: Array<IntegerArc>
  private cost: ReadonlyArray<bigint>
  private row = 0

  constructor(rows: number, columns: number, arcs: ReadonlyArray<IntegerArc>, cost: ReadonlyArray<bigint>) {
    const tree = treeOf(
      rows,
      columns,
      arcs.map((e) => e.row),
      arcs.map((e) => e.column),
      [...arcs.keys()],
      rows,
    )
    if (tree === undefined) throw new RangeError("the arcs are no spanning tree")
    this.tree = tree
    this.arcs = arcs.slice()
    this.cost = cost
    this.potential = Array.from({ length: rows + columns }, () => 0n)
    this.setCost(cost)
  }

  /** Potentials of the tree for these costs. */
  setCost(cost: ReadonlyArray<bigint>): void {
    this.cost = cost
    const { root, next, parent, rows, columns } = this.tree
    for (let v = next[root]!; v !== root; v = next[v]!) {
      const p = parent[v]!
      const k = v < rows ? v * columns + p - rows : p * columns + v - rows
      this.potential[v] = v < rows ? this.potential[p]! + cost[k]! : this.potential[p]! - cost[k]!
    }
  }

  improve(maxPivots: number): [optimal: boolean, pivots: number] {
    for (let pivots = 0; pivots < maxPivots; pivots++) {
      const arc = this.entering()
      if (arc < 0) return [true, pivots]
      this.pivot(arc)
    }
    return [this.entering() < 0, maxPivots]
  }

  /** The best arc of the first row, in cyclic order, that has one of negative reduced cost; -1 when the basis is optimal. */
  private entering(): number {
    const { rows, columns } = this.tree
    for (let done = 0; done < rows; done++) {
      let [best, arc] = [this.potential[this.row]!, -1]
      for (let j = 0, k = this.row * columns; j < columns; j++, k++) {
        const r = this.cost[k]! + this.potential[rows + j]!
        if (r < best) [best, arc] = [r, k]
      }
      if (arc >= 0) return arc
      this.row = (this.row + 1) % rows
    }
    return -1
  }

  /** As in the float solver: the last blocking arc of the cycle, seen from its top, leaves. */
  private pivot(arc: number): void {
    const { tree, arcs, potential } = this
    const { rows, columns, parent, count, flow, next } = tree
    const p = Math.floor(arc / columns)
    const q = rows + arc - p * columns
    const reduced = this.cost[arc]! - potential[p]! + potential[q]!
    const amount = (v: number): bigint => arcs[flow[v]!]!.flow
    let [v, w, outP, outQ] = [p, q, -1, -1]
    while (v !== w) {
      if (count[v]! < count[w]!) {
        if (v < rows && (outP < 0 || amount(v) < amount(outP))) outP = v
        v = parent[v]!
      } else {
        if (w >= rows && (outQ < 0 || amount(w) <= amount(outQ))) outQ = w
        w = parent[w]!
      }
    }
    const top = v
    const onQ = outP < 0 || (outQ >= 0 && amount(outQ) <= amount(outP))
    const out = onQ ? outQ : outP
    const theta = amount(out)
    const push = (u: number, up: boolean): void => {
      const e = arcs[flow[u]!]!
      arcs[flow[u]!] = { ...e, flow: up ? e.flow + theta : e.flow - theta }
    }
    for (v = p; v !== top; v = parent[v]!) push(v, v >= rows)
    for (w = q; w !== top; w = parent[w]!) push(w, w < rows)
    const index = flow[out]!
    arcs[index] = { row: p, column: q - rows, flow: theta }
    const [inner, outer] = onQ ? [q, p] : [p, q]
    exchange(tree, out, inner, outer, index, 0)
    const delta = onQ ? -reduced : reduced
    for (let k = count[inner]!, u = inner; k > 0; k--, u = next[u]!) potential[u]! += delta
  }
}

const positive = (w: ReadonlyArray<bigint>): Array<number> => [...w.keys()].filter((k) => w[k]! > 0n)

const least = (w: ReadonlyArray<bigint>, first: number, step: number, length: number): bigint => {
  let best = w[first]!
  for (let t = 1, k = first + step; t < length; t++, k += step) if (w[k]! < best) best = w[k]!
  return best
}

const minimum = (keys: ReadonlyArray<number>, f: (k: number) => bigint): bigint => {
  let best = f(keys[0]!)
  for (const k of keys) {
    const x = f(k)
    if (x < best) best = x
  }
  return best
}

/** How far to shift non-negative integers right so that the largest has at most 1000 bits. */
const excessBits = (w: ReadonlyArray<bigint>): bigint => {
  const largest = w.reduce((x, y) => (y > x ? y : x), 0n)
  return BigInt(Math.max(0, largest.toString(2).length - 1000))
}

/** Doubles near the given positive masses, none of them 0. */
const toDoubles = (w: ReadonlyArray<bigint>): Float64Array => {
  const total = w.reduce((x, y) => x + y, 0n)
  const shift = BigInt(Math.max(0, total.toString(2).length - 900))
  return Float64Array.from(w, (x) => Math.max(2 ** -20, Number(x >> shift)))
}
