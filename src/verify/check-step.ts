/**
 * A step is looked at in instance after instance: those that are wanted, more where they are cheap, and those on the way to where it comes closest to
 * failing. One certified refutation decides it, and is walked to simpler numbers.
 */
import { Effect } from "effect"
import type { Spec } from "../core/statement.ts"
import { inconclusive, refuted } from "../core/verdict.ts"
import type { Reason, Result } from "../core/verdict.ts"
import { closest } from "./closest.ts"
import { descend, meets } from "./descent.ts"
import type { Seen } from "./descent.ts"
import { Ends } from "./ends.ts"
import { counterexample, ladder } from "./examine.ts"
import type { Look } from "./examine.ts"
import type { Evidence } from "./ladder.ts"
import { instancesOf, source } from "./instances.ts"
import { look, refutation, refutes, result } from "./part.ts"
import type { Part, Plan } from "./part.ts"
import type { Instance, Problem } from "./problem.ts"
import { metered } from "./proof.ts"
import type { Metered, Settings } from "./proof.ts"
import { search } from "./search.ts"
import { suspects } from "./slivers.ts"
import { Tally } from "./tally.ts"

/** After an open instance the others can only refute, and what is false shows early: a fifth of the work, in doubles. */
const lighter = (settings: Metered): Metered => {
  const { budget } = settings
  return { ...settings, budget: { ...budget, bits: budget.bits.slice(0, 1), evaluations: Math.ceil(budget.evaluations / 5) } }
}

// Dear instances are fewer, and the coverage says so: no more are drawn once a few have spent this share of the allowance.
const DEAR = 1 / 2
const FEWEST = 3
// Cheap instances are more: as many as this share of the allowance affords.
const CHEAP = 1 / 50
// And as many looks at where an inequality comes closest to failing, up to a number: building the formula at an instance is not metered.
const CLOSE = 1 / 20
const CLOSEST = 200
// Thin regions are looked for with this share of the allowance at most, and of what the claim took so far where that is more than a little.
const THIN = 1 / 64
const LITTLE = 200_000

const MEETS = "the two sides seem to be equal here or nearby, where a strict inequality is false: write <= or >= if equality is allowed"
const meeting: Pick<Evidence, "verdict" | "detail"> = { verdict: inconclusive("immovable"), detail: MEETS }

/** Both sides of a strict inequality are equal as far as bits tell: more of them are in vain. */
const told = (p: Problem, seen: Look): Look =>
  seen.kind === "seen" && meets(p.relation, seen.evidence) ? { ...seen, evidence: { ...seen.evidence, ...meeting } } : seen

const reasonOf = (look: Look): Reason | undefined => {
  const verdict = look.kind === "open" ? inconclusive(look.reason) : look.kind === "seen" ? look.evidence.verdict : undefined
  return verdict?._tag === "Inconclusive" ? verdict.reason : undefined
}
const isUndefined = (look: Look): boolean => reasonOf(look) === "undefined"
/** Open for want of effort, not because something is undefined there. */
const isBeyond = (look: Look): boolean => reasonOf(look) !== undefined && !isUndefined(look)

const thinAllowance = ({ meter }: Metered, { problems }: Plan): number =>
  Math.min((THIN * meter.limit) / problems.length, Math.max(LITTLE / problems.length, THIN * meter.spent))

const isUsedUp = ({ meter }: Metered): boolean => meter.spent > meter.limit

export const checkStep = (spec: Spec, part: Part, plan: Plan, given: Settings): Effect.Effect<Result> =>
  Effect.gen(function* () {
    const tally = new Tally()
    const settings = metered(given)
    const wanted = (p: Problem): number => Math.min(p.points.length + settings.budget.instances, plan.strategy.instances ?? Infinity)
    // Every look of a confidence sequence at another instance would spend alpha, so instances beyond those that are wanted, and shrinking, sample nothing.
    const certain = plan.strategy.statistical ? { ...plan, strategy: ladder() } : plan
    // Stated points show what their author wants seen; without them both ends of every parameter are looked for.
    const free = (p: Problem): boolean => p.points.length === 0 && plan.strategy.instances === undefined
    const share = 1 / plan.problems.reduce((n, p) => n + wanted(p) + (free(p) ? 2 * p.domains.length : 0), 0)
    for (const [i, p] of plan.problems.entries()) {
      // The families after this one need their part of the allowance too.
      const fair = (DEAR * settings.meter.limit * (i + 1)) / plan.problems.length
      let left = wanted(p)
      let here = 0
      const ends = free(p) ? new Ends(p) : undefined
      let affordable = ends !== undefined
      const looks: Array<Seen> = []
      const refutedAt = (at: Instance, first: Look & { readonly kind: "seen" }, key: string): Result => {
        let smallest = { instance: at, evidence: first.evidence }
        const again = (candidate: Instance): boolean => {
          const there = look(spec, part, certain, p, candidate, key, settings, share)
          if (there.kind === "seen" && refutes(there)) smallest = { instance: candidate, evidence: there.evidence }
          return refutes(there)
        }
        if (first.evidence.estimate.grade !== "statistical") search(p, [at], 0, 0, again)
        return result(spec, part, tally, plan, refuted, refutation(counterexample(p, smallest.instance, smallest.evidence)))
      }
      for (const instance of instancesOf(spec, part.name, p, settings.budget.instances, settings)) {
        affordable &&= !tally.undecided && settings.meter.spent < CHEAP * settings.meter.limit
        if (
          (tally.undecided && isUsedUp(settings)) ||
          (left <= 0 && !affordable && (ends === undefined || ends.complete || settings.meter.spent > fair))
        )
          break
        const extra = left <= 0 && ends?.adds(instance) === false
        if (extra && !affordable) continue
        yield* Effect.yieldNow
        const key = `${p.family} ${left}`
        const seen = told(p, look(spec, part, extra ? certain : plan, p, instance, key, tally.undecided ? lighter(settings) : settings, share))
        if (extra && isBeyond(seen) && !(seen.kind === "seen" && seen.evidence.detail === MEETS)) continue
        if (seen.kind !== "skipped") {
          left--
          ends?.see(instance)
        }
        // A few are enough where the next one cannot be afforded any more.
        if (seen.kind === "open" && isUsedUp(settings) && !tally.undecided && here >= Math.max(FEWEST, p.points.length)) break
        if (seen.kind === "seen") here++
        tally.add(seen, p, instance)
        if (settings.meter.spent > DEAR * settings.meter.limit && tally.instances >= Math.max(FEWEST, p.points.length)) left = Math.min(left, 0)
        if (seen.kind === "seen" && refutes(seen)) return refutedAt(instance, seen, key)
        looks.push({ instance, look: seen })
      }
      if (ends === undefined || plan.strategy.radii !== undefined || tally.fault !== undefined || isUsedUp(settings)) continue
      const thin = { ...settings, meter: { whole: settings.meter.whole, limit: thinAllowance(settings, plan), spent: 0 } }
      const shown = looks.flatMap((seen) => (seen.look.kind === "seen" ? [seen.instance] : []))
      for (const { instance, isolated } of suspects(p, shown, source(spec, part.name, p.family, settings, "slivers"), thin.meter)) {
        if (isUsedUp(thin)) break
        const there = look(spec, part, certain, p, instance, `${p.family} sliver`, thin, share)
        if (there.kind === "seen" && refutes(there)) return refutedAt(instance, there, `${p.family} sliver`)
        if (!isolated && isUndefined(there)) tally.add(there, p, instance)
      }
      settings.meter.spent += thin.meter.spent
      if (tally.undecided) continue
      const own = { whole: settings.meter.whole, limit: CLOSE * settings.meter.limit, spent: 0 }
      const near = { ...settings, meter: own, budget: { ...settings.budget, bits: settings.budget.bits.slice(0, 1) } }
      let close = 0
      const tops = { ...thin.meter, spent: 0 }
      const starts = closest(p, shown, source(spec, part.name, p.family, settings, "closest"), tops)
      const found = descend(p, looks, starts, (instance) =>
        close++ < CLOSEST && !isUsedUp(near) ? look(spec, part, certain, p, instance, `${p.family} close`, near, share) : undefined,
      )
      settings.meter.spent += own.spent + tops.spent
      if (found === undefined) continue
      const { instance } = found.at
      // More bits may tell.
      const last = found.kind === "undecided" ? told(p, look(spec, part, certain, p, instance, `${p.family} close`, settings, share)) : found.at.look
      if (last.kind !== "seen") continue
      if (refutes(last)) return refutedAt(instance, last, `${p.family} close`)
      if (found.kind === "vanishing") tally.add({ ...last, evidence: { ...last.evidence, ...meeting } }, p, instance)
      else if (last.evidence.verdict._tag !== "Verified") tally.add(last, p, instance)
    }
    return result(spec, part, tally, plan, tally.verdict())
  })
