/** Exact models and levels that the tests of the samplers share. */
import { exactAnswer, isotropicMixture, type GaussianMixture } from "../../src/math/gaussian-mixture.ts"
import type { Prediction } from "../../src/math/parametrisation.ts"
import { levelAt, type Level, type Schedule } from "../../src/math/schedule.ts"
import type { Query } from "../../src/sample/sampler.ts"

export const gaussian = (mean: number, deviation: number): GaussianMixture => isotropicMixture([{ weight: 1, mean: [mean], deviation }])

/** Three modes of unequal weight and width on the line. */
export const threeModes = isotropicMixture([
  { weight: 0.5, mean: [-2], deviation: 0.3 },
  { weight: 0.3, mean: [0.5], deviation: 0.4 },
  { weight: 0.2, mean: [2.5], deviation: 0.5 },
])

/** A model that answers exactly for a law under a schedule. */
export const exactModel =
  (law: GaussianMixture, kind: Prediction, schedule: Schedule) =>
  ({ x, t }: Query): Float64Array =>
    exactAnswer(law, kind, x, levelAt(schedule, t))

/** A model that answers exactly at the levels of a list, found by their time. */
export const exactAtLevels =
  (law: GaussianMixture, kind: Prediction, levels: ReadonlyArray<Level>) =>
  ({ x, t }: Query): Float64Array =>
    exactAnswer(law, kind, x, levels.find((level) => level.t === t)!)
