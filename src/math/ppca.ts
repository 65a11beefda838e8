/**
 * Probabilistic principal component analysis in closed form (Tipping, Bishop 1999, eq. 8-12): x = W z + b + s e with z ~ N(0, I_q) has the greatest
 * likelihood for n points of R^d with the covariance eigenvalues l_1 >= ... >= l_d (divisor n) at
 *
 *   b = mean,  s^2 = mean of l_{q+1} .. l_d,  W = V_q (L_q - s^2 I)^{1/2} R,      value  -1/2 (d log 2 pi + sum_{i<=q} log l_i + (d - q) log s^2 + d)  per point.
 */
import { symmetricEigen } from "./symmetric-eigen.ts"

export interface Ppca {
  /** Greatest mean log-likelihood, nats per point. */
  readonly logLikelihood: number
  readonly mean: Float64Array
  /** Of the noise, s^2. */
  readonly variance: number
  /** V_q: q orthonormal rows of length d, greatest eigenvalue first. */
  readonly axes: ReadonlyArray<Float64Array>
  /** Mean log-density of other points under the fitted model. */
  readonly logDensity: (x: Float64Array) => number
}

/** The fit to n*d numbers. Throws a RangeError unless 0 <= q < d and s^2 > 0 beyond rounding. */
export const ppca = (x: Float64Array, d: number, q: number): Ppca => {
  if (!(Number.isInteger(q) && q >= 0 && q < d)) throw new RangeError(`${q} components in dimension ${d}`)
  const n = x.length / d
  const mean = new Float64Array(d)
  for (let i = 0; i < x.length; i++) mean[i % d]! += x[i]! / n
  const covariance = new Float64Array(d * d)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) for (let k = 0; k < d; k++) covariance[j * d + k]! += ((x[i * d + j]! - mean[j]!) * (x[i * d + k]! - mean[k]!)) / n
  const { values, vectors } = symmetricEigen(covariance, d)
  const falling = Array.from(values).reverse()
  const variance = falling.slice(q).reduce((sum, l) => sum + l, 0) / (d - q)
  // Eigenvalues are exact to d roundings of the largest.
  if (!(variance > d * Number.EPSILON * falling[0]!))
    throw new RangeError(`${n} points lie in a subspace of dimension ${q}: the likelihood has no maximum`)
  const axes = Array.from({ length: q }, (_, k) => Float64Array.from({ length: d }, (_, i) => vectors[i * d + (d - 1 - k)]!))
  const logDeterminant = falling.slice(0, q).reduce((sum, l) => sum + Math.log(l), 0) + (d - q) * Math.log(variance)
  const constant = d * Math.log(2 * Math.PI) + logDeterminant
  const logDensity = (y: Float64Array): number => {
    let quadratic = 0
    const centred = new Float64Array(d)
    for (let i = 0; i < y.length; i += d) {
      let rest = 0
      for (let j = 0; j < d; j++) rest += (centred[j] = y[i + j]! - mean[j]!) ** 2
      for (let k = 0; k < q; k++) {
        const along = axes[k]!.reduce((sum, v, j) => sum + v * centred[j]!, 0)
        quadratic += along ** 2 / falling[k]!
        rest -= along ** 2
      }
      quadratic += rest / variance
    }
    return -0.5 * (constant + quadratic / (y.length / d))
  }
  return { logLikelihood: -0.5 * (constant + d), mean, variance, axes, logDensity }
}
