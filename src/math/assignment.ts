/**
 * The assignment problem in float64: the permutation p that minimises sum_i C[i, p(i)], by shortest augmenting paths (Jonker and Volgenant 1987, in the form
 * of Crouse 2016), with the potentials that prove it:
 *
 *   u_i + v_j <= C_ij for all i, j,   with equality on the pairs (i, p(i)),   hence   sum_i C[i, q(i)] >= sum u + sum v = sum_i C[i, p(i)]  for every q.
 *
 * Both hold up to the rounding of a few sums of the size of the largest |C_ij|.
 */
export interface Assignment {
  /** p(i): the column that row i is given. */
  readonly columnOf: Int32Array
  readonly u: Float64Array
  readonly v: Float64Array
}

/** @param cost n*n finite numbers, row-major */
export const assignment = (cost: Float64Array, n: number): Assignment => {
  const { columnOf, rowOf, u, v } = greedy(cost, n)
  const [distance, from] = [new Float64Array(n), new Int32Array(n)]
  const [open, rows, done] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)]
  for (let root = 0; root < n; root++) {
    if (columnOf[root] !== -1) continue
    // Dijkstra from the row `root` over reduced costs, until a column is free.
    distance.fill(Infinity)
    for (let j = 0; j < n; j++) open[j] = j
    let [left, row, sink, least, visited] = [n, root, -1, 0, 0]
    while (sink === -1) {
      const base = least - u[row]!
      const offset = row * n
      let [at, lowest] = [-1, Infinity]
      for (let k = 0; k < left; k++) {
        const j = open[k]!
        const through = base + cost[offset + j]! - v[j]!
        if (through < distance[j]!) {
          distance[j] = through
          from[j] = row
        }
        const d = distance[j]!
        if (d < lowest || (d === lowest && rowOf[j] === -1)) {
          lowest = d
          at = k
        }
      }
      least = lowest
      const column = open[at]!
      open[at] = open[--left]!
      rows[visited] = row
      done[visited++] = column
      if (rowOf[column] === -1) sink = column
      else row = rowOf[column]!
    }
    u[root]! += least
    for (let k = 1; k < visited; k++) u[rows[k]!]! += least - distance[columnOf[rows[k]!]!]!
    for (let k = 0; k < visited; k++) v[done[k]!]! -= least - distance[done[k]!]!
    for (let column = sink; ; ) {
      const owner = from[column]!
      const next = columnOf[owner]!
      rowOf[column] = owner
      columnOf[owner] = column
      if (owner === root) break
      column = next
    }
  }
  return { columnOf, u, v }
}

/** Potentials below the costs, v_j = min_i C_ij and u_i = min_j (C_ij - v_j), and the pairs of no slack that can be had for nothing. */
const greedy = (cost: Float64Array, n: number): Assignment & { readonly rowOf: Int32Array } => {
  const [u, v] = [new Float64Array(n), new Float64Array(n).fill(Infinity)]
  const [columnOf, rowOf] = [new Int32Array(n).fill(-1), new Int32Array(n).fill(-1)]
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (cost[i * n + j]! < v[j]!) v[j] = cost[i * n + j]!
  for (let i = 0; i < n; i++) {
    let [at, least] = [-1, Infinity]
    for (let j = 0; j < n; j++) {
      const reduced = cost[i * n + j]! - v[j]!
      if (reduced < least || (reduced === least && rowOf[j] === -1)) [at, least] = [j, reduced]
    }
    u[i] = least
    if (rowOf[at] === -1) [rowOf[at], columnOf[i]] = [i, at]
  }
  return { columnOf, rowOf, u, v }
}

/** C_ij = |x_i - y_j|^2 for n points each in dimension d. */
export const squaredDistances = (x: Float64Array, y: Float64Array, d: number): Float64Array => {
  const n = x.length / d
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += (x[i * d + k]! - y[j * d + k]!) ** 2
      out[i * n + j] = sum
    }
  return out
}
