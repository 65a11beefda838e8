/** Claims whose truth depends on the sign of a parameter are looked at with both signs, at every budget and seed. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { family, step, theorem } from "../../src/core/statement.ts"
import { prove } from "../../src/verify/prove.ts"

const tag = (claim: string, seed: string): string => {
  const spec = theorem({
    id: "test/signs",
    title: "",
    statement: "",
    symbols: {},
    hypotheses: [],
    families: [family("line", { parameters: { x: "real(-3, 3)" }, let: {} })],
    steps: [step("s", claim, "")],
    sources: [],
  })
  return Effect.runSync(prove(spec).check({ kind: "step", name: "s" }, { seed, alpha: 1e-6, budget: budgets.quick })).verdict._tag
}

test("sqrt(x^2) == x holds for half of all x only", () => {
  for (let seed = 0; seed < 40; seed++) {
    expect(tag("sqrt(x^2) == x", String(seed))).toBe("Refuted")
    expect(tag("sqrt(x^2) == -x", String(seed))).toBe("Refuted")
    expect(tag("sqrt(x^2) == abs(x)", String(seed))).toBe("Verified")
  }
})
