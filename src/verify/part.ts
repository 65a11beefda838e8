/**
 * A part of a spec, a step or a mutant, planned: its relation in each family, how it is looked at, and what the looks come to.
 */
import type { Point, Spec, Step } from "../core/statement.ts"
import type { Result, Verdict } from "../core/verdict.ts"
import { examine } from "./examine.ts"
import type { Look, Strategy } from "./examine.ts"
import { origin } from "./instances.ts"
import type { Instance, Problem } from "./problem.ts"
import type { Metered, Unit } from "./proof.ts"
import type { Tally } from "./tally.ts"

export type Part = Pick<Unit, "kind" | "name">

export interface Plan {
  readonly step: Step
  readonly claim: string
  readonly strategy: Strategy
  readonly tolerance: number
  readonly problems: ReadonlyArray<Problem>
  readonly stated: ReadonlyArray<Point>
}

export const result = (
  spec: Spec,
  part: Part,
  tally: Tally,
  { tolerance, strategy }: Plan,
  verdict: Verdict,
  more: Partial<Result> = {},
): Result => ({
  id: `${spec.id}#${part.name}`,
  kind: part.kind,
  verdict,
  detail: tally.open?.detail ?? "",
  where: tally.open?.where ?? null,
  grade: tally.grade,
  alpha: tally.alpha,
  coverage: { kind: strategy.radii === undefined ? "draw" : "box", instances: tally.instances },
  tolerance,
  detectable: tally.instances > 0 && verdict._tag === "Verified" ? tally.detectable : null,
  counterexample: null,
  skipped: tally.exclusions.reduce((n, e) => n + e.instances, 0),
  exclusions: tally.exclusions,
  replay: "",
  evaluations: tally.evaluations,
  seconds: 0,
  ...more,
})

export const refutation = (counterexample: Result["counterexample"]): Partial<Result> => ({ detail: "", where: null, counterexample })

export const refutes = (look: Look): boolean => look.kind === "seen" && look.evidence.verdict._tag === "Refuted"

/** Streams of one look; a repeated instance gets its own. */
export const look = (spec: Spec, part: Part, plan: Plan, p: Problem, instance: Instance, index: string, settings: Metered, share: number): Look =>
  examine(p, instance, plan.strategy, plan.tolerance, {
    ...settings,
    key: [settings.seed, origin(spec), part.name, p.family, index],
    alpha: settings.alpha * share,
  })
