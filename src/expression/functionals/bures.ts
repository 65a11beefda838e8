/**
 * Transport between normal laws (Gelbrich 1990; Dowson and Landau 1982; Olkin and Pukelsheim 1982):
 *
 *   W2^2 = |m1 - m2|^2 + tr C1 + tr C2 - 2 tr (C1 C2)^(1/2),   T(x) = m2 + A (x - m1),  A = C1^-1 (C1 C2)^(1/2)
 *
 * With s_k the elementary symmetric functions of the square roots of the eigenvalues of M = C1 C2 (real and >= 0), R = M^(1/2) obeys Cayley-Hamilton:
 * R (M^j + s_2 M^(j-1) + ...) = s_1 M^j + s_3 M^(j-1) + ...; in two dimensions s_2 = sqrt(det M), s_1 = sqrt(tr M + 2 s_2).
 */
import * as Q from "../../core/rational.ts"
import type { Arithmetic } from "../../interval/arithmetic.ts"
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { isZero, sqrt } from "../laws/support.ts"
import { determinant, identity, inverse, matmul, scale, trace, zip } from "../linear.ts"
import type { Matrix } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined } from "../value.ts"
import { realRoots } from "./eigenvalues.ts"

/** W2^2 of two normal laws in R^d, singular covariances included. */
export const buresSquared = (p: Law, q: Law): Node => {
  const [g, h] = [p.gaussian!, q.gaussian!]
  const shift = sum(g.mean.map((m, i) => N.powi(minus(m, h.mean[i]!), 2)))
  if (equal(g.cov, h.cov)) return shift
  return plus(shift, minus(plus(trace(g.cov), trace(h.cov)), times(N.integer(2), rootSymmetric(g.cov, h.cov, 1))))
}

/** The matrix A of the optimal map from N(m1, C1) to N(m2, C2). Throws Undefined when C1 is singular. */
export const mongeMapMatrix = (c1: Matrix, c2: Matrix): Matrix => {
  const d = c1.length
  if (isZero(determinant(c1))) throw new Undefined("the optimal map needs a regular first covariance")
  const m = matmul(c1, c2)
  const s = (k: number): Node => (k === 0 ? N.integer(1) : k > d ? N.integer(0) : rootSymmetric(c1, c2, k))
  // R odd(M) = even(M) from sum_k (-1)^k s_k R^(d-k) = 0, split into odd and even powers of R.
  const half = Math.floor(d / 2)
  const first = polynomial(m, d % 2 === 1 ? indices(half, (j) => s(2 * j)) : indices(half - 1, (j) => s(2 * j + 1)))
  const second = polynomial(m, d % 2 === 1 ? indices(half, (j) => s(2 * j + 1)) : indices(half, (j) => s(2 * j)))
  return matmul(inverse(c1), matmul(inverse(first), second))
}

const equal = (a: Matrix, b: Matrix): boolean => a.every((row, i) => row.every((x, j) => x === b[i]![j]))

/** Values for j = top, top - 1, ..., 0 as coefficients of M^0, M^1, ..., M^top. */
const indices = (top: number, f: (j: number) => Node): ReadonlyArray<Node> => Array.from({ length: top + 1 }, (_, power) => f(top - power))

/** sum_k coefficients[k] M^k. */
const polynomial = (m: Matrix, coefficients: ReadonlyArray<Node>): Matrix => {
  const times1 = (c: Node): Matrix => scale(c, identity(m.length))
  return coefficients.slice(0, -1).reduceRight((total, c) => zip(matmul(total, m), times1(c), plus), times1(coefficients.at(-1)!))
}

/** s_k for M = C1 C2: closed forms in at most two dimensions, else enclosed through the eigenvalues. */
const rootSymmetric = (c1: Matrix, c2: Matrix, k: number): Node => {
  const d = c1.length
  const product = sqrt(times(determinant(c1), determinant(c2)))
  if (k === d) return product
  const m = matmul(c1, c2)
  if (d === 2) return sqrt(plus(trace(m), times(N.integer(2), product)))
  const diagonal = m.every((row, i) => row.every((x, j) => i === j || isZero(x)))
  if (diagonal && k === 1) return sum(m.map((row, i) => sqrt(row[i]!)))
  return N.external(`roots-of-eigenvalues-${k}`, characteristic(m), compute(k))
}

/** Coefficients c_0, ..., c_{d-1} of det(x I - M) by Faddeev and LeVerrier. */
const characteristic = (m: Matrix): ReadonlyArray<Node> => {
  const d = m.length
  const c: Array<Node> = Array.from({ length: d }, () => N.integer(0))
  let b: Matrix = identity(d)
  for (let k = 1; k <= d; k++) {
    const mb = matmul(m, b)
    c[d - k] = negate(over(trace(mb), N.integer(k)))
    b = zip(mb, scale(c[d - k]!, identity(d)), plus)
  }
  return c
}

/** k-th elementary symmetric function of the square roots of the roots of a characteristic polynomial with roots >= 0. */
const compute =
  (k: number) =>
  <T>(A: Arithmetic<T>, c: ReadonlyArray<T>): T => {
    const roots = realRoots(A, c)
    if (roots === undefined) return A.restrict(A.range(-Infinity, Infinity), "unknown")
    const zero = A.rational(Q.ZERO)
    let s: ReadonlyArray<T> = [A.rational(Q.ONE)]
    for (const root of roots) {
      const r = A.call("sqrt", A.max(root, zero))
      s = [...s, zero].map((value, j) => (j === 0 ? value : A.add(value, A.mul(r, s[j - 1]!))))
    }
    return s[k]!
  }
