/**
 * Couplings of two batches of n points: row i of the source goes with row partner(i) of the target.
 *
 * The optimal one solves the assignment problem min_p sum_i |x_i - y_p(i)|^2, an extreme point of the transport polytope with masses 1/n (Birkhoff), by the
 * network simplex; its mean cost is W2^2 of the two empirical laws. What travels with a target point, its label above all, must be taken at partner(i).
 */
import { transportSimplex } from "./transport-simplex.ts"

export interface Pairing {
  /** partner[i], the row of the target that goes with row i of the source; a permutation. */
  readonly partner: Int32Array
  /** (1/n) sum_i |x_i - y_partner(i)|^2. */
  readonly cost: number
}

/** c_ij = |x_i - y_j|^2, n x m row-major. */
export const squaredDistances = (x: Float64Array, y: Float64Array, d: number): Float64Array => {
  const [n, m] = [x.length / d, y.length / d]
  const out = new Float64Array(n * m)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += (x[i * d + k]! - y[j * d + k]!) ** 2
      out[i * m + j] = sum
    }
  return out
}

/** The optimal pairing for squared distance. Throws a RangeError when the batches differ in size or a coordinate is not finite. */
export const optimalPairing = (x: Float64Array, y: Float64Array, d: number): Pairing => {
  if (x.length !== y.length || x.length === 0 || x.length % d !== 0)
    throw new RangeError(`batches of ${x.length / d} and ${y.length / d} points in dimension ${d} cannot be paired off`)
  const n = x.length / d
  const ones = new Float64Array(n).fill(1)
  const plan = transportSimplex(squaredDistances(x, y, d), ones, ones)
  if (plan.status !== "optimal") throw new RangeError(plan.status === "invalid" ? plan.why : `no optimal basis after ${plan.pivots} pivots`)
  const partner = new Int32Array(n).fill(-1)
  plan.flow.forEach((mass, e) => {
    if (mass > 0.5) partner[plan.arcRows[e]!] = plan.arcColumns[e]!
  })
  return { partner, cost: plan.cost / n }
}

/** Rows of a batch in the order given: out_i = y_order(i). */
export const rowsAt = (y: Float64Array, order: Int32Array, d: number): Float64Array => {
  const out = new Float64Array(order.length * d)
  order.forEach((from, i) => out.set(y.subarray(from * d, (from + 1) * d), i * d))
  return out
}
