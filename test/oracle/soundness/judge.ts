/**
 * One claim through the machinery of specs, and whether the verdict is right.
 */
import { meter } from "../../../src/expression/meter.ts"
import { budgets } from "../../../src/core/budget.ts"
import type { BudgetName } from "../../../src/core/budget.ts"
import { family, theorem } from "../../../src/core/statement.ts"
import { resetNodes } from "../../../src/expression/node.ts"
import { examine, ladder } from "../../../src/verify/examine.ts"
import type { Look, Strategy } from "../../../src/verify/examine.ts"
import { problem, statedInstance } from "../../../src/verify/problem.ts"
import type { Claim } from "./kind.ts"

export type Answer = "Verified" | "Refuted" | "Inconclusive" | "Faulted"

export interface Judged {
  readonly claim: Claim
  readonly verdict: Answer
  readonly reason: string
  readonly wrong: boolean
  /** Verified within a tolerance that covers the error: right as worded. */
  readonly tolerated: boolean
  readonly difference: readonly [number, number]
  readonly milliseconds: number
}

/** Domains are not drawn from: every parameter is stated. */
const ANY = "real(-1, 1)"

export const judge = (claim: Claim, budget: BudgetName, strategy: Strategy = ladder()): Judged => {
  const start = performance.now()
  resetNodes()
  const look = lookAt(claim, budget, strategy)
  const milliseconds = performance.now() - start
  const evidence = look.kind === "seen" ? look.evidence : undefined
  const verdict: Answer =
    look.kind === "fault"
      ? "Faulted"
      : evidence?.verdict._tag === "Verified"
        ? "Verified"
        : evidence?.verdict._tag === "Refuted"
          ? "Refuted"
          : "Inconclusive"
  const reason =
    look.kind === "seen"
      ? look.evidence.verdict._tag === "Inconclusive"
        ? `${look.evidence.verdict.reason}: ${look.evidence.detail}`
        : ""
      : look.kind === "open"
        ? `${look.reason}: ${look.detail}`
        : look.detail
  const tolerated = verdict === "Verified" && claim.truth === "false" && within(claim, look)
  const wrong =
    verdict === "Refuted"
      ? claim.truth !== "false"
      : verdict === "Verified" && (claim.truth === "undefined" || (claim.truth === "false" && !tolerated))
  return {
    claim,
    verdict,
    reason,
    wrong,
    tolerated,
    difference: evidence === undefined ? [-Infinity, Infinity] : [evidence.estimate.lo, evidence.estimate.hi],
    milliseconds,
  }
}

const lookAt = (claim: Claim, budget: BudgetName, strategy: Strategy): Look => {
  try {
    const setting = family("generated", { parameters: Object.fromEntries(Object.keys(claim.at).map((name) => [name, ANY])), let: claim.let })
    const spec = theorem({ id: "soundness/generated", title: "", statement: "", symbols: {}, families: [setting], steps: [], sources: [] })
    const p = problem(spec, setting, claim.text)
    return examine(p, statedInstance(p, claim.at, { below: () => 0 }), strategy, claim.tolerance, {
      budget: budgets[budget],
      meter: meter(budgets[budget].operations),
      key: ["0"],
      alpha: 1e-9,
    })
  } catch (error) {
    return { kind: "fault", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** Whether the known error of a false claim is at most tolerance times scale: then Verified @tolerance is true as worded. */
const within = (claim: Claim, look: Look): boolean => {
  if (look.kind !== "seen" || claim.error === undefined || claim.relation === "<" || claim.relation === ">") return false
  const { scale, right, estimate } = look.evidence
  const size = "absolute" in claim.error ? claim.error.absolute : claim.error.relative * Math.max(0, Math.min(Math.abs(right[0]), Math.abs(right[1])))
  // An inequality that is certified outright needs no tolerance.
  if (claim.relation !== "==" && (claim.relation === "<=" ? estimate.hi <= 0 : estimate.lo >= 0)) return false
  return size * (1 - 1e-6) <= claim.tolerance * scale
}
