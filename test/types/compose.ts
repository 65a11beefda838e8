/**
 * Type tests of composition: this file is compiled and never run. A line under `@ts-expect-error` that compiles fails the type check.
 */
import { shiftMoons } from "../../src/data/laws/shift-moons.ts"
import { conditionalPath } from "../../src/math/conditional-path.ts"
import { pointPlayers } from "../../src/models/adversarial.ts"
import { pointField } from "../../src/models/field.ts"
import { stream } from "../../src/random/stream.ts"
import { compose } from "../../src/train/compose.ts"
import type { Stages } from "../../src/train/compose.ts"
import { energyMonitor } from "../../src/train/measures/transport.ts"
import { nonSaturating } from "../../src/train/objectives/adversarial.ts"
import { wasserstein } from "../../src/train/objectives/wasserstein.ts"
import { flowMatching } from "../../src/train/objectives/flow-matching.ts"
import type { Reliance, Workshop } from "../../src/train/recipe.ts"
import { recipe, group, key } from "../../src/train/recipe.ts"
import type { TrainSettings } from "../../src/train/settings.ts"
import { fromLaw } from "../../src/train/source.ts"
import type { Source } from "../../src/train/source.ts"
import type { Trained } from "../../src/train/trained.ts"
import { Schema } from "effect"

declare const workshop: Workshop
declare const train: TrainSettings
declare const images: Source<readonly [8, 8, 1]>

const plane = fromLaw(shiftMoons(), 2, () => stream("types"))
const path = conditionalPath("independent", 0.1)
const rest = { path, coupling: "optimal", batch: 8 } as const
const velocity = pointField({ dimension: 2, predicts: "velocity", hidden: [8], activation: "selu" })
const score = pointField({ dimension: 2, predicts: "score", hidden: [8], activation: "selu" })
const solid = pointField({ dimension: 3, predicts: "velocity", hidden: [8], activation: "selu" })
const objective = flowMatching({ source: plane, target: plane, ...rest }, workshop.streams)

const others = { data: [], train, sample: async () => [], evaluate: async () => [], gates: [], monitors: () => [] } as const

compose({ ...others, model: velocity, objective }, workshop)
// @ts-expect-error flow matching trains a velocity, not a score
compose({ ...others, model: score, objective }, workshop)
// @ts-expect-error the sources are points of the plane, the field lives in space
compose({ ...others, model: solid, objective }, workshop)
// @ts-expect-error points and images are no pair
flowMatching({ source: plane, target: images, ...rest }, workshop.streams)
// @ts-expect-error no such coupling
flowMatching({ source: plane, target: plane, ...rest, coupling: "optimum" }, workshop.streams)
const ofScores = async (_: Trained<typeof score>) => []
// @ts-expect-error an evaluation written for another prediction
compose({ ...others, model: velocity, objective, evaluate: ofScores }, workshop)
// @ts-expect-error a score does not carry points
energyMonitor({} as Trained<typeof score>, shiftMoons(), () => stream("seed"))
// @ts-expect-error a program without gates
const stages: Stages<typeof velocity, "field"> = {
  data: [],
  train,
  model: velocity,
  objective,
  sample: async () => [],
  evaluate: async () => [],
  monitors: () => [],
}

const config = Schema.Struct({ width: key(Schema.Int, 8, "width"), train: group({ rate: key(Schema.Finite, 1, "rate") }, "training") })
const named = { name: "x", title: "x", summary: "x", sources: [], specs: [], config }
recipe({
  ...named,
  presets: { smoke: { width: 2 }, short: { train: { rate: 2 } }, full: {} },
  program: async ({ width }) => void (width satisfies number) as never,
})
// @ts-expect-error a preset sets a key that the configuration does not have
recipe({ ...named, presets: { smoke: { widht: 2 }, short: {}, full: {} }, program: async () => stages as never })
// @ts-expect-error a preset of the wrong type
recipe({ ...named, presets: { smoke: {}, short: { train: { rate: "fast" } }, full: {} }, program: async () => stages as never })
// @ts-expect-error no such key
recipe({ ...named, presets: { smoke: {}, short: {}, full: {} }, program: async ({ depth }) => depth as never })
// @ts-expect-error a preset is missing
recipe({ ...named, presets: { smoke: {}, full: {} }, program: async () => stages as never })
// @ts-expect-error no such grade
export const reliance: Reliance = { id: "flow/x", grade: "certain", because: "x" }
// @ts-expect-error a default of the wrong type
key(Schema.Int, "eight", "width")

const players = { dimension: 2, latent: 2, generator: { hidden: [8], activation: "relu" }, judge: { hidden: [8], activation: "leaky-relu" } } as const
const [logits, critic] = [pointPlayers({ ...players, judges: "logit" }), pointPlayers({ ...players, judges: "critic" })]
const game = nonSaturating(plane, 2, 8, workshop.streams)
compose({ ...others, model: logits, objective: game }, workshop)
// @ts-expect-error a critic's numbers are no logits
compose({ ...others, model: critic, objective: game }, workshop)
// @ts-expect-error a judge by logits is no critic
compose({ ...others, model: logits, objective: wasserstein(plane, { latent: 2, batch: 8, times: 5, penalty: 10 }, workshop.streams) }, workshop)
// @ts-expect-error a field has no generator
compose({ ...others, model: velocity, objective: game }, workshop)
