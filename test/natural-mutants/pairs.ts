/**
 * Natural mutants: errors that were published, each beside its correction. A claim NAME-false must be Refuted; NAME-corrected and NAME-trap, an error
 * that was reported and is none, must be Verified. The note of a claim holds its source, `owner/repository#number: what is wrong`.
 */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { check } from "../../src/check.ts"
import type { BudgetName } from "../../src/core/budget.ts"
import type { Spec } from "../../src/core/statement.ts"
import type { Counterexample, Result } from "../../src/core/verdict.ts"
import { loadClaims } from "../../src/run/load-claims.ts"

export const FOLDER = join(import.meta.dirname, "../../examples/natural-mutants")

/** One published error. A trap may stand alone, without the false correction that was proposed. */
export interface Pair {
  readonly name: string
  readonly trap: boolean
  readonly source: string
  readonly wrong: string
  readonly false: Result | undefined
  readonly right: Result | undefined
  /** The counterexample to the false claim, or "-". */
  readonly where: string
  readonly good: boolean
}

/** All pairs of the folder, checked. */
export const judgePairs = async (budget: BudgetName): Promise<ReadonlyArray<Pair>> => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".claims.yaml"))
  const proofs = files.sort().map((name) => loadClaims(join(FOLDER, name), name))
  const { results } = await Effect.runPromise(check(proofs, { budget }))
  return proofs.flatMap(({ spec }) => {
    const found = new Map(spec.steps.map((step) => [step.name, { step, result: results.find((r) => r.id === `${spec.id}#${step.name}`)! }]))
    const names = [...new Set(spec.steps.map((step) => step.name.replace(/-(false|corrected|trap)$/, "")))]
    return names.map((name): Pair => {
      const [bad, corrected, trap] = ["false", "corrected", "trap"].map((kind) => found.get(`${name}-${kind}`))
      const right = corrected ?? trap
      const note = (trap ?? bad)?.step.because ?? ""
      const [source, wrong] = note.split(/: (.*)/)
      const refuted = bad === undefined ? trap !== undefined : bad.result.verdict._tag === "Refuted"
      const good = refuted && right?.result.verdict._tag === "Verified"
      const point = where(bad?.result.counterexample, involved(bad?.step.claim ?? "", spec))
      return { name, trap: trap !== undefined, source: source!, wrong: wrong ?? "", false: bad?.result, right: right?.result, where: point, good }
    })
  })
}

const where = (found: Counterexample | null | undefined, names: ReadonlySet<string>): string =>
  Object.entries(found?.parameters ?? {})
    .filter(([name]) => names.has(name))
    .map(([name, value]) => `${name} = ${JSON.stringify(value).replaceAll('"', "")}`)
    .join(", ") || "-"

/** The words of a formula and of the definitions that it uses: a counterexample has values for parameters of other claims too. */
const involved = (formula: string, spec: Spec, seen = new Set<string>()): ReadonlySet<string> => {
  const bodies = new Map(Object.entries(spec.families[0]!.let ?? {}).map(([head, body]) => [head.replace(/\(.*/, "").trim(), String(body)]))
  for (const name of formula.match(/[A-Za-z]\w*/g) ?? [])
    if (!seen.has(name)) {
      seen.add(name)
      involved(bodies.get(name) ?? "", spec, seen)
    }
  return seen
}
