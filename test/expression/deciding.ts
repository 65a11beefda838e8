/** One closed claim through the ladder at the standard budget: its verdict, or why there is none. */
import { meter } from "../../src/expression/meter.ts"
import { budgets } from "../../src/core/budget.ts"
import { family, theorem } from "../../src/core/statement.ts"
import { resetNodes } from "../../src/expression/node.ts"
import { examine, ladder } from "../../src/verify/examine.ts"
import type { Strategy } from "../../src/verify/examine.ts"
import { problem, statedInstance } from "../../src/verify/problem.ts"
import { DEFAULT_TOLERANCE } from "../../src/verify/prove.ts"

type Lets = Readonly<Record<string, string>>

/** "Verified", "Refuted", "undefined" (no number, or an infinite one), or another reason with its sentence. */
export const decided = (claim: string, lets: Lets = {}, at: Readonly<Record<string, string>> = {}, strategy: Strategy = ladder()): string => {
  resetNodes()
  const setting = family("closed", { parameters: Object.fromEntries(Object.keys(at).map((name) => [name, "real(-1, 1)"])), let: lets })
  const spec = theorem({ id: "test/closed", title: "", statement: "", symbols: {}, families: [setting], steps: [], sources: [] })
  const p = problem(spec, setting, claim)
  const look = examine(p, statedInstance(p, at, { below: () => 0 }), strategy, DEFAULT_TOLERANCE, {
    budget: budgets.standard,
    meter: meter(budgets.standard.operations),
    key: ["0"],
    alpha: 1e-9,
  })
  if (look.kind !== "seen") return look.kind === "open" && look.reason === "undefined" ? "undefined" : `${look.kind}: ${look.detail}`
  const { verdict, detail } = look.evidence
  if (verdict._tag !== "Inconclusive") return verdict._tag
  return verdict.reason === "undefined" ? "undefined" : `${verdict.reason}: ${detail}`
}
