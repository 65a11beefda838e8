/**
 * Unadjusted Langevin and its annealing (Roberts, Tweedie 1996; Song, Ermon 2019, algorithm 1):
 *
 *   x <- x + e score(x) + sqrt(2 e) z,
 *
 * at a ladder of levels sigma_1 > ... > sigma_L with e_i = e sigma_i^2/sigma_L^2 (the paper's alpha_i is 2 e_i). For a Gaussian of variance S the
 * stationary variance is S/(1 - e/(2S)): the bias is of order 1 in e.
 */
import { convert, type Prediction } from "../math/parametrisation.ts"
import type { Level } from "../math/schedule.ts"
import type { Stream } from "../random/stream.ts"
import { noiseAt } from "./noise.ts"
import type { Method, Sampler } from "./sampler.ts"

/** Evaluations for n levels (1 level: plain Langevin) of the given number of steps. */
export const langevin = (steps: number): Method => ({ name: `langevin(${steps})`, order: 1, evaluations: (n) => n * steps })

export interface LangevinOptions {
  /** Levels from much to little noise, each with sigma > 0. */
  readonly levels: ReadonlyArray<Level>
  readonly prediction: Prediction
  /** Steps at each level. */
  readonly steps: number
  /** e at the last level. */
  readonly step: number
  readonly x: Float64Array
  readonly stream: Stream
}

/** Runs the chain through its levels. */
export function* langevinSample({ levels, prediction, steps, step, x, stream }: LangevinOptions): Sampler {
  const smallest = levels.at(-1)!.sigma
  let [state, draw]: [Float64Array, number] = [x.slice(), 0]
  for (const level of levels) {
    const e = step * (level.sigma / smallest) ** 2
    for (let k = 0; k < steps; k++) {
      const score = convert(prediction, "score", yield { x: state, t: level.t }, state, level)
      const z = noiseAt(stream, draw++, state.length)
      state = state.map((at, j) => at + e * score[j]! + Math.sqrt(2 * e) * z[j]!)
    }
  }
  return state
}
