/**
 * DPM-Solver++(2M), two-step on the data prediction (Lu et al. 2022b, algorithm 2): with h_i = lambda_i - lambda_(i-1) > 0 and r = h_(i-1)/h_i,
 *
 *   D = x0_i + (x0_i - x0_(i-1)) / (2r),      x_(i+1) = sigma_(i+1)/sigma_i x - alpha_(i+1) (e^-h - 1) D.
 *
 * The first step, and a step to sigma = 0 where h is infinite, use D = x0_i (order 1).
 */
import { denoised, type Prediction } from "../math/parametrisation.ts"
import { halfLogSnr, type Level } from "../math/schedule.ts"
import type { Method, Sampler } from "./sampler.ts"

export const dpmSolverMultistep: Method = { name: "dpm-solver++(2m)", order: 2, evaluations: (n) => n }

export interface MultistepOptions {
  /** n + 1 levels from noise to data. */
  readonly levels: ReadonlyArray<Level>
  readonly prediction: Prediction
  /** x at the first level, n*d. */
  readonly x: Float64Array
}

/** Runs the solver. */
export function* dpmSolverMultistepSample({ levels, prediction, x }: MultistepOptions): Sampler {
  let state: Float64Array = x.slice()
  let [last, lastStep]: [Float64Array | undefined, number] = [undefined, 0]
  for (let i = 0; i + 1 < levels.length; i++) {
    const [s, t] = [levels[i]!, levels[i + 1]!]
    const { x0 } = denoised(prediction, yield { x: state, t: s.t }, state, s)
    const h = halfLogSnr(t) - halfLogSnr(s)
    const before = h === Infinity ? undefined : last
    const [keep, onData, extra] = [t.sigma / s.sigma, -t.alpha * Math.expm1(-h), h / (2 * lastStep)]
    state = state.map((at, j) => keep * at + onData * (before === undefined ? x0[j]! : x0[j]! + extra * (x0[j]! - before[j]!)))
    last = x0
    lastStep = h
  }
  return state
}
