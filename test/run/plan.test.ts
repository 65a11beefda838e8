import { describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import * as Q from "../../src/core/rational.ts"
import { jobName, planEdges, planMutants, planSteps } from "../../src/run/plan.ts"
import { fakeProof } from "../fake-proof.ts"

const settings = { seed: 7, alpha: 1e-6, budget: budgets.quick }
const planned = (proof: ReturnType<typeof fakeProof>) => ({ entry: proof.spec.id, proof })
const sampled = planned(fakeProof("t/sampled", { a: "verified", b: "verified", c: "verified" }, { statistical: ["a", "c"], mutants: ["refuted"] }))
const exact = planned(fakeProof("t/exact", { d: "verified" }, { mutants: ["refuted", "refuted"] }))

describe("the alpha ledger", () => {
  it("splits one alpha over the units that spend some, over all theorems of the run", () => {
    const tasks = planSteps([sampled, exact, { ...sampled, entry: "again" }], settings)
    const spenders = tasks.filter((t) => t.job.kind === "unit" && ["a", "c"].includes(t.job.unit.name))
    expect(spenders).toHaveLength(4)
    expect(new Set(spenders.map((t) => t.settings.alpha)).size).toBe(1)
    expect(4 * spenders[0]!.settings.alpha).toBeGreaterThan(1e-6 * (1 - 1e-12))
    expect(4 * spenders[0]!.settings.alpha).toBeLessThanOrEqual(1e-6)
    expect(spenders[0]!.settings.alpha).toBe(2.5e-7)
  })

  it("never adds up to more than alpha, for any number of units", () => {
    for (let m = 1; m <= 50; m++) {
      const names = Array.from({ length: m }, (_, i) => `s${i}`)
      const proof = planned(fakeProof("t/many", Object.fromEntries(names.map((n) => [n, "verified"])), { statistical: names }))
      const sum = planSteps([proof], settings).reduce((s, t) => Q.add(s, Q.fromNumber(t.settings.alpha)), Q.ZERO)
      expect(Q.compare(sum, Q.fromNumber(1e-6))).toBeLessThanOrEqual(0)
    }
  })

  it("gives a lone spender all of it, and does not count the others", () => {
    const one = planned(fakeProof("t/one", { a: "verified", b: "verified" }, { statistical: ["a"] }))
    expect(planSteps([one, exact], settings).map((t) => t.settings.alpha)).toEqual([1e-6, 1e-6, 1e-6])
  })
})

describe("plans", () => {
  it("list steps in the order of the specs", () => {
    expect(planSteps([sampled, exact], settings).map((t) => jobName(t.job))).toEqual(["t/sampled#a", "t/sampled#b", "t/sampled#c", "t/exact#d"])
  })

  it("try every mutant, and measure eps* of the deterministic steps only", () => {
    const tasks = planMutants([sampled, exact], settings)
    expect(tasks.map((t) => `${t.job.kind} ${jobName(t.job)}`)).toEqual([
      "unit t/sampled#mutant-0",
      "unit t/exact#mutant-0",
      "unit t/exact#mutant-1",
      "sensitivity t/sampled#b",
      "sensitivity t/exact#d",
    ])
  })

  it("look at every degenerate point", () => {
    expect(planEdges([sampled, exact], settings).map((t) => jobName(t.job))).toEqual(["t/sampled#at-zero", "t/exact#at-zero"])
  })

  it("hand the seed on as the salt of every unit", () => {
    expect(new Set(planSteps([sampled], settings).map((t) => t.settings.seed))).toEqual(new Set(["7"]))
  })
})
