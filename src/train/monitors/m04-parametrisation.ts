/**
 * M4, parametrisations. eps, x0, v and score say the same thing about one x_t = alpha x_0 + sigma e, so
 *
 *   eps -> x0 -> v -> score -> eps returns,   each conversion of exact answers gives the exact answer,   w_p |p - p*|^2 is the same number for every p,
 *   and a sampler gives the same samples for all four.
 */
import type { Prediction } from "../../math/parametrisation.ts"
import type { Level } from "../../math/schedule.ts"
import { finding, worst, type Finding } from "./finding.ts"

const PREDICTIONS: ReadonlyArray<Prediction> = ["eps", "x0", "v", "score"]

export type Convert = (from: Prediction, to: Prediction, answer: Float64Array, x: Float64Array, level: Level) => Float64Array

/** What a prediction means, from the definition alone. */
const meaning = (kind: Prediction, x0: number, e: number, { alpha, sigma }: Level): number =>
  kind === "x0" ? x0 : kind === "eps" ? e : kind === "v" ? alpha * e - sigma * x0 : -e / sigma

const PROBES: ReadonlyArray<readonly [x0: number, e: number]> = [
  [0.7, -1.1],
  [-1.3, 0.4],
  [0.2, 2.3],
  [1.9, 0.05],
]

/** The findings about conversions at levels with alpha, sigma > 0. */
export const conversionFindings = (convert: Convert, levels: ReadonlyArray<Level>): ReadonlyArray<Finding> => {
  const [direct, round]: readonly [Array<number>, Array<number>] = [[], []]
  for (const level of levels) {
    const x = Float64Array.from(PROBES, ([x0, e]) => level.alpha * x0 + level.sigma * e)
    const exact = (kind: Prediction): Float64Array => Float64Array.from(PROBES, ([x0, e]) => meaning(kind, x0, e, level))
    // A conversion divides by alpha or sigma: its rounding is eps/alpha or eps/sigma of what is converted.
    const scale = Math.max(1, 1 / level.alpha, 1 / level.sigma) ** 2
    for (const from of PREDICTIONS)
      for (const to of PREDICTIONS) {
        const want = exact(to)
        convert(from, to, exact(from), x, level).forEach((value, i) => direct.push((value - want[i]!) / scale))
      }
    let answer = exact("eps")
    for (const [from, to] of [
      ["eps", "x0"],
      ["x0", "v"],
      ["v", "score"],
      ["score", "eps"],
    ] as const)
      answer = convert(from, to, answer, x, level)
    exact("eps").forEach((want, i) => round.push((answer[i]! - want) / scale))
  }
  return [
    finding(
      "M4 conversion",
      worst(direct),
      1e-10,
      "a conversion is not its definition: look for a swapped sign, a missing alpha, or x0 taken for eps",
    ),
    finding("M4 round trip", worst(round), 1e-10, "eps -> x0 -> v -> score -> eps does not return"),
  ]
}

/**
 * The same squared error, weighted, in every parametrisation that the weight is given for. `weight` must make w_p |p - p*|^2 equal to
 * expected(level) |x0 - x0*|^2.
 */
export const weightFinding = (
  weight: (kind: Prediction, level: Level) => number,
  expected: (level: Level) => number,
  levels: ReadonlyArray<Level>,
  kinds: ReadonlyArray<Prediction> = PREDICTIONS,
): Finding => {
  const defects = levels.flatMap((level) =>
    kinds.map((kind) => {
      // Two candidates x0 for one x: their answers differ by what an error of x0 does to each parametrisation.
      const [x, a, b] = [0.8, 0.3, 0.9]
      const at = (x0: number): number => meaning(kind, x0, (x - level.alpha * x0) / level.sigma, level)
      const [loss, want] = [weight(kind, level) * (at(a) - at(b)) ** 2, expected(level) * (a - b) ** 2]
      return (loss - want) / want
    }),
  )
  return finding("M4 weighted loss", worst(defects), 1e-10, "a loss weight is that of another parametrisation, inverted, or not finite")
}

/** Samples from one start in several parametrisations, the first being the reference; `bound` is the rounding of the run. */
export const sameSamplesFinding = (samples: ReadonlyArray<Float64Array>, bound: number): Finding =>
  finding(
    "M4 same samples",
    worst(samples.slice(1).flatMap((other) => Array.from(other, (value, i) => value - samples[0]![i]!))),
    bound,
    "samples depend on the parametrisation of an exact model: a stage converts at the wrong level",
  )
