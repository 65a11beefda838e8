/**
 * Predictor-corrector sampling (Song et al. 2021, algorithms 4-5): a step of the reverse SDE from t to s, then c Langevin steps at s,
 *
 *   x <- x + e score(x, s) + sqrt(2 e) z,      e = 2 a (r |z| / |score|)^2,
 *
 * |.| the root mean square of the row norms of the batch, r the target signal-to-noise ratio, and a = 1 for VE, a = (alpha_t/alpha_s)^2 for VP
 * (1 - beta_i of the paper's discretisation, not the cumulative product). The same z gives the norm and the noise.
 */
import { convert } from "../math/parametrisation.ts"
import { levelAt } from "../math/schedule.ts"
import { noiseAt } from "./noise.ts"
import { reverseStep, type SdeOptions } from "./reverse-sde.ts"
import type { Method, Sampler } from "./sampler.ts"

export const predictorCorrector = (corrections: number): Method => ({
  name: `predictor-corrector(${corrections})`,
  order: 1,
  evaluations: (n) => n * (1 + corrections),
})

export interface CorrectorOptions extends SdeOptions {
  /** c, Langevin steps after each predictor step. */
  readonly corrections: number
  /** r > 0; 0.16 in the paper's CIFAR-10 runs. */
  readonly ratio: number
}

/** Runs the sampler; every time asked, the last included, has sigma > 0. */
export function* predictorCorrectorSample(options: CorrectorOptions): Sampler {
  const { schedule, prediction, times, stream, corrections, ratio } = options
  let [state, draw]: [Float64Array, number] = [options.x.slice(), 0]
  const z = (): Float64Array => noiseAt(stream, draw++, state.length)
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, s] = [times[i]!, times[i + 1]!]
    state = reverseStep(options, [t, s], state, yield { x: state, t }, z())
    const level = levelAt(schedule, s)
    const a = (schedule.alpha(t) / level.alpha) ** 2
    for (let c = 0; c < corrections; c++) {
      const score = convert(prediction, "score", yield { x: state, t: s }, state, level)
      const noise = z()
      const e = 2 * a * ratio ** 2 * (squared(noise) / squared(score))
      state = state.map((at, j) => at + e * score[j]! + Math.sqrt(2 * e) * noise[j]!)
    }
  }
  return state
}

const squared = (x: Float64Array): number => x.reduce((s, v) => s + v * v, 0)
