/**
 * `check` as a library call: the steps of one or more proofs, here and now. The command line does the same on worker threads; the results are the same.
 */
import { createRequire } from "node:module"
import { Effect } from "effect"
import { BUDGETS, budgets } from "./core/budget.ts"
import { mentioned } from "./core/mentions.ts"
import type { BudgetName } from "./core/budget.ts"
import { DEFAULT_ALPHA } from "./core/estimate.ts"
import type { Report, Theorem } from "./report/report.ts"
import { inProcess } from "./run/execute.ts"
import { planSteps } from "./run/plan.ts"
import type { Outcome, Progress, Task } from "./run/plan.ts"
import { tokenOf } from "./run/replay.ts"
import type { Spec } from "./core/statement.ts"
import type { Proof } from "./verify/proof.ts"

export interface CheckOptions {
  /** Salt of every drawn instance and sample, a whole number from 0; default 0. */
  readonly seed?: number
  /** Probability of any wrong statistical verdict in the whole call, in ]0, 1[; default 1e-6. */
  readonly alpha?: number
  /** Default "standard". */
  readonly budget?: BudgetName
  /** Called after every step. */
  readonly progress?: (event: Progress) => void
}

/**
 * Checks every step of the proofs and reports a verdict for each. It does not fail: what breaks inside is a result with the verdict Faulted.
 * Dies with a RangeError for an option outside its range, and for two proofs with one id, whose results could not be told apart.
 */
export const check = (proofs: Proof | ReadonlyArray<Proof>, options: CheckOptions = {}): Effect.Effect<Report> =>
  Effect.gen(function* () {
    const { seed = 0, alpha = DEFAULT_ALPHA, budget = "standard", progress = () => undefined } = options
    if (!Number.isSafeInteger(seed) || seed < 0) return yield* Effect.die(new RangeError(`seed ${seed} is no whole number from 0 to 2^53 - 1`))
    if (!(alpha > 0 && alpha < 1)) return yield* Effect.die(new RangeError(`alpha ${alpha} is not strictly between 0 and 1`))
    if (!Object.hasOwn(budgets, budget)) return yield* Effect.die(new RangeError(`budget "${budget}" is none of ${BUDGETS.join(", ")}`))
    const all = isList(proofs) ? proofs : [proofs]
    const ids = all.map(({ spec }) => spec.id)
    const twice = ids.find((id, i) => ids.indexOf(id) < i)
    if (twice !== undefined) return yield* Effect.die(new RangeError(`two of the proofs have the id "${twice}"`))
    const planned = all.map((proof) => ({ entry: proof.spec.id, proof }))
    const tasks = planSteps(planned, { seed, alpha, budget: budgets[budget] })
    const execute = inProcess(async (entry) => planned.find((p) => p.entry === entry)!.proof)
    const outcomes = yield* execute(tasks, progress)
    return {
      lemmata: version(),
      seed,
      alpha,
      budget,
      theorems: all.map(({ spec }) => describe(spec)),
      results: withTokens(version(), tasks, outcomes),
    }
  })

const isList = (proofs: Proof | ReadonlyArray<Proof>): proofs is ReadonlyArray<Proof> => Array.isArray(proofs)

/** The version of this package. */
export const version = (): string => {
  const { version }: { version: string } = createRequire(import.meta.url)("lemmata/package.json")
  return version
}

/** What a report says of a theorem besides its results. */
export const describe = (spec: Spec): Theorem => ({
  id: spec.id,
  title: spec.title,
  formulas: Object.fromEntries([
    ...spec.mutants.map((m) => [m.name, m.claim ?? spec.steps.find((s) => s.name === m.step)?.claim ?? ""] as const),
    ...spec.steps.map((s) => [s.name, s.claim] as const),
  ]),
  lines: new Map(spec.steps.flatMap((s) => (s.line === undefined ? [] : [[s.name, s.line] as const]))),
  mentions: new Map(spec.steps.map((s) => [s.name, mentioned(spec, s.claim)])),
})

/** The results among the outcomes, each with the token that replays it. */
export const withTokens = (version: string, tasks: ReadonlyArray<Task>, outcomes: ReadonlyArray<Outcome>): Report["results"] =>
  outcomes.flatMap((outcome, i) => (outcome.kind === "result" ? [{ ...outcome.result, replay: tokenOf(version, tasks[i]!, outcome.result) }] : []))
