/**
 * A generator on a ring of eight Gaussians: its points, the modes that it finds and how near its points lie to them, and the gates on these
 * (Srivastava et al. 2017, section 4.1).
 */
import type { MixtureLaw } from "../../data/laws/mixture-law.ts"
import type { Metric } from "../../math/metric.ts"
import { modeScores } from "../../math/metrics/modes.ts"
import { wasserstein } from "../../math/metrics/wasserstein.ts"
import type { Adversarial, Judgement } from "../../models/adversarial.ts"
import type { Stream } from "../../random/stream.ts"
import type { Gate, Samples } from "../program.ts"
import type { Trained } from "../trained.ts"
import { generated } from "./adversarial.ts"

/** n generated points of the plane beside n of the law. */
export const pointSamples = async <J extends Judgement>(
  trained: Trained<Adversarial<readonly [2], J>>,
  law: MixtureLaw,
  n: number,
  stream: Stream,
  reference: Stream,
): Promise<ReadonlyArray<Samples>> => [
  { kind: "points", name: "samples", dimension: 2, values: await generated(trained, n, stream), reference: law.sample(reference, n) },
]

/** Modes covered, high-quality share, and W2 to the n points y of the law, next to the W2 of y and n fresh ones. */
export const ringMetrics = (law: MixtureLaw, x: Float64Array, y: Float64Array, fresh: Float64Array): ReadonlyArray<Metric> => {
  const { covered, quality } = modeScores(x, law.mixture, 3, leastOf(x.length / 2))
  return [covered, quality, wasserstein(x, y, 2, wasserstein(fresh, y, 2).value)]
}

/**
 * A tenth of the fair share n/8 of a mode, from which it counts as found: a sample of the law itself has fewer with probability below e^(-0.81 m/2),
 * m = 0.989 n/8 (Chernoff's bound at d = 0.9), 1e-22 for n = 1024.
 */
const leastOf = (points: number): number => Math.max(1, Math.ceil(points / 80))

export const foundModes: ReadonlyArray<Gate> = [
  {
    name: "modes",
    metric: "modes covered",
    bounds: { lo: 7 },
    because: "at least 7 of the 8 modes, each with a tenth of its fair share of points or more: fewer is a collapse",
    source: "Srivastava et al. 2017, section 4.1 (modes of a ring of eight)",
  },
  {
    name: "quality",
    metric: "high-quality share",
    bounds: { lo: 0.8 },
    because: "points within 3 deviations of a mode; the law itself scores 0.989",
    source: "Srivastava et al. 2017, section 4.1 (high-quality samples)",
  },
]
