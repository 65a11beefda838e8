import { describe, expect, it } from "vitest"
import { parameterValue } from "../../src/expression/domain.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { Unsupported, asNode } from "../../src/expression/value.ts"

const at = (formula: string, parameters: Readonly<Record<string, string>>) => {
  const env = environment(new Map(Object.entries(parameters).map(([name, text]) => [name, parameterValue(text)])))
  return enclose(asNode(elaborate(parseFormula(formula), env), "the formula"), { bits: 53, evaluations: 20_000 })
}
const near = (formula: string, parameters: Readonly<Record<string, string>>, value: number): void => {
  const e = at(formula, parameters)
  expect(e.status, formula).toBe("defined")
  // A derivative and its closed form may differ by the rounding of the closed form here in the test: a few ulp.
  expect(e.lo - 1e-14 * Math.abs(value), formula).toBeLessThanOrEqual(value)
  expect(e.hi + 1e-14 * Math.abs(value), formula).toBeGreaterThanOrEqual(value)
  expect(e.hi - e.lo, formula).toBeLessThan(1e-10 * (1 + Math.abs(value)))
}

describe("derivatives", () => {
  it("agree with the rules of calculus", () => {
    near("D(x^3, x)", { x: "2" }, 12)
    near("D(exp(sin(x)), x)", { x: "1/2" }, Math.exp(Math.sin(0.5)) * Math.cos(0.5))
    near("D(x^x, x)", { x: "2" }, 4 * (Math.log(2) + 1))
    near("D(logsumexp(x, 2*x, 1), x)", { x: "1/3" }, (Math.exp(1 / 3) + 2 * Math.exp(2 / 3)) / (Math.exp(1 / 3) + Math.exp(2 / 3) + Math.E))
    near("D(lgamma(x), x)", { x: "1" }, -0.5772156649015329)
    near("D(1/x, x, 3)", { x: "2" }, -6 / 16)
  })
  it("of digamma are polygamma functions (values of mpmath.psi and mpmath.diff)", () => {
    near("D(lgamma(x), x, 2)", { x: "1/3" }, 10.095597125427094081792)
    near("D(digamma(x), x)", { x: "40" }, 0.0253151038412910281575971)
    near("D(digamma(x), x)", { x: "-2/3" }, 12.345597125427094081792)
    near("D(digamma(x), x, 2)", { x: "5/4" }, -1.327739937536920333337967)
    near("D(digamma(x), x, 3)", { x: "1/3" }, 488.1838165438142417557708)
    near("D(gamma(x), x, 2)", { x: "5/4" }, 1.132154943210545730934593)
    near("D(digamma(x^2 + 1), x)", { x: "5/4" }, 1.190049774690574503654155)
    expect(at("D(digamma(x), x)", { x: "-2" }).status).toBe("undefined")
  })
  it("go under integrals, with the boundary terms of Leibniz", () => {
    near("D(integral(u, 0, t, u^2*t), t)", { t: "2" }, (4 / 3) * 8)
    near("D(E(z, Normal(0, 1), exp(t*z)), t)", { t: "1/2" }, 0.5 * Math.exp(0.125))
    near("D(E(z, Normal(0, 1), abs(z - t)), t)", { t: "1/2" }, 2 * 0.6914624612740131 - 1)
  })
  it("of a probability see the threshold that moves", () => near("D(P(z, Normal(0, 1), z > t), t)", { t: "1/2" }, -0.3520653267642995))
  it("do not exist at kinks and jumps", () => {
    for (const formula of [
      "D(abs(x), x)",
      "D(sign(x), x)",
      "D(max(x, -x), x)",
      "D(if(x < 0, 0, 1), x)",
      "D(floor(x), x)",
      "D(if(x <= 0, x, 2*x), x)",
    ])
      expect(at(formula, { x: "0" }).status, formula).toBe("undefined")
    near("D(max(x, -x), x)", { x: "-1" }, -1)
    near("D(if(x <= 0, x, 2*x), x)", { x: "1/9" }, 2)
  })
  it("are refused where an integrand jumps at a moving point that is not affine", () => {
    expect(() => at("D(P(z, Normal(0, 1), z^2 > t), t)", { t: "1" })).toThrow(Unsupported)
    expect(() => at("D(integral(z, 0, 2, sign(z^3 - t)), t)", { t: "1" })).toThrow(Unsupported)
  })
})
