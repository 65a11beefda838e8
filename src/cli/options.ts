/**
 * The options that commands share.
 */
import { availableParallelism } from "node:os"
import { Flag, Argument } from "effect/cli"
import { BUDGETS } from "../core/budget.ts"
import { DEFAULT_ALPHA } from "../core/estimate.ts"

export const ids = Argument.String("id").pipe(
  Argument.withDescription("claim files (.yaml, .md), ids or globs such as 'diffusion/*', or files that export `proof`"),
  Argument.variadic(),
)

export const all = Flag.Boolean("all").pipe(Flag.withDefault(false), Flag.withDescription("every theorem of the catalogue"))

export const json = Flag.Boolean("json").pipe(Flag.withDefault(false), Flag.withDescription("print one JSON object"))

const seed = Flag.Int("seed").pipe(
  Flag.filter(
    (n) => n >= 0,
    () => "a whole number from 0 to 2^53 - 1",
  ),
  Flag.withDefault(0),
  Flag.withDescription("salt of every drawn instance and sample (default 0)"),
)

const alpha = Flag.Finite("alpha").pipe(
  Flag.filter(
    (x) => x > 0 && x < 1,
    () => "a probability strictly between 0 and 1",
  ),
  Flag.withDefault(DEFAULT_ALPHA),
  Flag.withDescription("probability of any wrong statistical verdict in the whole run (default 1e-6)"),
)

const budget = Flag.Literals("budget", BUDGETS).pipe(
  Flag.withDefault("standard"),
  Flag.withDescription("how many instances, evaluations and samples (default standard)"),
)

const jobs = Flag.Int("jobs").pipe(
  Flag.withAlias("j"),
  Flag.filter(
    (n) => n >= 1 && n <= 1024,
    () => "a number of workers from 1 to 1024",
  ),
  Flag.withDefault(availableParallelism()),
  Flag.withDescription("worker threads; the verdicts do not depend on it (default: one per core)"),
)

const report = Flag.String("report").pipe(
  Flag.withMetavar("KIND=FILE"),
  Flag.atLeast(0),
  Flag.withDescription("write junit=FILE or json=FILE besides; repeatable"),
)

/** Options of every command that runs something. */
export const running = { all, seed, alpha, budget, jobs, json, report }

export interface Running {
  readonly all: boolean
  readonly seed: number
  readonly alpha: number
  readonly budget: (typeof BUDGETS)[number]
  readonly jobs: number
  readonly json: boolean
  readonly report: ReadonlyArray<string>
}
