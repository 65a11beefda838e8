/**
 * eps*: the smallest relative change of one coefficient that the default budget refutes.
 *
 * Each top-level term T of an equality is multiplied by 1 + eps; D becomes D + eps T, whose enclosure follows from those of D and T. The smallest eps on the
 * grid 2^-k whose enclosure excludes 0, for some term at some instance, is eps*.
 */
import type { Step } from "../core/statement.ts"
import type { Source } from "../expression/domain.ts"
import { meter } from "../expression/meter.ts"
import { addDown, addUp, mulDown, mulUp } from "../interval/rounding.ts"
import type { Bounds } from "./bounds.ts"
import { examine } from "./examine.ts"
import type { Strategy } from "./examine.ts"
import { drawnInstance, statedInstance } from "./problem.ts"
import type { Problem } from "./problem.ts"
import type { Settings } from "./proof.ts"

interface Plan {
  readonly step: Step
  readonly strategy: Strategy
  readonly tolerance: number
  readonly problems: ReadonlyArray<Problem>
}

// Looks per family: eps* is the best over instances, and a few generic ones already show the width of the enclosures.
const LOOKS = 3
const SMALLEST = 1000

/** eps* of a step, or null for inequalities (their sharpness companion is an equality) and for steps that nothing perturbs visibly. */
export const sensitivity = (plan: Plan, settings: Settings, source: (p: Problem, index: string) => Source): number | null => {
  let best = Infinity
  for (const p of plan.problems) {
    if (p.relation !== "==") return null
    for (let i = 0; i < LOOKS; i++) {
      const point = p.points[i]
      const instance = point === undefined ? drawnInstance(p, source(p, `sensitivity ${i}`)) : statedInstance(p, point, source(p, `sensitivity ${i}`))
      const look = examine(p, instance, plan.strategy, plan.tolerance, {
        budget: settings.budget,
        meter: meter(settings.budget.operations),
        key: [settings.seed, p.family, `sensitivity ${i}`],
        alpha: settings.alpha / LOOKS,
      })
      if (look.kind !== "seen" || look.evidence.verdict._tag !== "Verified") continue
      const { lo, hi } = look.evidence.estimate
      for (const term of look.evidence.terms) best = Math.min(best, smallest([lo, hi], term))
    }
  }
  return Number.isFinite(best) ? best : null
}

const smallest = (d: Bounds, term: Bounds): number => {
  if (term[0] <= 0 && term[1] >= 0) return Infinity
  let found = Infinity
  for (let k = 0; k <= SMALLEST; k++) {
    const eps = 2 ** -k
    const lo = addDown(d[0], Math.min(mulDown(eps, term[0]), mulDown(eps, term[1])))
    const hi = addUp(d[1], Math.max(mulUp(eps, term[0]), mulUp(eps, term[1])))
    if (lo <= 0 && hi >= 0) break
    found = eps
  }
  return found
}
