/** The class of a degenerate point, and eps* of a step, on a spec made for the purpose. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { family, step, theorem } from "../../src/core/statement.ts"
import type { Edge } from "../../src/core/statement.ts"
import { prove } from "../../src/verify/prove.ts"

const edge = (name: string, x: string, more: Partial<Edge> = {}): Edge => ({
  name,
  family: "line",
  step: "identity",
  parameters: { x },
  expected: "holds",
  note: "the note",
  ...more,
})

const proof = prove(
  theorem({
    id: "test/edges",
    title: "",
    statement: "",
    symbols: {},
    hypotheses: [{ name: "positive", statement: "x > 0", condition: "x > 0" }],
    families: [family("line", { parameters: { x: "real(1/8, 4)" }, let: {} })],
    steps: [
      step("identity", "exp(log(x)) == x", ""),
      step("sum", "exp(x)*exp(1) == exp(x + 1)", ""),
      step("false", "exp(log(x)) == x*(1 + 1e-12)", ""),
      step("undecided", "exp(x) < exp(x)*exp(1)*exp(2)/exp(3)", ""),
      step("bound", "log(x) <= x - 1", "", { sharpness: "identity" }),
    ],
    edges: [
      edge("holds", "1"),
      edge("companion-false", "2", { companion: "exp(log(x)) == 1" }),
      edge("companion-true", "1", { companion: "exp(log(x)) == 1" }),
      edge("companion-unused", "2", { claim: "exp(log(x)) == 1", companion: "x == 1" }),
      edge("outside", "0"),
      edge("undefined", "1", { claim: "log(x - 2) == 0" }),
      edge("divergent", "1", { claim: "E(z, Cauchy(0, x), z^2) == 1" }),
    ],
    sources: [],
  }),
)
const settings = { seed: "0", alpha: 1e-6, budget: budgets.quick }

describe("a degenerate point", () => {
  it.each([
    ["holds", "holds"],
    ["companion-false", "holds-with-note"],
    ["companion-true", "holds"],
    ["companion-unused", "refuted-as-exact"],
    ["outside", "outside-hypotheses"],
    ["undefined", "undefined"],
    ["divergent", "divergent"],
  ])("%s is answered with %s", (name, got) => expect(Effect.runSync(proof.edge(name, settings)).got).toBe(got))
})

describe("eps*", () => {
  const epsilon = (name: string): number | null => Effect.runSync(proof.sensitivity(name, settings))
  it("is the least change of a coefficient that shows: a few units of the last place of doubles", () => {
    expect(epsilon("sum")).toBeGreaterThan(2 ** -54)
    expect(epsilon("sum")).toBeLessThan(2 ** -47)
  })
  it("is none for what is not an equality, or not Verified", () => expect(["bound", "false", "undecided"].map(epsilon)).toEqual([null, null, null]))
})
