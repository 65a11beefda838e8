/**
 * `lemmata replay TOKEN`: computes again what a report line came from.
 */
import { Effect, Result } from "effect"
import { Argument, Command } from "effect/cli"
import { budgets } from "../core/budget.ts"
import { jsonReport, jsonText } from "../report/json.ts"
import { exitCode, summarise } from "../report/report.ts"
import type { Report } from "../report/report.ts"
import { detail } from "../report/terminal.ts"
import { InputError } from "../run/input-error.ts"
import { nearest } from "../core/nearest.ts"
import type { Job, Planned, Task } from "../run/plan.ts"
import { decodeToken } from "../run/replay.ts"
import type { Token } from "../run/replay.ts"
import { Stop } from "./exit.ts"
import { Front } from "./front.ts"
import { json } from "./options.ts"
import { complain, paint, print } from "./output.ts"
import { resultsOf, runSession, selectProofs } from "./session.ts"

export const replay = Command.make(
  "replay",
  { token: Argument.String("token").pipe(Argument.withDescription('what a report prints after "replay"')), json },
  Effect.fnUntraced(function* (options) {
    const front = yield* Front
    const token = yield* Effect.fromResult(decodeToken(options.token))
    if (token.version !== front.version) yield* complain(`this token was written by Lemmata ${token.version}; this is ${front.version}`)
    const proofs = yield* selectProofs([token.entry], false)
    const unit = yield* Effect.fromResult(unitOf(token, proofs))
    const task: Task = { entry: token.entry, job: unit, settings: { seed: token.seed, alpha: token.alpha, budget: budgets[token.budget] } }
    const session = yield* runSession(proofs, () => [task], { seed: Number(token.seed), alpha: token.alpha, budget: token.budget, jobs: 1 })
    const report: Report = { ...session.header, results: resultsOf(session) }
    const text = (): string => report.results.flatMap((r) => [...detail(r, report.theorems[0]!, paint()), ""]).join("\n")
    yield* print(options.json ? jsonText(jsonReport(report)) : text())
    return yield* new Stop({ code: exitCode(summarise(report.results)) })
  }),
).pipe(Command.withDescription("Compute again what a line of a report came from"))

/** The job of a token, once its part is known to exist. Fails with an InputError "bad-token" and the nearest part. */
const unitOf = (token: Token, [planned]: ReadonlyArray<Planned>): Result.Result<Job, InputError> => {
  const { spec } = planned!.proof
  const known = (token.kind === "step" ? spec.steps : spec.mutants).map(({ name }) => name)
  if (!known.includes(token.part)) {
    const suggestion = nearest(token.part, known)
    const hint = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`
    return Result.fail(new InputError({ code: "bad-token", message: `${spec.id} has no ${token.kind} "${token.part}" any more${hint}` }))
  }
  const unit = { theorem: spec.id, kind: token.kind, name: token.part }
  const { instance } = token
  if (instance === undefined) return Result.succeed({ kind: "unit", unit })
  if (!spec.families.some((f) => f.name === instance.family)) {
    return Result.fail(new InputError({ code: "bad-token", message: `${spec.id} has no family "${instance.family}" any more` }))
  }
  return Result.succeed({ kind: "instance", unit, instance })
}
