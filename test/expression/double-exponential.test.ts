/**
 * Tails of double exponentials: e^(-e^u) falls faster than every growth form, and differences of functions with a common limit at -infinity decay.
 */
import { expect, test } from "vitest"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { asNode } from "../../src/expression/value.ts"

const value = (formula: string) =>
  enclose(asNode(elaborate(parseFormula(formula), environment(new Map())), "a number"), { bits: 53, evaluations: 20_000 })

/** int (e^(-a e^u) - e^(-b e^u)) du = log(b/a), Frullani; e^(u - e^u) is Gumbel's density, whose mean is digamma(1). */
const KNOWN: ReadonlyArray<readonly [string, string]> = [
  ["integral(u, -inf, inf, exp(-exp(u)) - exp(-2*exp(u)))", "log(2)"],
  ["integral(u, -inf, inf, exp(-exp(u)/3) - exp(-5*exp(u)))", "log(15)"],
  ["integral(u, -inf, inf, exp(-exp(-u)) - exp(-2*exp(-u)))", "log(2)"],
  ["integral(u, -inf, inf, exp(u - exp(u)))", "1"],
  ["integral(u, -inf, inf, u*exp(u - exp(u)))", "digamma(1)"],
  ["integral(u, -inf, inf, exp(-exp(u)) - exp(-3*log1p(exp(u))))", "digamma(3)"],
  ["integral(u, -inf, inf, exp(u - exp(3*u - 2)))", "exp(2/3)*gamma(1/3)/3"],
]

test.each(KNOWN)("%s = %s", (left, right) => {
  const [a, b] = [value(left), value(right)]
  expect([a.status, b.status], a.reason).toEqual(["defined", "defined"])
  expect(a.lo).toBeLessThanOrEqual(b.hi)
  expect(a.hi).toBeGreaterThanOrEqual(b.lo)
  expect(a.hi - a.lo).toBeLessThan(1e-11 * (1 + Math.abs(b.lo)))
})

test("a difference of limits that does not vanish diverges or stays open, and is never a number", () => {
  expect(value("integral(u, -inf, inf, exp(-exp(u)) - exp(-exp(u))/2)").status).not.toBe("defined")
})
