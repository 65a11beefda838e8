/**
 * `lemmata run`: from a recipe or a saved configuration to a finished run.
 */
import { join } from "node:path"
import { Clock, Effect } from "effect"
import { exitOf, verdictOf } from "../../report/training/summary.ts"
import { InputError } from "../../run/input-error.ts"
import { writeConfig } from "../../run/training/config.ts"
import type { Config } from "../../run/training/config.ts"
import { describeRun } from "../../run/training/environment.ts"
import { FILES, createRun, lockRun } from "../../run/training/folder.ts"
import { writeCertificates, writeJson } from "../../run/training/record.ts"
import { onDisk } from "../../run/training/disk.ts"
import { clashes, product, readAssignment, readSweep } from "../../run/training/tree.ts"
import type { Layer } from "../../run/training/tree.ts"
import { TensorBackend } from "../../tensor/backend.ts"
import type { Certificate } from "../../train/record.ts"
import { Stop } from "../exit.ts"
import type { ExitCode } from "../exit.ts"
import { Front } from "../front.ts"
import { complain } from "../output.ts"
import { conduct } from "./conduct.ts"
import { backendNamed, badConfig, certificatesFor, choosePreset, configFile, configOf, programOf, recipeNamed } from "./open.ts"
import { printRuns } from "./summary.ts"

export interface RunOptions {
  /** The name of a recipe, or the path of a configuration file that names one. */
  readonly what: string
  readonly assignments: ReadonlyArray<string>
  readonly preset: string | undefined
  readonly config: string | undefined
  readonly seed: number | undefined
  readonly backend: string | undefined
  readonly sweep: ReadonlyArray<string>
  readonly out: string
  readonly name: string | undefined
  readonly withoutCertificates: boolean
  readonly json: boolean
}

/** Runs one configuration, or every one of a sweep in turn. The exit code is the worst of them. */
export const startRuns = Effect.fnUntraced(function* (options: RunOptions) {
  const configs = yield* configsOf(options)
  const recipe = configs[0]!.config.recipe
  // Data, sizes or a back end that cannot be had are told of before anything is proved, and before the first run of a sweep.
  yield* Effect.forEach(configs, ({ config }) => Effect.scoped(Effect.provide(programOf(config), backendNamed(config.settings.backend))), {
    discard: true,
  })
  const certificates = yield* certificatesFor(recipe, join(options.out, ".certificates"), options.withoutCertificates, options.json)
  const records = yield* Effect.forEach(configs, ({ config, suffix }) => Effect.scoped(startRun(config, suffix, certificates, options)))
  yield* printRuns(records, options.json)
  return yield* new Stop({ code: Math.max(...records.map((record) => exitOf(verdictOf(record)))) as ExitCode })
})

interface Chosen {
  readonly config: Config
  /** What distinguishes it in a sweep: "" or "-rate=0.1". */
  readonly suffix: string
}

const isFile = (word: string): boolean => /\.ya?ml$/i.test(word)

/** Every configuration that the command line asks for, all checked before the first one runs. */
const configsOf = Effect.fnUntraced(function* (options: RunOptions) {
  const path = options.config ?? (isFile(options.what) ? options.what : undefined)
  const file = path === undefined ? undefined : yield* configFile(path)
  const named = file?.tree["recipe"]
  const name = isFile(options.what) ? named : options.what
  if (typeof name !== "string")
    return yield* new InputError({ code: "bad-config", message: `${path}: the key "recipe" is expected, with the name of a recipe` })
  if (file !== undefined && named !== undefined && named !== name)
    return yield* badConfig([{ where: file.where(["recipe"]), message: `this configuration is of the recipe "${String(named)}", not of "${name}"` }])
  const recipe = yield* recipeNamed(name)
  const preset = yield* choosePreset(options.preset, file)
  const typed = [
    ...options.assignments,
    ...(options.seed === undefined ? [] : [`seed=${options.seed}`]),
    ...(options.backend === undefined ? [] : [`backend=${options.backend}`]),
  ].map(readAssignment)
  const sweeps = options.sweep.map(readSweep)
  const faults = [...typed, ...sweeps].flatMap((read) => (isLayers(read) ? [] : read))
  if (faults.length > 0) return yield* badConfig(faults)
  const layers = typed.flatMap((read) => ("tree" in read ? [read] : []))
  const lists = sweeps.flatMap((read) => (isLayers(read) && !("tree" in read) ? [read] : []))
  const clashing = clashes(layers, lists)
  if (clashing.length > 0) return yield* badConfig(clashing)
  const choices = product(lists)
  return yield* Effect.forEach(
    choices,
    Effect.fnUntraced(function* (chosen) {
      const config = yield* configOf(recipe, preset, [...(file === undefined ? [] : [file]), ...layers, ...chosen])
      const suffix = chosen
        .map(
          (layer) =>
            `-${layer
              .where([])
              .replaceAll('"', "")
              .replace(/[^\w.+=-]+/g, "_")}`,
        )
        .join("")
      return { config, suffix } satisfies Chosen
    }),
  )
})

type Reading = ReturnType<typeof readAssignment> | ReturnType<typeof readSweep>
const isLayers = (read: Reading): read is Layer | ReadonlyArray<Layer> => "tree" in read || (read[0] !== undefined && "tree" in read[0])

const startRun = Effect.fnUntraced(function* (config: Config, suffix: string, certificates: ReadonlyArray<Certificate>, options: RunOptions) {
  const front = yield* Front
  const begin = Effect.gen(function* () {
    const backend = yield* TensorBackend
    // What was chosen automatically is written down, so that the saved configuration repeats this run on any machine that has it.
    const settings = { ...config.settings, backend: backend.name }
    const pinned: Config = { ...config, settings, resolved: { ...config.resolved, backend: backend.name } }
    const program = yield* programOf(pinned)
    const started = new Date(yield* Clock.currentTimeMillis).toISOString()
    const name = `${options.name ?? nameOf(pinned, started)}${suffix}`
    const run = yield* onDisk(() => createRun(options.out, config.recipe.name, name, writeConfig(pinned)))
    yield* Effect.acquireRelease(
      onDisk(() => lockRun(run)),
      (release) => Effect.sync(release),
    )
    if (!options.json) yield* complain(`${run.path}: ${backend.summary}, ${program.parameters} trainable numbers, ${program.steps} steps`)
    const about = { lemmata: front.version, started, command: process.argv.slice(2) }
    yield* onDisk(() => writeJson(run, FILES.environment, describeRun(pinned, program, backend, about)))
    yield* onDisk(() => writeCertificates(run, certificates))
    return yield* conduct({ run, config: pinned, program, lemmata: front.version, quiet: options.json }, 0)
  })
  return yield* Effect.provide(begin, backendNamed(config.settings.backend))
})

/** `20260131-235959-short-s0`: when, preset, seed. */
const nameOf = ({ preset, settings }: Config, started: string): string =>
  `${started.slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}-${preset}-s${settings.seed}`
