/**
 * What a trained flow between two laws on R^d does: its samples against the target, its paths against the optimal transport of the same points.
 *
 *   PE = E sum_k h |v_k|^2  over midpoint steps,      NPE = |PE - W2^2(p_0, p_1)| / W2^2(p_0, p_1)      (Tong et al. 2024, section 5)
 *
 * with W2^2 on the very points that are carried, so that the interval is that of the mean of one difference per point: energy of its path less cost of its pair.
 */
import type { Law } from "../../data/laws/law.ts"
import { optimalPairing } from "../../math/coupling.ts"
import type { Metric } from "../../math/metric.ts"
import { gaussianMap } from "../../math/gaussian-map.ts"
import { meanVariance, sampleMoments, Z95 } from "../../math/statistics.ts"
import type { Field } from "../../models/field.ts"
import type { Stream } from "../../random/stream.ts"
import { answers } from "../answers.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"

type Flow<D extends number> = Trained<Field<readonly [D], "velocity">>

export interface Carried {
  readonly times: ReadonlyArray<number>
  readonly x: Float64Array
  /** States at all times, [time, point, coordinate]. */
  readonly paths: Float64Array
  /** sum_k h |v_k|^2 of each point. */
  readonly energy: Float64Array
}

/** Carries points from t = 0 to 1 by midpoint steps. */
export const carry = async <D extends number>(flow: Flow<D>, x0: Float64Array, steps: number): Promise<Carried> => {
  const [d, h] = [flow.model.item[0], 1 / steps]
  const velocity = answers(flow)
  const times = Array.from({ length: steps + 1 }, (_, k) => k * h)
  const paths = new Float64Array((steps + 1) * x0.length)
  const energy = new Float64Array(x0.length / d)
  let x = x0
  paths.set(x)
  for (let k = 0; k < steps; k++) {
    const half = await velocity({ x, t: times[k]! })
    const v = await velocity({ x: x.map((at, i) => at + (h / 2) * half[i]!), t: times[k]! + h / 2 })
    x = x.map((at, i) => at + h * v[i]!)
    v.forEach((speed, i) => {
      energy[Math.floor(i / d)]! += h * speed * speed
    })
    paths.set(x, (k + 1) * x0.length)
  }
  return { times, x, paths, energy }
}

export interface TransportSizes {
  readonly points: number
  readonly steps: number
}

/** The metrics, on n points of each law. */
export const transportMetrics = async <D extends number>(
  flow: Flow<D>,
  source: Law,
  target: Law,
  streamOf: (name: string) => Stream,
  { points: n, steps }: TransportSizes,
): Promise<ReadonlyArray<Metric>> => {
  const d = flow.model.item[0]
  const [x0, y, fresh] = [source.sample(streamOf("source"), n), target.sample(streamOf("target"), n), target.sample(streamOf("floor"), n)]
  const { x, energy } = await carry(flow, x0, steps)
  const once = await answers(flow)({ x: x0, t: 0 })
  const oneStep = x0.map((at, i) => at + once[i]!)
  const affine = gaussianMap(sampleMoments(x0, d), sampleMoments(y, d), x0)
  const pairing = optimalPairing(x0, y, d)
  const [own, reached, floor] = [optimalPairing(x0, x, d).cost, optimalPairing(x, y, d).cost, optimalPairing(fresh, y, d).cost]
  const excess = energy.map((e, i) => e - squaredDistance(x0, i, y, pairing.partner[i]!, d))
  const { mean, variance } = meanVariance(excess)
  const half = Z95 * Math.sqrt(variance / n)
  const ends = [Math.abs(mean - half) / pairing.cost, Math.abs(mean + half) / pairing.cost]
  const solver = `${n} points, ${steps} midpoint steps`
  const exact = "squared distances, exact assignment"
  const plain = { n, interval: null, confidence: null, floor: null }
  return [
    { ...plain, name: "W2^2", value: reached, floor, protocol: `${solver} from the source against ${n} fresh points of the target; ${exact}` },
    {
      ...plain,
      name: "W2^2 by 1 Euler step",
      value: optimalPairing(oneStep, y, d).cost,
      floor,
      protocol: `${n} points, 1 Euler step, against ${n} fresh points of the target; ${exact}`,
    },
    { ...plain, name: "W2^2(p0, p1)", value: pairing.cost, protocol: `${n} points of the source and ${n} of the target; ${exact}` },
    { ...plain, name: "PE", value: meanVariance(energy).mean, protocol: `mean over ${solver} of sum h |v|^2 at the midpoints` },
    {
      name: "NPE",
      value: Math.abs(mean) / pairing.cost,
      n,
      interval: [Math.abs(mean) <= half ? 0 : Math.min(...ends), Math.max(...ends)],
      confidence: 0.95,
      floor: 0,
      protocol: `|PE - W2^2(p0, p1)| / W2^2(p0, p1); ${solver}, both on the same points; normal interval over points`,
    },
    { ...plain, name: "PE - W2^2 of the flow's own ends", value: meanVariance(energy).mean - own, protocol: `${solver}; ${exact}` },
    {
      ...plain,
      name: "W2^2 to the target, less that of the best Gaussian map",
      value: reached - optimalPairing(affine, y, d).cost,
      protocol: `${solver}, against the affine map with the sample's mean and covariance, same points; ${exact}`,
    },
  ]
}

/** The energy bound on a few points and steps: cheap enough to look at again and again. */
export const energyMonitor = <D extends number>(flow: Flow<D>, source: Law, streamOf: (k: number) => Stream): Monitor => ({
  name: "energy-bound",
  theorem: "Benamou, Brenier 2000",
  relation: "sum_k h |v_k|^2 >= W2^2(x(0), x(1)) on the same points",
  look: async (k) => {
    const [points, steps, d] = [64, 4, flow.model.item[0]]
    const x0 = source.sample(streamOf(k), points)
    const { x, energy } = await carry(flow, x0, steps)
    const pe = meanVariance(energy).mean
    const metric = { name: "PE - W2^2 of the flow's own ends", value: pe - optimalPairing(x0, x, d).cost, n: points, interval: null }
    // Sums of `points` float64 terms, each a few roundings from exact.
    return {
      metric: { ...metric, confidence: null, floor: 0, protocol: `${points} points, ${steps} midpoint steps; squared distances, exact assignment` },
      bounds: { lo: -64 * points * Number.EPSILON * pe },
    }
  },
})

const squaredDistance = (x: Float64Array, i: number, y: Float64Array, j: number, d: number): number => {
  let sum = 0
  for (let k = 0; k < d; k++) sum += (x[i * d + k]! - y[j * d + k]!) ** 2
  return sum
}
