/**
 * prove(spec, strategies): the Effect programs that gather evidence for the steps and mutants of a spec.
 *
 * A step is Verified when every instance in every family is, Refuted by one certified instance, Vacuous when no instance meets the hypotheses,
 * and Inconclusive otherwise. A mutant is searched for a refutation; it is never Verified unless every instance agrees with it.
 */
import { Effect } from "effect"
import type { EdgeClass, Family, Literal, Mutant, Point, Spec, Step } from "../core/statement.ts"
import { refuted } from "../core/verdict.ts"
import type { Result } from "../core/verdict.ts"
import { stream } from "../random/stream.ts"
import { checkStep } from "./check-step.ts"
import { counterexample, ladder } from "./examine.ts"
import type { Look, Strategy } from "./examine.ts"
import { problem, statedInstance, writeOut } from "./problem.ts"
import type { Instance, Problem } from "./problem.ts"
import { instancesOf, origin, source } from "./instances.ts"
import { look, refutation, refutes, result } from "./part.ts"
import type { Part, Plan } from "./part.ts"
import { explainAt } from "./explain.ts"
import type { Explanation } from "./explain.ts"
import { metered } from "./proof.ts"
import type { EdgeResult, Proof, Settings, Stated } from "./proof.ts"
import { MAX_SHRINKS, search } from "./search.ts"
import { sensitivity } from "./sensitivity.ts"
import { Tally, where } from "./tally.ts"

/** Relative tolerance of Verified where a step names none: the double tier reaches about 1e-13, which leaves four digits for cancellation. */
export const DEFAULT_TOLERANCE = 1e-9

export const prove = (spec: Spec, strategies: Readonly<Record<string, Strategy>> = {}, otherwise: Strategy = ladder()): Proof => {
  for (const name of Object.keys(strategies)) if (!spec.steps.some((s) => s.name === name)) throw new TypeError(`${spec.id} has no step ${name}`)
  // A step may be called "constructor".
  const strategyOf = (name: string): Strategy => (Object.hasOwn(strategies, name) ? strategies[name]! : otherwise)
  const stepOf = (name: string): Step => {
    const found = spec.steps.find((s) => s.name === name)
    if (found === undefined) throw new TypeError(`${spec.id} has no step ${name}; it has ${spec.steps.map((s) => s.name).join(", ")}`)
    return found
  }
  const mutantOf = (name: string): Mutant => {
    const found = spec.mutants.find((m) => m.name === name)
    if (found === undefined) throw new TypeError(`${spec.id} has no mutant ${name}; it has ${spec.mutants.map((m) => m.name).join(", ")}`)
    return found
  }
  const plan = (part: Part, claim?: string): Plan => {
    const mutant = part.kind === "mutant" ? mutantOf(part.name) : undefined
    const step = stepOf(mutant?.step ?? part.name)
    const names = mutant?.families ?? step.families
    const families = spec.families.filter((f) => names === undefined || names.includes(f.name))
    const relation = claim ?? mutant?.claim ?? step.claim
    const at = (f: Family): Problem => problem(spec, f, relation, mutant?.let)
    return {
      step,
      claim: relation,
      strategy: strategyOf(step.name),
      tolerance: step.tolerance ?? DEFAULT_TOLERANCE,
      problems: families.map(at),
      stated: mutant === undefined ? [] : [mutant.visible, mutant.unlucky].filter((p) => p !== undefined),
    }
  }
  return {
    spec,
    statistical: spec.steps.filter((s) => strategyOf(s.name).statistical).map((s) => s.name),
    check: (part, settings) => Effect.suspend(() => (part.kind === "step" ? checkStep : checkMutant)(spec, part, plan(part), settings)),
    replay: (part, at, settings) => Effect.sync(() => replayOne(spec, part, plan(part), at, settings)),
    sensitivity: (step, settings) =>
      Effect.sync(() => sensitivity(plan({ kind: "step", name: step }), settings, (p, point) => source(spec, step, p.family, settings, point))),
    explain: (part, at, settings) => explainPart(spec, part, plan(part), at, settings),
    edge: (name, settings) => Effect.sync(() => lookAtEdge(spec, name, plan, settings)),
  }
}

const checkMutant = (spec: Spec, part: Part, plan: Plan, given: Settings): Effect.Effect<Result> =>
  Effect.gen(function* () {
    const tally = new Tally()
    const settings = metered(given)
    const statedFor = (p: Problem): ReadonlyArray<Point["parameters"]> => [
      ...plan.stated.filter((s) => s.family === p.family).map((s) => s.parameters),
      ...p.points,
    ]
    const share = 1 / plan.problems.reduce((n, p) => n + statedFor(p).length + settings.budget.search + MAX_SHRINKS + 1, 0)
    for (const p of plan.problems) {
      yield* Effect.yieldNow
      const stated = statedFor(p).map((point, i) => statedInstance(p, point, source(spec, part.name, p.family, settings, `stated ${i}`)))
      const seed = Number(stream(settings.seed, origin(spec), part.name, p.family, "search").bits(31))
      let index = 0
      let last: Look | undefined
      const found = search(p, stated, p.domains.length === 0 ? 1 : settings.budget.search, seed, (instance) => {
        const seen = look(spec, part, plan, p, instance, String(index++), settings, share)
        tally.add(seen, p, instance)
        if (refutes(seen)) last = seen
        return refutes(seen)
      })
      if (found !== undefined) {
        const again = look(spec, part, plan, p, found, "confirmed", settings, share)
        const evidence = again.kind === "seen" ? again.evidence : last?.kind === "seen" ? last.evidence : undefined
        return result(spec, part, tally, plan, refuted, refutation(evidence === undefined ? null : counterexample(p, found, evidence)))
      }
    }
    return result(spec, part, tally, plan, tally.verdict())
  })

const replayOne = (
  spec: Spec,
  part: Part,
  plan: Plan,
  at: { readonly family: string; readonly parameters: Readonly<Record<string, Literal>> },
  settings: Settings,
): Result => {
  const p = plan.problems.find((q) => q.family === at.family)
  if (p === undefined) throw new TypeError(`${spec.id}#${part.name} is not checked in a family ${at.family}`)
  const own = metered(settings)
  const instance = statedInstance(p, at.parameters, source(spec, part.name, p.family, settings, "replay"))
  const tally = new Tally()
  const seen = look(spec, part, plan, p, instance, "0", own, 1)
  tally.add(seen, p, instance)
  const verdict = refutes(seen) ? refuted : tally.verdict()
  const detail = seen.kind === "skipped" ? `outside the hypotheses: ${seen.detail}` : (tally.open?.detail ?? "")
  const witness = seen.kind === "seen" ? counterexample(p, instance, seen.evidence) : null
  return result(spec, part, tally, plan, verdict, { detail, counterexample: witness, coverage: { kind: "grid", instances: tally.instances } })
}

/** At the stated instance, else where the check was decided against it or got stuck, else at its first draw. */
const explainPart = (spec: Spec, part: Part, plan: Plan, at: Stated | undefined, settings: Settings): Effect.Effect<Explanation> =>
  Effect.gen(function* () {
    const checked = at === undefined ? yield* checkStep(spec, part, plan, settings) : undefined
    const found = checked?.counterexample ?? checked?.where ?? undefined
    const p = plan.problems.find((q) => q.family === (at?.family ?? found?.family)) ?? plan.problems[0]!
    const stated = at?.parameters ?? found?.parameters
    const { budget, alpha } = settings
    const draws = (): ReadonlyArray<Instance> => [...instancesOf(spec, part.name, p, budget.instances, settings)]
    const instance =
      stated === undefined
        ? (draws().find((drawn) => writeOut(p, drawn).kind !== "skipped") ?? draws()[0]!)
        : statedInstance(p, stated, source(spec, part.name, p.family, settings, "explain"))
    return explainAt({
      id: `${spec.id}#${part.name}`,
      claim: plan.claim,
      problem: p,
      instance,
      where: where(p, instance),
      chosen: at !== undefined ? "stated" : found === undefined ? "drawn" : checked?.counterexample ? "counterexample" : "undecided",
      strategy: plan.strategy,
      tolerance: plan.tolerance,
      budget,
      alpha,
      key: [settings.seed, origin(spec), part.name, p.family, "explain"],
    })
  })

/** The class of a degenerate point in the words of the catalogue. */
const lookAtEdge = (spec: Spec, name: string, plan: (part: Part, claim?: string) => Plan, settings: Settings): EdgeResult => {
  const edge = spec.edges.find((e) => e.name === name)
  if (edge === undefined) throw new TypeError(`${spec.id} has no edge ${name}`)
  const at = (claim: string | undefined): Look => {
    const all = plan({ kind: "step", name: edge.step }, claim)
    const family = spec.families.find((f) => f.name === edge.family)!
    const p = all.problems.find((q) => q.family === edge.family) ?? problem(spec, family, claim ?? all.step.claim)
    const own = metered(settings)
    const instance = statedInstance(p, edge.parameters, source(spec, name, p.family, settings, "edge"))
    return look(spec, { kind: "step", name: edge.step }, all, p, instance, name, own, 1)
  }
  const seen = at(edge.claim)
  const got = classify(seen)
  if (got !== "holds" || edge.companion === undefined) return { edge, got, detail: detailOf(seen) }
  return { edge, got: classify(at(edge.companion)) === "refuted-as-exact" ? "holds-with-note" : "holds", detail: edge.note }
}

const detailOf = (seen: Look): string => (seen.kind === "seen" ? seen.evidence.detail : seen.detail)

const classify = (seen: Look): EdgeClass => {
  if (seen.kind === "skipped") return "outside-hypotheses"
  if (seen.kind === "open" || seen.kind === "fault") return seen.kind === "open" && seen.divergent ? "divergent" : "undefined"
  const { verdict, divergent } = seen.evidence
  if (verdict._tag === "Refuted") return "refuted-as-exact"
  if (verdict._tag === "Verified") return "holds"
  return divergent ? "divergent" : "undefined"
}
