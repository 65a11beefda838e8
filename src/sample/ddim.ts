/**
 * Non-Markovian diffusion sampling between levels t and s < t (Song, Meng, Ermon 2021, eq. 12 and 16):
 *
 *   x_s = alpha_s x0 + sqrt(sigma_s^2 - w) e + sqrt(w) z,     w = eta^2 Var q(x_s | x_t, x_0).
 *
 * eta = 0 is deterministic (one exponential-integrator step, DPM-Solver-1); eta = 1 is ancestral sampling with the posterior variance.
 */
import { posterior, remainingVariance } from "../math/posterior.ts"
import { denoised, type Prediction } from "../math/parametrisation.ts"
import type { Level } from "../math/schedule.ts"
import type { Stream } from "../random/stream.ts"
import { noiseAt } from "./noise.ts"
import type { Method, Sampler } from "./sampler.ts"

export const ddim: Method = { name: "ddim", order: 1, evaluations: (n) => n }

export interface DdimOptions {
  /** n + 1 levels from noise to data. */
  readonly levels: ReadonlyArray<Level>
  readonly prediction: Prediction
  /** x at the first level, n*d. */
  readonly x: Float64Array
  /** eta in [0, 1], 0 by default; above 0 a stream is needed. */
  readonly eta?: number
  readonly stream?: Stream
  /** Clamp of the x_0 estimate to [-clip, clip]; e stays as predicted. */
  readonly clip?: number
}

/** Runs the sampler. Throws a RangeError unless 0 <= eta <= 1, and when eta > 0 comes without a stream. */
export function* ddimSample({ levels, prediction, x, eta = 0, stream, clip = Infinity }: DdimOptions): Sampler {
  if (!(eta >= 0 && eta <= 1)) throw new RangeError(`eta = ${eta} is outside [0, 1]`)
  if (eta > 0 && stream === undefined) throw new RangeError(`eta = ${eta} needs a noise stream`)
  let state: Float64Array = x.slice()
  for (let i = 0; i + 1 < levels.length; i++) {
    const [t, s] = [levels[i]!, levels[i + 1]!]
    const { x0, eps } = denoised(prediction, yield { x: state, t: t.t }, state, t)
    const w = eta > 0 ? eta * eta * posterior(s, t).variance : 0
    const direction = Math.sqrt(remainingVariance(s, t, eta))
    const z = w > 0 ? noiseAt(stream!, i, state.length) : undefined
    const next = new Float64Array(state.length)
    for (let j = 0; j < next.length; j++) {
      const data = Math.max(-clip, Math.min(clip, x0[j]!))
      next[j] = s.alpha * data + direction * eps[j]! + (z === undefined ? 0 : Math.sqrt(w) * z[j]!)
    }
    state = next
  }
  return state
}
