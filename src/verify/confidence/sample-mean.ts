/**
 * The mean of a function of standard coordinates, sampled until a verdict can be given: the estimate of an expectation that no deterministic rung
 * reaches. A function of its arguments alone: same stream, same bits.
 *
 * Three distances between what is computed and E f(ideal) enter the interval:
 *   draw      returns [lo, hi] around f(sampled): the enclosure of one evaluation (a plain number is taken as exact);
 *   slack     |f(sampled) - f(ideal)| <= slack on every draw (`lipschitzGap`): each observation is widened by it, so that the hypothesis of the
 *             method is needed for f(ideal) only;
 *   gap       |E f(sampled) - E f(ideal)| <= gap (`boundedGap`): the final interval is widened by it.
 */
import { addDown, addUp } from "../../interval/rounding.ts"
import type { StandardLaw } from "../../random/coupling.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import { sequence } from "./method.ts"
import type { Method } from "./method.ts"
import type { Alarm, Interval, Side } from "./sequence.ts"

export interface SampleMean {
  readonly stream: Stream
  readonly law: StandardLaw
  readonly dimension: number
  /** f at the coordinates (reused between calls), of draw number i; an enclosure where f is not computed exactly. */
  readonly draw: (coordinates: Float64Array, i: number) => number | Interval
  readonly method: Method
  readonly alpha: number
  readonly side?: Side
  readonly slack?: number
  readonly gap?: number
  /** Asked at every look: is [lo, hi] after n draws good enough? May depend on anything, the interval stays valid. */
  readonly until: (lo: number, hi: number, n: number) => boolean
  /** Draws allowed. */
  readonly maximum: number
}

export interface MeanEstimate {
  readonly lo: number
  readonly hi: number
  readonly n: number
  readonly alarm: Alarm | undefined
}

const FIRST_LOOK = 32

/**
 * Encloses E f with error probability alpha; looks after 32, 40, 50, ... draws (ratio 5/4) and at `maximum`.
 * Draw i uses the words i d, ..., i d + d - 1 of the stream.
 */
export const sampleMean = (plan: SampleMean): MeanEstimate => {
  const { stream, law, dimension, slack = 0, gap = 0, maximum } = plan
  const cs = sequence(plan.method, plan.alpha, plan.side ?? "both", Math.max(1, maximum / 4))
  const coordinates = new Float64Array(dimension)
  let n = 0
  for (let look = FIRST_LOOK; ; look = Math.ceil(look * 1.25)) {
    for (const stop = Math.min(look, maximum); n < stop; n++) {
      if (law === "normal") fillNormal(stream, coordinates, n * dimension)
      else stream.fill(coordinates, n * dimension)
      const value = plan.draw(coordinates, n)
      const [lo, hi] = typeof value === "number" ? [value, value] : [value.lo, value.hi]
      if (slack === 0) cs.update(lo, hi)
      else cs.update(addDown(lo, -slack), addUp(hi, slack))
    }
    const found = cs.interval()
    const [lo, hi, alarm] = [addDown(found.lo, -gap), addUp(found.hi, gap), cs.alarm()]
    if (alarm !== undefined || n >= maximum || plan.until(lo, hi, n)) return { lo, hi, n, alarm }
  }
}
