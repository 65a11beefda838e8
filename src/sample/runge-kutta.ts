/**
 * Explicit Runge-Kutta methods of fixed step for dx/dt = u(x, t), the model's answer being u (Hairer, Norsett, Wanner 1993, II.1):
 *
 *   k_i = u(x + h sum_j a_ij k_j, t + c_i h),      x <- x + h sum_i b_i k_i.
 */
import type { Method, Sampler } from "./sampler.ts"

export interface Tableau {
  readonly a: ReadonlyArray<ReadonlyArray<number>>
  readonly b: ReadonlyArray<number>
  readonly c: ReadonlyArray<number>
}

export type RungeKuttaName = "euler" | "midpoint" | "heun" | "rk4"

const TABLES: Readonly<Record<RungeKuttaName, Tableau & { readonly order: number }>> = {
  euler: { order: 1, a: [[]], b: [1], c: [0] },
  midpoint: { order: 2, a: [[], [0.5]], b: [0, 1], c: [0, 0.5] },
  heun: { order: 2, a: [[], [1]], b: [0.5, 0.5], c: [0, 1] },
  rk4: { order: 4, a: [[], [0.5], [0, 0.5], [0, 0, 1]], b: [1 / 6, 1 / 3, 1 / 3, 1 / 6], c: [0, 0.5, 0.5, 1] },
}

export const rungeKutta = (name: RungeKuttaName): Method => ({ name, order: TABLES[name].order, evaluations: (n) => n * TABLES[name].b.length })

export interface OdeOptions {
  /** n + 1 times, rising or falling. */
  readonly times: ReadonlyArray<number>
  /** x at the first time, n*d. */
  readonly x: Float64Array
}

/** Runs the method over the times given. */
export function* rungeKuttaSample(name: RungeKuttaName, { times, x }: OdeOptions): Sampler {
  const { a, b, c } = TABLES[name]
  let state: Float64Array = x.slice()
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, h] = [times[i]!, times[i + 1]! - times[i]!]
    const k: Array<Float64Array> = []
    for (let s = 0; s < b.length; s++) k.push(yield { x: combined(state, h, a[s]!, k), t: t + c[s]! * h })
    state = combined(state, h, b, k)
  }
  return state
}

/** x + h sum_j w_j k_j. */
export const combined = (x: Float64Array, h: number, w: ReadonlyArray<number>, k: ReadonlyArray<Float64Array>): Float64Array => {
  const out = x.slice()
  w.forEach((weight, j) => {
    if (weight !== 0) for (let i = 0; i < out.length; i++) out[i]! += h * weight * k[j]![i]!
  })
  return out
}
