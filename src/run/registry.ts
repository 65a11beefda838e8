/**
 * The registry: which theorems there are and how to load them, as a value that the front door hands in. Nothing is loaded before it is asked for.
 *
 * The catalogue is read off the tree: specs/<topic>/<name>.ts exports one Spec whose id is `<topic>/<name>`, and
 * proofs/<topic>/<name>.ts exports `proof`.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Spec } from "../core/statement.ts"
import type { Recipe } from "../train/recipe.ts"
import type { Proof } from "../verify/proof.ts"
import { InputError } from "./input-error.ts"

export interface Entry {
  /** What selects it: the id of its spec, or the path of a user's file as typed. */
  readonly id: string
  /** What a list shows of it; in a built tree this loads no spec. */
  readonly summary: () => Promise<Summary>
  readonly spec: () => Promise<Spec>
  readonly proof: () => Promise<Proof>
}

export interface Summary {
  readonly id: string
  readonly title: string
  readonly steps: number
  readonly families: number
  readonly mutants: number
}

export const summaryOf = (spec: Spec): Summary => ({
  id: spec.id,
  title: spec.title,
  steps: spec.steps.length,
  families: spec.families.length,
  mutants: spec.mutants.length,
})

export type Registry = ReadonlyArray<Entry>

/**
 * The entries of a tree, sorted by id: every `<topic>/<name>` with a file under both `specs/` and `proofs/`. Files that only one side has are parts of
 * larger specs and proofs.
 */
export const catalogue = (root: URL, extension: ".ts" | ".js"): Registry => {
  const proofs = new Set(modules(root, "proofs", extension))
  const written = prepared(root)
  return modules(root, "specs", extension)
    .filter((id) => proofs.has(id))
    .map((id) => ({
      id,
      summary: async () => written.find((summary) => summary.id === id) ?? summaryOf(await load(root, id, extension)),
      spec: () => load(root, id, extension),
      proof: () => import(new URL(`proofs/${id}${extension}`, root).href).then((module: Module) => proofOf(module, `proofs/${id}`)),
    }))
}

const load = (root: URL, id: string, extension: string): Promise<Spec> =>
  import(new URL(`specs/${id}${extension}`, root).href).then((module: Module) => specOf(module, id))

/** The summaries that the build has written beside a built tree. */
const prepared = (root: URL): ReadonlyArray<Summary> => {
  const at = new URL("catalogue.json", root)
  return existsSync(at) ? JSON.parse(readFileSync(at, "utf8")) : []
}

/** Paths of the modules in a folder of the tree, without extension, sorted. */
export const modules = (root: URL, folder: "specs" | "proofs" | "pipelines", extension: string): ReadonlyArray<string> => {
  const at = new URL(`${folder}/`, root)
  if (!existsSync(at)) return []
  return readdirSync(fileURLToPath(at), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort()
}

/** A recipe of the tree, not loaded before it is asked for. */
export interface RecipeEntry {
  readonly name: string
  readonly load: () => Promise<Recipe>
}

/** The recipes of a tree, sorted by name: every `pipelines/<name>` that exports `recipe`; folders under `pipelines/` hold parts of larger ones. */
export const recipesOf = (root: URL, extension: ".ts" | ".js"): ReadonlyArray<RecipeEntry> =>
  modules(root, "pipelines", extension)
    .filter((name) => !name.includes("/"))
    .map((name) => ({
      name,
      load: () =>
        import(new URL(`pipelines/${name}${extension}`, root).href).then((module: Module) => named(recipeOf(module, `pipelines/${name}`), name)),
    }))

const named = (recipe: Recipe, name: string): Recipe => {
  if (recipe.name !== name) throw new TypeError(`the recipe of pipelines/${name} is named "${recipe.name}", not "${name}"`)
  return recipe
}

/** The export `recipe` of a module. Throws an InputError that names the module otherwise. */
export const recipeOf = (module: Module, where: string): Recipe => {
  const recipe = module["recipe"]
  if (!isRecord(recipe) || typeof recipe["open"] !== "function" || typeof recipe["name"] !== "string" || !/^[a-z][a-z0-9-]*$/.test(recipe["name"]))
    throw new InputError({
      code: "bad-module",
      message: `${where} does not export \`recipe\`, a value made by recipe({ name: "kebab-case", ... }) of lemmata/training`,
    })
  return recipe as unknown as Recipe
}

type Module = Readonly<Record<string, unknown>>

const specOf = (module: Module, id: string): Spec => {
  const found = Object.values(module).find((value): value is Spec => isSpec(value) && value.id === id)
  if (found === undefined) throw new TypeError(`specs/${id} exports no spec with the id "${id}"`)
  return found
}

/** The export `proof` of a module. Throws an InputError that names the module otherwise. */
export const proofOf = (module: Module, name: string): Proof => {
  const proof = module["proof"]
  if (!isProof(proof))
    throw new InputError({ code: "bad-module", message: `${name} does not export \`proof\`, a value made by prove(spec, strategies)` })
  return proof
}

const isRecord = (value: unknown): value is Module => typeof value === "object" && value !== null
export const isSpec = (value: unknown): value is Spec => isRecord(value) && typeof value["id"] === "string" && Array.isArray(value["steps"])
const isProof = (value: unknown): value is Proof => isRecord(value) && isSpec(value["spec"]) && typeof value["check"] === "function"
