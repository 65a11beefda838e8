/**
 * Dormand-Prince 5(4) with step control (Dormand, Prince 1980; Hairer, Norsett, Wanner 1993, II.4): the step is accepted when
 *
 *   err = sqrt(mean_i (h sum_s e_s k_si / (atol + rtol max(|x_i|, |x_i'|)))^2) <= 1,      h <- h clamp(0.9 err^(-1/5), 0.2, 10),
 *
 * e = b5 - b4; the last stage of a step is the first of the next, so n attempted steps cost 6 n + 2 evaluations (one more for the first step's size).
 */
import { combined } from "./runge-kutta.ts"
import type { Method, Sampler } from "./sampler.ts"

const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]

export const dopri5: Method = { name: "dopri5", order: 5, evaluations: (n) => 6 * n + 2 }

export interface Dopri5Options {
  readonly from: number
  readonly to: number
  /** x at `from`, n*d; the error is controlled over the whole batch. */
  readonly x: Float64Array
  readonly rtol: number
  readonly atol: number
  /** Attempted steps after which it gives up; 10,000 by default. */
  readonly maxSteps?: number
}

/** Runs the method. Throws a RangeError when the step falls below the spacing of doubles or `maxSteps` is passed: the field is too stiff or not finite. */
export function* dopri5Sample({ from, to, x, rtol, atol, maxSteps = 10_000 }: Dopri5Options): Sampler {
  const sign = Math.sign(to - from)
  let [t, state, k0]: [number, Float64Array, Float64Array] = [from, x.slice(), (yield { x: x.slice(), t: from }).slice()]
  const scale = x.map((at) => atol + rtol * Math.abs(at))
  const [d0, d1] = [rms(x, scale), rms(k0, scale)]
  const guess = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : (0.01 * d0) / d1
  const k1 = yield { x: combined(state, sign * guess, [1], [k0]), t: from + sign * guess }
  const d2 =
    rms(
      k1.map((v, i) => v - k0[i]!),
      scale,
    ) / guess
  const top = Math.max(d1, d2)
  let h = Math.min(Math.abs(to - from), 100 * guess, top <= 1e-15 ? Math.max(1e-6, guess * 1e-3) : (0.01 / top) ** (1 / 5))
  for (let step = 0; t !== to; step++) {
    if (step >= maxSteps || !(h > 2 ** -50 * Math.max(Math.abs(t), Math.abs(to))))
      throw new RangeError(`dopri5 stopped at t = ${t} after ${step} steps with step ${h}`)
    const last = h >= Math.abs(to - t)
    const signed = last ? to - t : sign * h
    const k = [k0]
    let next = state
    for (let s = 1; s < C.length; s++) {
      next = combined(state, signed, A[s]!, k)
      k.push((yield { x: next, t: last && C[s] === 1 ? to : t + C[s]! * signed }).slice())
    }
    const error = rms(
      combined(new Float64Array(x.length), signed, E, k),
      next.map((at, i) => atol + rtol * Math.max(Math.abs(at), Math.abs(state[i]!))),
    )
    if (error <= 1) {
      t = last ? to : t + signed
      state = next
      k0 = k[6]!
    }
    h = Math.abs(signed) * Math.min(10, Math.max(0.2, 0.9 * error ** (-1 / 5)))
  }
  return state
}

const rms = (x: Float64Array, scale: Float64Array): number => Math.sqrt(x.reduce((s, v, i) => s + (v / scale[i]!) ** 2, 0) / x.length)
