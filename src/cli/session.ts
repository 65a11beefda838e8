/**
 * One run of a command that checks something: select, plan, execute on workers, report.
 */
import { Duration, Effect } from "effect"
import { describe, withTokens } from "../check.ts"
import { budgets } from "../core/budget.ts"
import type { Report } from "../report/report.ts"
import { isModulePath, moduleEntry } from "../run/load-module.ts"
import { threads } from "../run/execute.ts"
import { InputError } from "../run/input-error.ts"
import type { Outcome, Planned, RunSettings, Task } from "../run/plan.ts"
import { select } from "../run/select.ts"
import { Front, loading } from "./front.ts"
import type { Running } from "./options.ts"
import { progressBar } from "./output.ts"
import { assertWritable, parseReport, writeReport } from "./report-file.ts"
import type { ReportFile, ReportKind } from "./report-file.ts"

export interface Session {
  readonly header: Omit<Report, "results">
  readonly tasks: ReadonlyArray<Task>
  readonly outcomes: ReadonlyArray<Outcome>
  /** Wall time in seconds, for the terminal only. */
  readonly took: number
}

/** The proofs that the words on the command line select. */
export const selectProofs = Effect.fnUntraced(function* (words: ReadonlyArray<string>, all: boolean) {
  const { registry } = yield* Front
  const files = [...new Set(words)].filter(isModulePath).map((word) => moduleEntry(word, process.cwd()))
  const chosen = yield* Effect.fromResult(select([...files, ...registry], words, all))
  const proofs = yield* Effect.forEach(chosen, (entry) => Effect.map(loading(entry.proof), (proof): Planned => ({ entry: entry.id, proof })))
  const ids = proofs.map(({ proof }) => proof.spec.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) return yield* new InputError({ code: "usage", message: `two of the selected theorems have the id "${twice}"` })
  return proofs
})

/** Runs what `plan` makes of the proofs. Interrupting it stops the workers at once. */
export const runSession = Effect.fnUntraced(function* (
  proofs: ReadonlyArray<Planned>,
  plan: (proofs: ReadonlyArray<Planned>, settings: RunSettings) => ReadonlyArray<Task>,
  options: Pick<Running, "seed" | "alpha" | "budget" | "jobs">,
) {
  const front = yield* Front
  const { seed, alpha, budget } = options
  const tasks = plan(proofs, { seed, alpha, budget: budgets[budget] })
  const bar = progressBar()
  bar.update({ done: 0, total: tasks.length, name: "" })
  const execute = threads(() => front.spawn(proofs.map(({ entry }) => entry).filter(isModulePath)), options.jobs)
  const [time, outcomes] = yield* Effect.timed(execute(tasks, bar.update)).pipe(Effect.ensuring(Effect.sync(bar.clear)))
  const header = { lemmata: front.version, seed, alpha, budget, theorems: proofs.map(({ proof }) => describe(proof.spec)) }
  const session: Session = { header, tasks, outcomes, took: Duration.toSeconds(time) }
  return session
})

/** The results of a session, each with the token that replays it. */
export const resultsOf = ({ header, tasks, outcomes }: Session): Report["results"] => withTokens(header.lemmata, tasks, outcomes)

/** The report files asked for, tried for writing. */
export const openReports = (options: Pick<Running, "report">): Effect.Effect<ReadonlyArray<ReportFile>, InputError> =>
  Effect.forEach(options.report, (text) => Effect.fromResult(parseReport(text)).pipe(Effect.tap(assertWritable)))

/** Writes each report file. */
export const writeReports = (files: ReadonlyArray<ReportFile>, texts: Readonly<Record<ReportKind, () => string>>): Effect.Effect<void, InputError> =>
  Effect.forEach(files, (file) => writeReport(file, texts[file.kind]()), { discard: true })
