/**
 * M1, time grids. A sampler takes n steps, each from a source level to a target level, and
 *
 *   sources fall strictly and lie in the schedule's range,   target_i = source_(i+1),   the first source and the last target are the declared ones,
 *   the noise left after the last step is the declared one.
 */
import type { Level } from "../../math/schedule.ts"
import { finding, worst, type Finding } from "./finding.ts"

export interface GridStep {
  readonly source: Level
  readonly target: Level
}

export interface DeclaredGrid {
  /** n. */
  readonly steps: number
  /** First source and last target time. */
  readonly first: number
  readonly last: number
  /** sigma after the last step; 0 for clean data. */
  readonly noise: number
  /** Times that the schedule has. */
  readonly range: readonly [number, number]
}

/** The steps of a sampler that walks along a list of levels. */
export const stepsOf = (levels: ReadonlyArray<Level>): ReadonlyArray<GridStep> =>
  levels.slice(0, -1).map((source, i) => ({ source, target: levels[i + 1]! }))

/** The findings about a sampler's steps. */
export const gridFindings = (steps: ReadonlyArray<GridStep>, { steps: n, first, last, noise, range }: DeclaredGrid): ReadonlyArray<Finding> => {
  const times = [...steps.map(({ source }) => source.t), ...steps.slice(-1).map(({ target }) => target.t)]
  const stuck = steps.filter(({ source, target }, i) => !(target.t < source.t) || (i > 0 && !(source.t < steps[i - 1]!.source.t))).length
  const joints = steps.slice(1).flatMap(({ source }, i) => {
    const { target } = steps[i]!
    return [target.t - source.t, target.alpha - source.alpha, target.sigma - source.sigma]
  })
  const [start, end] = [steps[0]?.source.t ?? Number.NaN, steps.at(-1)?.target ?? { t: Number.NaN, sigma: Number.NaN }]
  return [
    finding("M1 count", Math.abs(steps.length - n), 0, "the sampler takes another number of steps than asked: a level is missing or doubled"),
    finding("M1 monotone", stuck, 0, "a step has no length or goes back: look for repeated, truncated or rounded times"),
    finding("M1 telescoping", worst(joints), 0, "a step does not start where the one before ended: derive targets from the grid, not from t - T/n"),
    finding("M1 ends", worst([start - first, end.t - last]), 0, "the grid does not start or end at the declared times"),
    finding("M1 terminal noise", Math.abs(end.sigma - noise), 0, "noise is left in the sample: the last target must be the declared level"),
    finding("M1 range", times.filter((t) => !(t >= range[0] && t <= range[1])).length, 0, "a time lies outside the schedule's table"),
  ]
}

/** Passing a grid its own times must return them. */
export const idempotenceFinding = (times: ReadonlyArray<number>, again: ReadonlyArray<number>): Finding =>
  finding(
    "M1 idempotence",
    times.length === again.length ? worst(times.map((t, i) => t - again[i]!)) : Number.NaN,
    0,
    "the grid changes times that it made itself: a shift or rounding is applied twice",
  )

/** A sampler swept over numbers of steps must stay finite; `run` gives its output for n steps. */
export const sweepFinding = (counts: ReadonlyArray<number>, run: (n: number) => Float64Array): Finding =>
  finding(
    "M1 sweep",
    counts.filter((n) => !run(n).every(Number.isFinite)).length,
    0,
    "some numbers of steps give values that are not finite: look at updates of higher order at sigma = 0",
  )
