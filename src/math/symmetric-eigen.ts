/** Eigenvalues (rising) and orthonormal eigenvectors of a symmetric matrix, A = V diag(l) V': Householder tridiagonalisation and implicit QL (ml-matrix). */
import { EigenvalueDecomposition, Matrix } from "ml-matrix"

export interface SymmetricEigen {
  /** l, d. */
  readonly values: Float64Array
  /** V, row-major d x d; column k belongs to value k. */
  readonly vectors: Float64Array
}

/** @param a row-major d x d, symmetric. Throws a RangeError on a wrong length or entries that are not finite. */
export const symmetricEigen = (a: Float64Array, d: number): SymmetricEigen => {
  if (a.length !== d * d || !a.every(Number.isFinite)) throw new RangeError(`${a.length} entries, not a finite ${d} x ${d} matrix`)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Matrix.from1DArray(d, d, a), { assumeSymmetric: true })
  const order = realEigenvalues.map((_, k) => k).sort((i, j) => realEigenvalues[i]! - realEigenvalues[j]!)
  const vectors = new Float64Array(d * d)
  order.forEach((from, k) => {
    for (let i = 0; i < d; i++) vectors[i * d + k] = eigenvectorMatrix.get(i, from)
  })
  return { values: Float64Array.from(order, (k) => realEigenvalues[k]!), vectors }
}
