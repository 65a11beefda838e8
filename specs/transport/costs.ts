/**
 * Cost matrices C_ij = c(x_i, y_j), and the small matrix forms that duality is written in.
 *
 * A point is a number or a vector; n points are a vector or an n x d matrix.
 */
import type { Rational } from "../../src/core/rational.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { mean } from "../../src/expression/functionals/summary.ts"
import { Undefined, asLaw, asMatrix, asNode, asVector, isMatrix, matrix, scalar, typedFunction, vector } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"

export type Matrix = ReadonlyArray<ReadonlyArray<Node>>
type Point = ReadonlyArray<Node>

const points = (v: Value): ReadonlyArray<Point> => (isMatrix(v) ? asMatrix(v, "points") : asVector(v, "points").map((x) => [x]))

const pairwise = (cost: (x: Point, y: Point) => Node) =>
  typedFunction(2, ([x, y]) => {
    const [from, to] = [points(x!), points(y!)]
    if (from[0]!.length !== to[0]!.length) throw new Undefined("shape mismatch: points of different dimensions")
    return matrix(from.map((p) => to.map((q) => cost(p, q))))
  })

/** The values of constant nodes. */
export const rationals = (nodes: ReadonlyArray<Node>, what: string): ReadonlyArray<Rational> =>
  nodes.map((x) => {
    if (x.op !== "const") throw new Undefined(`${what} must be rational`)
    return x.value
  })
const isZero = (x: Node): boolean => x.op === "const" && x.value.n === 0n

/** manhattan(x, y) = |x_i - y_j|_1; on the line |x_i - y_j|. */
export const manhattan = pairwise((x, y) => x.map((c, k) => N.abs(N.sub(c, y[k]!))).reduce(N.add))

/** euclidean(x, y) = |x_i - y_j|_2. */
export const euclidean = pairwise((x, y) => N.call("sqrt", x.map((c, k) => N.powi(N.sub(c, y[k]!), 2)).reduce(N.add)))

/** distinct(x, y) = 0 where x_i = y_j, else 1: the cost of total variation. */
export const distinct = pairwise((x, y) => N.integer(x.every((c, k) => c === y[k]) ? 0 : 1))

/** tilted(x, y) = |x_i - y_j| + (x_i - y_j)/2: convex in the difference, and not symmetric. */
export const tilted = pairwise(([x], [y]) => {
  const difference = N.sub(x!, y!)
  return N.add(N.abs(difference), N.div(difference, N.integer(2)))
})

/** powers(M, r) = M_ij^r for M >= 0, r > 0. */
export const powers = typedFunction(2, ([m, r]) => {
  const exponent = asNode(r!, "the exponent of powers")
  return matrix(asMatrix(m!, "the matrix of powers").map((row) => row.map((x) => (isZero(x) ? x : N.pow(x, exponent)))))
})

/** sums(f, g) = f_i + g_j. */
export const sums = typedFunction(2, ([f, g]) => matrix(asVector(f!, "f of sums").map((x) => asVector(g!, "g of sums").map((y) => N.add(x, y)))))

/** support(M, X) = X_ij where M_ij != 0, else 0, for a rational M. */
export const support = typedFunction(2, ([m, x]) => {
  const values = asMatrix(x!, "X of support")
  return matrix(asMatrix(m!, "M of support").map((row, i) => row.map((w, j) => (isZero(w) ? w : values[i]![j]!))))
})

/** marginal(M) = sum_j M_ij. */
export const marginal = typedFunction(1, ([m]) => vector(asMatrix(m!, "the argument of marginal").map((row) => row.reduce(N.add))))

/** leading(M): the leading square block of M. */
export const leading = typedFunction(1, ([m]) => {
  const rows = asMatrix(m!, "the argument of leading")
  const k = Math.min(rows.length, rows[0]!.length)
  return matrix(rows.slice(0, k).map((row) => row.slice(0, k)))
})

/** transform(C, f) = f^c, f^c_j = min_i (C_ij - f_i). */
export const transform = typedFunction(2, ([c, f]) => vector(conjugate(asMatrix(c!, "C of transform"), asVector(f!, "f of transform"))))

export const conjugate = (cost: Matrix, f: ReadonlyArray<Node>): ReadonlyArray<Node> => {
  if (cost.length !== f.length) throw new Undefined(`shape mismatch: ${f.length} potentials for ${cost.length} rows`)
  return cost[0]!.map((_, j) => cost.map((row, i) => N.sub(row[j]!, f[i]!)).reduce(N.min))
}

/** excess(d) = max over distinct i, j, k of d_ik - d_ij - d_jk, and 0 below three points: the triangle inequality is excess(d) <= 0. */
export const excess = typedFunction(1, ([d]) => {
  const m = asMatrix(d!, "the argument of excess")
  const all = [...m.keys()]
  // Coincident points have equal distances to everything.
  const gap = (i: number, j: number, k: number): Node =>
    (isZero(m[i]![j]!) && m[i]![k] === m[j]![k]) || (isZero(m[j]![k]!) && m[i]![k] === m[i]![j])
      ? N.integer(0)
      : N.sub(m[i]![k]!, N.add(m[i]![j]!, m[j]![k]!))
  const gaps = all.flatMap((i) => all.flatMap((j) => all.filter((k) => i !== j && j !== k && i !== k).map((k) => gap(i, j, k))))
  return scalar(gaps.length === 0 ? N.integer(0) : gaps.reduce(N.max))
})

/** integrable(mu) = 1 when mu has a finite first moment, else 0. */
export const integrable = typedFunction(1, ([law]) => {
  const first = mean(asLaw(law!, "the argument of integrable"))
  return scalar(N.integer(first.every((m) => m.op !== "undefined" && m.op !== "infinite") ? 1 : 0))
})

export const costFunctions = { distinct, euclidean, excess, integrable, leading, manhattan, marginal, powers, sums, support, tilted, transform }
