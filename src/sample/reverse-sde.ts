/**
 * Euler-Maruyama for the reverse-time SDE dx = (f x - g^2 score) dt + g dw, time running down (Anderson 1982; Song et al. 2021, eq. 6):
 *
 *   x_(i+1) = x_i - h b(x_i, t_i) + sqrt(h) g(t_i) z,   h = t_i - t_(i+1).
 */
import type { Prediction } from "../math/parametrisation.ts"
import type { Schedule } from "../math/schedule.ts"
import type { Stream } from "../random/stream.ts"
import { noiseAt } from "./noise.ts"
import { reverseDrift } from "./reverse-drift.ts"
import type { Method, Sampler } from "./sampler.ts"

export const reverseSde: Method = { name: "reverse-sde", order: 1, evaluations: (n) => n }

export interface SdeOptions {
  readonly schedule: Schedule
  /** n + 1 falling times, the last with sigma > 0 or reached without asking there. */
  readonly times: ReadonlyArray<number>
  readonly prediction: Prediction
  /** x at the first time, n*d. */
  readonly x: Float64Array
  readonly stream: Stream
}

/** One step from t to s of a batch, given the model's answer at t and standard normals z. */
export const reverseStep = (
  { schedule, prediction }: Pick<SdeOptions, "schedule" | "prediction">,
  [t, s]: readonly [number, number],
  x: Float64Array,
  answer: Float64Array,
  z: Float64Array,
): Float64Array => {
  const { onState, onAnswer } = reverseDrift(schedule, prediction, 1, t)
  const [h, noise] = [t - s, Math.sqrt((t - s) * schedule.g2(t))]
  return x.map((at, i) => at - h * (onState * at + onAnswer * answer[i]!) + noise * z[i]!)
}

/** Runs the scheme. */
export function* reverseSdeSample(options: SdeOptions): Sampler {
  const { times, stream } = options
  let state: Float64Array = options.x.slice()
  for (let i = 0; i + 1 < times.length; i++) {
    const answer = yield { x: state, t: times[i]! }
    state = reverseStep(options, [times[i]!, times[i + 1]!], state, answer, noiseAt(stream, i, state.length))
  }
  return state
}
