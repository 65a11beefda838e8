/**
 * What a trained flow between two laws on R^d does: its samples against the target, its paths against the optimal transport of the same points.
 *
 * W2^2(p_0, p_1) is that of the very points that are carried. W2^2 of two samples moves with the share of points that each law's modes happen to get, so an interval over the
 * points of one sample would be too short: it is taken over independent pairs of samples.
 */
import type { Law } from "../../data/laws/law.ts"
import { optimalPairing } from "../../math/coupling.ts"
import type { Metric } from "../../math/metric.ts"
import { gaussianMap } from "../../math/gaussian-map.ts"
import { meanOfRepeats } from "../../math/metrics/mean.ts"
import { carry, normalisedPathEnergy } from "../../math/metrics/path-energy.ts"
import { meanVariance, sampleMoments } from "../../math/statistics.ts"
import type { Field } from "../../models/field.ts"
import type { Stream } from "../../random/stream.ts"
import { answers } from "../answers.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"

type Flow<D extends number> = Trained<Field<readonly [D], "velocity">>

export interface TransportSizes {
  readonly points: number
  readonly steps: number
  /** Independent pairs of samples. */
  readonly repeats: number
}

/** The metrics, over pairs of fresh samples of n points of each law; with more than one pair an interval says how much they depend on the sample. */
export const transportMetrics = async <D extends number>(
  flow: Flow<D>,
  source: Law,
  target: Law,
  streamOf: (name: string) => Stream,
  { points, steps, repeats }: TransportSizes,
): Promise<ReadonlyArray<Metric>> => {
  const all: Array<Found> = []
  for (let r = 0; r < repeats; r++) {
    const [x0, y, fresh] = [
      source.sample(streamOf(`source${r}`), points),
      ...["target", "floor"].map((name) => target.sample(streamOf(name + r), points)),
    ]
    all.push(await compare(flow, x0, y!, fresh!, steps))
  }
  const floor = meanVariance(all.map((found) => found.floor)).mean
  const solver = `${repeats} x ${points} points, ${steps} midpoint steps`
  const exact = "squared distances, exact assignment"
  const metric = (name: string, of: (found: Found) => number, protocol: string, lowest: number | null = null): Metric =>
    meanOfRepeats(name, all.map(of), points, protocol, lowest)
  return [
    metric("W2^2", (f) => f.reached, `${solver} from the source against fresh points of the target; ${exact}`, floor),
    metric("W2^2 by 1 Euler step", (f) => f.once, `${repeats} x ${points} points, 1 Euler step, against fresh points of the target; ${exact}`, floor),
    metric("W2^2(p0, p1)", (f) => f.squared, `${repeats} x ${points} points of each law; ${exact}`),
    metric("PE", (f) => f.energy, `mean over ${solver} of sum h |v|^2 at the midpoints`),
    normalisedPathEnergy(all, points, `|PE - W2^2(p0, p1)| / W2^2(p0, p1); ${solver}, both on the same points; ${exact}`),
    {
      ...metric("PE - W2^2 of the flow's own ends", (f) => f.energy - f.own, ""),
      value: Math.min(...all.map((f) => f.energy - f.own)),
      interval: null,
      confidence: null,
      protocol: `${solver}, the least of the samples; ${exact}`,
    },
    metric(
      "W2^2 to the target, less that of the best Gaussian map",
      (f) => f.reached - f.affine,
      `${solver}, against the affine map with the sample's mean and covariance, same points; ${exact}`,
    ),
  ]
}

interface Found {
  readonly reached: number
  readonly once: number
  /** W2^2 of the two samples. */
  readonly squared: number
  readonly energy: number
  readonly own: number
  readonly affine: number
  readonly floor: number
}

/** What one sample of each law shows; `fresh` is a second sample of the target. */
const compare = async <D extends number>(flow: Flow<D>, x0: Float64Array, y: Float64Array, fresh: Float64Array, steps: number): Promise<Found> => {
  const d = flow.model.item[0]
  const { x, energy } = await carry(answers(flow), x0, d, steps)
  const v = await answers(flow)({ x: x0, t: 0 })
  const cost = (a: Float64Array, b: Float64Array): number => optimalPairing(a, b, d).cost
  return {
    reached: cost(x, y),
    once: cost(
      x0.map((at, i) => at + v[i]!),
      y,
    ),
    squared: cost(x0, y),
    energy: meanVariance(energy).mean,
    own: cost(x0, x),
    affine: cost(gaussianMap(sampleMoments(x0, d), sampleMoments(y, d), x0), y),
    floor: cost(fresh, y),
  }
}

/** The energy bound on a few points and steps: cheap enough to look at again and again. */
export const energyMonitor = <D extends number>(flow: Flow<D>, source: Law, streamOf: (k: number) => Stream): Monitor => ({
  name: "energy-bound",
  theorem: "Benamou, Brenier 2000",
  relation: "sum_k h |v_k|^2 >= W2^2(x(0), x(1)) on the same points",
  look: async (k) => {
    const [points, steps, d] = [64, 4, flow.model.item[0]]
    const x0 = source.sample(streamOf(k), points)
    const { x, energy } = await carry(answers(flow), x0, d, steps)
    const pe = meanVariance(energy).mean
    const metric = { name: "PE - W2^2 of the flow's own ends", value: pe - optimalPairing(x0, x, d).cost, n: points, interval: null }
    // Sums of `points` float64 terms, each a few roundings from exact.
    return {
      metric: { ...metric, confidence: null, floor: 0, protocol: `${points} points, ${steps} midpoint steps; squared distances, exact assignment` },
      bounds: { lo: -64 * points * Number.EPSILON * pe },
    }
  },
})
