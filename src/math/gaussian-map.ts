/**
 * The optimal map between Gaussians N(m, A) and N(m', B) (Olkin, Pukelsheim 1982; Dowson, Landau 1982):
 *
 *   T(x) = m' + A^(-1/2) (A^(1/2) B A^(1/2))^(1/2) A^(-1/2) (x - m).
 */
import { symmetricEigen } from "./symmetric-eigen.ts"

interface Moments {
  readonly mean: Float64Array
  /** d x d, row-major. */
  readonly covariance: Float64Array
}

/** T at n points, n*d. Throws a RangeError when A is not positive definite. */
export const gaussianMap = (from: Moments, to: Moments, x: Float64Array): Float64Array => {
  const d = from.mean.length
  const root = power(from.covariance, d, 0.5)
  const inverse = power(from.covariance, d, -0.5)
  const middle = multiply(multiply(root, to.covariance, d), root, d)
  const symmetric = middle.map((value, i) => (value + middle[(i % d) * d + Math.floor(i / d)]!) / 2)
  const map = multiply(multiply(inverse, power(symmetric, d, 0.5), d), inverse, d)
  const centred = x.map((at, i) => at - from.mean[i % d]!)
  return x.map((_, i) => {
    let sum = to.mean[i % d]!
    for (let k = 0; k < d; k++) sum += map[(i % d) * d + k]! * centred[i - (i % d) + k]!
    return sum
  })
}

/** V diag(l^p) V' of a positive definite matrix. */
const power = (a: Float64Array, d: number, p: number): Float64Array => {
  const { values, vectors } = symmetricEigen(a, d)
  if (!(values[0]! > 0)) throw new RangeError(`a covariance with the eigenvalue ${values[0]} has no map`)
  const out = new Float64Array(d * d)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) for (let k = 0; k < d; k++) out[i * d + j]! += vectors[i * d + k]! * values[k]! ** p * vectors[j * d + k]!
  return out
}

const multiply = (a: Float64Array, b: Float64Array, d: number): Float64Array => {
  const out = new Float64Array(d * d)
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) for (let k = 0; k < d; k++) out[i * d + j]! += a[i * d + k]! * b[k * d + j]!
  return out
}
