/**
 * How straight a flow is (Tong et al. 2024, section 5; Benamou, Brenier 2000): along the solved paths of n points,
 *
 *   PE = E int_0^1 |v(x_t, t)|^2 dt >= W2^2(p_0, p_1),      NPE = |PE - W2^2| / W2^2,
 *
 * equality exactly for the optimal map. The integral is the trapezoidal rule at the solver's times.
 */
import type { Metric } from "../metric.ts"
import { meanOf } from "./mean.ts"

/** PE with its normal interval over the points. @param times K rising times from 0 to 1 @param velocities K batches of n*d, at those times along the paths */
export const pathEnergy = (times: ReadonlyArray<number>, velocities: ReadonlyArray<Float64Array>, d: number): Metric => {
  const n = (velocities[0]?.length ?? 0) / d
  const each = new Float64Array(n)
  velocities.forEach((v, k) => {
    const weight = ((times[k + 1] ?? times[k]!) - (times[k - 1] ?? times[k]!)) / 2
    for (let i = 0; i < v.length; i++) each[Math.floor(i / d)]! += weight * v[i]! ** 2
  })
  return meanOf("path energy", each, `E int |v|^2 dt over ${n} paths, trapezoidal rule at ${times.length} times, normal interval over paths`)
}

/** NPE from PE and W2^2 of source and target, the interval from PE's alone. */
export const normalisedPathEnergy = (energy: Metric, squared: Metric): Metric => {
  const [of, [lo, hi]] = [(pe: number): number => Math.abs(pe - squared.value) / squared.value, energy.interval ?? [energy.value, energy.value]]
  const across = lo <= squared.value && squared.value <= hi
  return {
    ...energy,
    name: "NPE",
    value: of(energy.value),
    interval: [across ? 0 : Math.min(of(lo), of(hi)), Math.max(of(lo), of(hi))],
    floor: 0,
    protocol: `|PE - W2^2|/W2^2; PE: ${energy.protocol}; W2^2 = ${squared.value}: ${squared.protocol}`,
  }
}
