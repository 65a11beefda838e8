/**
 * A proof: the Effect programs that gather evidence for every step of a spec. Nothing here runs until the runner asks, one unit at a time,
 * and each unit is a function of (spec, unit, settings) alone: no clock, no shared state, so order and number of workers cannot change a verdict.
 */
import type { Effect } from "effect"
import type { Budget } from "../core/budget.ts"
import type { Edge, EdgeClass, Literal, Spec } from "../core/statement.ts"
import type { Result } from "../core/verdict.ts"
import { meter } from "../expression/meter.ts"
import type { Meter } from "../expression/meter.ts"
import { resetNodes } from "../expression/node.ts"
import type { Explanation } from "./explain.ts"

export interface Settings {
  /** Salt of every drawn instance and sample stream. */
  readonly seed: string
  /** This unit's share of the run's alpha. */
  readonly alpha: number
  readonly budget: Budget
}

export type Metered = Settings & { readonly meter: Meter }

/** Settings with an allowance of their own; nodes are forgotten, so that what a unit costs does not depend on those before it. */
export const metered = (settings: Settings): Metered => {
  resetNodes()
  return { ...settings, meter: meter(settings.budget.operations) }
}

/** What the runner schedules. `name` is a step or mutant name. */
export interface Unit {
  readonly theorem: string
  readonly kind: "step" | "mutant"
  readonly name: string
}

export interface EdgeResult {
  readonly edge: Edge
  readonly got: EdgeClass
  readonly detail: string
}

/** An instance as a person states it; parameters that are left out are drawn. */
export interface Stated {
  /** The first family when absent. */
  readonly family?: string
  readonly parameters: Readonly<Record<string, Literal>>
}

export interface Proof {
  readonly spec: Spec
  /** Steps that spend alpha; the plan splits the alpha of a run over the statistical units of the plan. */
  readonly statistical: ReadonlyArray<string>
  readonly check: (unit: Pick<Unit, "kind" | "name">, settings: Settings) => Effect.Effect<Result>
  /** One stated instance of a step or mutant: what a replay token holds. */
  readonly replay: (
    unit: Pick<Unit, "kind" | "name">,
    instance: { readonly family: string; readonly parameters: Readonly<Record<string, Literal>> },
    settings: Settings,
  ) => Effect.Effect<Result>
  /** How the verdict comes about at one instance; where none is stated, at the one that decided or stopped the check, else at its first draw. */
  readonly explain: (unit: Pick<Unit, "kind" | "name">, at: Stated | undefined, settings: Settings) => Effect.Effect<Explanation>
  /** eps*: the smallest relative change of one top-level term of the step that is refuted; null when none is. */
  readonly sensitivity: (step: string, settings: Settings) => Effect.Effect<number | null>
  readonly edge: (name: string, settings: Settings) => Effect.Effect<EdgeResult>
}
