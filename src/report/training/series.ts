/**
 * The lines of a journal as series, and as what a table shows of them.
 */
import type { Bounds, Metric } from "../../math/metric.ts"
import type { Line, Look } from "../../train/record.ts"

export interface ScalarSeries {
  readonly name: string
  readonly points: ReadonlyArray<{ readonly step: number; readonly value: number }>
}

export interface MonitorSeries {
  readonly name: string
  readonly theorem: string
  readonly relation: string
  readonly looks: ReadonlyArray<Look>
}

/** One series per scalar, the loss first, the others as they first appear. */
export const scalarSeries = (lines: ReadonlyArray<Line>): ReadonlyArray<ScalarSeries> => {
  const series = new Map<string, Array<{ step: number; value: number }>>([["loss", []]])
  for (const line of lines) {
    if (line.kind !== "scalars") continue
    for (const [name, value] of Object.entries(line.scalars)) {
      if (!series.has(name)) series.set(name, [])
      series.get(name)!.push({ step: line.step, value })
    }
  }
  return [...series].filter(([, points]) => points.length > 0).map(([name, points]) => ({ name, points }))
}

/** One series per monitor, as they first appear. */
export const monitorSeries = (lines: ReadonlyArray<Line>): ReadonlyArray<MonitorSeries> => {
  const series = new Map<string, { theorem: string; relation: string; looks: Array<Look> }>()
  for (const line of lines) {
    if (line.kind !== "monitor") continue
    const { name, theorem, relation, step, metric, bounds, judgement } = line
    if (!series.has(name)) series.set(name, { theorem, relation, looks: [] })
    series.get(name)!.looks.push({ step, metric, bounds, judgement })
  }
  return [...series].map(([name, rest]) => ({ name, ...rest }))
}

/** A value with its interval: "0.0123 in [0.011, 0.0136] (99 %, n = 10000)". */
export const measured = ({ value, interval, confidence, n }: Metric): string => {
  const range = interval === null ? "" : ` in [${digits(interval[0])}, ${digits(interval[1])}]`
  const sure = confidence === null ? "" : `${+(100 * confidence).toFixed(4)} %, `
  return `${digits(value)}${range} (${sure}n = ${n})`
}

/** Bounds in words: "in [0, 0.1]", "at most 0.1", "at least 7". */
export const bounded = ({ lo, hi }: Bounds): string => {
  if (lo === undefined) return hi === undefined ? "not bounded" : `at most ${digits(hi)}`
  return hi === undefined ? `at least ${digits(lo)}` : `in [${digits(lo)}, ${digits(hi)}]`
}

/** Four significant digits. */
export const digits = (x: number): string => {
  if (!Number.isFinite(x) || Number.isInteger(x)) return String(x)
  const text = x.toPrecision(4)
  return Math.abs(x) >= 1e-4 && Math.abs(x) < 1e6 ? String(Number(text)) : Number(text).toExponential()
}
