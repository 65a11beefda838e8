/**
 * The probability-flow ODE dx/dt = f x - g^2/2 score and the likelihood of any flow (Song et al. 2021, eq. 13 and 39; Chen et al. 2018, theorem 1):
 *
 *   d log p_t(x_t)/dt = -div u(x_t, t),      log p_a(x_a) = log p_b(x_b) + int_a^b div u dt,
 *
 * the divergence being the sum of d directional derivatives, or Hutchinson's v' (du/dx) v with one probe v of random signs for the whole solve
 * (Grathwohl et al. 2019): a probe drawn anew inside a solve is no function of (x, t), and an adaptive solver would chase it.
 */
import type { Prediction } from "../math/parametrisation.ts"
import type { Schedule } from "../math/schedule.ts"
import type { Stream } from "../random/stream.ts"
import { reverseDrift } from "./reverse-drift.ts"
import { translated, type Sampler } from "./sampler.ts"

/** An ODE solver that asks for velocities, run on a denoiser: every block of an answer, derivatives too, is mapped to the velocity's. */
export const probabilityFlow = (solver: Sampler, schedule: Schedule, prediction: Prediction): Sampler =>
  translated(solver, (answer, { x, t, directions = [] }) => {
    const { onState, onAnswer } = reverseDrift(schedule, prediction, 0.5, t)
    return answer.map((a, i) => {
      const block = Math.floor(i / x.length)
      return onState * (block === 0 ? x : directions[block - 1]!)[i - block * x.length]! + onAnswer * a
    })
  })

export type Divergence = { readonly kind: "exact" } | { readonly kind: "hutchinson"; readonly stream: Stream }

/**
 * Carries n points and the integral of the divergence along the solver's path: returns n*d coordinates followed by n values of int div u dt,
 * so that log p(x at the start) = log p(x at the end) + integral.
 * @param solver an ODE solver over a state of n*d + n numbers @param x n*d, at the solver's first time @param d dimension
 */
export function* flowLikelihood(solver: (state: Float64Array) => Sampler, x: Float64Array, d: number, divergence: Divergence): Sampler {
  const n = x.length / d
  const unit = (k: number): Float64Array => Float64Array.from({ length: x.length }, (_, i) => (i % d === k ? 1 : 0))
  const directions =
    divergence.kind === "exact"
      ? Array.from({ length: d }, (_, k) => unit(k))
      : [Float64Array.from({ length: x.length }, (_, i) => (divergence.stream.uniform53(i) < 0.5 ? -1 : 1))]
  const start = new Float64Array(x.length + n)
  start.set(x)
  const inner = solver(start)
  let state = inner.next()
  while (state.done !== true) {
    const answer = yield { x: state.value.x.slice(0, x.length), t: state.value.t, directions }
    const out = new Float64Array(x.length + n)
    out.set(answer.subarray(0, x.length))
    directions.forEach((v, k) => {
      const derivative = answer.subarray((k + 1) * x.length, (k + 2) * x.length)
      for (let i = 0; i < x.length; i++) out[x.length + Math.floor(i / d)]! += v[i]! * derivative[i]!
    })
    state = inner.next(out)
  }
  return state.value
}
