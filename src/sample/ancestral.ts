/**
 * Ancestral sampling of a diffusion chain, respaced or not (Ho, Jain, Abbeel 2020, algorithm 2; Nichol, Dhariwal 2021, eq. 19):
 *
 *   x_s = m(x_t, x0) + sqrt(w) z,   q(x_s | x_t, x_0) = N(m, w),
 *
 * with the estimate x0 in place of x_0. The variance is w of the posterior ("small"), or v = 1 - abar_t/abar_s of the forward kernel ("large":
 * beta_t on the full chain); no noise is added in the step to a level without noise.
 */
import { forwardKernel, posterior } from "../math/posterior.ts"
import { denoised, type Prediction } from "../math/parametrisation.ts"
import type { Level } from "../math/schedule.ts"
import type { Stream } from "../random/stream.ts"
import { noiseAt } from "./noise.ts"
import type { Method, Sampler } from "./sampler.ts"

export const ancestral: Method = { name: "ancestral", order: 1, evaluations: (n) => n }

export interface AncestralOptions {
  /** n + 1 levels from noise to data. */
  readonly levels: ReadonlyArray<Level>
  readonly prediction: Prediction
  /** x at the first level, n*d. */
  readonly x: Float64Array
  readonly stream: Stream
  readonly variance?: "small" | "large"
  /** Clamp of the x_0 estimate to [-clip, clip]. */
  readonly clip?: number
}

/** Runs the sampler. */
export function* ancestralSample({ levels, prediction, x, stream, variance = "small", clip = Infinity }: AncestralOptions): Sampler {
  let state: Float64Array = x.slice()
  for (let i = 0; i + 1 < levels.length; i++) {
    const [t, s] = [levels[i]!, levels[i + 1]!]
    const { x0 } = denoised(prediction, yield { x: state, t: t.t }, state, t)
    const { onState, onData, variance: small } = posterior(s, t)
    const w = s.sigma === 0 ? 0 : variance === "small" ? small : forwardKernel(s, t).variance
    const z = noiseAt(stream, i, state.length)
    state = state.map((at, j) => onState * at + onData * Math.max(-clip, Math.min(clip, x0[j]!)) + Math.sqrt(w) * z[j]!)
  }
  return state
}
