/**
 * M11, gradient penalties. On the linear critic f(x) = w.x, whose gradient is w everywhere, the penalty is (|w| - 1)^2, whatever the shape of an item; on a
 * constant critic it is 1, and its gradient is finite. Interpolates lie on the segments between the pairs: one weight a for each pair, a ~ U(0, 1).
 */
import { kolmogorov, kolmogorovBound } from "../../math/statistics.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Critic } from "../objectives/wasserstein.ts"
import { finding, worst, type Finding } from "./finding.ts"

/**
 * A penalty on f(x) = s w.x: its value at s = 1, at s = 0, and its derivative in s at 0, as a tensor [3].
 * @param penalty the code under test, of f and points [n, ...item] @param w one weight for each number of an item, [d] @param points [n, ...item]
 */
export const penaltyProbe = (tf: Tf, penalty: (f: Critic, x: Tensor) => Tensor, w: Tensor, points: Tensor): Tensor => {
  const critic =
    (s: Tensor): Critic =>
    (at) =>
      tf.mul(s, tf.sum(tf.mul(tf.reshape(at, [-1, w.size]), w), 1))
  const at = (s: Tensor): Tensor => penalty(critic(s), points)
  return tf.stack([at(tf.scalar(1)), at(tf.scalar(0)), tf.grad(at)(tf.scalar(0))])
}

/** What the numbers of the probe say. @param n number of points */
export const penaltyFindings = (probe: ArrayLike<number>, w: Float64Array, n: number): ReadonlyArray<Finding> => {
  const norm = Math.hypot(...w)
  return [
    finding(
      "M11 linear critic",
      Math.abs(probe[0]! - (norm - 1) ** 2),
      // Sums of d squares and a mean of n in float32, each addition with a relative error of 2^-24 of a number of that size.
      (w.length + n + 8) * 2 ** -24 * (1 + norm) ** 2,
      "the penalty of w.x is not (|w| - 1)^2: take the norm over all axes of an item, and a mean over items",
    ),
    finding(
      "M11 zero gradient",
      Number.isFinite(probe[2]!) ? Math.abs(probe[1]! - 1) : Number.NaN,
      // |grad f| counts as 1e-6, and the penalty as 1 - 2e-6, where a number under the root keeps it away from 0.
      1e-5,
      "the penalty of a constant critic is not 1, or its gradient is not finite: the root has an infinite derivative at 0",
    ),
  ]
}

/** Interpolates of n pairs in dimension d, against the segments. */
export const interpolationFindings = (x: Float64Array, y: Float64Array, between: Float64Array, d: number, alpha = 1e-6): ReadonlyArray<Finding> => {
  const n = x.length / d
  const weights = new Float64Array(n)
  let off = 0
  for (let i = 0; i < n; i++) {
    let [dot, squares, scale] = [0, 0, 0]
    for (let j = i * d; j < (i + 1) * d; j++) {
      dot += (between[j]! - y[j]!) * (x[j]! - y[j]!)
      squares += (x[j]! - y[j]!) ** 2
      scale = Math.max(scale, Math.abs(x[j]!), Math.abs(y[j]!))
    }
    const a = dot / squares
    weights[i] = a
    for (let j = i * d; j < (i + 1) * d; j++) off = Math.max(off, Math.abs(between[j]! - a * x[j]! - (1 - a) * y[j]!) / scale)
  }
  // Distance to [0, 1]; the projection of float32 points has an error of a few 2^-24 relative to the segment.
  const outside = worst(weights.map((a) => Math.max(0, -a, a - 1)))
  return [
    finding("M11 segments", off, 16 * 2 ** -24, "interpolates leave the segments of their pairs: one weight for each pair, not for each number"),
    finding("M11 support", outside, 1e-4, "interpolates lie beyond the ends of their segments: weights are uniform on (0, 1)"),
    finding(
      "M11 uniform",
      kolmogorov(weights, (a) => Math.min(1, Math.max(0, a))),
      kolmogorovBound(n, alpha) + 1e-4,
      "the weights of the interpolates are not uniform on (0, 1), or not independent from pair to pair",
    ),
  ]
}
