/** Steps against PyTorch's optimisers, the moving average against its formula, and what a step says when a number is not finite. */
import { readFileSync } from "node:fs"
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { judge } from "../../src/math/metric.ts"
import { compose } from "../../src/train/compose.ts"
import { rateAt } from "../../src/train/learning-rate.ts"
import type { Batch, Loss, Model, Objective } from "../../src/train/objective.ts"
import type { Inputs } from "../../src/train/objective.ts"
import { initialise, mustFit } from "../../src/models/network.ts"
import type { Weights } from "../../src/models/network.ts"
import { stream } from "../../src/random/stream.ts"
import type { Program } from "../../src/train/program.ts"
import { Diverged } from "../../src/train/program.ts"
import { streams } from "../../src/train/recipe.ts"
import { trainKeys } from "../../src/train/settings.ts"
import type { TrainSettings } from "../../src/train/settings.ts"
import type { Scalar, Tf } from "../../src/tensor/tf.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const fixture = JSON.parse(readFileSync(new URL("../fixtures/training.json", import.meta.url), "utf8"))

const settings = (changes: Partial<TrainSettings>): TrainSettings => ({
  ...Schema.decodeUnknownSync(trainKeys({ steps: 5, batch: 1, rate: 0.1, beta1: 0.8, beta2: 0.95 }))({ epsilon: 1e-6 }),
  ...changes,
})

/** Three numbers in two parameters, so that packing and unpacking are in the way. */
const START = [1, -2, 0.5]
const model: Model = {
  parameters: { "a/first": { shape: [1], init: () => START[0]! }, "b/rest": { shape: [2], init: (_, i) => START[i + 1]! } },
}
const program = (
  train: Partial<TrainSettings>,
  loss: (tf: Tf, weights: Weights, inputs: Inputs) => Loss,
  draw: (k: number) => Batch = (k) => ({ k: { shape: [], values: Float32Array.of((k + 1) / 5) } }),
  phases: ReadonlyArray<readonly [name: string, trains: string]> = [["all", ""]],
): Program => {
  const objective: Objective<Model, string> = {
    phases: phases.map(([name, trains]) => ({ name, trains, times: 1, draw, loss: (t, _, weights, inputs) => loss(t, weights, inputs) })),
  }
  const rest = { data: [], model, gates: [], sample: async () => [], evaluate: async () => [], monitors: () => [] }
  return compose({ ...rest, objective, train: settings(train) }, { tf, streams: streams("1", "test") })
}

/** sum w^4/4 + c w (k + 1)/5 with c = 1, 2, 3: the loss of the fixture. */
const quartic = (t: Tf, weights: Weights, { k }: Inputs): Loss => {
  const w = t.concat([weights["a/first"]!, weights["b/rest"]!])
  const bowl = t.sum(t.div(t.pow(w, 4), 4)) as Scalar
  const tilt = t.sum(t.mul(t.mul(w, [1, 2, 3]), k!)) as Scalar
  return { total: t.add(bowl, tilt), parts: { bowl, tilt } }
}

const numbers = async ({ state }: Program, kind = "model"): Promise<ReadonlyArray<number>> => {
  const found = await state()
  return [...found[`${kind}/a/first`]!.values, ...found[`${kind}/b/rest`]!.values]
}

describe("the optimiser is PyTorch's", () => {
  test.each([
    ["adam", {}],
    ["adamw", { decay: 0.3 }],
    ["clipped", { clip: 1 }],
  ] as const)("%s", async (name, changes) => {
    const { step, dispose, ...rest } = program(changes, quartic)
    for (const [k, want] of (fixture[name] as ReadonlyArray<ReadonlyArray<number>>).entries()) {
      await step(k)
      const found = await numbers({ step, dispose, ...rest })
      // float32 against float64: some ten roundings of numbers below 2 per step, five steps.
      found.forEach((w, i) => expect(Math.abs(w - want[i]!)).toBeLessThan(50 * 2 * 2 ** -24))
    }
    dispose()
  })
})

test("the moving average is a(k+1) = d a(k) + (1 - d) w(k+1), from a(0) = w(0)", async () => {
  const p = program({ average: 0.9 }, quartic)
  let want = await numbers(p)
  expect(await numbers(p, "average")).toEqual(want)
  for (let k = 0; k < 3; k++) {
    await p.step(k)
    const w = await numbers(p)
    want = want.map((a, i) => 0.9 * a + 0.1 * w[i]!)
    ;(await numbers(p, "average")).forEach((a, i) => expect(Math.abs(a - want[i]!)).toBeLessThan(8 * 2 ** -24 * 2))
  }
  p.dispose()
})

describe("routing (M10)", () => {
  const look = async (loss: (tf: Tf, weights: Weights, inputs: Inputs) => Loss, k: number) => {
    const p = program({}, loss)
    for (let i = 0; i < k; i++) await p.step(i)
    const { metric, bounds } = await p.monitors.at(-1)!.look(k)
    p.dispose()
    return { ...metric, judgement: judge(metric, bounds) }
  }
  const half = (t: Tf, weights: Weights): Loss => ({ total: t.sum(t.square(weights["a/first"]!)) as Scalar, parts: {} })
  /** u w with u = 0 at first: no gradient reaches w before the second step. */
  const behindZero = (t: Tf, weights: Weights): Loss => {
    const u = t.sub(weights["a/first"]!, START[0]!)
    return { total: t.sum(t.square(t.sub(t.mul(u, weights["b/rest"]!), 1))) as Scalar, parts: {} }
  }

  test("a parameter that no loss reaches is named", async () => {
    expect(await look(quartic, 10)).toMatchObject({ judgement: "holds", value: 0, n: 2 })
    expect(await look(half, 10)).toMatchObject({
      judgement: "violated",
      value: 1,
      protocol: expect.stringContaining("no gradient has reached b/rest:"),
    })
  })
  test("while zeros may stand in the way nothing is said against it", async () => {
    expect(await look(behindZero, 1)).toMatchObject({ judgement: "undecided", value: 1 })
    expect(await look(behindZero, 2)).toMatchObject({ judgement: "holds", value: 0 })
  })
})

test("a step reports loss, parts, norm and rate", async () => {
  const p = program({}, quartic)
  // At (1, -2, 1/2) and k = 0: bowl (1 + 16 + 1/16)/4, tilt (1 - 4 + 3/2)/5, gradient (1 + .2, -8 + .4, 1/8 + .6).
  const { loss, bowl, tilt, rate, ...rest } = await p.step(0)
  expect(bowl).toBeCloseTo(4.265625, 5)
  expect(tilt).toBeCloseTo(-0.3, 6)
  expect(loss).toBeCloseTo(3.965625, 5)
  expect(rate).toBe(0.1)
  expect(rest["gradient-norm"]).toBeCloseTo(Math.hypot(1.2, 7.6, 0.725), 4)
  p.dispose()
})

test("rates: constant, cosine from the base to near 0, linear warm-up", () => {
  const base = { steps: 100, rate: 2, schedule: "constant", warmup: 0 } as const
  expect([0, 50, 99].map((k) => rateAt(base, k))).toEqual([2, 2, 2])
  const cosine = { ...base, schedule: "cosine" } as const
  expect(rateAt(cosine, 0)).toBe(2)
  expect(rateAt(cosine, 50)).toBeCloseTo(1, 12)
  expect(rateAt(cosine, 99)).toBeCloseTo(1 - Math.cos(Math.PI / 100), 12)
  expect([0, 1, 3, 4].map((k) => rateAt({ ...base, warmup: 4 }, k))).toEqual([0.5, 1, 2, 2])
})

describe("what is not finite is named where it began, and kept out of the state", () => {
  const plain = (t: Tf, w: Weights): Scalar => t.add(t.sum(w["a/first"]!), t.sum(w["b/rest"]!)) as Scalar
  const infinite = { k: { shape: [2], values: Float32Array.of(0, Infinity) } }
  const cases: ReadonlyArray<readonly [string, (t: Tf, w: Weights, inputs: Inputs) => Loss, Batch, string]> = [
    ["an input", (t, w, { k }) => ({ total: t.mul(plain(t, w), t.sum(k!)), parts: {} }), infinite, "step 0: input k is Infinity at index 1 of 2"],
    [
      "a part of the loss",
      (t, w) => {
        const [fine, bad] = [plain(t, w), t.log(t.sub(t.sum(w["b/rest"]!), 9)) as Scalar]
        return { total: t.add(fine, bad), parts: { fine, bad } }
      },
      {},
      "step 0: loss part bad is NaN at index 0 of 1; inputs and parameters are finite, at most 2.00 (parameter b/rest)",
    ],
    [
      "a gradient, although the loss is finite",
      (t, w) => ({ total: t.add(plain(t, w), t.sum(t.sqrt(t.mul(w["b/rest"]!, 0)))) as Scalar, parts: {} }),
      {},
      "step 0: gradient of b/rest is NaN at index 0 of 2; inputs and parameters are finite, at most 2.00 (parameter b/rest)",
    ],
  ]
  test.each(cases)("%s", async (_, loss, batch, message) => {
    const before = tf.memory().numTensors
    const p = program({}, loss, () => batch)
    const failure = await p.step(0).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Diverged)
    expect((failure as Diverged).message).toBe(message)
    expect(await numbers(p)).toEqual(START)
    p.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

test("phases: each trains its own, the others stand still; a parameter of none or of two is refused", async () => {
  const p = program({}, (t, w, i) => quartic(t, w, i), undefined, [
    ["one", "a/"],
    ["two", "b/"],
  ])
  const scalars = await p.step(0)
  // Phase two sees what phase one has done: a/first is 0.9 by then, and the loss is that of (0.9, -2, 0.5).
  expect(scalars["one/loss"]).toBeCloseTo(3.965625, 5)
  expect(scalars["two/loss"]).toBeCloseTo(0.9 ** 4 / 4 + 4 + 1 / 64 + (0.9 - 4 + 1.5) / 5, 4)
  expect(scalars.loss).toBe(scalars["two/loss"])
  p.dispose()
  const built = (phases: ReadonlyArray<readonly [string, string]>) => () => program({}, quartic, undefined, phases)
  expect(built([["one", "a/"]])).toThrow("parameter b/rest is trained by no phase")
  expect(
    built([
      ["one", ""],
      ["two", "b/"],
    ]),
  ).toThrow("parameter b/rest is trained by one and two")
})

test("a signal is heard between the computations of one measurement", async () => {
  const objective: Objective<Model, string> = { phases: [{ name: "all", trains: "", times: 1, draw: () => ({}), loss: quartic as never }] }
  let heard = 0
  const { evaluate, dispose } = compose(
    {
      ...{ data: [], model, gates: [], sample: async () => [], monitors: () => [], objective, train: settings({}) },
      evaluate: async ({ compute }) => {
        for (let i = 1; i <= 3; i++) {
          // What waits for the next turn of the event loop, as a signal does.
          setImmediate(() => heard++)
          await compute((t) => t.scalar(1))
          expect(heard).toBe(i)
        }
        return []
      },
    },
    { tf, streams: streams("1", "test") },
  )
  await evaluate()
  dispose()
})

test("a batch larger than memory is refused by its number before an item of it is drawn", () => {
  const parameters = {
    "a/kernel": { shape: [2, 60], init: () => 0 },
    "a/bias": { shape: [60], init: () => 0 },
    "a/last": { shape: [60, 4], init: () => 0 },
  }
  // 64 numbers an item, of 2^30.
  expect(() => mustFit(parameters, 2 ** 24)).not.toThrow()
  expect(() => mustFit(parameters, 2 ** 24 + 1)).toThrow(
    "out of memory: train.batch is 16777217, and a step computes at least 64 numbers for each item; at most 16777216 items fit",
  )
})

test("a model larger than can be trained is refused before a number of it is drawn", () => {
  const drawn = { "a/first": { shape: [2 ** 20, 2 ** 9], init: () => expect.fail("drawn") } }
  expect(() => initialise(drawn, (name) => stream("test", name))).toThrow(/out of memory: 536870912 trainable numbers, at most 268435456/)
})
