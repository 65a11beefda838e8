import { describe, expect, it } from "vitest"
import { detectable } from "../../src/verify/examine.ts"
import { ask, verdictOf } from "./asking.ts"

const detects = (claim: string): number | undefined => {
  const look = ask(claim)
  return look.kind === "seen" ? detectable(look.evidence) : undefined
}

const verdict = (claim: string, tolerance?: number): string => verdictOf(ask(claim, tolerance === undefined ? {} : { tolerance }))

describe("the ladder", () => {
  it("decides rationals exactly, whatever the tolerance", () => {
    expect(verdict("1/3 + 1/6 == 1/2")).toBe("Verified")
    expect(verdict("1/3 == 333333333333333333333/1000000000000000000000", 0.5)).toBe("Refuted")
    expect(verdict("1/3 < 1/3")).toBe("Refuted")
    expect(verdict("1/3 <= 1/3")).toBe("Verified")
    // Below the least double too.
    expect(["1e-400 == 0", "1e-400 <= 0", "0 < 1e-400", "1e-400 == 2e-400"].map((claim) => verdict(claim))).toEqual([
      "Refuted",
      "Refuted",
      "Verified",
      "Refuted",
    ])
  })
  it("verifies identities and refutes what is off by a part in 1e12 in the double tier", () => {
    expect(verdict("sin(1)^2 + cos(1)^2 == 1")).toBe("Verified")
    expect(verdict("exp(1)*exp(2) == exp(3)*(1 + 1e-12)")).toBe("Refuted")
    expect(verdict("KL(Normal(1, 2), Normal(0, 1)) == (4 + 1 - 1)/2 - log(2)")).toBe("Verified")
    expect(verdict("E(z, Normal(0, 1), softplus(z)) >= log(2)")).toBe("Verified")
    expect(verdict("E(z, Normal(0, 1), softplus(z)) <= log(2)")).toBe("Refuted")
  })
  it("climbs to balls when the tolerance asks for more than doubles have", () => {
    expect(verdict("exp(1)*exp(2) == exp(3)", 1e-60)).toBe("Verified")
    expect(verdict("exp(1)*exp(2) == exp(3)*(1 + 1e-50)", 1e-60)).toBe("Refuted")
    // Verified @tau at a coarser tolerance is true as worded: the difference is below it.
    expect(verdict("exp(1)*exp(2) == exp(3)*(1 + 1e-50)", 1e-9)).toBe("Verified")
  })
  it("decides what cancels or underflows in doubles", () => {
    expect(verdict("pdf(Normal(0, 1), 40)/exp(-800) == 1/sqrt(2*pi)")).toBe("Verified")
    expect(verdict("exp(-2000)*2 == exp(-2000)")).toBe("Refuted")
    expect(verdict("cosh(20)^2 - sinh(20)^2 == 1")).toBe("Verified")
  })
  it("decides what overflows in doubles, also where the scale does", () => {
    for (const claim of ["3*exp(709) == 4*exp(709)", "exp(1000) <= exp(999)", "2*exp(1000) == exp(1000)", "exp(exp(10)) == 1e4000"])
      expect(verdict(claim), claim).toBe("Refuted")
    for (const claim of ["exp(1000) == exp(500)^2", "3*exp(709) == 4*exp(709) - exp(709)", "exp(1000) <= exp(1001)"])
      expect(verdict(claim), claim).toBe("Verified")
  })
  it("says what discrepancy would have shown: any where both sides are rational, none where doubles have no number for it", () => {
    expect(["1/3 <= 1/2", "10^400 <= 10^401", "exp(1000) <= exp(1001)", "exp(-1000) <= exp(-999)"].map(detects)).toEqual([0, 0, Infinity, Infinity])
    expect(detects("exp(1)*exp(2) == exp(3)")).toBeLessThan(1e-14)
  })
  it("takes the scale of an integral that vanishes from its absolute value", () => {
    expect(verdict("integral(x, -1, 1, x^3*exp(x^2)) == 0")).toBe("Verified")
    expect(verdict("integral(x, -1, 1, x^3*exp(x^2) + 1e-9) == 0")).toBe("Refuted")
  })
  it("takes the scale of a product whose factor vanishes from the terms of the factor", () => {
    const zero = "(sqrt(2)*sqrt(3) - sqrt(6))"
    for (const claim of [`3*${zero} == 0`, `${zero}/exp(1) == 0`, `abs(${zero}) <= 0`, `${zero}^2 == 0`, `exp(1)*(1 - ${zero})*${zero} == 0`])
      expect(verdict(claim), claim).toBe("Verified")
    // No scale excuses a difference that is enclosed.
    expect(verdict(`3*${zero} == 1e-14`)).toBe("Refuted")
    expect(verdict(`exp(1)*(sqrt(2)*sqrt(3) - sqrt(6)*(1 + 1e-14)) == 0`)).toBe("Refuted")
  })
  it("never makes a number of what is none", () => {
    for (const claim of [
      "log(-1) == log(-1)",
      "0/0 == 1",
      "1/0 >= 1",
      "Mean(Cauchy(0, 1)) == 0",
      "Var(StudentT(2, 0, 1)) >= 0",
      "E(z, Cauchy(0, 1), z^2) >= 1",
      "sqrt(-1)^2 == -1",
      "integral(x, 0, 1, 1/x) >= 1",
      "KL(Uniform(0, 2), Uniform(0, 1)) >= 0",
      "0*log(-1) == 0",
      "D(abs(x - 1), x) == 0",
      "score(Uniform(0, 1), 2) == 0",
    ])
      expect(verdictOf(ask(claim, { domains: { x: "real(0, 2)" }, at: { x: 1 } })), claim).toBe("Inconclusive(undefined)")
  })
  it("verifies arrays where every entry is, and refutes them where one is", () => {
    expect(verdict("[1, exp(1)*exp(2)] <= [2, exp(3)]")).toBe("Verified")
    // The entry that is open is the sharper one.
    for (const claim of ["[exp(1), exp(1)*exp(2)] < [3, exp(3)]", "[exp(1)*exp(2), exp(1)] < [exp(3), 3]"])
      expect(verdict(claim), claim).toMatch(/^Inconclusive/)
    expect(verdict("[exp(1)*exp(2), 2] < [exp(3), 1]")).toBe("Refuted")
  })
  it("says undefined where one term is, whatever may be said of the others", () => {
    const unknown = "log(sqrt(2)*sqrt(3) - sqrt(6))"
    for (const claim of [`log(sin(4)) + ${unknown} == 0`, `${unknown} == log(sin(4))`])
      expect(verdictOf(ask(claim)), claim).toBe("Inconclusive(undefined)")
  })
  it("gives no verdict on an expectation of something undefined with positive probability", () => {
    expect(verdict("E(z, Normal(0, 1), log(z)) <= 1")).toMatch(/^Inconclusive/)
    expect(verdict("E(z, Normal(0, 1), sqrt(z)) >= -1")).toMatch(/^Inconclusive/)
  })
  it("compares arrays entry by entry", () => {
    expect(verdict("inv([[2, 1], [1, 1]]) == [[1, -1], [-1, 2]]")).toBe("Verified")
    expect(verdict("[exp(1), 2] == [exp(1), 2 + 1e-9]")).toBe("Refuted")
  })
})
