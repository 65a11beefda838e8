/**
 * Spanning trees of the complete bipartite graph, the bases of the transportation polytope.
 *
 * Nodes 0..n-1 are rows (sources), n..n+m-1 columns (targets); every arc points from a row to a column. A rooted tree is stored by
 * `parent` and by its preorder: `next`/`previous` (circular), `last` (the last node of a subtree), `count` (its size). The arc of a node is
 * the one to its parent: it points to the root under a row and away from it under a column. `flow[v]` and `potential[v]` belong to node v;
 * on every tree arc (i, j): `C[i][j] - potential[i] + potential[j] = 0`.
 *
 * An exchange replaces one tree arc by another in time proportional to the paths to the root and to the smaller of the two parts.
 */
export interface BasisTree {
  readonly rows: number
  readonly columns: number
  readonly root: number
  readonly parent: Int32Array
  readonly next: Int32Array
  readonly previous: Int32Array
  readonly last: Int32Array
  readonly count: Int32Array
  readonly flow: Float64Array
  readonly potential: Float64Array
}

/**
 * The tree with the given arcs (row, column, flow), rooted at `root`, all potentials 0; `undefined` unless the arcs form a spanning tree.
 * @param arcRows rows of the n+m-1 arcs @param arcColumns their columns, 0..m-1 @param arcFlows their flows
 */
export const treeOf = (
  rows: number,
  columns: number,
  arcRows: ArrayLike<number>,
  arcColumns: ArrayLike<number>,
  arcFlows: ArrayLike<number>,
  root: number,
): BasisTree | undefined => {
  const size = rows + columns
  if (arcRows.length !== size - 1) return undefined
  const offset = new Int32Array(size + 1)
  for (let e = 0; e < size - 1; e++) {
    offset[arcRows[e]! + 1]! += 1
    offset[rows + arcColumns[e]! + 1]! += 1
  }
  for (let v = 0; v < size; v++) offset[v + 1]! += offset[v]!
  const fill = offset.slice(0, size)
  const incident = new Int32Array(2 * (size - 1))
  for (let e = 0; e < size - 1; e++) {
    incident[fill[arcRows[e]!]!++] = e
    incident[fill[rows + arcColumns[e]!]!++] = e
  }
  const int = (): Int32Array => new Int32Array(size)
  const tree: BasisTree = {
    rows,
    columns,
    root,
    parent: int().fill(-1),
    next: int(),
    previous: int(),
    last: int(),
    count: int().fill(1),
    flow: new Float64Array(size),
    potential: new Float64Array(size),
  }
  const order = int()
  const stack = [root]
  const seen = new Uint8Array(size)
  let reached = 0
  while (stack.length > 0) {
    const v = stack.pop()!
    if (seen[v] === 1) return undefined
    seen[v] = 1
    order[reached++] = v
    for (let k = offset[v]!; k < offset[v + 1]!; k++) {
      const e = incident[k]!
      const w = v < rows ? rows + arcColumns[e]! : arcRows[e]!
      if (w === tree.parent[v]) continue
      tree.parent[w] = v
      tree.flow[w] = arcFlows[e]!
      stack.push(w)
    }
  }
  if (reached !== size) return undefined
  for (let k = 0; k < size; k++) {
    const [v, w] = [order[k]!, order[(k + 1) % size]!]
    tree.next[v] = w
    tree.previous[w] = v
    tree.last[v] = v
  }
  for (let k = size - 1; k > 0; k--) {
    const v = order[k]!
    const p = tree.parent[v]!
    tree.count[p]! += tree.count[v]!
    if (tree.last[p] === p) tree.last[p] = tree.last[v]!
  }
  return tree
}

/** Recomputes every potential from the root's by `C[i][j] = potential[i] - potential[j]` along the tree. */
export const refreshPotentials = (tree: BasisTree, cost: Float64Array): void => {
  const { rows, columns, root, parent, next, potential } = tree
  for (let v = next[root]!; v !== root; v = next[v]!) {
    const p = parent[v]!
    potential[v] = v < rows ? potential[p]! + cost[v * columns + p - rows]! : potential[p]! - cost[p * columns + v - rows]!
  }
}

/**
 * Replaces the arc above `out` by the arc {inner, outer}, where `inner` lies below `out` and `outer` does not.
 * @param theta flow of the new arc @param delta what to add to every potential below `out`
 */
export const exchange = (tree: BasisTree, out: number, inner: number, outer: number, theta: number, delta: number): void => {
  const { parent, next, previous, last, count, flow, potential } = tree
  const total = count[out]!
  const end = last[out]!
  // Cut the subtree out of the preorder and of its ancestors' records.
  const before = previous[out]!
  const after = next[end]!
  next[before] = after
  previous[after] = before
  for (let v = parent[out]!; v >= 0; v = parent[v]!) {
    count[v]! -= total
    if (last[v] === end) last[v] = before
  }
  // Turn it round: inner's subtree first, then what is left of each node on the way from inner up to out.
  let child = inner
  let childPrevious = previous[inner]!
  let childLast = last[inner]!
  let childNext = next[childLast]!
  let childCount = count[inner]!
  let childFlow = flow[inner]!
  let node = parent[inner]!
  let tail = childLast
  parent[inner] = outer
  flow[inner] = theta
  count[inner] = total
  while (child !== out) {
    const nodePrevious = previous[node]!
    const nodeLast = last[node]!
    const nodeNext = nodeLast === childLast ? childNext : next[nodeLast]!
    const nodeCount = count[node]!
    const nodeFlow = flow[node]!
    const up = parent[node]!
    next[tail] = node
    previous[node] = tail
    if (nodeLast === childLast) tail = childPrevious
    else {
      next[childPrevious] = childNext
      previous[childNext] = childPrevious
      tail = nodeLast
    }
    parent[node] = child
    flow[node] = childFlow
    count[node] = total - childCount
    child = node
    childPrevious = nodePrevious
    childLast = nodeLast
    childNext = nodeNext
    childCount = nodeCount
    childFlow = nodeFlow
    node = up
  }
  for (let v = out; v !== outer; v = parent[v]!) last[v] = tail
  // Hang it below outer, first among its children.
  const follower = next[outer]!
  next[outer] = inner
  previous[inner] = outer
  next[tail] = follower
  previous[follower] = tail
  for (let v = outer; v >= 0; v = parent[v]!) {
    count[v]! += total
    if (last[v] === outer) last[v] = tail
  }
  // Potentials matter up to a common constant, so shift the smaller part.
  const small = 2 * total <= potential.length
  const shift = small ? delta : -delta
  let v = small ? inner : next[tail]!
  for (let k = small ? total : potential.length - total; k > 0; k--) {
    potential[v]! += shift
    v = next[v]!
  }
}
