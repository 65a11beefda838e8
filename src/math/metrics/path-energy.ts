/**
 * How straight a flow is (Tong et al. 2024, section 5; Benamou, Brenier 2000): along the solved paths of n points,
 *
 *   PE = E int_0^1 |v(x_t, t)|^2 dt >= W2^2(p_0, p_1),      NPE = |PE - W2^2| / W2^2,
 *
 * equality exactly for the optimal flow. The paths are midpoint steps of length h and the integral sum_k h |v_k|^2 with the velocities v_k that move them, so that
 *   sum_k h |v_k|^2 >= |sum_k h v_k|^2 = |x(1) - x(0)|^2        (Jensen)
 * holds without any error of discretisation, and PE >= W2^2 of the points' own two ends.
 */
import type { Metric } from "../metric.ts"
import { meanOfRepeats } from "./mean.ts"

export interface Carried {
  readonly times: ReadonlyArray<number>
  readonly x: Float64Array
  /** States at all times, [time, point, coordinate]. */
  readonly paths: Float64Array
  /** sum_k h |v_k|^2 of each point. */
  readonly energy: Float64Array
}

/** Carries points of dimension d from t = 0 to 1 by midpoint steps of dx/dt = v(x, t). @param x0 n*d, row-major @param steps at least 1 */
export const carry = async (
  velocity: (query: { readonly x: Float64Array; readonly t: number }) => Promise<Float64Array>,
  x0: Float64Array,
  d: number,
  steps: number,
): Promise<Carried> => {
  const h = 1 / steps
  const times = Array.from({ length: steps + 1 }, (_, k) => k * h)
  const paths = new Float64Array((steps + 1) * x0.length)
  const energy = new Float64Array(x0.length / d)
  let x = x0
  paths.set(x)
  for (let k = 0; k < steps; k++) {
    const half = await velocity({ x, t: times[k]! })
    const v = await velocity({ x: x.map((at, i) => at + (h / 2) * half[i]!), t: times[k]! + h / 2 })
    x = x.map((at, i) => at + h * v[i]!)
    v.forEach((speed, i) => {
      energy[Math.floor(i / d)]! += h * speed * speed
    })
    paths.set(x, (k + 1) * x0.length)
  }
  return { times, x, paths, energy }
}

/** NPE of independent pairs of samples: |mean of (PE - W2^2) / W2^2|, the interval that of the mean carried through |.|. */
export const normalisedPathEnergy = (
  pairs: ReadonlyArray<{ readonly energy: number; readonly squared: number }>,
  points: number,
  protocol: string,
): Metric => {
  const signed = meanOfRepeats(
    "NPE",
    pairs.map(({ energy, squared }) => (energy - squared) / squared),
    points,
    protocol,
    0,
  )
  const [lo, hi] = signed.interval ?? [signed.value, signed.value]
  const ends = [Math.abs(lo), Math.abs(hi)]
  const interval = signed.interval === null ? null : ([lo <= 0 && hi >= 0 ? 0 : Math.min(...ends), Math.max(...ends)] as const)
  return { ...signed, value: Math.abs(signed.value), interval }
}
