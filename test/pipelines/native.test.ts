/**
 * Every recipe on TensorFlow's own library, where a step is one graph: the steps are those of the operations one by one, to the last bit, and a run resumes
 * to the last bit.
 */
import { Effect, Result } from "effect"
import { expect, test } from "vitest"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import type { Tf } from "../../src/tensor/tf.ts"
import type { Recipe } from "../../src/train/recipe.ts"
import type { State } from "../../src/train/program.ts"
import { open, recipes } from "./open.ts"

const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend("native")))))

interface Backend {
  binding: { readonly loadSavedModel: (folder: string, tags: string) => number }
}

/** Runs `f` while no graph loads; returns also how many loaded otherwise. */
const withGraphs = async <A>(tf: Tf, load: boolean, f: () => Promise<A>): Promise<readonly [A, number]> => {
  const backend = tf.backend() as unknown as Backend
  const { binding } = backend
  let loaded = 0
  const loadSavedModel = (folder: string, tags: string): number => {
    if (!load) throw new Error("no graphs now")
    loaded++
    return binding.loadSavedModel(folder, tags)
  }
  backend.binding = Object.create(binding, { loadSavedModel: { value: loadSavedModel } })
  try {
    return [await f(), loaded]
  } finally {
    backend.binding = binding
  }
}

const bits = (state: State): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(state).map(([name, { values }]) => [name, Buffer.from(Float32Array.from(values).buffer).toString("base64")]))

const after = async (tf: Tf, recipe: Recipe, steps: number, from?: State): Promise<State> => {
  const program = await open(tf, recipe, { steps: 4, average: 0.9 })
  if (from !== undefined) program.restore(from)
  for (let k = from === undefined ? 0 : 2; k < steps; k++) await program.step(k)
  const state = await program.state()
  program.dispose()
  return state
}

if (Result.isFailure(opened)) test.skip(`absent: ${opened.failure.message}`, () => {})
else {
  const { tf } = opened.success
  test.each(await recipes())("%s", async (_, recipe) => {
    const before = tf.memory().numTensors
    const [whole, loaded] = await withGraphs(tf, true, () => after(tf, recipe, 4))
    expect(loaded).toBeGreaterThan(0)
    const [single] = await withGraphs(tf, false, () => after(tf, recipe, 4))
    expect(bits(whole)).toEqual(bits(single))
    const half = await after(tf, recipe, 2)
    expect(bits(await after(tf, recipe, 4, half))).toEqual(bits(whole))
    expect(tf.memory().numTensors).toBe(before)
  })
}
