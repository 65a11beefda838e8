/**
 * One claim file through everything that `lemmata check` does with it, in this process: read, checked at a budget, reported as text and as JSON.
 */
import { Effect } from "effect"
import { visible } from "../../src/core/visible.ts"
import { budgets } from "../../src/core/budget.ts"
import type { BudgetName } from "../../src/core/budget.ts"
import type { Spec } from "../../src/core/statement.ts"
import type { Result } from "../../src/core/verdict.ts"
import { readClaimFile } from "../../src/expression/claim-file.ts"
import type { Fault } from "../../src/expression/claim-file.ts"
import { resetNodes } from "../../src/expression/node.ts"
import { jsonReport, jsonText } from "../../src/report/json.ts"
import { exitCode, summarise } from "../../src/report/report.ts"
import { terminalReport } from "../../src/report/terminal.ts"
import { plain } from "../../src/report/text.ts"
import { describe } from "../../src/check.ts"
import { nearest } from "../../src/core/nearest.ts"
import { adaptive } from "../../src/verify/adaptive.ts"
import { prove } from "../../src/verify/prove.ts"

export interface Judged {
  readonly code: number
  readonly faults: ReadonlyArray<Fault>
  readonly results: ReadonlyArray<Result>
  readonly json: string
  readonly text: string
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What becomes of a file of that name; `most` steps are checked, the rest only read. */
export const judge = async (bytes: Uint8Array, file = "fuzz.claims.yaml", most = 20, budget: BudgetName = "quick"): Promise<Judged> => {
  resetNodes()
  const read = readClaimFile(bytes, file, nearest)
  if (!("spec" in read)) return { code: 2, faults: read.faults, results: [], json: "{}", text: "" }
  const results: Array<Result> = []
  for (const step of read.spec.steps.slice(0, most)) results.push(await checked(read.spec, step.name, budget))
  const header = { lemmata: "0", seed: 0, alpha: 1e-6, budget, theorems: [describe(read.spec)] } as const
  const report = { ...header, results }
  return {
    code: exitCode(summarise(results)),
    faults: [],
    results,
    json: jsonText(jsonReport(report)),
    text: terminalReport(report, 0, plain),
  }
}

const checked = async (spec: Spec, name: string, budget: BudgetName): Promise<Result> => {
  const settings = { seed: "0", alpha: 1e-6, budget: budgets[budget] }
  return { ...(await Effect.runPromise(prove(spec, {}, adaptive()).check({ kind: "step", name }, settings))), kind: "claim" }
}

/** What no input may cause, as a sentence; `undefined` when all is well. */
export const complaint = ({ code, faults, results, json, text }: Judged): string | undefined => {
  if (![0, 1, 2, 3].includes(code))
    return `exit ${code}: ${results.map((r) => ("message" in r.verdict ? r.verdict.message : r.verdict._tag)).join("; ")}`
  if (code === 2 && faults.length === 0) return "exit 2 without a fault"
  for (const f of faults) if (!(f.line >= 1 && f.column >= 1 && f.message !== "")) return `a fault without a place: ${JSON.stringify(f)}`
  for (const out of [json, text, ...faults.map((f) => f.message)]) {
    if (visible(out) !== out) return `characters reach the terminal raw: ${JSON.stringify(out.slice(0, 200))}`
  }
  JSON.parse(json)
  for (const r of results)
    if (r.counterexample !== null && [r.counterexample.left, r.counterexample.right, r.counterexample.difference].flat().some(Number.isNaN))
      return `a bound of ${r.id} is NaN`
  return undefined
}
