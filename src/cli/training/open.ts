/**
 * From words on the command line to a program that can train: recipe, configuration, certificates, back end, data.
 */
import { isUtf8 } from "node:buffer"
import { existsSync, readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { Effect, Layer } from "effect"
import { nearest } from "../../core/nearest.ts"
import { reasonOf } from "../../core/refusal.ts"
import { threads } from "../../run/execute.ts"
import { jsonError, jsonText } from "../../report/json.ts"
import { InputError } from "../../run/input-error.ts"
import { isCodePath, recipeFile } from "../../run/load-module.ts"
import { certify, sentence } from "../../run/training/certificates.ts"
import { asked } from "../../run/training/asked.ts"
import { DEFAULT_PRESET, presetOf, resolveConfig } from "../../run/training/config.ts"
import type { Config } from "../../run/training/config.ts"
import { readTree } from "../../run/training/tree.ts"
import type { Fault, Layer as Values } from "../../run/training/tree.ts"
import { TensorBackend } from "../../tensor/backend.ts"
import type { Preset, Recipe } from "../../train/recipe.ts"
import type { Certificate } from "../../train/record.ts"
import { Stop } from "../exit.ts"
import type { ExitCode } from "../exit.ts"
import { Front, loading } from "../front.ts"
import { complain, print, progressBar } from "../output.ts"

/** Faults of a configuration as one error, a line each. */
export const badConfig = (faults: ReadonlyArray<Fault>): InputError =>
  new InputError({ code: "bad-config", message: faults.map(({ where, message }) => `${where}: ${message}`).join("\n") })

/** The recipe of that name or in that file. Fails with an InputError "unknown-recipe" and the nearest name. */
export const recipeNamed = Effect.fnUntraced(function* (name: string) {
  if (isCodePath(name)) return yield* loading(() => recipeFile(name, process.cwd()))
  const { recipes } = yield* Front
  const found = recipes.find((entry) => entry.name === name)
  if (found !== undefined) return yield* loading(found.load)
  const suggestion = nearest(
    name,
    recipes.map((entry) => entry.name),
  )
  const hint = suggestion === undefined ? "`lemmata recipes` lists them" : `did you mean "${suggestion}"?`
  const message = `unknown recipe "${name.slice(0, 200)}"; ${hint}`
  return yield* new InputError({ code: "unknown-recipe", message, ...(suggestion === undefined ? {} : { suggestion }) })
})

/** The values of a configuration file. */
export const configFile = (path: string): Effect.Effect<Values, InputError> =>
  Effect.try({
    try: () => treeOf(textOf(path), path),
    catch: (error) => (error instanceof InputError ? error : badFile(`cannot read ${path}: ${reasonOf(error)}`)),
  })

/** The values of a configuration's text. Throws an InputError with every fault in it. */
export const treeOf = (text: string, path: string): Values => {
  const read = readTree(text, path)
  if ("tree" in read) return read
  throw badConfig(read)
}

const textOf = (path: string): string => {
  if (!existsSync(path)) throw badFile(`there is no file ${path}`)
  const bytes = readFileSync(path)
  if (!isUtf8(bytes)) throw badFile(`${path}: UTF-8 text is expected; here are other bytes`)
  return bytes.toString("utf8")
}

const badFile = (message: string): InputError => new InputError({ code: "bad-config", message })

/** The preset that a run uses: the one named on the command line, else in its file, else the default. */
export const choosePreset = (typed: string | undefined, file: Values | undefined): Effect.Effect<Preset, InputError> => {
  const saved = presetOf(file?.tree["preset"] ?? DEFAULT_PRESET, file?.where(["preset"]) ?? "")
  const preset = typed === undefined ? saved : presetOf(typed, "--preset")
  const faults = [saved, preset].filter((found) => typeof found !== "string")
  return typeof preset === "string" && faults.length === 0 ? Effect.succeed(preset) : Effect.fail(badConfig(faults.slice(0, 1)))
}

export const configOf = (recipe: Recipe, preset: Preset, layers: ReadonlyArray<Values>): Effect.Effect<Config, InputError> => {
  const config = resolveConfig(recipe, preset, layers)
  return "resolved" in config ? Effect.succeed(config) : Effect.fail(badConfig(config))
}

const STANDING = { refuted: 1, undecided: 3, faulted: 4 } as const satisfies Partial<Record<Certificate["standing"], ExitCode>>

/**
 * The certificates of a recipe, made or found under `<out>/.certificates`. Stops (1 refuted, 3 undecided, 4 a fault) when one is missing, unless
 * the run goes `without` them.
 */
export const certificatesFor = Effect.fnUntraced(function* (recipe: Recipe, cache: string, without: boolean, json: boolean) {
  const front = yield* Front
  const bar = progressBar()
  const begun = json ? Effect.void : complain(`proving what ${recipe.name} stands on; kept in ${cache} for the next run`)
  const execute = threads(() => front.spawn([]), availableParallelism())
  const certificates = yield* certify(recipe.specs, front, cache, execute, bar.update, begun).pipe(Effect.ensuring(Effect.sync(bar.clear)))
  const open = certificates.filter(({ standing }) => standing !== "certified")
  if (open.length === 0 || without) return certificates
  const why = `${recipe.name} does not start on theorems that do not stand; --without-certificates starts it, and its report says so`
  const message = [...open.map(sentence), why].join("\n")
  yield* json ? print(jsonText(jsonError(front.version, "no-certificate", message))) : complain(`lemmata: ${message}`)
  const worst = (["faulted", "refuted", "undecided"] as const).find((standing) => open.some((c) => c.standing === standing))
  return yield* new Stop({ code: worst === undefined ? 3 : STANDING[worst] })
})

/** The back end of that name; one that is not there, or has no such name, is an input error. */
export const backendNamed = (choice: string) =>
  Layer.unwrap(Effect.map(Front, ({ backend }) => backend(choice))).pipe(
    Layer.catchTag("BackendError", ({ message }) => Layer.effect(TensorBackend, new InputError({ code: "bad-backend", message }))),
  )

/** The program of a configuration on the back end at hand; its tensors are freed when the scope closes. Data that are not there are an input error. */
export const programOf = Effect.fnUntraced(function* (config: Config) {
  const { tf } = yield* TensorBackend
  const environment = { tf, seed: String(config.settings.seed) }
  const build = asked("the model", async () => {
    try {
      return await config.opened.program(environment)
    } catch (error) {
      throw isData(error) ? new InputError({ code: "bad-data", message: error.message }) : error
    }
  })
  return yield* Effect.acquireRelease(build, (program) => Effect.sync(() => program.dispose()))
})

const isData = (error: unknown): error is Error => error instanceof Error && "_tag" in error && error._tag === "DataError"
