/**
 * Derivations of the theory as originals, and the same with one error each. In a file of `planted/` the line with the error carries the remark
 * "planted: what is wrong", and the lines after it follow from it correctly, so that its relation is the first that is broken, and the only one.
 */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { check } from "../../src/check.ts"
import type { BudgetName } from "../../src/core/budget.ts"
import type { Result } from "../../src/core/verdict.ts"
import { loadClaims } from "../../src/run/load-claims.ts"

export interface Derivation {
  readonly id: string
  /** The line with the error, counted from 1; undefined in an original. */
  readonly planted: number | undefined
  readonly error: string
  /** The first line whose relation to the one before is Refuted. */
  readonly found: number | undefined
  readonly broken: ReadonlyArray<number>
  readonly undecided: ReadonlyArray<number>
}

export const judgeDerivations = async (kind: "originals" | "planted", budget: BudgetName): Promise<ReadonlyArray<Derivation>> => {
  const folder = join(import.meta.dirname, kind)
  const proofs = readdirSync(folder)
    .sort()
    .map((name) => loadClaims(join(folder, name), name))
  const { results } = await Effect.runPromise(check(proofs, { budget }))
  const by = new Map<string, Array<{ readonly line: number; readonly because: string; readonly result: Result }>>()
  for (const { spec } of proofs)
    for (const step of spec.steps) {
      const [name, line] = step.name.split("/")
      const id = `${spec.id}#${name}`
      const result = results.find((r) => r.id === `${spec.id}#${step.name}`)!
      by.set(id, [...(by.get(id) ?? []), { line: Number(line), because: step.because, result }])
    }
  return [...by].map(([id, lines]) => {
    const mark = lines.find(({ because }) => because.startsWith("planted:"))
    const broken = lines.filter(({ result }) => result.verdict._tag === "Refuted").map(({ line }) => line)
    const undecided = lines.filter(({ result }) => !["Verified", "Refuted"].includes(result.verdict._tag)).map(({ line }) => line)
    return { id, planted: mark?.line, error: mark?.because.slice("planted: ".length) ?? "", found: broken[0], broken, undecided }
  })
}
