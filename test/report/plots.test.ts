import { describe, expect, test } from "vitest"
import { monitorPlots, samplePlots, scalarPlots, slug } from "../../src/report/training/plots.ts"
import type { Plot } from "../../src/report/training/plots.ts"
import { bounded, digits, measured, monitorSeries, scalarSeries } from "../../src/report/training/series.ts"
import { drawSvg } from "../../src/report/training/svg.ts"
import type { Line } from "../../src/train/record.ts"

const metric = { name: "residual", value: 1, n: 10, interval: [0.5, 1.5], confidence: 0.99, floor: null, protocol: "p" } as const
const lines: ReadonlyArray<Line> = [
  { kind: "scalars", step: 1, scalars: { rate: 0.1, loss: 3 } },
  { kind: "scalars", step: 2, scalars: { rate: 0.1, loss: Number.NaN } },
  {
    kind: "monitor",
    step: 2,
    name: "ELBO bound",
    theorem: "variational/elbo-bound",
    relation: "0 <= gap",
    metric,
    bounds: { lo: 0 },
    judgement: "holds",
  },
  { kind: "scalars", step: 3, scalars: { rate: 0.1, loss: 1 } },
  {
    kind: "monitor",
    step: 4,
    name: "ELBO bound",
    theorem: "t",
    relation: "r",
    metric: { ...metric, interval: null, value: -1 },
    bounds: { lo: 0, hi: 2 },
    judgement: "violated",
  },
]

/** How many marks of a group Vega drew. */
const marks = (svg: string, role: string): number => {
  const group = [...svg.matchAll(/<g class="mark-(\w+) role-mark[^"]*"[^>]*>((?:(?!<\/g>).)*)<\/g>/gs)].filter((m) => m[1] === role)
  return group.reduce((n, m) => n + [...m[2]!.matchAll(/<(path|line)\b/g)].length, 0)
}
const draw = (plots: ReadonlyArray<Plot>): Promise<ReadonlyArray<string>> => Promise.all(plots.map(({ spec }) => drawSvg(spec)))

describe("series", () => {
  test("scalars, the loss first; monitors by name", () => {
    expect(scalarSeries(lines).map(({ name, points }) => [name, points.length])).toEqual([
      ["loss", 3],
      ["rate", 3],
    ])
    expect(monitorSeries(lines)).toMatchObject([{ name: "ELBO bound", theorem: "variational/elbo-bound", looks: [{ step: 2 }, { step: 4 }] }])
  })
  test("numbers in words", () => {
    expect(measured(metric)).toBe("1 in [0.5, 1.5] (99 %, n = 10)")
    expect([{}, { lo: 1 }, { hi: 0.12345678 }, { lo: -1e-9, hi: 2e7 }].map(bounded)).toEqual([
      "not bounded",
      "at least 1",
      "at most 0.1235",
      "in [-1e-9, 20000000]",
    ])
    expect([0, 1e-20, 123456.7, 1.5e6 + 0.5, Number.NaN, -0.5].map(digits)).toEqual(["0", "1e-20", "123500", "1.5e+6", "NaN", "-0.5"])
  })
})

describe("plots", () => {
  test("a line per scalar, with a gap where a value is not finite", async () => {
    const [loss, rate] = await draw(scalarPlots(scalarSeries(lines)))
    expect(loss).toContain(">loss<")
    // M begins a piece of the path: two pieces around the NaN.
    expect([...loss!.matchAll(/mark-line role-mark.*?d="([^"]*)"/gs)][0]![1]!.match(/M/g)).toHaveLength(2)
    expect([...rate!.matchAll(/mark-line role-mark.*?d="([^"]*)"/gs)][0]![1]!.match(/M/g)).toHaveLength(1)
  })

  test("a long scalar has its mean over a twentieth of the run drawn over it", async () => {
    // A sawtooth between 0 and 1: the mean over an odd number 5 of neighbours lies within 0.1 of 1/2, away from the ends.
    const points = Array.from({ length: 80 }, (_, i) => ({ step: i, value: i % 2 }))
    const [svg] = await draw(scalarPlots([{ name: "loss", points }]))
    const paths = [...svg!.matchAll(/mark-line role-mark.*?d="([^"]*)"/gs)].map((m) => [...m[1]!.matchAll(/,([-\d.]+)/g)].map((y) => Number(y[1])))
    expect(paths.map((ys) => ys.length)).toEqual([80, 80])
    const [raw = [], mean = []] = paths
    const height = Math.max(...raw) - Math.min(...raw)
    const middle = (Math.max(...raw) + Math.min(...raw)) / 2
    for (const y of mean.slice(3, -3)) expect(Math.abs(y - middle)).toBeLessThan(0.11 * height)
  })

  test("a monitor: a point per look in the colour of its judgement, its interval, its bounds", async () => {
    const [svg] = await draw(monitorPlots(monitorSeries(lines)))
    expect(svg).toContain("#2a7d3f")
    expect(svg).toContain("#c0392b")
    expect(marks(svg!, "symbol")).toBe(2)
    expect(marks(svg!, "rule")).toBe(2)
    expect(marks(svg!, "line")).toBe(2)
  })

  test("points, a field and trajectories have a mark each; images have none", async () => {
    const points = samplePlots([
      { kind: "points", name: "Model", dimension: 2, values: Float64Array.of(0, 1, 2, 3, 4, 5), reference: Float64Array.of(1, 1) },
    ])
    expect(points[0]!.name).toBe("samples-model")
    expect(marks((await draw(points))[0]!, "symbol")).toBe(4)
    const field = samplePlots([
      { kind: "field", name: "v", time: 0.5, points: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1), vectors: Float64Array.of(1, 0, 0, 2, 0, 0, 1, 1) },
    ])
    expect(field[0]!.name).toBe("field-v-0-500")
    expect(marks((await draw(field))[0]!, "rule")).toBe(4)
    // Four points on a unit square: the longest vector, (0, 2), is drawn one unit long.
    expect(field[0]!.spec["data"]).toMatchObject({ values: [{ x2: 0.5 }, { x: 1, y2: 1 }, {}, {}] })
    const paths = samplePlots([{ kind: "trajectories", name: "t", dimension: 2, times: [0, 1], values: Float64Array.of(0, 0, 1, 1, 2, 2, 3, 3) }])
    const [svg] = await draw(paths)
    expect([marks(svg!, "line"), marks(svg!, "symbol")]).toEqual([2, 2])
    expect(paths[0]!.spec["data"]).toMatchObject({
      values: [
        { path: 0, x: 0 },
        { path: 0, time: 1, x: 2 },
        { path: 1, x: 1 },
        { path: 1, x: 3 },
      ],
    })
    const histogram = samplePlots([{ kind: "points", name: "line", dimension: 1, values: Float64Array.of(0.01, 0.05, 5) }])
    expect(marks((await draw(histogram))[0]!, "rect")).toBe(2)
    expect(samplePlots([{ kind: "images", name: "i", height: 1, width: 1, channels: 1, values: new Float32Array(1) }])).toEqual([])
  })

  test("a plot never holds more marks than an eye can tell apart", () => {
    const [plot] = samplePlots([{ kind: "points", name: "many", dimension: 2, values: new Float64Array(20_000) }])
    expect((plot!.spec["data"] as { values: ReadonlyArray<unknown> }).values).toHaveLength(2000)
  })

  test("a name for a file", () => expect(["W2^2 (test)", "Ünï", "---"].map(slug)).toEqual(["w2-2-test", "n", "unnamed"]))
})
