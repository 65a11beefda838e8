/**
 * The dense transportation problem in float64: min <C, pi> over pi >= 0 with row sums a and column sums b.
 *
 * Primal network simplex. A basis is a spanning tree of the bipartite graph with potentials phi_i + psi_j = C_ij on its arcs; an arc with
 * phi_i + psi_j > C_ij enters, flow is pushed round the cycle that it closes, and the last blocking arc leaves (Cunningham 1976: strongly
 * feasible trees never cycle). Entering arcs come from cyclic blocks of about sqrt(n m) arcs, the best of a block enters (block search,
 * Grigoriadis 1986; Bonneel et al. 2011 use the same for transport).
 *
 * Fast and deterministic, not rigorous: `transport-exact.ts` turns the basis into a certificate.
 */
import { greedyTree, integerMasses } from "./transport-start.ts"
import { exchange, refreshPotentials, type BasisTree } from "./transport-tree.ts"

/**
 * The n + m - 1 tree arcs (row, column, flow) and potentials for all atoms. `stalled` after the pivot limit.
 * The basis belongs to the costs min(C, cap): no arc above the cap carries flow, so plan and potentials are optimal for C as well.
 */
export interface TransportBasis {
  readonly status: "optimal" | "stalled"
  readonly cap: number
  readonly arcRows: Int32Array
  readonly arcColumns: Int32Array
  readonly flow: Float64Array
  readonly phi: Float64Array
  readonly psi: Float64Array
  readonly cost: number
  readonly pivots: number
}

export type TransportResult = TransportBasis | { readonly status: "invalid"; readonly why: string }

/**
 * Solves min <C, pi>, pi 1 = a, pi' 1 = b, pi >= 0, and its dual max a.phi + b.psi, phi_i + psi_j <= C_ij, to rounding.
 * @param cost C, row-major, n x m, |C| <= 2^1000, any sign
 * @param a source masses, n, >= 0 @param b target masses, m, >= 0, of the same positive total up to (n + m) 2^-52 relative
 * @param maxPivots defaults to 200 (n + m) + 10000; typical runs need 5 to 20 (n + m)
 * Atoms without mass hang on the tree by a tight empty arc. `invalid` on wrong shapes, such costs, negative masses, unequal totals.
 */
export const transportSimplex = (
  cost: Float64Array,
  a: Float64Array,
  b: Float64Array,
  maxPivots: number = 200 * (a.length + b.length) + 10000,
): TransportResult => {
  const why = complaint(cost, a, b)
  if (why !== undefined) return { status: "invalid", why }
  const [rows, columns] = [support(a), support(b)]
  const full = rows.length === a.length && columns.length === b.length
  const active = full ? cost : submatrix(cost, b.length, rows, columns)
  const masses = integerMasses(
    a.filter((x) => x > 0),
    b.filter((x) => x > 0),
  )
  const tree = greedyTree(active, masses.a, masses.b)
  let [cap, pivots, status]: [number, number, "optimal" | "stalled"] = [Infinity, 0, "optimal"]
  for (cap of caps(active, rows.length + columns.length)) {
    const run = improve(tree, cap === Infinity ? active : active.map((c) => Math.min(c, cap)), maxPivots - pivots)
    pivots += run.pivots
    status = run.status
    if (!shipsAbove(tree, active, cap)) break
  }
  return { status, cap, pivots, ...unpack(tree, rows, columns, cost, a, b) }
}

const complaint = (cost: Float64Array, a: Float64Array, b: Float64Array): string | undefined => {
  if (a.length === 0 || b.length === 0) return "a marginal has no atoms"
  if (cost.length !== a.length * b.length) return `the cost matrix has ${cost.length} entries, expected ${a.length} x ${b.length}`
  // Sums of costs along the tree must not overflow, nor the scaling of masses to integers.
  if (!cost.every((c) => Math.abs(c) <= 2 ** 1000)) return "a cost is not finite or exceeds 2^1000"
  if (![a, b].every((w) => w.every((x) => Number.isFinite(x) && x >= 0))) return "a mass is negative or not finite"
  const [s, t] = [a, b].map((w) => w.reduce((x, y) => x + y, 0)) as [number, number]
  if (![s, t].every((x) => x >= 2 ** -900 && x <= 2 ** 900)) return "the total mass is 0, or outside [2^-900, 2^900]"
  // Each sum of k doubles errs by at most (k - 1) 2^-53 relative, and normalised weights err by as much again.
  if (Math.abs(s - t) > (a.length + b.length) * 2 ** -52 * Math.max(s, t)) return `the totals differ: ${s} and ${t}`
  return undefined
}

const support = (w: Float64Array): Int32Array => Int32Array.from(w.keys()).filter((k) => w[k]! > 0)

const submatrix = (cost: Float64Array, columns: number, I: Int32Array, J: Int32Array): Float64Array => {
  const out = new Float64Array(I.length * J.length)
  let k = 0
  for (const i of I) for (const j of J) out[k++] = cost[i * columns + j]!
  return out
}

/**
 * Caps to try in turn, the last infinite. Potentials that pass through an arc of cost 1e32 lose every digit of the small costs, although
 * arcs that stand for "forbidden" rarely carry flow. So the first cap leaves 20 bits above the smallest `enough` costs, the next 26 more ...
 * Costs whose range fits into 40 bits get no finite cap, and none lies below the size of the most negative cost.
 */
const caps = (cost: Float64Array, enough: number): Array<number> => {
  let [low, high, deep] = [Infinity, 0, 0]
  for (const c of cost) {
    const size = Math.abs(c)
    if (-c > deep) deep = -c
    if (size > high) high = size
    if (size < low && size > 0) low = size
  }
  if (!(high > low * 2 ** 40)) return [Infinity]
  const sizes = new Int32Array(2200)
  let nonzero = 0
  for (const c of cost) {
    if (c === 0) continue
    sizes[1100 + Math.ceil(Math.log2(Math.abs(c)))]! += 1
    nonzero += 1
  }
  let [k, seen] = [0, 0]
  for (; seen < Math.min(enough, nonzero / 2); k++) seen += sizes[k]!
  const list: Array<number> = []
  for (let e = k - 1101 + 20; 2 ** e < high; e += 26) if (2 ** e > deep) list.push(2 ** e)
  return [...list, Infinity]
}

const shipsAbove = (tree: BasisTree, cost: Float64Array, cap: number): boolean => {
  for (let v = 0; v < tree.flow.length; v++) {
    if (v === tree.root || !(tree.flow[v]! > 0)) continue
    const [i, j] = v < tree.rows ? [v, tree.parent[v]!] : [tree.parent[v]!, v]
    if (cost[i * tree.columns + j - tree.rows]! > cap) return true
  }
  return false
}

/**
 * Pivots until no arc prices out against freshly computed potentials. Shifts accumulate rounding, so optimality is only believed right after
 * a refresh; and a reduced cost that larger potentials absorb can come back for ever, so a run longer than runs have reason to be ignores
 * reduced costs below the potentials' unit of rounding, then below four times that ...
 */
const improve = (tree: BasisTree, cost: Float64Array, maxPivots: number): { pivots: number; status: "optimal" | "stalled" } => {
  const patience = 30 * (tree.rows + tree.columns) + 1000
  let [pivots, row, floor, clean] = [0, 0, 0, true]
  refreshPotentials(tree, cost)
  for (;;) {
    const arc = entering(tree, cost, row, floor)
    if (arc < 0 && clean) return { pivots, status: "optimal" }
    clean = arc < 0
    if (clean) {
      refreshPotentials(tree, cost)
      continue
    }
    if (pivots >= maxPivots) return { pivots, status: "stalled" }
    pivot(tree, cost, arc)
    row = (Math.floor(arc / tree.columns) + 1) % tree.rows
    if (++pivots % patience === 0) floor = Math.max(4 * floor, 2 ** -52 * tree.potential.reduce((s, x) => Math.max(s, Math.abs(x)), 0))
  }
}

/** Rounding of C - phi - psi, with two bits to spare: below this an arc does not price out. */
const SLACK = 2 ** -50

/** The arc of most negative reduced cost in the first block of rows, from `first` on, that has one below -floor; -1 when no row has. */
const entering = (tree: BasisTree, cost: Float64Array, first: number, floor: number): number => {
  const { rows, columns, potential } = tree
  const block = Math.max(1, Math.round(Math.sqrt(rows / columns)))
  let [best, arc, row] = [-floor, -1, first]
  for (let done = 1; done <= rows; done++) {
    const u = potential[row]!
    for (let j = rows, k = row * columns, end = k + columns; k < end; j++, k++) {
      const r = cost[k]! - u + potential[j]!
      if (r < best && -r > SLACK * (Math.abs(cost[k]!) + Math.abs(u) + Math.abs(potential[j]!))) {
        best = r
        arc = k
      }
    }
    if (arc >= 0 && done % block === 0) return arc
    row = row + 1 === rows ? 0 : row + 1
  }
  return arc
}

/** Brings the arc in, pushes flow round its cycle p -> q -> ... -> p, and drops the last blocking arc as seen from the cycle's top. */
const pivot = (tree: BasisTree, cost: Float64Array, arc: number): void => {
  const { rows, columns, parent, count, flow, potential } = tree
  const p = Math.floor(arc / columns)
  const q = rows + arc - p * columns
  let [v, w, onP, onQ, outP, outQ] = [p, q, Infinity, Infinity, -1, -1]
  while (v !== w) {
    if (count[v]! < count[w]!) {
      if (v < rows && flow[v]! < onP) [onP, outP] = [flow[v]!, v]
      v = parent[v]!
    } else {
      if (w >= rows && flow[w]! <= onQ) [onQ, outQ] = [flow[w]!, w]
      w = parent[w]!
    }
  }
  const top = v
  const theta = Math.min(onP, onQ)
  if (theta > 0) {
    for (v = p; v !== top; v = parent[v]!) flow[v]! += v < rows ? -theta : theta
    for (w = q; w !== top; w = parent[w]!) flow[w]! += w < rows ? theta : -theta
  }
  const reduced = cost[arc]! - potential[p]! + potential[q]!
  if (onQ <= onP) exchange(tree, outQ, q, p, theta, -reduced)
  else exchange(tree, outP, p, q, theta, reduced)
}

/** The tree in the caller's indices, with flows solved from the caller's masses and empty atoms attached where they are tight. */
const unpack = (tree: BasisTree, rows: Int32Array, columns: Int32Array, cost: Float64Array, a: Float64Array, b: Float64Array) => {
  const [n, m, size] = [a.length, b.length, tree.rows + tree.columns]
  const [arcRows, arcColumns, flow] = [new Int32Array(n + m - 1), new Int32Array(n + m - 1), new Float64Array(n + m - 1)]
  const [phi, psi] = [new Float64Array(n), new Float64Array(m)]
  let arcs = 0
  const add = (i: number, j: number, f: number): void => {
    arcRows[arcs] = i
    arcColumns[arcs] = j
    flow[arcs++] = f
  }
  // Leaves first, the need of a node is what its subtree lacks; the arc above it carries that.
  const need = new Float64Array(size).map((_, v) => (v < tree.rows ? a[rows[v]!]! : b[columns[v - tree.rows]!]!))
  for (let v = tree.previous[tree.root]!; v !== tree.root; v = tree.previous[v]!) {
    const p = tree.parent[v]!
    need[p]! -= need[v]!
    const [i, j] = v < tree.rows ? [v, p] : [p, v]
    // Only rounding makes a flow negative here.
    add(rows[i]!, columns[j - tree.rows]!, Math.max(0, need[v]!))
  }
  rows.forEach((i, v) => {
    phi[i] = tree.potential[v]!
  })
  columns.forEach((j, v) => {
    psi[j] = -tree.potential[tree.rows + v]!
  })
  const allRows = Int32Array.from(phi.keys())
  for (let j = 0; j < m; j++)
    if (b[j] === 0) {
      const i = argmin(rows, (k) => cost[k * m + j]! - phi[k]!)
      psi[j] = cost[i * m + j]! - phi[i]!
      add(i, j, 0)
    }
  const allColumns = Int32Array.from(psi.keys())
  for (const i of allRows)
    if (a[i] === 0) {
      const j = argmin(allColumns, (k) => cost[i * m + k]! - psi[k]!)
      phi[i] = cost[i * m + j]! - psi[j]!
      add(i, j, 0)
    }
  let total = 0
  for (let e = 0; e < arcs; e++) if (flow[e]! > 0) total += flow[e]! * cost[arcRows[e]! * m + arcColumns[e]!]!
  return { arcRows, arcColumns, flow, phi, psi, cost: total }
}

const argmin = (keys: Int32Array, f: (k: number) => number): number => {
  let [best, at] = [Infinity, keys[0]!]
  for (const k of keys) if (f(k) < best) [best, at] = [f(k), k]
  return at
}
