/** Gates over seeds: a mean for what is learnt, every single run for what is a theorem. */
import { describe, expect, test } from "vitest"
import { judge } from "../../src/math/metric.ts"
import type { Metric } from "../../src/math/metric.ts"
import { overSeeds } from "../../src/report/training/seeds.ts"
import type { SeededRun } from "../../src/report/training/seeds.ts"
import type { Gate } from "../../src/train/program.ts"
import type { Surroundings } from "../../src/train/record.ts"

/** Finished runs of seeds 0, 1, ... that differ in one measurement without an interval. */
const runs = (values: ReadonlyArray<number>, gate: Pick<Gate, "bounds" | "every">): ReadonlyArray<SeededRun> =>
  values.map((value, seed) => {
    const metric: Metric = { name: "gap", value, n: 10, interval: null, confidence: null, floor: null, protocol: "least of 10" }
    const whole: Gate = { name: "order", metric: "gap", because: "Jensen", source: "Jensen 1906", ...gate }
    const surroundings = { recipe: "r", preset: "full", backend: { name: "wasm", device: "" }, lemmata: "0", seed, started: String(seed) }
    return {
      settings: {},
      record: {
        ...{ title: "r", path: `runs/r/${seed}`, config: "", certificates: [], lines: [], plots: [], images: [] },
        surroundings: surroundings as unknown as Surroundings,
        evaluation: { step: 1, metrics: [metric], gates: [{ ...whole, measured: metric, judgement: judge(metric, gate.bounds) }] },
        outcome: { status: "finished", step: 1, exit: 0, detail: "" },
      },
    }
  })

const gateOver = (values: ReadonlyArray<number>, gate: Pick<Gate, "bounds" | "every">) => {
  const [group] = overSeeds(runs(values, gate))
  const { judgement, measured } = group!.gates[0]!
  return { judgement, value: measured.value, interval: measured.interval }
}

describe("a gate over seeds", () => {
  const lo = { bounds: { lo: 0 } }
  const every = { ...lo, every: true } as const

  test("a theorem of every run that one run breaks is violated, however good the mean", () => {
    const values = [5, -1, 5.5, 5.2, 5.1, 5.3]
    expect(gateOver(values, every)).toEqual({ judgement: "violated", value: -1, interval: null })
    expect(gateOver(values, lo).judgement).toBe("holds")
  })

  test("one that every run keeps holds, although the interval of the mean of least gaps reaches below 0", () => {
    const values = [1e-3, 1e-2, 1]
    expect(gateOver(values, every)).toEqual({ judgement: "holds", value: 1e-3, interval: null })
    expect(gateOver(values, lo).judgement).toBe("undecided")
  })

  test("of several that hold, or break it, the nearest to the bound or the farthest beyond stands; NaN before all", () => {
    expect(gateOver([3, 2, 4], every).value).toBe(2)
    expect(gateOver([3, 9.5, 4], { bounds: { lo: 0, hi: 10 }, every: true }).value).toBe(9.5)
    expect(gateOver([-1, -3, 4], every).value).toBe(-3)
    expect(gateOver([-1, Number.NaN, 4], every)).toMatchObject({ judgement: "violated", value: Number.NaN })
  })

  test("one seed stands with its own measurement either way", () => {
    expect(gateOver([2], every)).toEqual(gateOver([2], lo))
  })
})
