/**
 * Every recipe where a step runs as a whole: the steps are those of the operations one by one, to the last bit, and a run resumes to the last bit. So are the
 * networks that samplers of many steps ask.
 */
import { createHash } from "node:crypto"
import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import type { Tf } from "../../src/tensor/tf.ts"
import type { Recipe } from "../../src/train/recipe.ts"
import type { State } from "../../src/train/program.ts"
import { open, recipes } from "./open.ts"

const all = await recipes()

const bits = (state: State): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(state).map(([name, { values }]) => [name, createHash("sha256").update(Float32Array.from(values)).digest("hex")]))

/** How many operations the library is asked for meanwhile, and what comes of it. */
const counted = async <A>(tf: Tf, f: () => Promise<A>): Promise<readonly [A, number]> => {
  const engine = tf.engine()
  let operations = 0
  engine.runKernel = (...args) => {
    operations++
    return Object.getPrototypeOf(engine).runKernel.apply(engine, args)
  }
  const value = await f()
  Reflect.deleteProperty(engine, "runKernel")
  return [value, operations]
}

/** Recipes that ask a network again and again for one sample. */
const STEPWISE = ["ddpm-digits", "flow-matching-moons", "score-sde-mixture"]

/** A sample at the initial weights, the last layers of which may be 0: after a step. */
const sampled = async (tf: Tf, recipe: Recipe): Promise<readonly [string, number]> => {
  const program = await open(tf, recipe, { steps: 1 })
  await program.step(0)
  await program.sample(16, "once")
  const [samples, operations] = await counted(tf, () => program.sample(16, "again"))
  program.dispose()
  return [JSON.stringify(samples, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)), operations]
}

/** The state after some of four steps, and how many operations the last step called. */
const trained = async (tf: Tf, recipe: Recipe, steps: number, from?: State): Promise<readonly [State, number]> => {
  const program = await open(tf, recipe, { steps: 4, average: 0.9 })
  if (from !== undefined) program.restore(from)
  let operations = 0
  const alive: Array<number> = []
  for (let k = from === undefined ? 0 : 2; k < steps; k++) {
    ;[, operations] = await counted(tf, () => program.step(k))
    alive.push(tf.memory().numTensors)
  }
  // A step leaves as many tensors as it found.
  expect(new Set(alive).size).toBe(1)
  const state = await program.state()
  program.dispose()
  return [state, operations]
}

for (const choice of ["native", "wasm"]) {
  const choose = () => Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
  const opened = await choose()
  if (Result.isFailure(opened)) {
    test.skip(`absent: ${opened.failure.message}`, () => {})
    continue
  }
  const { tf, summary } = opened.success
  /** The same library, under a name that nothing is prepared for. */
  const single: Tf = Object.create(tf, { getBackend: { value: () => "operations" } })
  describe(summary, () => {
    test.each(all)("%s", async (_, recipe) => {
      await choose()
      const before = tf.memory().numTensors
      const [whole, few] = await trained(tf, recipe, 4)
      const [one, many] = await trained(single, recipe, 4)
      // Convolutions on wasm are composed of operations; everything else calls none.
      expect(few).toBeLessThan(many / 2)
      expect(bits(whole)).toEqual(bits(one))
      const [half] = await trained(tf, recipe, 2)
      expect(bits((await trained(tf, recipe, 4, half))[0])).toEqual(bits(whole))
      expect(tf.memory().numTensors).toBe(before)
    })

    test.each(all.filter(([name]) => STEPWISE.includes(name)))("samples of %s", async (_, recipe) => {
      await choose()
      const before = tf.memory().numTensors
      const [whole, few] = await sampled(tf, recipe)
      const [one, many] = await sampled(single, recipe)
      // The weights are unpacked for each call in either case where there is a graph or a list of kernels, the network is not.
      expect(few).toBeLessThan(many / 10)
      expect(whole).toBe(one)
      expect(tf.memory().numTensors).toBe(before)
    })
  })
}
