/** A claim in one family, looked at once or checked as a step: what the tests of the verifier ask. */
import { Effect } from "effect"
import { meter } from "../../src/expression/meter.ts"
import type { Meter } from "../../src/expression/meter.ts"
import { budgets } from "../../src/core/budget.ts"
import type { BudgetName } from "../../src/core/budget.ts"
import type { Literal } from "../../src/core/statement.ts"
import { family, step, theorem } from "../../src/core/statement.ts"
import type { Result } from "../../src/core/verdict.ts"
import { examine, ladder } from "../../src/verify/examine.ts"
import type { Look, Strategy } from "../../src/verify/examine.ts"
import { problem, statedInstance } from "../../src/verify/problem.ts"
import type { Problem } from "../../src/verify/problem.ts"
import { prove } from "../../src/verify/prove.ts"

export const asProblem = (claim: string, parameters: Readonly<Record<string, string>> = {}, lets: Readonly<Record<string, string>> = {}): Problem => {
  const only = family("only", { parameters, let: lets })
  return problem(theorem({ id: "test/claim", title: "", statement: "", symbols: {}, families: [only], steps: [], sources: [] }), only, claim)
}

export const ask = (
  claim: string,
  options: {
    readonly domains?: Readonly<Record<string, string>>
    readonly at?: Readonly<Record<string, Literal>>
    readonly lets?: Readonly<Record<string, string>>
    readonly tolerance?: number
    readonly strategy?: Strategy
    readonly meter?: Meter
  } = {},
): Look => {
  const p = asProblem(claim, options.domains, options.lets)
  const instance = statedInstance(p, options.at ?? {}, { below: () => 0 })
  return examine(p, instance, options.strategy ?? ladder(), options.tolerance ?? 1e-9, {
    budget: budgets.standard,
    meter: options.meter ?? meter(budgets.standard.operations),
    key: ["test", claim],
    alpha: 1e-6,
  })
}

/** The verdict, with the reason where it is open. */
export const verdictOf = (look: Look): string => {
  if (look.kind !== "seen") return look.kind === "open" ? `Inconclusive(${look.reason})` : look.kind
  const { verdict } = look.evidence
  return verdict._tag === "Inconclusive" ? `Inconclusive(${verdict.reason})` : verdict._tag
}

/** A step of one family at a seed, as a proof checks it: instances, descent and all. */
export const checked = (claim: string, parameters: Readonly<Record<string, string>>, seed: number, budget: BudgetName): Result => {
  const spec = theorem({
    id: "test/checked",
    title: "",
    statement: "",
    symbols: {},
    families: [family("all", { parameters, let: {} })],
    steps: [step("s", claim, "")],
    sources: [],
  })
  return Effect.runSync(prove(spec).check({ kind: "step", name: "s" }, { seed: String(seed), alpha: 1e-6, budget: budgets[budget] }))
}
