/**
 * Suprema and infima against closed forms: conjugates of the f-GAN table (Nowozin et al. 2016), Chernoff bounds, the optimal discriminator of a GAN,
 * ends at infinity and at the edge of the domain; each with a false neighbour.
 */
import { describe, expect, test } from "vitest"
import { decided } from "./deciding.ts"

const closed: ReadonlyArray<readonly [form: string, value: string]> = [
  ["sup(x, 0, 1, x)", "1"],
  ["sup(x, 0, 3, x*exp(-x))", "exp(-1)"],
  ["sup(x, 1/3, pi/7, x^2)", "pi^2/49"],
  ["sup(x, -inf, inf, -x^4 + x^2)", "1/4"],
  ["inf(x, 1/100, 100, x^2 + 1/x^2)", "2"],
  ["sup(x, 0, 10, sin(x))", "1"],
  ["sup(x, -2, 2, abs(x - 1/3))", "7/3"],
  ["sup(x, -2, 2, min(x, 1/3 - x))", "1/6"],
  ["sup(x, 0, 1, floor(3*x))", "3"],
  // The infimum of the logarithm's end is not attained; limits at infinity are not, either.
  ["inf(x, 0, 1, x*log(x))", "-exp(-1)"],
  ["sup(x, 0, inf, 1 - exp(-x))", "1"],
  ["sup(x, 0, inf, 1 - 1/(1 + x))", "1"],
  ["sup(x, 0, inf, x^2*exp(-x))", "4*exp(-2)"],
  // a log y + b log(1 - y) at y = a/(a + b)
  ["sup(y, 0, 1, 2*log(y) + 3*log(1 - y))", "2*log(2/5) + 3*log(3/5)"],
  // f(u) = sup t u - f*(t): KL, reverse KL, Pearson, the GAN divergence
  ["sup(t, -inf, inf, 3*t - exp(t - 1))", "3*log(3)"],
  ["sup(t, -inf, 0, 2*t + 1 + log(-t))", "-log(2)"],
  ["sup(t, -inf, inf, 3*t - (t^2/4 + t))", "4"],
  ["sup(t, -inf, log(2), t/2 + log(2 - exp(t)))", "log(2/3)/2 + log(4/3)"],
  // Chernoff: inf over s of e^(-s a) E e^(s X) for a normal and a chi-square law
  ["inf(s, 0, inf, exp(s^2/2 - 2*s))", "exp(-2)"],
  ["inf(s, 0, 1/2, exp(-4*s)*(1 - 2*s)^(-1/2))", "2*exp(-3/2)"],
  ["sup(x, -inf, inf, pdf(Normal(1/3, 2), x))", "pdf(Normal(1/3, 2), 1/3)"],
  ["sup(x, -inf, inf, E(z, Normal(0, 1), x*z - x^2/2 + x))", "1/2"],
  ["sup(x, 0, 1, sup(y, 0, 1, x*y - y^2))", "1/4"],
]

describe("values", () => {
  test.each(closed)("%s = %s", (form, value) => {
    expect(decided(`${form} == ${value}`)).toBe("Verified")
    expect(decided(`${form} == (${value})*(1 + 1e-7)`)).toBe("Refuted")
    expect(decided(`${form} == (${value})*(1 - 1e-7)`)).toBe("Refuted")
  })
})

describe("no number", () => {
  test.each([
    "sup(x, 0, inf, x) == 1",
    "sup(x, 0, 1, 1/x) >= 0",
    "inf(x, 0, 1, log(x)) <= 0",
    "sup(x, -1, 1, log(x)) <= 1",
    "sup(x, 1, 0, x) == 1",
    "sup(x, inf, 0, x) == 1",
  ])("%s", (claim) => {
    expect(decided(claim)).toBe("undefined")
  })
  test("a derivative through a supremum is not claimed", () => {
    expect(decided("D(sup(x, 0, 1, x*a), a) == 1", {}, { a: "1/2" })).toMatch(/derivative of a supremum/)
  })
})

describe("inside other forms", () => {
  test.each([
    ["E(z, Normal(0, 1), sup(x, -10, 10, x*z - x^2/2)) >= 0.49", "Verified"],
    ["E(z, Normal(0, 1), sup(x, -10, 10, x*z - x^2/2)) >= 0.51", "Refuted"],
    ["integral(t, 0, 1, sup(x, 0, 1, x*t)) <= 0.51", "Verified"],
    ["W1(Uniform(0, 1), Uniform(1/2, 1)) == sup(c, 0, 1, E(z, Uniform(0, 1), -c*z) - E(z, Uniform(1/2, 1), -c*z))", "Verified"],
  ])("%s", (claim, verdict) => {
    expect(decided(claim)).toBe(verdict)
  })
})
