/**
 * `lemmata check` and `lemmata mutants`.
 */
import { Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { jsonMutants, jsonReport, jsonText } from "../report/json.ts"
import { junitReport } from "../report/junit.ts"
import { terminalMutants } from "../report/mutants.ts"
import { exitCode, mutantExitCode, summarise } from "../report/report.ts"
import type { MutantReport, Report } from "../report/report.ts"
import { terminalReport } from "../report/terminal.ts"
import { InputError } from "../run/input-error.ts"
import { isClaimPath } from "../run/load-module.ts"
import { planMutants, planSteps } from "../run/plan.ts"
import { Stop } from "./exit.ts"
import { ids, running } from "./options.ts"
import type { Running } from "./options.ts"
import { paint, print } from "./output.ts"
import { openReports, resultsOf, runSession, selectProofs, writeReports } from "./session.ts"
import { watching } from "./watch.ts"

const watch = Flag.Boolean("watch").pipe(Flag.withDefault(false), Flag.withDescription("check claim files again whenever they are saved"))

export const check = Command.make(
  "check",
  { ids, ...running, watch },
  Effect.fnUntraced(function* (options) {
    if (options.watch) {
      yield* watchable(options)
      return yield* watching([...new Set(options.ids)], (file) => checkOnce({ ...options, ids: [file] }))
    }
    return yield* new Stop({ code: yield* checkOnce(options) })
  }),
).pipe(
  Command.withDescription("Check claims and theorems: a claim file, an id, a glob, a file that exports `proof`, or --all"),
  Command.withExamples([
    { command: "lemmata check diffusion/tweedie", description: "One theorem" },
    { command: "lemmata check 'diffusion/*' --budget quick", description: "A topic, quickly" },
    { command: "lemmata check --all --report junit=report.xml", description: "Everything, with a report for CI" },
    { command: "lemmata check my.claims.yaml", description: "Your own claims and derivations" },
    { command: "lemmata check --watch my.claims.yaml", description: "The same, again whenever the file is saved" },
    { command: "lemmata check ./proofs/my-theorem.ts", description: "Your own theorem" },
  ]),
)

const checkOnce = Effect.fnUntraced(function* (options: Running & { readonly ids: ReadonlyArray<string> }) {
  const files = yield* openReports(options)
  const proofs = yield* selectProofs(options.ids, options.all)
  const session = yield* runSession(proofs, planSteps, options)
  const report: Report = { ...session.header, results: resultsOf(session) }
  const json = (): string => jsonText(jsonReport(report))
  yield* writeReports(files, { json, junit: () => junitReport(report) })
  yield* print(options.json ? json() : terminalReport(report, session.took, paint()))
  return exitCode(summarise(report.results))
})

/** Only claim files can be read again, and only a person watches. */
const watchable = (options: Running & { readonly ids: ReadonlyArray<string> }): Effect.Effect<void, InputError> => {
  const other = options.ids.find((id) => !isClaimPath(id))
  const message =
    options.ids.length === 0 || options.all
      ? "--watch expects claim files (.yaml, .md)"
      : other !== undefined
        ? `--watch expects claim files (.yaml, .md), not ${other.slice(0, 200)}`
        : options.json || options.report.length > 0
          ? "--watch prints for a person: it goes without --json and --report"
          : undefined
  return message === undefined ? Effect.void : Effect.fail(new InputError({ code: "usage", message }))
}

export const mutants = Command.make(
  "mutants",
  { ids, ...running },
  Effect.fnUntraced(function* (options) {
    const files = yield* openReports(options)
    const proofs = yield* selectProofs(options.ids, options.all)
    const session = yield* runSession(proofs, planMutants, options)
    const sensitivities = session.outcomes.flatMap((o) => (o.kind === "sensitivity" ? [o] : []))
    const report: MutantReport = { ...session.header, results: resultsOf(session), sensitivities }
    const json = (): string => jsonText(jsonMutants(report))
    yield* writeReports(files, { json, junit: () => junitReport(report) })
    yield* print(options.json ? json() : terminalMutants(report, session.took, paint()))
    const broken = session.outcomes.find((o) => o.kind === "fault")
    if (broken !== undefined) return yield* Effect.die(new Error(`sensitivity of ${broken.id}: ${broken.message}`))
    return yield* new Stop({ code: mutantExitCode(summarise(report.results)) })
  }),
).pipe(
  Command.withDescription("Try to refute every mutant: the kill matrix with K, F and eps*. A refuted mutant is success"),
  Command.withExamples([{ command: "lemmata mutants --all", description: "All mutants of the catalogue" }]),
)
