/**
 * What a trained flow reports: densities at points, samples, and whether its Jacobian is what it says (M9):
 *
 *   log|det dz/dx| = reported,   the Jacobian taken row by row by differentiation of the map itself;   inverse(forward(x)) = x with opposite determinants.
 */
import type { Metric } from "../../math/metric.ts"
import type { Flow } from "../../models/flow.ts"
import { logDensity } from "../../models/flow.ts"
import type { Tensor } from "../../tensor/tf.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"

type Plane = Trained<Flow<readonly [2]>>

/** Rows of tensors that are computed at a time. */
const CHUNK = 8192

/** log p at n points, n*2. */
export const densities = async ({ compute }: Plane, x: Float64Array): Promise<Float64Array> => {
  const out = new Float64Array(x.length / 2)
  for (let at = 0; at < out.length; at += CHUNK) {
    const part = Float32Array.from(x.subarray(2 * at, 2 * (at + CHUNK)))
    out.set(await compute((tf, flow, weights) => logDensity(tf, flow, weights, tf.tensor2d(part, [part.length / 2, 2]))), at)
  }
  return out
}

/** The points that noise is carried to. */
export const generate = async ({ compute }: Plane, z: Float64Array): Promise<Float64Array> =>
  Float64Array.from(await compute((tf, flow, weights) => flow.inverse(tf, weights, tf.tensor2d(Float32Array.from(z), [z.length / 2, 2])).to))

/** int p over the square [-r, r]^2 by the midpoint rule on m x m cells. */
export const mass = async (flow: Plane, r: number, m: number): Promise<Metric> => {
  const h = (2 * r) / m
  const x = Float64Array.from({ length: 2 * m * m }, (_, i) => -r + h * (0.5 + (i % 2 === 0 ? Math.floor(i / 2) % m : Math.floor(i / (2 * m)))))
  const value = (await densities(flow, x)).reduce((sum, l) => sum + Math.exp(l), 0) * h * h
  const protocol = `integral of the density over [-${r}, ${r}]^2, midpoint rule on ${m} x ${m} cells`
  return { name: "mass", value, n: m * m, interval: null, confidence: null, floor: null, protocol }
}

/**
 * The Jacobian of a flow of the plane at points of a law. Both defects are divided by what rounding in float32 may do to them: a determinant ad - bc loses the
 * factor (|ad| + |bc|)/|det|, a way back from z loses |J^-1| |z|.
 */
export const jacobianMonitor = (flow: Plane, pointsOf: (k: number) => Float64Array, couplings: number): Monitor => ({
  name: "jacobian",
  theorem: "M9: change of variables",
  relation: "log|det dz/dx| = reported log-determinant; inverse(forward(x)) = x; forward and inverse log-determinants cancel",
  look: async (k) => {
    const x = pointsOf(k)
    const n = x.length / 2
    const values = await flow.compute((tf, model, weights) => {
      const at = tf.tensor2d(Float32Array.from(x), [n, 2])
      const { to, logDeterminant } = model.forward(tf, weights, at)
      const back = model.inverse(tf, weights, to)
      const row = (j: number): Tensor => tf.grad((y: Tensor) => tf.sum(tf.slice(model.forward(tf, weights, y).to, [0, j], [n, 1])))(at)
      return tf.concat([row(0), row(1), to, back.to, tf.stack([logDeterminant, back.logDeterminant], 1)], 1)
    })
    let worst = 0
    for (let i = 0; i < n; i++) {
      const [a, b, c, d, z1, z2, x1, x2, forward, inverse] = values.subarray(10 * i, 10 * i + 10) as unknown as ReadonlyArray<number>
      const determinant = a! * d! - b! * c!
      const cancelled = (Math.abs(a! * d!) + Math.abs(b! * c!)) / Math.abs(determinant)
      const way = 1 + (Math.hypot(a!, b!, c!, d!) / Math.abs(determinant)) * Math.hypot(z1!, z2!)
      worst = Math.max(
        worst,
        Math.abs(Math.log(Math.abs(determinant)) - forward!) / cancelled,
        Math.hypot(x1! - x[2 * i]!, x2! - x[2 * i + 1]!) / way,
        Math.abs(forward! + inverse!) / way,
      )
      if (Number.isNaN(determinant + forward! + inverse! + x1! + x2!)) worst = Number.NaN
    }
    const protocol = `largest of the three defects over ${n} points, each in units of what the condition of the point allows`
    return {
      metric: { name: "defect of the Jacobian", value: worst, n, interval: null, confidence: null, floor: 0, protocol },
      // Some ten float32 operations per coupling, each way, on the numbers and on their derivatives.
      bounds: { hi: 64 * couplings * 2 ** -24 },
    }
  },
})
