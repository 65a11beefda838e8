/**
 * The plan: what will run, in catalogue order, and the alpha ledger. One alpha covers the whole run: with m units that spend some, each gets alpha/m,
 * so that by the union bound the chance of any wrong conclusive statistical verdict is at most alpha. Deterministic units spend none and get alpha/m too,
 * which they do not use.
 */
import type { Budget } from "../core/budget.ts"
import * as Q from "../core/rational.ts"
import type { Literal } from "../core/statement.ts"
import type { Explanation } from "../verify/explain.ts"
import type { EdgeResult, Proof, Settings, Stated, Unit } from "../verify/proof.ts"
import type { Result } from "../core/verdict.ts"

export interface Instance {
  readonly family: string
  readonly parameters: Readonly<Record<string, Literal>>
}

/** One thing to compute, independent of all others. */
export type Job =
  | { readonly kind: "unit"; readonly unit: Unit }
  | { readonly kind: "instance"; readonly unit: Unit; readonly instance: Instance }
  | { readonly kind: "explain"; readonly unit: Unit; readonly at: Stated | undefined }
  | { readonly kind: "sensitivity"; readonly theorem: string; readonly step: string }
  | { readonly kind: "edge"; readonly theorem: string; readonly name: string }

/** A job with everything that its outcome depends on; plain data, so that it travels to a worker. */
export interface Task {
  /** The registry entry that holds the proof. */
  readonly entry: string
  readonly job: Job
  readonly settings: Settings
}

export type Outcome =
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "explanation"; readonly explanation: Explanation }
  | { readonly kind: "sensitivity"; readonly theorem: string; readonly step: string; readonly epsilon: number | null }
  | { readonly kind: "edge"; readonly theorem: string; readonly edge: EdgeResult }
  | { readonly kind: "fault"; readonly id: string; readonly message: string }

export interface Progress {
  readonly done: number
  readonly total: number
  /** The task that has just finished. */
  readonly name: string
}

export interface RunSettings {
  readonly seed: number
  readonly alpha: number
  readonly budget: Budget
}

export interface Planned {
  readonly entry: string
  readonly proof: Proof
}

/** The steps of the proofs. */
export const planSteps = (proofs: ReadonlyArray<Planned>, settings: RunSettings): ReadonlyArray<Task> =>
  share(
    proofs.flatMap(({ entry, proof }) =>
      proof.spec.steps.map(({ name }) =>
        draft(entry, { kind: "unit", unit: { theorem: proof.spec.id, kind: "step", name } }, proof.statistical.includes(name)),
      ),
    ),
    settings,
  )

/** The mutants of the proofs, then eps* of every deterministic step: eps* supports no verdict, so it spends no alpha. */
export const planMutants = (proofs: ReadonlyArray<Planned>, settings: RunSettings): ReadonlyArray<Task> =>
  share(
    [
      ...proofs.flatMap(({ entry, proof }) =>
        proof.spec.mutants.map(({ name, step }) =>
          draft(entry, { kind: "unit", unit: { theorem: proof.spec.id, kind: "mutant", name } }, proof.statistical.includes(step)),
        ),
      ),
      ...proofs.flatMap(({ entry, proof }) =>
        proof.spec.steps
          .filter(({ name }) => !proof.statistical.includes(name))
          .map(({ name }) => draft(entry, { kind: "sensitivity", theorem: proof.spec.id, step: name }, false)),
      ),
    ],
    settings,
  )

/** Every degenerate point of the proofs. */
export const planEdges = (proofs: ReadonlyArray<Planned>, settings: RunSettings): ReadonlyArray<Task> =>
  share(
    proofs.flatMap(({ entry, proof }) =>
      proof.spec.edges.map(({ name, step }) => draft(entry, { kind: "edge", theorem: proof.spec.id, name }, proof.statistical.includes(step))),
    ),
    settings,
  )

interface Draft {
  readonly entry: string
  readonly job: Job
  readonly statistical: boolean
}

const draft = (entry: string, job: Job, statistical: boolean): Draft => ({ entry, job, statistical })

const share = (drafts: ReadonlyArray<Draft>, { seed, alpha, budget }: RunSettings): ReadonlyArray<Task> => {
  const spenders = Math.max(1, drafts.filter((d) => d.statistical).length)
  const each = spenders === 1 ? alpha : divided(alpha, spenders)
  return drafts.map(({ entry, job }) => ({ entry, job, settings: { seed: String(seed), alpha: each, budget } }))
}

/** alpha/m in three digits, which is what a replay token spells out, and so that m of them never add up to more than alpha. */
const divided = (alpha: number, m: number): number => {
  const [digits, exponent] = (alpha / m).toExponential(2).split("e") as [string, string]
  const whole = Math.round(100 * Number(digits))
  const rounded = Number(`${whole}e${Number(exponent) - 2}`)
  const sum = Q.mul(Q.rational(BigInt(m)), Q.fromNumber(rounded))
  return Q.compare(sum, Q.fromNumber(alpha)) > 0 ? Number(`${whole - 1}e${Number(exponent) - 2}`) : rounded
}

/** What a job is called in progress lines and messages: `topic/name#part`. */
export const jobName = (job: Job): string => {
  if ("unit" in job) return `${job.unit.theorem}#${job.unit.name}`
  return `${job.theorem}#${job.kind === "edge" ? job.name : job.step}`
}
