/**
 * Type tests of the library's parts: this file is compiled and never run. A line under `@ts-expect-error` that compiles fails the type check.
 */
import { conditionalPath, ddimSample, drive, eightGaussians, fillNormal, judge, levels, stream, uniformTimes, vp } from "lemmata/sampling"
import type { Level, Metric, Sampler } from "lemmata/sampling"
import { compose, fromLaw, likelihood, realNvp, pointField } from "lemmata/training"
import type { Recipe, TrainSettings, Workshop } from "lemmata/training"

const x = new Float64Array(2)
const grid: ReadonlyArray<Level> = levels(vp(), uniformTimes(1, 1e-3, 10))
const sampler: Sampler = ddimSample({ levels: grid, prediction: "v", x })
drive(sampler, ({ x: at }) => at)
// @ts-expect-error no such parametrisation
ddimSample({ levels: grid, prediction: "epsilon", x })
// @ts-expect-error times are no levels
ddimSample({ levels: uniformTimes(1, 0, 10), prediction: "eps", x })
// @ts-expect-error points are float64
ddimSample({ levels: grid, prediction: "eps", x: new Float32Array(2) })
// @ts-expect-error a sampler of float64 numbers is answered by them, not by promises
drive(sampler, async ({ x: at }) => at)
// @ts-expect-error no such law
eightGaussians("torch")
// @ts-expect-error no such path
conditionalPath("straight", 0.1)
// @ts-expect-error noise comes from a stream, not from a seed
fillNormal(0, x, 0)
// @ts-expect-error a judgement is of a metric, not of its value
judge(0.3, { hi: 1 })
declare const metric: Metric
// @ts-expect-error a measurement does not change
metric.value = 0

declare const workshop: Workshop
declare const train: TrainSettings
const rest = { data: [], train, sample: async () => [], evaluate: async () => [], gates: [], monitors: () => [] } as const
const plane = fromLaw(eightGaussians("ffjord"), 2, () => stream("0"))
const flow = realNvp({ dimension: 2, couplings: 2, hidden: [8], reach: 2 })
compose({ ...rest, model: flow, objective: likelihood(plane, 8) }, workshop)
// @ts-expect-error a field has no likelihood
compose({ ...rest, model: pointField({ dimension: 2, predicts: "eps", hidden: [8], activation: "selu" }), objective: likelihood(plane, 8) }, workshop)
// @ts-expect-error a flow of space, points of the plane
compose({ ...rest, model: realNvp({ dimension: 3, couplings: 2, hidden: [8], reach: 2 }), objective: likelihood(plane, 8) }, workshop)
declare const recipe: Recipe
// @ts-expect-error the file of a recipe is the command line's to say
recipe.file = { path: "x", sha256: "" }
