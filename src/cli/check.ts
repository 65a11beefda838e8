/**
 * `lemmata check` and `lemmata mutants`.
 */
import { Effect } from "effect"
import { Command } from "effect/cli"
import { jsonMutants, jsonReport, jsonText } from "../report/json.ts"
import { junitReport } from "../report/junit.ts"
import { terminalMutants } from "../report/mutants.ts"
import { exitCode, mutantExitCode, summarise } from "../report/report.ts"
import type { MutantReport, Report } from "../report/report.ts"
import { terminalReport } from "../report/terminal.ts"
import { planMutants, planSteps } from "../run/plan.ts"
import { Stop } from "./exit.ts"
import { ids, running } from "./options.ts"
import { paint, print } from "./output.ts"
import { openReports, resultsOf, runSession, selectProofs, writeReports } from "./session.ts"

export const check = Command.make(
  "check",
  { ids, ...running },
  Effect.fnUntraced(function* (options) {
    const files = yield* openReports(options)
    const proofs = yield* selectProofs(options.ids, options.all)
    const session = yield* runSession(proofs, planSteps, options)
    const report: Report = { ...session.header, results: resultsOf(session) }
    const json = (): string => jsonText(jsonReport(report))
    yield* writeReports(files, { json, junit: () => junitReport(report) })
    yield* print(options.json ? json() : terminalReport(report, session.took, paint()))
    return yield* new Stop({ code: exitCode(summarise(report.results)) })
  }),
).pipe(
  Command.withDescription("Check claims and theorems: a claim file, an id, a glob, a file that exports `proof`, or --all"),
  Command.withExamples([
    { command: "lemmata check diffusion/tweedie", description: "One theorem" },
    { command: "lemmata check 'diffusion/*' --budget quick", description: "A topic, quickly" },
    { command: "lemmata check --all --report junit=report.xml", description: "Everything, with a report for CI" },
    { command: "lemmata check my.claims.yaml", description: "Your own claims and derivations" },
    { command: "lemmata check ./proofs/my-theorem.ts", description: "Your own theorem" },
  ]),
)

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
