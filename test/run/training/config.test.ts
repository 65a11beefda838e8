import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { resolveConfig, writeConfig } from "../../../src/run/training/config.ts"
import { clashes, product, readAssignment, readSweep, readTree } from "../../../src/run/training/tree.ts"
import type { Fault, Layer } from "../../../src/run/training/tree.ts"
import { group, key, recipe } from "../../../src/train/recipe.ts"

const toy = recipe({
  name: "toy",
  title: "Toy",
  summary: "A configuration with everything in it.",
  sources: [],
  specs: [],
  config: Schema.Struct({
    steps: key(Schema.Int.check(Schema.isGreaterThan(0)), 100, "steps of training"),
    note: key(Schema.String, "null", "a word that YAML would read as something else"),
    optimiser: group({ rate: key(Schema.Finite, 1e-3, "learning rate"), betas: key(Schema.Array(Schema.Finite), [0.9, 0.999], "decay") }, "Adam"),
    sampler: key(
      Schema.Union([
        Schema.Struct({ kind: Schema.Literal("ddim"), eta: Schema.Finite }),
        Schema.Struct({ kind: Schema.Literal("ddpm"), clip: Schema.Boolean }),
      ]),
      { kind: "ddim", eta: 0 },
      "how to sample",
    ),
  }),
  presets: { smoke: { steps: 10 }, short: { optimiser: { rate: 2e-3 } }, full: { sampler: { kind: "ddpm", clip: true } } },
  program: () => Promise.reject(new Error("not asked for")),
})

const layer = (read: Layer | ReadonlyArray<Fault>): Layer => {
  if ("tree" in read) return read
  throw new Error(JSON.stringify(read))
}
const file = (text: string): Layer => layer(readTree(text, "my.yaml"))
const set = (text: string): Layer => layer(readAssignment(text))
const resolve = (preset: "smoke" | "short" | "full", ...layers: ReadonlyArray<Layer>) => {
  const config = resolveConfig(toy, preset, layers)
  if (!("resolved" in config)) throw new Error(config.map((f) => `${f.where}: ${f.message}`).join("\n"))
  return config
}
const faults = (...layers: ReadonlyArray<Layer>): ReadonlyArray<string> => {
  const config = resolveConfig(toy, "short", layers)
  return "resolved" in config ? [] : config.map((f) => `${f.where}: ${f.message}`)
}

describe("layers", () => {
  test("defaults, preset, file, command line: the later wins, groups are merged, lists and alternatives are replaced", () => {
    expect(resolve("short").resolved).toMatchObject({ recipe: "toy", preset: "short", seed: 0, backend: "auto", steps: 100 })
    const { resolved, settings } = resolve("full", file("optimiser: {rate: 0.5, betas: [0.5]}\nseed: 3\nsteps: 7"), set("steps=9"), set("run.keep=5"))
    expect(resolved).toMatchObject({ steps: 9, optimiser: { rate: 0.5, betas: [0.5] }, sampler: { kind: "ddpm", clip: true }, seed: 3 })
    expect(settings.run).toMatchObject({ keep: 5, monitor: 50 })
    expect(resolve("smoke", set("optimiser.rate=1")).resolved).toMatchObject({ steps: 10, optimiser: { rate: 1, betas: [0.9, 0.999] } })
    expect(resolve("full", set("sampler={kind: ddim, eta: 1}")).resolved).toMatchObject({ sampler: { kind: "ddim", eta: 1 } })
  })

  test("the saved configuration gives the same configuration, whatever the preset", () => {
    const { resolved } = resolve("full", set('note="a: b # c"'), set("run={log: 3}"), set("optimiser.betas=[0.25, 1e-300]"))
    for (const preset of ["smoke", "short", "full"] as const) {
      const again = resolve(preset, file(writeConfig({ recipe: toy, resolved })))
      expect({ ...again.resolved, preset: "full" }).toEqual(resolved)
    }
    expect(writeConfig({ recipe: toy, resolved: resolve("smoke").resolved })).toMatchInlineSnapshot(`
      "# lemmata run config.yaml repeats this run
      recipe: toy
      preset: smoke
      seed: 0 # every random number of the run is a function of it
      backend: auto # what the tensors live on
      run: # what is written when
        log: 10 # steps between lines of metrics.jsonl
        monitor: 50 # steps between looks of the monitors
        checkpoint: 500 # steps between checkpoints
        keep: 2 # checkpoints kept
        sample: 0 # steps between samples; 0 is at the end only
        samples: 64 # images drawn to look at; points are sixteen times as many
      steps: 10 # steps of training
      note: "null" # a word that YAML would read as something else
      optimiser: # Adam
        rate: 0.001 # learning rate
        betas: [0.9,0.999] # decay
      sampler: # how to sample
        kind: ddim
        eta: 0
      "
    `)
  })
})

describe("what is wrong is told with its place, its value and what was expected", () => {
  test("in a file", () => {
    const text =
      "steps: 0\noptimiser:\n  rate: fast\n  beta: 1\n  betas: [1, x]\nrun: {kep: 2}\nseed: -1\nbackend: wsam\nsampler: {kind: ddim, eta: a}\n"
    expect(faults(file(text))).toMatchInlineSnapshot(`
      [
        "my.yaml:7:1: seed: expected a value greater than or equal to 0, not -1",
        "my.yaml:8:1: backend: expected "auto" | "cuda" | "native" | "webgpu" | "wasm" | "cpu", not "wsam"; did you mean "wasm"?",
        "my.yaml:6:7: unknown key "run.kep"; did you mean "run.keep"?",
        "my.yaml:1:1: steps: expected a value greater than 0, not 0",
        "my.yaml:4:3: unknown key "optimiser.beta"; did you mean "optimiser.betas"?",
        "my.yaml:3:3: optimiser.rate: expected number, not "fast"",
        "my.yaml:5:14: optimiser.betas.1: expected number, not "x"",
        "my.yaml:9:23: sampler.eta: expected number, not "a"",
      ]
    `)
  })

  test("on the command line and in a preset", () => {
    expect(faults(set("rate=1"), set("optimiser.rte=1"), set("steps=1.5"), set("__proto__.x=1"))).toMatchInlineSnapshot(`
      [
        ""rate=1": unknown key "rate"; did you mean "optimiser.rate"?",
        ""__proto__.x=1": unknown key "__proto__"",
        ""steps=1.5": steps: expected an integer, not 1.5",
        ""optimiser.rte=1": unknown key "optimiser.rte"; did you mean "optimiser.rate"?",
      ]
    `)
  })

  const told = (read: Layer | ReadonlyArray<Fault>): ReadonlyArray<string> => ("tree" in read ? [] : read.map((f) => `${f.where}: ${f.message}`))

  test("in what is no configuration at all", () => {
    expect(["steps: [", "- 1", "steps: 1\nsteps: 2", "a: &x 1\nb: *x"].map((text) => told(readTree(text, "my.yaml"))[0])).toEqual([
      "my.yaml:1:9: YAML is expected: Flow sequence in block collection must be sufficiently indented and end with a ]",
      "my.yaml:1:1: a configuration is a map of keys to values",
      'my.yaml:2:1: duplicate key "steps"',
      "my.yaml:1:7: anchors and tags have no place in a configuration",
    ])
  })

  test("in an assignment", () => {
    const shape = "key=value or key.path=value is expected"
    expect(["steps", "=1", "a..b=1", "a b=1", "steps=", "steps=1\nseed=2", "steps=[1"].flatMap((text) => told(readAssignment(text)))).toEqual([
      `"steps": ${shape}`,
      `"=1": ${shape}`,
      `"a..b=1": ${shape}`,
      `"a b=1": ${shape}`,
      '"steps=": a value is expected after =',
      '"steps=1\nseed=2": a value is expected after =',
      '"steps=[1": YAML is expected: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ])
  })
})

test("values are read as YAML reads them", () => {
  const value = (text: string): unknown => set(`a.b=${text}`).tree["a"]
  expect(["1e-3", "-2", "true", "null", '"1"', "[1, [2]]", "word", "0x10", ".inf", "yes", "1_000", "{c: 1}", "a=b"].map(value)).toEqual(
    [1e-3, -2, true, null, "1", [1, [2]], "word", "0x10", Infinity, "yes", "1_000", { c: 1 }, "a=b"].map((b) => ({ b })),
  )
})

test("a sweep is the product of its values, the first key varying slowest", () => {
  const lists = [readSweep("seed=0,1"), readSweep("optimiser.betas=[0.1],[0.2, 0.3]")] as ReadonlyArray<ReadonlyArray<Layer>>
  const runs = product(lists).map((layers) => resolve("short", ...layers).resolved)
  expect(runs.map(({ seed, optimiser }) => [seed, (optimiser as { betas: unknown }).betas])).toEqual([
    [0, [0.1]],
    [0, [0.2, 0.3]],
    [1, [0.1]],
    [1, [0.2, 0.3]],
  ])
  expect(product([])).toEqual([[]])
  expect(readSweep("seed=")).toMatchObject([{ message: expect.stringContaining("key=a,b") }])
})

test("a second document is said to be one", () => {
  expect(readTree("steps: 3\n---\nsteps: 4\n", "my.yaml")).toEqual([
    { where: "my.yaml:2:1", message: "a second document begins here; one is expected" },
  ])
})

test("what a later layer replaces is checked like the rest", () => {
  expect(faults(file("backend: gpu\nsteps: -1"), set("backend=cpu"), set("steps=3"))).toEqual([
    expect.stringMatching(/^my.yaml:1:1: backend: expected .*, not "gpu"; did you mean "cpu"\?$/),
    "my.yaml:2:1: steps: expected a value greater than 0, not -1",
  ])
  expect(faults(set("steps=no"), set("steps=3"))).toEqual(['"steps=no": steps: expected number, not "no"'])
  // What is missing may still come, and one fault is said once.
  expect(faults(set("sampler={kind: ddim}"), set("sampler={kind: ddim, eta: 1}"))).toEqual([])
  expect(faults(set("steps=0"), set("seed=1"))).toEqual(['"steps=0": steps: expected a value greater than 0, not 0'])
})

test("a sweep says each thing once", () => {
  const sweeps = (...texts: ReadonlyArray<string>) => texts.map(readSweep) as ReadonlyArray<ReadonlyArray<Layer>>
  const said = (assigned: ReadonlyArray<string>, ...lists: ReadonlyArray<string>) =>
    clashes(assigned.map(set), sweeps(...lists)).map(({ where, message }) => `${where}: ${message}`)
  expect(said(["steps=3"], "seed=0,1", "optimiser.rate=1e-3,1e-2")).toEqual([])
  expect(said([], "optimiser.rate=1e-3,0.001,1e-3")).toEqual([
    '"optimiser.rate=0.001": stands twice in its sweep: each value is run once',
    '"optimiser.rate=0.001": stands twice in its sweep: each value is run once',
  ])
  expect(said([], "seed=0,1", "seed=2,3")).toEqual(['"seed=2": seed is swept twice: one list with all values is expected'])
  expect(said(["seed=3"], "seed=0,1")).toEqual(['"seed=3": seed is swept too: one of the two is expected'])
})

test("a recipe may not take a key of the run for itself", () => {
  const greedy = recipe({
    ...toy,
    config: Schema.Struct({ seed: key(Schema.Int, 0, "mine") }),
    presets: { smoke: {}, short: {}, full: {} },
    program: () => Promise.reject(),
  })
  expect(() => resolveConfig(greedy, "short", [])).toThrow(/"seed" belongs to the run/)
})
