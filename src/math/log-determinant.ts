/**
 * log|det A| of a square matrix by its LU factors (ml-matrix), with what errors of its entries do to it. With B = A^-1,
 *
 *   d log|det A| = sum_ij b_ji da_ij,   so that relative errors e of the entries move it by at most  e sum_ij |a_ij| |b_ji|  to first order:  d for a diagonal A.
 */
import { LuDecomposition, Matrix } from "ml-matrix"

export interface LogDeterminant {
  /** -Infinity for a singular matrix, and then the others are Infinity. */
  readonly value: number
  /** sum_ij |a_ij| |b_ji| / d, at least 1. */
  readonly condition: number
  /** Frobenius norm of the inverse. */
  readonly inverse: number
}

/** @param a row-major d x d. Throws a RangeError on a wrong length or entries that are not finite. */
export const logDeterminant = (a: ArrayLike<number>, d: number): LogDeterminant => {
  const entries = Array.from(a)
  if (entries.length !== d * d || !entries.every(Number.isFinite)) throw new RangeError(`${entries.length} entries, not a finite ${d} x ${d} matrix`)
  const lu = new LuDecomposition(Matrix.from1DArray(d, d, entries))
  if (lu.isSingular()) return { value: -Infinity, condition: Infinity, inverse: Infinity }
  const value = lu.upperTriangularMatrix.diagonal().reduce((sum, u) => sum + Math.log(Math.abs(u)), 0)
  const b = lu.solve(Matrix.eye(d))
  let [condition, square] = [0, 0]
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      condition += Math.abs(entries[i * d + j]! * b.get(j, i))
      square += b.get(j, i) ** 2
    }
  return { value, condition: condition / d, inverse: Math.sqrt(square) }
}
