/**
 * What the catalogue's proofs answer at the quick budget: every step Verified, no mutant Verified, every degenerate point in its class.
 */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { inProcess } from "../../src/run/execute.ts"
import { planEdges, planMutants, planSteps } from "../../src/run/plan.ts"
import type { Outcome, RunSettings } from "../../src/run/plan.ts"
import { catalogue } from "../../src/run/registry.ts"
import type { Entry } from "../../src/run/registry.ts"

const registry = catalogue(new URL("../../", import.meta.url), ".ts")
const settings: RunSettings = { seed: 0, alpha: 1e-6, budget: budgets.quick }

const run = async (entry: Entry, plan: typeof planSteps): Promise<ReadonlyArray<Outcome>> => {
  const proof = await entry.proof()
  const tasks = plan([{ entry: entry.id, proof }], settings).filter((t) => t.job.kind !== "sensitivity")
  return Effect.runPromise(inProcess(entry.proof)(tasks, () => undefined))
}

const words = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> =>
  outcomes.map((o) =>
    (o.kind === "result" ? `${o.result.id} ${o.result.verdict._tag} ${o.result.detail}` : `${o.kind} ${"id" in o ? o.id : ""}`).trim(),
  )

describe.each(registry)("$id", (entry) => {
  it("is Verified in every step", async () => {
    const found = words(await run(entry, planSteps))
    expect(found.filter((line) => !/ Verified$/.test(line))).toEqual([])
  })

  it("has no mutant that is Verified", async () => {
    const found = words(await run(entry, planMutants))
    expect(found.filter((line) => / (Verified|Faulted)/.test(line))).toEqual([])
  })

  it("answers every degenerate point as the catalogue says", async () => {
    const outcomes = await run(entry, planEdges)
    const wrong = outcomes.flatMap((o) => (o.kind === "edge" && o.edge.got === o.edge.edge.expected ? [] : [JSON.stringify(o)]))
    expect(wrong).toEqual([])
  })
})
