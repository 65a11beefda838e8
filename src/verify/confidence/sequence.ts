/**
 * Confidence sequences: intervals (C_n) with P(for all n >= 1: mu in C_n) >= 1 - alpha, mu the common conditional mean of the observations.
 * Looking after every observation, and stopping for any reason, costs nothing.
 *
 * Every method is a lower sequence: a certified lower bound of mu. An upper sequence is the lower one of the negated observations, and an
 * interval is a pair of them at alpha / 2 each. An observation is itself an interval [lo, hi] that surely contains the value meant (its law
 * has mean mu): rounding errors and couplings enter there. Lower sequences are monotone in the observation, so they use its lower end.
 *
 * Intervals of successive looks are intersected. When nothing is left the hypothesis is false or the alpha-event has happened: an alarm.
 */
export type Side = "both" | "lower" | "upper"

export interface LowerSequence {
  /** Adds an observation that surely lies in [lo, hi]. */
  readonly update: (lo: number, hi: number) => void
  /** A double below mu at all times, with probability at least 1 - alpha; -Infinity while nothing is known. */
  readonly bound: () => number
  /** Whether every mean <= m is excluded by the observations so far: what `bound` searches for, in O(1) amortised for a repeated m. */
  readonly rejects: (m: number) => boolean
}

/** Builds a lower sequence of error probability alpha. `negated` asks for the one on -x, whose range is [-b, -a] where x has range [a, b]. */
export type LowerFactory = (alpha: number, negated: boolean) => LowerSequence

export type Alarm = "not-finite" | "out-of-range" | "empty-intersection"

export interface Interval {
  readonly lo: number
  readonly hi: number
}

export interface ConfidenceSequence {
  readonly update: (lo: number, hi?: number) => void
  /** The intersection of the intervals of all looks, this one included; [-Infinity, Infinity] once there is an alarm. */
  readonly interval: () => Interval
  /** Whether m is excluded by the observations so far. */
  readonly rejects: (m: number) => boolean
  readonly alarm: () => Alarm | undefined
  readonly count: () => number
}

const EVERYTHING: Interval = { lo: -Infinity, hi: Infinity }

/**
 * The confidence sequence of one or two lower sequences for observations in [a, b] (infinite ends allowed). Values outside [a, b] raise the
 * alarm `out-of-range`, for the hypothesis is then false; NaN or an end that is infinite where it matters raise `not-finite`. Observations are
 * cut to [a, b], which keeps the value meant inside.
 */
export const confidenceSequence = (factory: LowerFactory, alpha: number, side: Side, a: number, b: number): ConfidenceSequence => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha = ${alpha} is not in ]0, 1[`)
  const share = side === "both" ? alpha / 2 : alpha
  const below = side === "upper" ? undefined : factory(share, false)
  const above = side === "lower" ? undefined : factory(share, true)
  let [lo, hi, count] = [a, b, 0]
  let alarm: Alarm | undefined
  return {
    update: (x, y = x) => {
      count += 1
      if (alarm !== undefined) return
      const [from, to] = [x < a ? a : x, y > b ? b : y]
      if (!(x <= y) || (below !== undefined && from === -Infinity) || (above !== undefined && to === Infinity)) alarm = "not-finite"
      else if (x > b || y < a) alarm = "out-of-range"
      else {
        if (below !== undefined) below.update(from, to)
        if (above !== undefined) above.update(-to, -from)
      }
    },
    interval: () => {
      if (alarm === undefined && count > 0) {
        if (below !== undefined) lo = Math.max(lo, below.bound())
        if (above !== undefined) hi = Math.min(hi, -above.bound())
        if (lo > hi) alarm = "empty-intersection"
      }
      return alarm === undefined ? { lo, hi } : EVERYTHING
    },
    rejects: (m) => alarm === undefined && (m < a || m > b || (below?.rejects(m) ?? false) || (above?.rejects(-m) ?? false)),
    alarm: () => alarm,
    count: () => count,
  }
}
