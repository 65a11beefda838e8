/**
 * One run from its first step, or from a checkpoint, to its report.
 */
import { appendFileSync } from "node:fs"
import { Clock, Effect } from "effect"
import { judge } from "../../math/metric.ts"
import { monitorPlots, samplePlots, scalarPlots, slug } from "../../report/training/plots.ts"
import type { Plot } from "../../report/training/plots.ts"
import { runPage } from "../../report/training/page.ts"
import { monitorSeries, scalarSeries } from "../../report/training/series.ts"
import { exitOf, verdictOf } from "../../report/training/summary.ts"
import { drawSvg } from "../../report/training/svg.ts"
import type { InputError } from "../../run/input-error.ts"
import { naming } from "../../run/place.ts"
import { replaceFile } from "../../run/replace-file.ts"
import type { Config } from "../../run/training/config.ts"
import { asked } from "../../run/training/asked.ts"
import { steps as checkpoints } from "../../run/training/checkpoint.ts"
import { FILES } from "../../run/training/folder.ts"
import type { RunFolder } from "../../run/training/folder.ts"
import { openJournal, readJournal } from "../../run/training/journal.ts"
import { encodePng, imageGrid } from "../../run/training/png.ts"
import { readRecord, writeJson } from "../../run/training/record.ts"
import { onDisk } from "../../run/training/disk.ts"
import { draw, train } from "../../run/training/train.ts"
import { TensorBackend } from "../../tensor/backend.ts"
import type { Program, Samples } from "../../train/program.ts"
import type { Evaluation, Outcome, RunRecord } from "../../train/record.ts"
import { complain } from "../output.ts"
import { trainProgress } from "./progress.ts"

export interface Conduct {
  readonly run: RunFolder
  readonly config: Config
  readonly program: Program
  readonly lemmata: string
  readonly quiet: boolean
}

/** Trains from step `from` to the end, samples, measures, judges, and writes the report; the record of the run, whose outcome may be a divergence. */
export const conduct = Effect.fnUntraced(function* (it: Conduct, from: number) {
  const { run, config, program, quiet } = it
  const now = (yield* Clock.currentTimeMillis) / 1000
  const journal = yield* Effect.acquireRelease(
    onDisk(() => openJournal(run, now)),
    (open) => Effect.sync(open.close),
  )
  const { tf } = yield* TensorBackend
  const bar = trainProgress(quiet)
  const memory = (step: number): void => {
    const { numTensors: tensors, numBytes: bytes } = tf.memory()
    const path = run.file(FILES.memory)
    naming(path, () => appendFileSync(path, `${JSON.stringify({ step, tensors, bytes, resident: process.memoryUsage.rss() })}\n`))
  }
  const pictures = (step: number, shown: ReadonlyArray<Samples>, seconds: number): void => {
    for (const images of shown) {
      if (images.kind !== "images") continue
      const grid = imageGrid(images)
      const png = encodePng(grid)
      replaceFile(run.file("samples", `step-${String(step).padStart(9, "0")}-${slug(images.name)}.png`), png)
      journal.image(step, `samples/${images.name}`, { ...grid, png }, seconds)
    }
  }
  const interrupted = (step: number, failure: string | undefined): Effect.Effect<void> => {
    bar.clear()
    const detail =
      failure === undefined ? `interrupted after step ${step}, checkpoint written` : `interrupted after step ${step}; no checkpoint: ${failure}`
    // No report: who interrupts wants it to end.
    return Effect.ignore(onDisk(() => writeJson(run, FILES.outcome, { status: "interrupted", step, exit: 130, detail }))).pipe(
      Effect.andThen(complain(`lemmata: ${detail}; \`lemmata resume ${run.path}\` goes on`)),
    )
  }
  const writes = { progress: bar.update, show: pictures, memory, interrupted }
  const diverged = yield* train({ run, config, program, journal, lemmata: it.lemmata, ...writes }, from).pipe(
    Effect.ensuring(Effect.sync(bar.clear)),
    Effect.as(undefined),
    // One run of a sweep may diverge and the others go on: a divergence is how a run ends, not an error of the command.
    Effect.catchTag("Diverged", ({ step, message }) =>
      Effect.andThen(complain(`lemmata: diverged: ${message}; ${keptOf(run)}`), end(run, { status: "diverged", step, exit: 4, detail: message })),
    ),
  )
  if (diverged !== undefined) return diverged
  return yield* Effect.gen(function* () {
    const shown = yield* draw(program, config)
    const then = (yield* Clock.currentTimeMillis) / 1000
    yield* onDisk(() => pictures(program.steps, shown, then))
    yield* writePlots(run, samplePlots(shown))
    return yield* measure(run, program, program.steps)
  }).pipe(
    Effect.onInterrupt(() => {
      const detail = `interrupted after step ${program.steps}, the last, while it was measured`
      const outcome: Outcome = { status: "interrupted", step: program.steps, exit: 130, detail }
      return Effect.andThen(
        Effect.ignore(onDisk(() => writeJson(run, FILES.outcome, outcome))),
        complain(`lemmata: ${detail}; \`lemmata resume ${run.path}\` measures it, and trains no step again`),
      )
    }),
  )
})

const keptOf = (run: RunFolder): string => {
  const newest = checkpoints(run).at(-1)
  return newest === undefined ? "no checkpoint had been written" : `the checkpoint of step ${newest}, the last good one, is kept`
}

/** Measures the model as it is after `step` steps, judges it, and writes the report. Only at the last step has the run finished. */
export const measure = Effect.fnUntraced(function* (run: RunFolder, program: Program, step: number) {
  const metrics = yield* asked("measuring", () => program.evaluate())
  const gates = program.gates.map((gate) => {
    const measured = metrics.find(({ name }) => name === gate.metric)
    if (measured === undefined) throw new TypeError(`the gate "${gate.name}" bounds "${gate.metric}", which the recipe does not measure`)
    return { ...gate, measured, judgement: judge(measured, gate.bounds) }
  })
  const evaluation: Evaluation = { step, metrics, gates }
  yield* onDisk(() => writeJson(run, FILES.evaluation, evaluation))
  const record = yield* onDisk(() => readRecord(run))
  if (step < program.steps) return yield* end(run, record.outcome)
  const outcome: Outcome = { status: "finished", step, exit: 0, detail: "" }
  return yield* end(run, { ...outcome, exit: exitOf(verdictOf({ ...record, outcome })) })
})

/** Writes the report of a run, and after it how the run ended: who is killed in between finds a run that `resume` goes on with. */
const end = Effect.fnUntraced(function* (run: RunFolder, outcome: Outcome | null) {
  const lines = yield* onDisk(() => readJournal(run))
  yield* writePlots(run, [...scalarPlots(scalarSeries(lines)), ...monitorPlots(monitorSeries(lines))])
  const record: RunRecord = { ...(yield* onDisk(() => readRecord(run))), outcome }
  yield* onDisk(() => replaceFile(run.file(FILES.report), runPage(record)))
  if (outcome !== null) yield* onDisk(() => writeJson(run, FILES.outcome, outcome))
  return record
})

const writePlots = (run: RunFolder, plots: ReadonlyArray<Plot>): Effect.Effect<void, InputError> =>
  Effect.forEach(
    plots,
    Effect.fnUntraced(function* ({ name, spec }) {
      const svg = yield* Effect.promise(() => drawSvg(spec))
      yield* onDisk(() => {
        replaceFile(run.file("plots", `${name}.vl.json`), `${JSON.stringify(spec)}\n`)
        replaceFile(run.file("plots", `${name}.svg`), svg)
      })
    }),
    { discard: true },
  )
