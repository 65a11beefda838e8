/**
 * M13, metrics. A distance of laws is 0 on identical sets, symmetric where it claims to be, blind to the order of the points, leaves its inputs alone, agrees
 * with the closed form for Gaussians; precision and recall know which set is which.
 */
import { finding, worst, type Finding } from "./finding.ts"

export type Distance = (x: Float64Array, y: Float64Array, d: number) => number

export interface Axioms {
  readonly symmetric: boolean
  /** Rounding of one evaluation on the sets given. */
  readonly rounding: number
}

/** The findings about a distance on two sets of equal size in dimension d. */
export const distanceFindings = (
  name: string,
  distance: Distance,
  x: Float64Array,
  y: Float64Array,
  d: number,
  axioms: Axioms,
): ReadonlyArray<Finding> => {
  const before = [x.slice(), y.slice()]
  const value = distance(x, y, d)
  const touched = worst([...x.map((v, i) => v - before[0]![i]!), ...y.map((v, i) => v - before[1]![i]!)])
  const [p, q] = [before[0]!, before[1]!]
  const n = p.length / d
  const reversed = Float64Array.from({ length: p.length }, (_, i) => p[(n - 1 - Math.floor(i / d)) * d + (i % d)]!)
  return [
    finding(`M13 ${name} inputs`, touched, 0, "the metric changes its inputs"),
    finding(`M13 ${name} identity`, Math.abs(distance(p.slice(), p.slice(), d)), axioms.rounding, "identical sets do not score 0"),
    finding(`M13 ${name} order`, Math.abs(distance(reversed, q.slice(), d) - value), axioms.rounding, "the value depends on the order of the points"),
    finding(`M13 ${name} range`, Math.max(0, -value), axioms.rounding, "a distance is negative or not a number"),
    ...(axioms.symmetric
      ? [
          finding(
            `M13 ${name} symmetry`,
            Math.abs(distance(q.slice(), p.slice(), d) - value),
            axioms.rounding,
            "the value depends on which set comes first",
          ),
        ]
      : []),
  ]
}

/** A computed value against its closed form. */
export const metricValueFinding = (name: string, found: number, exact: number, bound: number): Finding =>
  finding(
    `M13 ${name} closed form`,
    Math.abs(found - exact),
    bound,
    "the metric is not its closed form: look at factors, squares and single precision",
  )

/** An unbiased estimator on repeated draws of equal laws: |mean| <= 5.3 deviations of the mean. */
export const unbiasedFinding = (name: string, values: ReadonlyArray<number>): Finding => {
  const n = values.length
  const mean = values.reduce((s, v) => s + v, 0) / n
  const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1) / n)
  return finding(
    `M13 ${name} unbiased`,
    Math.abs(mean),
    5.3 * deviation,
    "equal laws do not average to 0: the diagonal is counted, or the divisor is n^2",
  )
}

/**
 * Precision and recall on a spread real set and generated points that repeat one real point: precision is 1, recall near 0.
 * @param shares of (real, generated, d) @param real n*d spread points
 */
export const orientationFindings = (
  shares: (real: Float64Array, generated: Float64Array, d: number) => { readonly precision: number; readonly recall: number },
  real: Float64Array,
  d: number,
): ReadonlyArray<Finding> => {
  const size = worst(real)
  const collapsed = Float64Array.from({ length: real.length }, (_, i) => real[i % d]! + 1e-9 * size * Math.floor(i / d))
  const [own, narrow] = [shares(real, real.slice(), d), shares(real, collapsed, d)]
  return [
    finding("M13 precision, recall identity", worst([own.precision - 1, own.recall - 1]), 0, "identical sets do not score 1 and 1"),
    finding(
      "M13 orientation",
      worst([narrow.precision - 1, narrow.recall]),
      0.1,
      "a collapsed set does not score high precision and low recall: the sets are swapped",
    ),
  ]
}

/** A metric must refuse sets too small for it rather than return a number. */
export const refusalFinding = (name: string, run: () => number): Finding => {
  const refused = ((): boolean => {
    try {
      run()
      return false
    } catch (error) {
      return error instanceof RangeError
    }
  })()
  return finding(`M13 ${name} refusal`, refused ? 0 : 1, 0, "a score is given for fewer points than it needs")
}
