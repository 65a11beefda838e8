/**
 * A measurement: never a bare number. What was measured, on how many, how sure, next to which floor, and under which protocol.
 *
 * `judge` compares it with the bounds that a theorem or a published figure sets. The words are those of a measurement, not of a certificate:
 *
 *   holds      the interval (the value, where the measurement is deterministic) lies inside [lo, hi],
 *   violated   it lies outside,
 *   undecided  it reaches across an end, or is not a number.
 */

export interface Metric {
  readonly name: string
  readonly value: number
  /** Samples that it rests on. */
  readonly n: number
  /** Interval of the given confidence; `null` where nothing random stands between the value and what it measures. */
  readonly interval: readonly [lo: number, hi: number] | null
  readonly confidence: number | null
  /** What a perfect model would score under the same protocol (two fresh samples of the target, say); `null` where that is 0 or unknown. */
  readonly floor: number | null
  /** One sentence that pins everything a second person needs: generator and sizes, squared or not, features, solver and steps. */
  readonly protocol: string
}

/** A closed range; an end that is absent is infinite. */
export interface Bounds {
  readonly lo?: number
  readonly hi?: number
}

export type Judgement = "holds" | "violated" | "undecided"

/** Where a measurement lies with respect to its bounds. A value that is NaN is violated: nothing finite was reached. */
export const judge = (metric: Pick<Metric, "value" | "interval">, { lo = -Infinity, hi = Infinity }: Bounds): Judgement => {
  if (Number.isNaN(metric.value)) return "violated"
  const [a, b] = metric.interval ?? [metric.value, metric.value]
  if (Number.isNaN(a) || Number.isNaN(b)) return "undecided"
  if (lo <= a && b <= hi) return "holds"
  return b < lo || a > hi ? "violated" : "undecided"
}
