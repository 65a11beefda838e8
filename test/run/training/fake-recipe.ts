/**
 * A recipe without tensors: Adam-like descent on a quadratic in four numbers, with noise that is a function of the step. It has everything that a real one
 * has, so that the machinery of runs can be tested alone; `trouble` makes it misbehave.
 */
import { Schema } from "effect"
import { Diverged, StateMismatch } from "../../../src/train/program.ts"
import type { Program, State } from "../../../src/train/program.ts"
import { group, key, recipe, streams } from "../../../src/train/recipe.ts"
import type { Recipe, Reliance, Streams } from "../../../src/train/recipe.ts"

const TROUBLES = ["none", "diverge", "nan-state", "gate", "undecided", "monitor", "data", "memory", "slow"] as const

const count = Schema.Int.check(Schema.isGreaterThan(0))

export const fakeRecipe = (name: string, specs: ReadonlyArray<Reliance> = []): Recipe =>
  recipe({
    name,
    title: "A quadratic",
    summary: "Descent on half the squared norm of four numbers.",
    sources: [],
    specs,
    config: Schema.Struct({
      width: key(count, 4, "how many numbers"),
      train: group({ steps: key(count, 40, "training steps"), rate: key(Schema.Finite, 0.1, "learning rate") }, "training"),
      trouble: key(Schema.Literals(TROUBLES), "none", "what goes wrong"),
      at: key(Schema.Int, 25, "the step at which it does"),
    }),
    presets: { smoke: { train: { steps: 20 } }, short: {}, full: { train: { steps: 400 } } },
    program: async (config, { streams: of }) => build(name, config, of),
  })

/** Milliseconds that a step takes. */
const PAUSE = Number(process.env["FAKE_PAUSE"] ?? 0)

interface Settings {
  readonly width: number
  readonly train: { readonly steps: number; readonly rate: number }
  readonly trouble: (typeof TROUBLES)[number]
  readonly at: number
}

const build = (name: string, { width, train, trouble, at }: Settings, of: Streams): Program => {
  if (trouble === "data") throw Object.assign(new Error("fake-data is not installed: npm install fake-data"), { _tag: "DataError" })
  const [init, noise] = [of("init"), of("noise")]
  let w = Float32Array.from({ length: width }, (_, i) => 4 * init.uniform53(i) - 2)
  let m = new Float32Array(width)
  let tick = new Float32Array(1)
  const loss = (): number => w.reduce((s, x) => s + (x * x) / 2, 0)
  const metric = (metricName: string, value: number, interval: readonly [number, number] | null) => ({
    name: metricName,
    value,
    n: width,
    interval,
    confidence: interval === null ? null : 0.99,
    floor: 0,
    protocol: "half the squared norm of the weights",
  })
  const measured = () => [
    metric("loss", loss(), trouble === "undecided" ? [-1, 20] : [loss() * 0.9, loss() * 1.1]),
    metric("parameters", width, null),
  ]
  return {
    steps: train.steps,
    parameters: width,
    data: [{ name: "quadratic", description: `the origin of R^${width}`, sha256: process.env["FAKE_DATA"] ?? "" }],
    step: async (k) => {
      if (PAUSE > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE))
      if (trouble === "diverge" && k === at)
        throw new Diverged({ step: k, tensor: "gradient of model/w", message: `gradient of model/w became NaN in step ${k}` })
      // More than any typed array may hold.
      if (trouble === "memory" && k === at) new Float64Array(2 ** 53 - 1)
      const before = loss()
      for (let i = 0; i < width; i++) {
        m[i] = 0.9 * m[i]! + w[i]! + 0.01 * (noise.uniform53(k * width + i) - 0.5)
        w[i] = w[i]! - train.rate * m[i]!
      }
      if (trouble === "nan-state" && k === at) w[0] = Number.NaN
      tick[0] = tick[0]! + 1
      return { loss: before, rate: train.rate }
    },
    state: async (): Promise<State> => ({
      "model/w": { shape: [width], values: Float32Array.from(w) },
      "adam/m/w": { shape: [width], values: Float32Array.from(m) },
      "adam/step": { shape: [], values: Float32Array.from(tick) },
    }),
    restore: (state) => {
      const take = (id: string, length: number): Float32Array<ArrayBuffer> => {
        const found = state[id]
        if (found?.values.length !== length)
          throw new StateMismatch({ message: `tensor "${id}" has ${found?.values.length ?? "no"} numbers, ${length} were expected` })
        return Float32Array.from(found.values)
      }
      ;[w, m, tick] = [take("model/w", width), take("adam/m/w", width), take("adam/step", 1)]
    },
    sample: async (n, salt) => {
      const draw = streams(salt, name)("sampling")
      const values = Float64Array.from({ length: 2 * n }, (_, i) => draw.uniform53(i) + w[0]!)
      return [
        { kind: "points", name: "model", dimension: 2, values, reference: new Float64Array(8) },
        { kind: "images", name: "weights", height: 1, width, channels: 1, values: Float32Array.from({ length: n * width }, (_, i) => w[i % width]!) },
      ]
    },
    evaluate: async () => {
      if (trouble === "slow") {
        process.stderr.write("measuring\n")
        await new Promise((resolve) => setTimeout(resolve, 20_000))
      }
      return measured()
    },
    gates: [
      {
        name: "small loss",
        metric: "loss",
        bounds: { hi: trouble === "gate" ? -1 : 10 },
        because: "The minimum is 0.",
        source: "Gauss 1809",
      },
    ],
    monitors: [
      {
        name: "norm",
        theorem: "fake/norm",
        relation: "0 <= |w|^2",
        look: async (k) => ({ metric: metric("norm", trouble === "monitor" && k >= at ? -1 : 2 * loss(), null), bounds: { lo: 0 } }),
      },
    ],
    dispose: () => undefined,
  }
}
