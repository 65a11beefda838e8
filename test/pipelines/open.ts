/** Recipes by their paths, and programs on the default back end. */
import { Effect, Result } from "effect"
import { readdirSync } from "node:fs"
import type { Program } from "../../src/train/program.ts"
import type { Recipe, Tree } from "../../src/train/recipe.ts"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import type { Tf } from "../../src/tensor/tf.ts"

const folder = new URL("../../pipelines/", import.meta.url)

/** Every pipelines/<name>.ts with its export `recipe`. */
export const recipes = async (): Promise<ReadonlyArray<readonly [name: string, recipe: Recipe]>> => {
  const names = readdirSync(folder).filter((file) => file.endsWith(".ts"))
  return Promise.all(names.sort().map(async (file) => [file.slice(0, -3), (await import(new URL(file, folder).href)).recipe] as const))
}

let opened: Promise<Tf> | undefined

/** The library on WebAssembly, opened once: modules that wait for it side by side share it. */
export const wasm = (): Promise<Tf> => (opened ??= Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend("wasm")))).then(({ tf }) => tf))

/** The program of a preset, a few keys of its group `train` changed. */
export const open = (tf: Tf, recipe: Recipe, train: Tree = {}, seed = "conformance"): Promise<Program> => {
  const smoke = recipe.presets.smoke
  const tree = { ...smoke, train: { ...(smoke["train"] as Tree), ...train } }
  return Result.getOrThrow(recipe.open(tree)).program({ tf, seed })
}
