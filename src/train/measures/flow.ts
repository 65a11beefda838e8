/**
 * What a trained flow reports: densities at points, samples, and whether its Jacobian is what it says (M9):
 *
 *   log|det dz/dx| = reported,   the Jacobian taken row by row by differentiation of the map itself;   inverse(forward(x)) = x with opposite determinants.
 */
import { logDeterminant } from "../../math/log-determinant.ts"
import type { Metric } from "../../math/metric.ts"
import type { Flow } from "../../models/flow.ts"
import { logDensity } from "../../models/flow.ts"
import type { Weights } from "../../models/network.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Inputs } from "../objective.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"

type Points<D extends number> = Trained<Flow<readonly [D]>>

/** Rows of tensors that are computed at a time. */
const CHUNK = 8192

// One function each for all calls, so that they are prepared once.
const logDensityOf = <D extends number>(tf: Tf, flow: Flow<readonly [D]>, weights: Weights, { x }: Inputs): Tensor =>
  logDensity(tf, flow, weights, x!)
const inverseOf = <D extends number>(tf: Tf, flow: Flow<readonly [D]>, weights: Weights, { z }: Inputs): Tensor => flow.inverse(tf, weights, z!).to

/** log p at n points, n*d. */
export const densities = async <D extends number>({ model, compute }: Points<D>, x: Float64Array): Promise<Float64Array> => {
  const [d] = model.item
  const out = new Float64Array(x.length / d)
  for (let at = 0; at < out.length; at += CHUNK) {
    const part = new Float32Array(x.subarray(d * at, d * (at + CHUNK)))
    out.set(await compute(logDensityOf, { x: { shape: [part.length / d, d], values: part } }), at)
  }
  return out
}

/** The points that noise is carried to. */
export const generate = async <D extends number>({ model, compute }: Points<D>, z: Float64Array): Promise<Float64Array> => {
  const [d] = model.item
  return new Float64Array(await compute(inverseOf, { z: { shape: [z.length / d, d], values: new Float32Array(z) } }))
}

/** int p over the square [-r, r]^2 by the midpoint rule on m x m cells. */
export const mass = async (flow: Points<2>, r: number, m: number): Promise<Metric> => {
  const h = (2 * r) / m
  const x = Float64Array.from({ length: 2 * m * m }, (_, i) => -r + h * (0.5 + (i % 2 === 0 ? Math.floor(i / 2) % m : Math.floor(i / (2 * m)))))
  const value = (await densities(flow, x)).reduce((sum, l) => sum + Math.exp(l), 0) * h * h
  const protocol = `integral of the density over [-${r}, ${r}]^2, midpoint rule on ${m} x ${m} cells`
  return { name: "mass", value, n: m * m, interval: null, confidence: null, floor: null, protocol }
}

/**
 * Of each point, in one row: the Jacobian row by row, z, the way back, both log-determinants. Each point is mapped by itself, so that with d copies of all of them, copy j
 * asked for its coordinate j, one derivative holds every row of every Jacobian.
 */
const jacobians = <D extends number>(tf: Tf, model: Flow<readonly [D]>, weights: Weights, { x }: Inputs): Tensor => {
  const [n, d] = x!.shape as readonly [number, number]
  const { to, logDeterminant: forward } = model.forward(tf, weights, x!)
  const back = model.inverse(tf, weights, to)
  const picked = tf.tensor2d(
    Float32Array.from({ length: d * n * d }, (_, i) => (Math.floor(i / (n * d)) === i % d ? 1 : 0)),
    [d * n, d],
  )
  const copies = tf.concat(Array.from({ length: d }, () => x!))
  const rows = tf.grad((y: Tensor) => tf.sum(tf.mul(model.forward(tf, weights, y).to, picked)))(copies)
  return tf.concat([...tf.split(rows, d), to, back.to, tf.stack([forward, back.logDeterminant], 1)], 1)
}

/**
 * The Jacobian of a flow at points of a law. Both defects are divided by what rounding in float32 may do to them: a determinant loses the factor
 * sum |J_ij| |J^-1_ji| / d, a way back from z loses |J^-1| |z|.
 */
export const jacobianMonitor = <D extends number>(flow: Points<D>, pointsOf: (k: number) => Float64Array, couplings: number): Monitor => ({
  name: "jacobian",
  theorem: "flow/change-of-variables",
  relation: "log|det dz/dx| = reported log-determinant; inverse(forward(x)) = x; forward and inverse log-determinants cancel",
  look: async (k) => {
    const x = pointsOf(k)
    const [d] = flow.model.item
    const n = x.length / d
    const values = await flow.compute(jacobians, { x: { shape: [n, d], values: Float32Array.from(x) } })
    let worst = 0
    const width = d * d + 2 * d + 2
    for (let i = 0; i < n; i++) {
      const found = values.subarray(i * width, (i + 1) * width)
      if (!found.every(Number.isFinite)) {
        worst = Number.NaN
        break
      }
      const { value, condition, inverse } = logDeterminant(found.subarray(0, d * d), d)
      const [z, returned] = [found.subarray(d * d, d * d + d), found.subarray(d * d + d, d * d + 2 * d)]
      const [forward, backward] = [found[width - 2]!, found[width - 1]!]
      const way = 1 + inverse * Math.hypot(...z)
      worst = Math.max(
        worst,
        Math.abs(value - forward) / condition,
        Math.hypot(...returned.map((y, j) => y - x[i * d + j]!)) / way,
        Math.abs(forward + backward) / way,
      )
    }
    const protocol = `largest of the three defects over ${n} points, each in units of what the condition of the point allows`
    return {
      metric: { name: "defect of the Jacobian", value: worst, n, interval: null, confidence: null, floor: 0, protocol },
      // Some ten float32 operations per coupling, each way, on the numbers and on their derivatives, for each of the d/2 coordinates that a coupling moves.
      bounds: { hi: 32 * d * couplings * 2 ** -24 },
    }
  },
})
