import { meter } from "../../src/expression/meter.ts"
import { describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { parameterText } from "../../src/expression/domain.ts"
import { examine, ladder } from "../../src/verify/examine.ts"
import type { Instance } from "../../src/verify/problem.ts"
import { search } from "../../src/verify/search.ts"
import { asProblem } from "./asking.ts"

const counterexample = (claim: string, domains: Readonly<Record<string, string>>, lets: Readonly<Record<string, string>> = {}): unknown => {
  const p = asProblem(claim, domains, lets)
  const refutes = (instance: Instance): boolean => {
    const look = examine(p, instance, ladder(), 1e-9, { budget: budgets.quick, meter: meter(budgets.quick.operations), key: ["test"], alpha: 1e-6 })
    return look.kind === "seen" && look.evidence.verdict._tag === "Refuted"
  }
  const found = search(p, [], 60, 7, refutes)
  return found && Object.fromEntries([...found].map(([name, value]) => [name, parameterText(value)]))
}

describe("search and shrink", () => {
  it("finds nothing where there is nothing", () =>
    expect(counterexample("(a + b)^2 == a^2 + 2*a*b + b^2", { a: "real(-4, 4)", b: "real(-4, 4)" })).toBeUndefined())
  it("walks to small rationals", () => {
    expect(counterexample("sqrt(x^2) == x", { x: "real(-4, 4)" })).toEqual({ x: "-1" })
    expect(counterexample("KL(Normal(m, s), Normal(0, 1)) == (s^2 + m^2 - 1)/2 - log(s^2)", { m: "real(-3, 3)", s: "positive(1/5, 3)" })).toEqual({
      m: "0",
      s: "1/2",
    })
    expect(counterexample("s^2 == s", { s: "positive(1/8, 4)" })).toEqual({ s: "1/2" })
  })
  it("drops dimensions first", () =>
    expect(counterexample("norm2(v) <= 0", { n: "integer(1, 4)", v: "vector(n, 1, 3)" })).toEqual({ n: "1", v: ["1"] }))
  it("keeps weights that are cut down a simplex", () =>
    expect(counterexample("norm2(w) <= 0", { n: "integer(1, 4)", w: "simplex(n)" })).toEqual({ n: "1", w: ["1"] }))
  it("keeps matrices in their domain", () =>
    expect(counterexample("det(A) == 2", { A: "spd(2, 1/2, 3)" })).toEqual({
      A: [
        ["1", "0"],
        ["0", "1"],
      ],
    }))
  it("stays inside the domain", () => expect(counterexample("x <= 0", { x: "real(3, 7)" })).toEqual({ x: "3" }))
})
