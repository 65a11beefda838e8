/**
 * The training loop: steps k = from .. steps - 1, with what is due after each: journal, monitors, samples, checkpoint.
 *
 * A step and what is due after it are one piece: a signal is heard between pieces, and then the state that has been reached is saved. So a checkpoint of step k
 * always stands beside the lines of exactly k steps, and a run that goes on from it writes what an uninterrupted run would have written.
 */
import { Clock, Effect } from "effect"
import { judge } from "../../math/metric.ts"
import type { Judgement } from "../../math/metric.ts"
import { Diverged } from "../../train/program.ts"
import type { Program, Samples, Scalars, State } from "../../train/program.ts"
import { asked } from "./asked.ts"
import { saveCheckpoint } from "./checkpoint.ts"
import type { InputError } from "../input-error.ts"
import { onDisk } from "./disk.ts"
import { settingsOf } from "./config.ts"
import type { Config } from "./config.ts"
import type { RunFolder } from "./folder.ts"
import type { Journal } from "./journal.ts"

export interface TrainProgress {
  readonly step: number
  readonly steps: number
  readonly loss: number
  /** Steps per second since the loop began; NaN at first. */
  readonly rate: number
  /** The monitor whose last look was worst, if any has looked. */
  readonly worst: { readonly name: string; readonly judgement: Judgement } | undefined
  /** True for a step that is written to the journal. */
  readonly logged: boolean
}

export interface Training {
  readonly run: RunFolder
  readonly config: Config
  readonly program: Program
  readonly journal: Journal
  readonly lemmata: string
  readonly progress: (event: TrainProgress) => void
  /** Writes samples of the model after k steps, in the run's folder. */
  readonly show: (step: number, samples: ReadonlyArray<Samples>, seconds: number) => void
  /** Writes down what memory is held after k steps; called after the first step of a process and at each checkpoint. */
  readonly memory: (step: number) => void
  readonly interrupted: (step: number, failure: string | undefined) => Effect.Effect<void>
}

/** The seed of the samples that a run shows: always the same, so that pictures of different steps can be compared. */
const showSeed = ({ settings }: Config): string => `${settings.seed}/show`

/** A point says less to the eye than an image. */
const POINTS = 16

/** Samples to look at: `run.samples` images, or sixteen times as many points. */
export const draw = (program: Program, config: Config): Effect.Effect<ReadonlyArray<Samples>, InputError> =>
  asked("sampling", async () => {
    const n = config.settings.run.samples
    const shown = await program.sample(n, showSeed(config))
    return shown.some(({ kind }) => kind === "images") ? shown : program.sample(POINTS * n, showSeed(config))
  })

/**
 * Trains to the end and saves the last state. Fails with `Diverged`, and then the last good checkpoint is there, or with an InputError when the disk refuses.
 * Interrupted, it saves the state that has been reached, and hands its step, or why it could not be saved, to `interrupted`.
 */
export const train = Effect.fnUntraced(function* (training: Training, from: number) {
  const { config, program, journal, progress } = training
  const { log, monitor, checkpoint, sample } = config.settings.run
  const looks = new Map<string, Judgement>()
  let done = from
  let saved = from
  const save = Effect.gen(function* () {
    if (saved === done && done > 0) return
    const state = yield* Effect.promise(() => program.state())
    yield* finite(state, done)
    yield* onDisk(() => {
      journal.flush()
      training.memory(done)
      saveCheckpoint(training.run, { step: done, state, about: aboutOf(training) }, config.settings.run.keep)
    })
    saved = done
  })
  const began = yield* Clock.currentTimeMillis

  const piece = Effect.gen(function* () {
    const scalars = yield* stepOf(program, done)
    done++
    const last = done === program.steps
    const now = (yield* Clock.currentTimeMillis) / 1000
    const logged = last || done % log === 0
    if (logged) yield* onDisk(() => journal.write({ kind: "scalars", step: done, scalars }, now))
    if (done === from + 1) yield* onDisk(() => training.memory(done))
    if (last || done % monitor === 0) yield* look(training, done, looks, now)
    if (!last && sample > 0 && done % sample === 0) {
      const shown = yield* draw(program, config)
      yield* onDisk(() => training.show(done, shown, now))
    }
    if (last || done % checkpoint === 0) yield* save
    const elapsed = now - began / 1000
    progress({ step: done, steps: program.steps, loss: scalars.loss, rate: (done - from) / elapsed, worst: worstOf(looks), logged })
  })

  const loop = Effect.gen(function* () {
    while (done < program.steps) {
      yield* Effect.uninterruptible(piece)
      // Signals arrive between turns of the event loop, which promises alone do not end.
      yield* Effect.yieldNow
    }
  })
  const rescue = Effect.matchEffect(save, {
    onSuccess: () => training.interrupted(done, undefined),
    onFailure: ({ message }) => training.interrupted(done, message),
  })
  yield* loop.pipe(Effect.onInterrupt(() => rescue))
})

const aboutOf = ({ config, program, lemmata }: Training): Readonly<Record<string, string>> => ({
  format: "lemmata checkpoint 1",
  lemmata,
  settings: JSON.stringify(settingsOf(config, program.data)),
})

/** One step; a scalar that is not finite is a divergence too. */
const stepOf = (program: Program, k: number): Effect.Effect<Scalars, Diverged | InputError> =>
  asked(`step ${k}`, async () => {
    try {
      return await program.step(k)
    } catch (error) {
      if (error instanceof Diverged) return error
      throw error
    }
  }).pipe(
    Effect.flatMap((end) => (end instanceof Diverged ? Effect.fail(end) : Effect.succeed(end))),
    Effect.tap((scalars) => {
      const name = Object.keys(scalars).find((key) => !Number.isFinite(scalars[key]))
      return name === undefined ? Effect.void : Effect.fail(diverged(k, name, scalars[name]!))
    }),
  )

const diverged = (step: number, tensor: string, value: number): Diverged =>
  new Diverged({ step, tensor, message: `${tensor} became ${value} in step ${step}` })

/** A state that is not finite is never saved over a good one. */
const finite = (state: State, step: number): Effect.Effect<void, Diverged> => {
  for (const [name, { values }] of Object.entries(state)) {
    const bad = values.findIndex((x) => !Number.isFinite(x))
    if (bad !== -1) return Effect.fail(diverged(step, name, values[bad]!))
  }
  return Effect.void
}

const look = Effect.fnUntraced(function* ({ program, journal }: Training, step: number, looks: Map<string, Judgement>, seconds: number) {
  for (const { name, theorem, relation, look } of program.monitors) {
    const { metric, bounds } = yield* asked(`the monitor ${name}`, () => look(step))
    const judgement = judge(metric, bounds)
    looks.set(name, judgement)
    yield* onDisk(() => journal.write({ kind: "monitor", step, name, theorem, relation, metric, bounds, judgement }, seconds))
  }
})

const SEVERITY: ReadonlyArray<Judgement> = ["violated", "undecided", "holds"]

const worstOf = (looks: ReadonlyMap<string, Judgement>): TrainProgress["worst"] => {
  const all = [...looks].map(([name, judgement]) => ({ name, judgement }))
  return SEVERITY.map((word) => all.find(({ judgement }) => judgement === word)).find((found) => found !== undefined)
}
