/**
 * What a run looks like, as Vega-Lite specifications: plain JSON with its data inside, so that a plot can be read, compared and drawn again anywhere.
 */
import type { Samples } from "../../train/program.ts"
import type { MonitorSeries, ScalarSeries } from "./series.ts"

export type Json = { readonly [key: string]: unknown }

export interface Plot {
  /** Of its files, `plots/<name>.vl.json` and `.svg`. */
  readonly name: string
  readonly title: string
  readonly spec: Json
}

/** More marks than this say nothing more to the eye; evenly spaced ones are kept. */
const MARKS = 2000

const SIZE = { width: 420, height: 240 }
const step = { field: "step", type: "quantitative", title: "step" }

const plot = (name: string, title: string, spec: Json): Plot => ({
  name,
  title,
  spec: { $schema: "https://vega.github.io/schema/vega-lite/v6.json", description: title, title, ...spec },
})

const thin = <A>(items: ReadonlyArray<A>): ReadonlyArray<A> => {
  const n = items.length
  return n <= MARKS ? items : Array.from({ length: MARKS }, (_, i) => items[Math.floor((i * n) / MARKS)]!)
}

/** Values left and right of a step that its mean takes in, as a share of all. */
const SMOOTH = 1 / 40

/**
 * One plot per scalar, the loss first, each on its own axis: the values, and their mean over a twentieth of the run around each step. Values that are not
 * finite leave a gap.
 */
export const scalarPlots = (series: ReadonlyArray<ScalarSeries>): ReadonlyArray<Plot> =>
  series.map(({ name, points }) => {
    const values = thin(points).map(({ step, value }) => ({ step, value: Number.isFinite(value) ? value : null }))
    const around = Math.floor(SMOOTH * values.length)
    const y = { field: "value", type: "quantitative", title: name, scale: { zero: false } }
    const raw = { mark: { type: "line", invalid: "break-paths-show-domains", opacity: around === 0 ? 1 : 0.35 }, encoding: { x: step, y } }
    const mean = {
      transform: [{ window: [{ op: "mean", field: "value", as: "mean" }], frame: [-around, around] }],
      mark: { type: "line", strokeWidth: 2 },
      encoding: { x: step, y: { ...y, field: "mean" } },
    }
    return plot(`scalar-${slug(name)}`, name, { ...SIZE, data: { values }, layer: around === 0 ? [raw] : [raw, mean] })
  })

/** The looks of a monitor: value, interval, and the bounds that the theorem sets. */
export const monitorPlots = (series: ReadonlyArray<MonitorSeries>): ReadonlyArray<Plot> =>
  series.map(({ name, relation, looks }) => {
    const values = thin(looks).map(({ step, metric, bounds, judgement }) => ({
      step,
      value: metric.value,
      lo: metric.interval?.[0] ?? metric.value,
      hi: metric.interval?.[1] ?? metric.value,
      below: bounds.lo ?? null,
      above: bounds.hi ?? null,
      judgement,
    }))
    const y = { type: "quantitative", title: name, scale: { zero: false } }
    const bound = (field: string): Json => ({
      transform: [{ filter: `isValid(datum.${field})` }],
      mark: { type: "line", strokeDash: [4, 3], color: "#888" },
      encoding: { x: step, y: { field, ...y } },
    })
    return plot(`monitor-${slug(name)}`, `${name}: ${relation}`, {
      ...SIZE,
      data: { values },
      layer: [
        { mark: "rule", encoding: { x: step, y: { field: "lo", ...y }, y2: { field: "hi" } } },
        {
          mark: { type: "point", filled: true },
          encoding: {
            x: step,
            y: { field: "value", ...y },
            color: {
              field: "judgement",
              scale: { domain: ["holds", "undecided", "violated"], range: ["#2a7d3f", "#b58900", "#c0392b"] },
              title: null,
            },
          },
        },
        bound("below"),
        bound("above"),
      ],
    })
  })

const x = { field: "x", type: "quantitative", scale: { zero: false } }
const y = { field: "y", type: "quantitative", scale: { zero: false } }
const SQUARE = { width: 320, height: 320 }

/** Points, trajectories and fields, by their first two coordinates; points on a line as a histogram. Images are grids of their own. */
export const samplePlots = (samples: ReadonlyArray<Samples>): ReadonlyArray<Plot> =>
  samples.flatMap((shown) => {
    switch (shown.kind) {
      case "images":
        return []
      case "points":
        return [shown.dimension === 1 ? histogram(shown) : scatter(shown)]
      case "trajectories":
        return shown.dimension === 1 ? [] : [trajectories(shown)]
      case "field":
        return [field(shown)]
    }
  })

type Of<K extends Samples["kind"]> = Extract<Samples, { readonly kind: K }>

const pairs = (values: Float64Array, dimension: number, source: string): ReadonlyArray<Json> =>
  thin(
    Array.from({ length: Math.floor(values.length / dimension) }, (_, i) => ({
      x: values[i * dimension]!,
      y: values[i * dimension + 1] ?? 0,
      source,
    })),
  )

const colour = { field: "source", type: "nominal", title: null, scale: { domain: ["data", "model"], range: ["#9aa5b1", "#1f5fbf"] } }

const scatter = ({ name, dimension, values, reference }: Of<"points">): Plot =>
  plot(`samples-${slug(name)}`, name, {
    ...SQUARE,
    data: { values: [...(reference === undefined ? [] : pairs(reference, dimension, "data")), ...pairs(values, dimension, "model")] },
    mark: { type: "circle", size: 9, opacity: 0.6 },
    encoding: { x, y, color: colour },
  })

const histogram = ({ name, values, reference }: Of<"points">): Plot =>
  plot(`samples-${slug(name)}`, name, {
    ...SIZE,
    data: { values: [...(reference === undefined ? [] : pairs(reference, 1, "data")), ...pairs(values, 1, "model")] },
    mark: { type: "bar", opacity: 0.5 },
    encoding: { x: { ...x, bin: { maxbins: 60 } }, y: { aggregate: "count", stack: null, title: "points" }, color: colour },
  })

/** Paths drawn: enough to see the flow, few enough to tell them apart. */
const PATHS = 100

const trajectories = ({ name, dimension, times, values }: Of<"trajectories">): Plot => {
  const n = values.length / (times.length * dimension)
  const points = Array.from({ length: Math.min(n, PATHS) }, (_, i) =>
    times.map((time, k) => ({ path: i, time, x: values[(k * n + i) * dimension]!, y: values[(k * n + i) * dimension + 1]! })),
  )
  return plot(`trajectories-${slug(name)}`, name, {
    ...SQUARE,
    data: { values: points.flat() },
    layer: [
      { mark: { type: "line", strokeWidth: 0.7, opacity: 0.5 }, encoding: { x, y, detail: { field: "path" }, order: { field: "time" } } },
      {
        transform: [{ filter: `datum.time === ${times.at(-1)}` }],
        mark: { type: "circle", size: 12 },
        encoding: { x, y },
      },
    ],
  })
}

/** Each vector from its point, the longest as long as the mean distance between neighbours on a square grid of that many points. */
const field = ({ name, time, points, vectors }: Of<"field">): Plot => {
  const n = points.length / 2
  const at = (values: Float64Array, i: number): readonly [number, number] => [values[2 * i]!, values[2 * i + 1]!]
  const span = [0, 1].map((d) => {
    const all = Array.from({ length: n }, (_, i) => at(points, i)[d]!)
    return Math.max(...all) - Math.min(...all)
  })
  const longest = Math.max(...Array.from({ length: n }, (_, i) => Math.hypot(...at(vectors, i))), Number.MIN_VALUE)
  const scale = Math.max(...span) / Math.max(1, Math.sqrt(n) - 1) / longest
  const values = Array.from({ length: n }, (_, i) => {
    const [[px, py], [vx, vy]] = [at(points, i), at(vectors, i)]
    return { x: px, y: py, x2: px + scale * vx, y2: py + scale * vy, speed: Math.hypot(vx, vy) }
  })
  const speed = { field: "speed", type: "quantitative", title: "length" }
  return plot(`field-${slug(`${name}-${time.toPrecision(3)}`)}`, `${name}, time ${Number(time.toPrecision(3))}`, {
    ...SQUARE,
    data: { values: thin(values) },
    layer: [
      { mark: "rule", encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" }, color: speed } },
      { mark: { type: "circle", size: 10 }, encoding: { x, y, color: speed } },
    ],
  })
}

/** A name for a file. */
export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80) || "unnamed"
