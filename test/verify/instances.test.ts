/** What every claim without stated points is looked at with, at every budget and seed: both ends of each parameter, 0, many instances where they are cheap. */
import { expect, test } from "vitest"
import type { BudgetName } from "../../src/core/budget.ts"
import type { Result } from "../../src/core/verdict.ts"
import { checked } from "./asking.ts"

const check = (claim: string, parameters: Readonly<Record<string, string>>, seed: number, budget: BudgetName = "quick"): Result =>
  checked(claim, parameters, seed, budget)
const tags = (claim: string, parameters: Readonly<Record<string, string>>, budget?: BudgetName): ReadonlySet<string> =>
  new Set(Array.from({ length: 20 }, (_, seed) => check(claim, parameters, seed, budget).verdict._tag))

test("sqrt(x^2) == x holds for half of all x only", () => {
  const x = { x: "real(-3, 3)" }
  expect(tags("sqrt(x^2) == x", x)).toEqual(new Set(["Refuted"]))
  expect(tags("sqrt(x^2) == -x", x)).toEqual(new Set(["Refuted"]))
  expect(tags("sqrt(x^2) == abs(x)", x)).toEqual(new Set(["Verified"]))
})

test.each<[string, string]>([
  ["real(0, 1)", "x > 0"],
  ["real(0, 1)", "x < 1"],
  ["positive(1/2, 2)", "x >= 51/100"],
  ["positive(1/2, 2)", "x < 2"],
  ["integer(-1000, 1000)", "x > -1000"],
  ["integer(-1000, 1000)", "x < 1000"],
  ["real(-2*y, y)", "x < 2"],
])("both ends of %s are tried: %s is Refuted", (x, claim) => {
  // Parameters that the claim does not mention take no instances from those that it does.
  const parameters = { y: "positive(1, 2)", x, ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`z${i}`, "real(0, 1)"])) }
  expect(tags(claim, parameters)).toEqual(new Set(["Refuted"]))
})

test("ends are tried one at a time: parameters with one domain do not meet there", () => {
  expect(tags("1/(x - y) == 1/(x - y)", { x: "real(0, 1)", y: "real(0, 1)" }, "standard").has("Verified")).toBe(true)
})

test("0 is tried where it lies inside", () => {
  const at = check("x/x == 1", { x: "real(-1, 2)" }, 0, "standard")
  expect(at).toMatchObject({ verdict: { _tag: "Inconclusive", reason: "undefined" }, where: { parameters: { x: "0" } } })
  expect(tags("x/x == 1", { x: "real(-1, 2)" }, "standard")).toEqual(new Set(["Inconclusive"]))
})

test("a claim that is false in a seventh of its domain is Refuted, and the coverage counts what was looked at", () => {
  expect(tags("abs(x - 7/10) >= 3/20", { x: "real(-1, 1)" }, "standard")).toEqual(new Set(["Refuted"]))
  expect(check("x^2 >= 0", { x: "real(-1, 1)" }, 0, "standard").coverage.instances).toBeGreaterThanOrEqual(40)
})

test("half of all orthogonal matrices reflect", () => {
  expect(tags("det(Q) == 1", { Q: "orthogonal(2)" }, "standard")).toEqual(new Set(["Refuted"]))
  expect(tags("det(Q) == -1", { Q: "orthogonal(1)" }, "standard")).toEqual(new Set(["Refuted"]))
  expect(tags("transpose(Q)*Q == identity(3)", { Q: "orthogonal(3)" })).toEqual(new Set(["Verified"]))
})
