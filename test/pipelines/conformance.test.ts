/**
 * The laws of every recipe. Each pipelines/<name>.ts is picked up by itself.
 */
import { Result, Schema } from "effect"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { judge } from "../../src/math/metric.ts"
import { loadLast, saveCheckpoint } from "../../src/run/training/checkpoint.ts"
import { createRun } from "../../src/run/training/folder.ts"
import { PRESETS } from "../../src/train/recipe.ts"
import { StateMismatch } from "../../src/train/program.ts"
import type { Program, State } from "../../src/train/program.ts"
import { open, recipes, wasm } from "./open.ts"

const all = await recipes()
const tf = await wasm()

const run = async (program: Program, from: number, to: number): Promise<void> => {
  for (let k = from; k < to; k++) await program.step(k)
}

/** Each tensor as the text of its bits: -0 and 0 differ, NaN equals itself. */
const bits = (state: State): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(state).map(([name, { values }]) => [name, Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64")]),
  )

interface JsonSchema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
}
const undescribed = (schema: JsonSchema, path: string): ReadonlyArray<string> =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    ...(inner.description === undefined ? [`${path}${name}`] : []),
    ...undescribed(inner, `${path}${name}.`),
  ])

test("there are recipes", () => expect(all.length).toBeGreaterThan(0))

describe.each(all)("%s", (name, recipe) => {
  test("is named, explained and sourced", () => {
    expect(recipe.name).toBe(name)
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    for (const text of [recipe.title, recipe.summary]) expect(text.trim()).not.toBe("")
    expect(recipe.sources.length).toBeGreaterThan(0)
  })

  test("relies on specs of the catalogue", () => {
    expect(recipe.specs.length).toBeGreaterThan(0)
    for (const { id, because } of recipe.specs) {
      expect(existsSync(new URL(`../../specs/${id}.ts`, import.meta.url)), id).toBe(true)
      expect(because.trim()).not.toBe("")
    }
  })

  test.each(PRESETS)("preset %s opens, and what it resolves to opens as itself", (preset) => {
    const { resolved } = Result.getOrThrow(recipe.open(recipe.presets[preset]))
    expect(Result.getOrThrow(recipe.open(resolved)).resolved).toEqual(resolved)
  })

  test("every key of the configuration has a default and a description; an unknown key is refused", () => {
    expect(Result.isSuccess(recipe.open({}))).toBe(true)
    expect(undescribed(Schema.toJsonSchemaDocument(recipe.config).schema as JsonSchema, "")).toEqual([])
    expect(String(Result.getOrThrow(Result.flip(recipe.open({ "no-such-key": 1 }))))).toContain("no-such-key")
  })

  test("a batch that memory cannot hold is refused before anything is drawn", async () => {
    await expect(open(tf, recipe, { batch: 100_000_000 })).rejects.toThrow(
      /^out of memory: train.batch is 100000000, and a step computes at least \d+/,
    )
  })

  test("gates name metrics and reasons; monitors name theorems, which hold before anything is learnt", async () => {
    const program = await open(tf, recipe, { steps: 2 })
    await run(program, 0, 2)
    const metrics = (await program.evaluate()).map((metric) => metric.name)
    expect(new Set(metrics).size).toBe(metrics.length)
    expect(program.gates.length).toBeGreaterThan(0)
    for (const gate of program.gates) {
      expect(metrics).toContain(gate.metric)
      for (const text of [gate.because, gate.source]) expect(text.trim()).not.toBe("")
      expect(gate.bounds.lo !== undefined || gate.bounds.hi !== undefined).toBe(true)
    }
    expect(program.monitors.length).toBeGreaterThan(0)
    for (const { theorem, relation, look } of program.monitors) {
      const { metric, bounds } = await look(2)
      expect(judge(metric, bounds), `${metric.name} = ${metric.value}`).not.toBe("violated")
      if (/^[a-z-]+\/[a-z0-9-]+$/.test(theorem)) expect(existsSync(new URL(`../../specs/${theorem}.ts`, import.meta.url)), theorem).toBe(true)
      expect(relation.trim()).not.toBe("")
    }
    program.dispose()
  })

  test("resumes to the last bit from a checkpoint, every part of which matters", async () => {
    const train = { steps: 6, average: 0.9 }
    const through = await open(tf, recipe, train)
    await run(through, 0, 6)
    const end = bits(await through.state())
    const first = await open(tf, recipe, train)
    await run(first, 0, 3)
    const folder = createRun(mkdtempSync(join(tmpdir(), "lemmata-resume-")), name, "a", "")
    saveCheckpoint(folder, { step: 3, state: await first.state(), about: {} }, 1)
    first.dispose()
    const second = await open(tf, recipe, train)
    const fresh = await second.state()
    await run(second, 0, 1)
    const { step, state } = loadLast(folder)!
    second.restore(state)
    await run(second, step, 6)
    expect(bits(await second.state())).toEqual(end)
    expect(await second.sample(8, "s")).toEqual(await through.sample(8, "s"))
    // Had a part of the state been left out of the checkpoint, it would have its first values, and the run would end otherwise.
    const parts = new Set(Object.keys(state).map((path) => path.slice(0, path.indexOf("/"))))
    expect(parts).toEqual(new Set(["model", "adam.m", "adam.v", "average"]))
    for (const part of parts) {
      second.restore(Object.fromEntries(Object.entries(state).map(([path, tensor]) => [path, path.startsWith(`${part}/`) ? fresh[path]! : tensor])))
      // Moments that do not belong together may even diverge.
      const other = await run(second, step, 6).then(
        async () => bits(await second.state()),
        ({ _tag }) => _tag,
      )
      expect(other, part).not.toEqual(end)
    }
    for (const program of [through, second]) program.dispose()
    rmSync(dirname(dirname(folder.file())), { recursive: true })
  })

  test("equal seeds, equal states; other seeds, other states", async () => {
    const states: Array<Readonly<Record<string, string>>> = []
    for (const seed of ["1", "1", "2"]) {
      const program = await open(tf, recipe, { steps: 2 }, seed)
      await run(program, 0, 2)
      states.push(bits(await program.state()))
      program.dispose()
    }
    expect(states[0]).toEqual(states[1])
    expect(states[0]).not.toEqual(states[2])
  })

  test("leaves no tensor behind, and reaches every tensor that it trains", async () => {
    const before = tf.memory().numTensors
    const program = await open(tf, recipe, { steps: 30 })
    const held = tf.memory().numTensors
    await run(program, 0, 2)
    expect(tf.memory().numTensors).toBe(held)
    await run(program, 2, 30)
    expect(tf.memory().numTensors).toBe(held)
    for (const { name: monitor, look } of program.monitors) {
      const { metric, bounds } = await look(30)
      if (monitor === "routing") expect(judge(metric, bounds), metric.protocol).toBe("holds")
    }
    await program.evaluate()
    await program.sample(4, "s")
    program.restore(await program.state())
    expect(tf.memory().numTensors).toBe(held)
    program.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test("refuses a state that is not its own, and keeps the one it has", async () => {
    const program = await open(tf, recipe, { steps: 2 })
    const state = await program.state()
    const name = Object.keys(state)[0]!
    const { [name]: tensor, ...rest } = state
    const broken: ReadonlyArray<readonly [State, string]> = [
      [rest, `tensor ${name} is missing`],
      [{ ...state, stranger: tensor! }, "tensor stranger is not of this model"],
      [{ ...state, [name]: { shape: [1, 1, 1], values: new Float32Array(1) } }, `tensor ${name} has shape [1, 1, 1]`],
      [{ ...state, [name]: { ...tensor!, values: tensor!.values.map(() => Number.NaN) } }, `tensor ${name} holds NaN at index 0`],
    ]
    for (const [other, message] of broken) {
      expect(() => program.restore(other)).toThrow(StateMismatch)
      expect(() => program.restore(other)).toThrow(message)
    }
    expect(bits(await program.state())).toEqual(bits(state))
    program.dispose()
  })
})
