/**
 * What is done with a run that is there: `resume`, `sample`, `evaluate`.
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import { FORMAT, jsonText } from "../../report/json.ts"
import { exitOf, verdictOf } from "../../report/training/summary.ts"
import { InputError } from "../../run/input-error.ts"
import { replaceFile, tryPlace } from "../../run/replace-file.ts"
import { asked } from "../../run/training/asked.ts"
import { loadLast, parse } from "../../run/training/checkpoint.ts"
import type { Checkpoint } from "../../run/training/checkpoint.ts"
import { FILES, lockRun, openRun } from "../../run/training/folder.ts"
import type { RunFolder } from "../../run/training/folder.ts"
import { rewind } from "../../run/training/journal.ts"
import { encodeNpy } from "../../run/training/npy.ts"
import { encodePng, imageGrid } from "../../run/training/png.ts"
import { readRecord } from "../../run/training/record.ts"
import { onDisk } from "../../run/training/disk.ts"
import { isTree } from "../../run/training/tree.ts"
import { presetOf, settingsOf } from "../../run/training/config.ts"
import type { Config } from "../../run/training/config.ts"
import type { TensorBackend } from "../../tensor/backend.ts"
import { StateMismatch } from "../../train/program.ts"
import type { Program, Samples } from "../../train/program.ts"
import type { RunRecord } from "../../train/record.ts"
import { Stop } from "../exit.ts"
import { Front } from "../front.ts"
import { complain, print } from "../output.ts"
import { conduct, measure } from "./conduct.ts"
import { backendNamed, badConfig, configFile, configOf, programOf, recipeNamed } from "./open.ts"
import { printRuns } from "./summary.ts"

interface Reopened {
  readonly run: RunFolder
  readonly config: Config
  readonly program: Program
  readonly checkpoint: Checkpoint | undefined
}

/** Opens a run's configuration and newest checkpoint as a program and hands it to `use`, with the folder taken for this process where it writes there. */
const reopen = <A, E extends InputError>(
  path: string,
  writes: boolean,
  use: (reopened: Reopened) => Effect.Effect<A, E, Front | TensorBackend | Scope.Scope>,
) =>
  Effect.gen(function* () {
    const run = yield* onDisk(() => openRun(path))
    const file = yield* configFile(run.file(FILES.config))
    const name = file.tree["recipe"]
    if (typeof name !== "string") return yield* badConfig([{ where: file.where(["recipe"]), message: 'the key "recipe" is expected' }])
    const recipe = yield* recipeNamed(name)
    const preset = presetOf(file.tree["preset"], file.where(["preset"]))
    if (typeof preset !== "string") return yield* badConfig([preset])
    const config = yield* configOf(recipe, preset, [file])
    const checkpoint = yield* onDisk(() => loadLast(run))
    const work = Effect.gen(function* () {
      const program = yield* programOf(config)
      if (checkpoint !== undefined) yield* restore(run, program, checkpoint)
      return yield* use({ run, config, program, checkpoint })
    })
    if (writes)
      yield* Effect.acquireRelease(
        onDisk(() => lockRun(run)),
        (release) => Effect.sync(release),
      )
    return yield* Effect.provide(work, backendNamed(config.settings.backend))
  }).pipe(Effect.scoped)

const restore = (run: RunFolder, program: Program, { step, state }: Checkpoint): Effect.Effect<void, InputError> =>
  Effect.try({ try: () => program.restore(state), catch: (error) => error }).pipe(
    Effect.catch((error) =>
      error instanceof StateMismatch
        ? Effect.fail(
            new InputError({
              code: "bad-checkpoint",
              message: `the checkpoint of step ${step} in ${run.path} does not fit its configuration: ${error.message}; where config.yaml was edited, put it back; where the file is damaged, remove it and last.json to go on from the one before`,
            }),
          )
        : Effect.die(error),
    ),
  )

/** A run goes on with the settings that it began with: what it ends as is a function of them. */
const unchanged = ({ run, config, program, checkpoint }: Reopened): Effect.Effect<void, InputError> => {
  if (checkpoint === undefined) return Effect.void
  const said = parse(checkpoint.about["settings"] ?? "")
  const before = isTree(said) ? said : {}
  const now = settingsOf(config, program.data)
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((path) => before[path] !== now[path])
  if (changed.length === 0) return Effect.void
  const each = changed.map((path) => `${path} is ${now[path] ?? "absent"}, was ${before[path] ?? "absent"}`)
  const why = `a run goes on with the settings it began with; \`lemmata run ${run.file(FILES.config)}\` starts another with these`
  const message = `${run.file(FILES.config)} is not what the checkpoint of step ${checkpoint.step} was trained with: ${each.join("; ")}. ${why}`
  return Effect.fail(new InputError({ code: "bad-checkpoint", message }))
}

const stop = (record: RunRecord) => new Stop({ code: exitOf(verdictOf(record)) })

/** Goes on from the newest checkpoint, or from the beginning where there is none; a run that has finished is only reported. */
export const resumeRun = Effect.fnUntraced(function* (path: string, json: boolean) {
  const { version } = yield* Front
  const record = yield* reopen(
    path,
    true,
    Effect.fnUntraced(function* (reopened) {
      yield* unchanged(reopened)
      const { run, config, program, checkpoint } = reopened
      const from = checkpoint?.step ?? 0
      const before = yield* onDisk(() => readRecord(run))
      if (from === program.steps && before.outcome?.status === "finished") return before
      if (!json) yield* complain(`${run.path}: from step ${from} of ${program.steps}`)
      yield* onDisk(() => rewind(run, from))
      return yield* conduct({ run, config, program, lemmata: version, quiet: json }, from)
    }),
  )
  yield* printRuns([record], json)
  return yield* stop(record)
})

const trained = (run: RunFolder, checkpoint: Checkpoint | undefined): Effect.Effect<Checkpoint, InputError> =>
  checkpoint === undefined
    ? Effect.fail(new InputError({ code: "bad-run", message: `${run.path} has no checkpoint yet; \`lemmata resume ${run.path}\` trains it` }))
    : Effect.succeed(checkpoint)

/** Measures the newest checkpoint again and writes the report. */
export const evaluateRun = Effect.fnUntraced(function* (path: string, json: boolean) {
  const record = yield* reopen(
    path,
    true,
    Effect.fnUntraced(function* ({ run, program, checkpoint }) {
      const { step } = yield* trained(run, checkpoint)
      return yield* measure(run, program, step)
    }),
  )
  yield* printRuns([record], json)
  return yield* stop(record)
})

export interface SampleOptions {
  readonly run: string
  readonly count: number
  readonly seed: number
  readonly out: string | undefined
  readonly json: boolean
}

/** Draws samples from the newest checkpoint and writes them to a file: .npy, .csv (points) or .png (images). */
export const sampleRun = Effect.fnUntraced(function* (options: SampleOptions) {
  const { version } = yield* Front
  const written = yield* reopen(
    options.run,
    false,
    Effect.fnUntraced(function* ({ run, program, checkpoint }) {
      yield* trained(run, checkpoint)
      const path = options.out ?? run.file("samples", `${options.count}-seed-${options.seed}.npy`)
      if (!/\.(npy|csv|png)$/i.test(path))
        return yield* new InputError({ code: "usage", message: `${path}: a name that ends in .npy, .csv or .png is expected` })
      yield* onDisk(() => tryPlace(path))
      const all = yield* asked(`drawing ${options.count}`, () => program.sample(options.count, String(options.seed)))
      const samples = all.find((shown) => shown.kind === "points" || shown.kind === "images")
      if (samples === undefined) return yield* new InputError({ code: "usage", message: "this recipe draws neither points nor images" })
      const bytes = encoderOf(path, samples)
      if (typeof bytes === "string") return yield* new InputError({ code: "usage", message: bytes })
      yield* onDisk(() => replaceFile(path, bytes))
      return { path, shape: shapeOf(samples) }
    }),
  )
  const [n, ...each] = written.shape
  yield* print(
    options.json ? jsonText({ lemmata: version, format: FORMAT, ...written }) : `${written.path}: ${n} samples, ${each.join(" x ")} each\n`,
  )
})

type Drawn = Extract<Samples, { kind: "points" | "images" }>

const shapeOf = (samples: Drawn): ReadonlyArray<number> => {
  const each = samples.kind === "images" ? [samples.height, samples.width, samples.channels] : [samples.dimension]
  return [samples.values.length / each.reduce((n, s) => n * s, 1), ...each]
}

/** The bytes of a sample file by its ending, .npy, .png or else .csv, or why they cannot be had. */
const encoderOf = (path: string, samples: Drawn): Uint8Array | string => {
  if (/\.npy$/i.test(path)) return encodeNpy(samples.values, shapeOf(samples))
  if (/\.png$/i.test(path))
    return samples.kind === "images" ? encodePng(imageGrid(samples)) : `${path}: points are written as .npy or .csv, images as .png`
  const [, ...rest] = shapeOf(samples)
  const columns = rest.reduce((n, s) => n * s, 1)
  const rows = Array.from({ length: samples.values.length / columns }, (_, i) => samples.values.subarray(i * columns, (i + 1) * columns).join(","))
  return Buffer.from(`${Array.from({ length: columns }, (_, j) => `x${j}`).join(",")}\n${rows.join("\n")}\n`)
}
