/**
 * Linear algebra on matrices of nodes, by minors: det A = sum_j (-1)^j A_1j det M_1j and A^-1 = adj(A) / det A. Exact for rational entries.
 * Meant for the small matrices of the theorems (n <= 6); shared minors are shared nodes. A factor 0 removes only what is certainly defined.
 * Rational matrices are reduced by Gauss and Jordan.
 * Rational matrices are reduced by Gauss instead, up to the order of identity.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { isDefined } from "./decide.ts"
import { minus, negate, over, plus, times as product, sum } from "./derivative.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { TooLarge, Undefined } from "./value.ts"

export type Matrix = ReadonlyArray<ReadonlyArray<Node>>
export type Vector = ReadonlyArray<Node>

const isZero = (x: Node): boolean => x.op === "const" && x.value.n === 0n
const times = (a: Node, b: Node): Node => ((isZero(a) && !isDefined(b)) || (isZero(b) && !isDefined(a)) ? N.mul(a, b) : product(a, b))

export const dot = (a: Vector, b: Vector): Node => {
  if (a.length !== b.length) throw new Undefined(`shape mismatch: vectors of length ${a.length} and ${b.length}`)
  return sum(a.map((x, i) => times(x, b[i]!)))
}
export const transpose = (a: Matrix): Matrix => (a[0] ?? []).map((_, j) => a.map((row) => row[j]!))
export const matvec = (a: Matrix, x: Vector): Vector => a.map((row) => dot(row, x))
export const matmul = (a: Matrix, b: Matrix): Matrix => {
  const columns = transpose(b)
  return a.map((row) => columns.map((column) => dot(row, column)))
}
export const identity = (n: number): Matrix => {
  if (n < 1 || n > MAX_ORDER) throw new TooLarge(`identity of an order from 1 to ${MAX_ORDER} is expected, not ${n}`)
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => N.integer(i === j ? 1 : 0)))
}
export const zip = (a: Matrix, b: Matrix, f: (x: Node, y: Node) => Node): Matrix => {
  if (a.length !== b.length || a[0]?.length !== b[0]?.length) throw new Undefined("shape mismatch between two matrices")
  return a.map((row, i) => row.map((x, j) => f(x, b[i]![j]!)))
}
export const scale = (c: Node, a: Matrix): Matrix => a.map((row) => row.map((x) => times(c, x)))
export const trace = (a: Matrix): Node => {
  square(a)
  return sum(a.map((row, i) => row[i]!))
}

const square = (a: Matrix): number => {
  if (a.some((row) => row.length !== a.length))
    throw new Undefined(`shape mismatch: a square matrix is needed, not ${a.length} x ${a[0]?.length ?? 0}`)
  return a.length
}

/** Orders of matrices beyond which nothing is computed, and minors beyond which symbols are not written out. */
const MAX_ORDER = 32
const MAX_MINORS = 2 ** 15

const orderOf = (a: Matrix): number => {
  const n = square(a)
  if (n > MAX_ORDER) throw new TooLarge(`a determinant or an inverse of order at most ${MAX_ORDER} is expected, not ${n}`)
  return n
}

/** Determinant of the rows `from..` restricted to `columns`, memoised by the column set. */
const minors = (a: Matrix, work: { left: number }): ((from: number, columns: ReadonlyArray<number>) => Node) => {
  const memo = new Map<string, Node>()
  const det = (from: number, columns: ReadonlyArray<number>): Node => {
    if (columns.length === 0) return N.integer(1)
    const key = `${from}:${columns.join(",")}`
    const known = memo.get(key)
    if (known !== undefined) return known
    if (--work.left < 0) throw new TooLarge("a determinant or an inverse of a smaller matrix is expected: this one has too many minors")
    const value = columns.reduce<Node>((total, column, k) => {
      const term = times(
        a[from]![column]!,
        det(
          from + 1,
          columns.filter((c) => c !== column),
        ),
      )
      return k % 2 === 0 ? plus(total, term) : minus(total, term)
    }, N.integer(0))
    memo.set(key, value)
    return value
  }
  return det
}

export const determinant = (a: Matrix, work = { left: MAX_MINORS }): Node => {
  const n = orderOf(a)
  const given = rationals(a)
  if (given !== undefined) return N.constant(eliminate(given).determinant)
  return minors(a, work)(
    0,
    Array.from({ length: n }, (_, j) => j),
  )
}

/** A^-1; throws Undefined for an exactly singular matrix. */
export const inverse = (a: Matrix): Matrix => {
  const n = orderOf(a)
  const given = rationals(a)
  if (given !== undefined) {
    const unit = given.map((row, i) => [...row, ...row.map((_, j) => (i === j ? Q.ONE : Q.ZERO))])
    const { determinant, rows } = eliminate(unit)
    if (determinant.n === 0n) throw new Undefined("inverse of a singular matrix")
    return rows.map((row) => row.slice(n).map(N.constant))
  }
  const work = { left: MAX_MINORS }
  const det = determinant(a, work)
  const without = (m: Matrix, i: number, j: number): Matrix => m.filter((_, r) => r !== i).map((row) => row.filter((_, c) => c !== j))
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      const cofactor = determinant(without(a, j, i), work)
      return over((i + j) % 2 === 0 ? cofactor : negate(cofactor), det)
    }),
  )
}

type Rationals = ReadonlyArray<ReadonlyArray<Rational>>

const rationals = (a: Matrix): Rationals | undefined => {
  const values = a.map((row) => row.flatMap((x) => (x.op === "const" ? [x.value] : [])))
  return values.every((row) => row.length === a.length) ? values : undefined
}

/** Gauss and Jordan on the first columns of n rows: the determinant of those columns, and the rows once they are the identity (where it is not 0). */
const eliminate = (given: Rationals): { readonly determinant: Rational; readonly rows: Rationals } => {
  const rows = given.map((row) => [...row])
  let determinant = Q.ONE
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k]!.n !== 0n)
    if (pivot < 0) return { determinant: Q.ZERO, rows }
    if (pivot !== k) {
      ;[rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!]
      determinant = Q.neg(determinant)
    }
    const scale = rows[k]![k]!
    determinant = Q.mul(determinant, scale)
    rows[k] = rows[k]!.map((x) => Q.div(x, scale))
    for (const [i, row] of rows.entries()) {
      const factor = row[k]!
      if (i !== k && factor.n !== 0n) rows[i] = row.map((x, j) => Q.sub(x, Q.mul(factor, rows[k]![j]!)))
    }
  }
  return { determinant, rows }
}

/** Lower triangular L with L L^T = A, for symmetric positive definite A (positivity is checked where the entries are evaluated: square roots). */
export const cholesky = (a: Matrix): Matrix => {
  const n = square(a)
  const l: Array<Array<Node>> = Array.from({ length: n }, () => Array.from({ length: n }, () => N.integer(0)))
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const rest = minus(a[i]![j]!, sum(Array.from({ length: j }, (_, k) => times(l[i]![k]!, l[j]![k]!))))
      l[i]![j] = i === j ? N.call("sqrt", rest) : over(rest, l[j]![j]!)
    }
  return l
}
