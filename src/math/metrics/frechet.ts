/**
 * Frechet distance of Gaussians fitted to two sets of features (Dowson, Landau 1982; Heusel et al. 2017 with Inception features; any other are named):
 *
 *   FD = |m - m'|^2 + tr S + tr S' - 2 sum_i sqrt(l_i),      l = eigenvalues of S^(1/2) S' S^(1/2),
 *
 * a symmetric positive semi-definite product, so that no root is complex. Covariances of fewer than 2d points are refused. FD of n points is biased by about
 * C/n; the intercept of a line through FD at several n, against 1/n, removes that (Chong, Forsyth 2020).
 */
import type { Metric } from "../metric.ts"
import { sampleMoments } from "../statistics.ts"
import { symmetricEigen } from "../symmetric-eigen.ts"

export interface Moments {
  readonly mean: Float64Array
  /** d x d, row-major. */
  readonly covariance: Float64Array
}

/** FD of two Gaussians in closed form. */
export const frechetOfMoments = (p: Moments, q: Moments): number => {
  const d = p.mean.length
  const { values, vectors } = symmetricEigen(p.covariance, d)
  // S^(1/2) = V diag(sqrt l) V'; eigenvalues below 0 are rounding of a semi-definite matrix.
  const root = new Float64Array(d * d)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      for (let k = 0; k < d; k++) root[i * d + j]! += vectors[i * d + k]! * Math.sqrt(Math.max(0, values[k]!)) * vectors[j * d + k]!
  const product = multiply(multiply(root, q.covariance, d), root, d)
  const symmetric = product.map((v, i) => (v + product[(i % d) * d + Math.floor(i / d)]!) / 2)
  const cross = symmetricEigen(symmetric, d).values.reduce((s, l) => s + Math.sqrt(Math.max(0, l)), 0)
  let [shift, trace] = [0, 0]
  for (let i = 0; i < d; i++) {
    shift += (p.mean[i]! - q.mean[i]!) ** 2
    trace += p.covariance[i * d + i]! + q.covariance[i * d + i]!
  }
  return shift + Math.max(0, trace - 2 * cross)
}

const multiply = (a: Float64Array, b: Float64Array, d: number): Float64Array => {
  const out = new Float64Array(d * d)
  for (let i = 0; i < d; i++)
    for (let k = 0; k < d; k++) {
      const at = a[i * d + k]!
      for (let j = 0; j < d; j++) out[i * d + j]! += at * b[k * d + j]!
    }
  return out
}

const fitted = (x: Float64Array, d: number, name: string): Moments => {
  if (x.length < 2 * d * d)
    throw new RangeError(`${x.length / d} ${name} features in dimension ${d}: a covariance needs at least 2d = ${2 * d} points`)
  return sampleMoments(x, d)
}

/**
 * FD of two sets of features. Throws a RangeError when a set has fewer than 2d points.
 * @param features names the feature space and its version @param floor FD of two fresh halves of real data at this n, if known
 */
export const frechetDistance = (x: Float64Array, y: Float64Array, d: number, features: string, floor: number | null = null): Metric => ({
  name: "Frechet distance",
  value: frechetOfMoments(fitted(x, d, features), fitted(y, d, features)),
  n: Math.min(x.length, y.length) / d,
  interval: null,
  confidence: null,
  floor,
  protocol: `Frechet distance of Gaussians fitted to ${x.length / d} and ${y.length / d} points of ${features} in dimension ${d}, covariances with n - 1, eigenvalue form; not Inception FID`,
})

/**
 * FD extrapolated to n = infinity: least squares through FD at the first n, 3n/4, n/2 and n/4 points of both sets, against 1/n.
 * Throws a RangeError when a quarter of a set is fewer than 2d points.
 */
export const frechetExtrapolated = (x: Float64Array, y: Float64Array, d: number, features: string): Metric => {
  const n = Math.min(x.length, y.length) / d
  const sizes = [1, 0.75, 0.5, 0.25].map((part) => Math.floor(part * n))
  const values = sizes.map((m) => frechetDistance(x.subarray(0, m * d), y.subarray(0, m * d), d, features).value)
  const inverse = sizes.map((m) => 1 / m)
  const mean = (v: ReadonlyArray<number>): number => v.reduce((s, a) => s + a, 0) / v.length
  const [mi, mv] = [mean(inverse), mean(values)]
  const slope = inverse.reduce((s, a, k) => s + (a - mi) * (values[k]! - mv), 0) / inverse.reduce((s, a) => s + (a - mi) ** 2, 0)
  return {
    ...frechetDistance(x, y, d, features),
    name: "Frechet distance, n to infinity",
    value: mv - slope * mi,
    floor: 0,
    protocol: `intercept of the line through Frechet distances at ${sizes.join(", ")} points against 1/n; ${features}, dimension ${d}; not Inception FID`,
  }
}
