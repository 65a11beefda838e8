/**
 * DPM-Solver, single-step orders 1, 2, 3, on the noise prediction (Lu et al. 2022, algorithms 1-2 and eq. 3.7-3.8). In lambda = log(alpha/sigma),
 * with h = lambda_t - lambda_s from the noisier s to t, the linear part of the probability-flow ODE is solved exactly:
 *
 *   1   x_t = alpha_t/alpha_s x - sigma_t (e^h - 1) e_s
 *   2   u  = the same to lambda_s + h/2,                        x_t = alpha_t/alpha_s x - sigma_t (e^h - 1) e(u)
 *   3   u1 = the same to lambda_s + h/3,  D1 = e(u1) - e_s,     u2 = step 1 to lambda_s + 2h/3 - 2 sigma_2 ((e^(2h/3) - 1)/(2h/3) - 1) D1,
 *       D2 = e(u2) - e_s,                                       x_t = step 1 - 3/2 sigma_t ((e^h - 1)/h - 1) D2.
 *
 * sigma_t (e^h - 1) is computed as alpha_t sigma_s/alpha_s (1 - e^-h), which is right at sigma_t = 0 too; orders 2 and 3 need sigma_t > 0.
 */
import { denoised, type Prediction } from "../math/parametrisation.ts"
import { halfLogSnr, levelAt, type Level, type Schedule } from "../math/schedule.ts"
import type { Method, Query, Sampler } from "./sampler.ts"

export const dpmSolver = (order: 1 | 2 | 3): Method => ({ name: `dpm-solver-${order}`, order, evaluations: (n) => order * n })

export interface DpmSolverOptions {
  readonly order: 1 | 2 | 3
  /** n + 1 levels from noise to data; with order 2 or 3 the last has sigma > 0. */
  readonly levels: ReadonlyArray<Level>
  /** Finds the levels between; unused by order 1. */
  readonly schedule?: Schedule
  readonly prediction: Prediction
  /** x at the first level, n*d. */
  readonly x: Float64Array
}

/** Runs the solver. Throws a RangeError when order > 1 lacks a schedule or ends at sigma = 0. */
export function* dpmSolverSample({ order, levels, schedule, prediction, x }: DpmSolverOptions): Sampler {
  if (order > 1 && (schedule === undefined || levels.at(-1)!.sigma === 0))
    throw new RangeError(`order ${order} needs a schedule and a last level with sigma > 0: lambda is infinite at sigma = 0`)
  function* noise(at: Float64Array, level: Level): Generator<Query, Float64Array, Float64Array> {
    return denoised(prediction, yield { x: at, t: level.t }, at, level).eps
  }
  let state: Float64Array = x.slice()
  for (let i = 0; i + 1 < levels.length; i++) {
    const [s, t] = [levels[i]!, levels[i + 1]!]
    const [from, h] = [halfLogSnr(s), halfLogSnr(t) - halfLogSnr(s)]
    const between = (r: number): Level => levelAt(schedule!, schedule!.timeOf(from + r * h))
    const e = yield* noise(state, s)
    if (order === 1) state = first(state, e, s, t)
    else if (order === 2) {
      const middle = between(0.5)
      state = first(state, yield* noise(first(state, e, s, middle), middle), s, t)
    } else {
      const [one, two] = [between(1 / 3), between(2 / 3)]
      const e1 = yield* noise(first(state, e, s, one), one)
      const g2 = 2 * two.sigma * ((Math.expm1((2 * h) / 3) * 3) / (2 * h) - 1)
      const u2 = first(state, e, s, two).map((u, j) => u - g2 * (e1[j]! - e[j]!))
      const e2 = yield* noise(u2, two)
      const g3 = 1.5 * t.sigma * (Math.expm1(h) / h - 1)
      state = first(state, e, s, t).map((u, j) => u - g3 * (e2[j]! - e[j]!))
    }
  }
  return state
}

/** The step of order 1 from s to t. */
const first = (x: Float64Array, e: Float64Array, s: Level, t: Level): Float64Array => {
  const scale = t.alpha / s.alpha
  const onNoise = scale * s.sigma * Math.expm1(halfLogSnr(s) - halfLogSnr(t))
  return x.map((at, j) => scale * at + onNoise * e[j]!)
}
