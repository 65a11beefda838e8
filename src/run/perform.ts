/**
 * Performs one task: the only place where a proof's programs are run. A defect of ours becomes a Faulted result, never a lost one.
 */
import { Cause, Duration, Effect } from "effect"
import { faulted } from "../core/verdict.ts"
import type { Result } from "../core/verdict.ts"
import type { Proof, Unit } from "../verify/proof.ts"
import { jobName } from "./plan.ts"
import type { Job, Outcome, Task } from "./plan.ts"

/** The outcome of a task by its proof, with the seconds that it took; never fails. */
export const perform = (proof: Proof, { job, settings }: Task): Effect.Effect<Outcome> =>
  run(proof, job, settings).pipe(
    Effect.timed,
    Effect.map(
      ([time, outcome]): Outcome =>
        outcome.kind === "result" ? { kind: "result", result: { ...outcome.result, seconds: Duration.toSeconds(time) } } : outcome,
    ),
    Effect.catchDefect((defect) => Effect.succeed(faultedOutcome(job, settings.alpha, messageOf(defect)))),
  )

const run = (proof: Proof, job: Job, settings: Task["settings"]): Effect.Effect<Outcome> => {
  switch (job.kind) {
    case "unit":
      return Effect.map(
        Effect.suspend(() => proof.check(job.unit, settings)),
        (result) => ({ kind: "result", result }),
      )
    case "instance":
      return Effect.map(
        Effect.suspend(() => proof.replay(job.unit, job.instance, settings)),
        (result) => ({ kind: "result", result }),
      )
    case "explain":
      return Effect.map(
        Effect.suspend(() => proof.explain(job.unit, job.at, settings)),
        (explanation) => ({ kind: "explanation", explanation }),
      )
    case "sensitivity":
      return Effect.map(
        Effect.suspend(() => proof.sensitivity(job.step, settings)),
        (epsilon) => ({ kind: "sensitivity", theorem: job.theorem, step: job.step, epsilon }),
      )
    case "edge":
      return Effect.map(
        Effect.suspend(() => proof.edge(job.name, settings)),
        (edge) => ({ kind: "edge", theorem: job.theorem, edge }),
      )
  }
}

/** What a task gets whose program or worker broke. */
export const faultedOutcome = (job: Job, alpha: number, message: string): Outcome =>
  job.kind === "unit" || job.kind === "instance"
    ? { kind: "result", result: faultedResult(job.unit, alpha, message) }
    : { kind: "fault", id: jobName(job), message }

const faultedResult = (unit: Unit, alpha: number, message: string): Result => ({
  id: `${unit.theorem}#${unit.name}`,
  kind: unit.kind,
  verdict: faulted(message),
  detail: message,
  where: null,
  grade: null,
  alpha,
  coverage: { kind: "grid", instances: 0 },
  tolerance: 0,
  detectable: null,
  counterexample: null,
  skipped: 0,
  exclusions: [],
  replay: "",
  evaluations: 0,
  seconds: 0,
})

/** A defect as one line. */
export const messageOf = (defect: unknown): string => {
  const text = defect instanceof Error ? `${defect.name}: ${defect.message}` : Cause.pretty(Cause.die(defect))
  return text.split("\n")[0]!.slice(0, 500)
}
