/**
 * Integrals against mpmath and closed forms: random families to 28 digits, the traps on which other integrators fail, divergence, and two dimensions.
 *
 * Loose tolerances are the sharpest check of soundness: there the rule's error and the tails dominate rounding, so a bound that is too small shows.
 */
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { enclose } from "../../src/expression/enclose.ts"
import { expectMeets, nodeOf } from "./enclosing.ts"

interface Case {
  readonly kind: string
  readonly formula: string
  readonly value: string
}
const { cases, digits } = JSON.parse(readFileSync(new URL("../fixtures/integrals.json", import.meta.url), "utf8")) as {
  cases: ReadonlyArray<Case>
  digits: number
}

const at = (formula: string, bits = 53, tolerance?: number, evaluations = 100_000) =>
  enclose(nodeOf(formula), { bits, evaluations, ...(tolerance === undefined ? {} : { tolerance }) })

describe("families against mpmath", () => {
  cases.forEach(({ kind, formula, value }, i) => {
    test(`${kind} ${i}`, () => {
      for (const tolerance of [1e-1, 1e-3, 1e-6, 1e-9])
        expectMeets(at(formula, 53, tolerance), value, `tolerance ${tolerance}`, digits, 40 * tolerance, "1")
      // Rounding of some hundred terms, each a few ulps times the condition of its logarithms: 1e-12 of the scale leaves a factor of ten.
      expectMeets(at(formula), value, "double tier", digits, 1e-12, "1")
      if (!kind.startsWith("plane")) expectMeets(at(formula, 128), value, "128 bits", digits, 1e-30, "1")
    })
  })
})

describe("traps", () => {
  const known: ReadonlyArray<readonly [name: string, formula: string, value: string, width: number]> = [
    [
      "a needle of width 1e-10 (scipy/scipy#10305)",
      "integral(x, -inf, inf, exp(-(10^10*x)^2))",
      "1.7724538509055160272981674833411451828e-10",
      1e-12,
    ],
    [
      "a needle far from where it is looked for",
      "integral(x, -1000, 1000, exp(-(1000*(x - 2718/10))^2))",
      "0.0017724538509055160272981674833411451828",
      1e-9,
    ],
    ["the mass of N(116, 3.81) on [0, inf)", "integral(x, 0, inf, exp(-(x - 116)^2/(2*3.81^2))/(3.81*sqrt(2*pi)))", "1", 1e-12],
    [
      "Kahaner's three spikes",
      "integral(x, 0, 1, cosh(10*x - 2)^(-2) + cosh(100*x - 40)^(-4) + cosh(1000*x - 600)^(-6))",
      "0.2108027355005492773756432557057291543609",
      1e-12,
    ],
    ["a kink off the middle", "integral(x, 0, 1, exp(abs(x - 0.499)))", "1.297444190121664387269253216347301", 1e-13],
    ["a kink at an irrational point", "integral(x, 0, 2, abs(x^2 - 2))", "2.437902832994920130137836597892528", 1e-13],
    ["jumps", "integral(x, 0, 3, floor(x^2))", "7.693999473964279174959413988788605", 1e-11],
    ["an oscillation", "integral(x, 0, 10, sin(x^2))", "0.5836708999296233421575724092855749812634", 1e-12],
    ["a root at the end", "integral(x, -1, 1, sqrt(1 - x^2))", "1.5707963267948966192313216916398", 1e-13],
    ["a logarithm at the end", "integral(x, 1/10, 1, log(x - 1/10))", "-0.9948244640920436711047508827553815184755", 1e-13],
    ["a power at the end", "integral(x, 0, 1, x^(-9/10))", "10", 1e-11],
    ["both ends singular", "integral(x, 0, 1, x^(-1/3)*(1 - x)^(-2/3))", "3.627598728468435701188156515284311464568", 1e-12],
    ["heavy tails", "integral(x, -inf, inf, (1 + x^2)^(-7/10))", "6.268653124086036334577413570163990370438", 1e-12],
  ]
  test.each(known)("%s", (name, formula, value, width) => {
    const digitsOf = value.replace(/^-?0?\.?0*|[.-]|e.*$/g, "").length - 1
    expectMeets(at(formula), value, name, Math.min(digitsOf, 28), width, "1e-30")
  })

  test("a pole inside is never a number, and a logarithm of a negative is undefined", () => {
    expect(at("integral(x, -1, 1, 1/(x - 1/3))").status).not.toBe("defined")
    expect(at("integral(x, -1, 1, 1/(x^2 - 1/3))").status).not.toBe("defined")
    expect(at("integral(x, -1, 1, log(x))").status).toBe("undefined")
  })

  test("too small a budget gives a wide enclosure, with the reason", () => {
    const found = at("integral(x, 0, 1, exp(sin(40*x)))", 53, undefined, 20)
    expect(found.reason).toContain("budget")
    expect(found.lo).toBeLessThan(1.2660658777520084)
    expect(found.hi).toBeGreaterThan(1.28)
  })
})

describe("divergence is proved", () => {
  test.each([
    ["integral(x, -inf, inf, abs(x)/(1 + x^2))", "diverges: to infinity"],
    ["integral(x, -inf, inf, x/(1 + x^2))", "infinity minus infinity"],
    ["integral(x, 0, inf, -x/(1 + x^2))", "diverges: to -infinity"],
    ["integral(x, 0, 1, 1/x)", "diverges: to infinity"],
    ["integral(x, 0, 1, (1 - x)^(-3/2))", "diverges: to infinity"],
    ["integral(x, -inf, inf, exp(-x^2/2)*exp(x^2))", "diverges: to infinity"],
    ["integral(x, 0, inf, log(1 + x)/(1 + x))", "diverges: to infinity"],
  ])("%s", (formula, reason) => {
    const found = at(formula)
    expect(found.status).toBe("undefined")
    expect(found.reason).toContain(reason)
    expect([found.lo, found.hi]).toEqual([-Infinity, Infinity])
  })

  test("what converges barely is not called divergent", () => {
    expect(at("integral(x, 1, inf, x^(-11/10))").status).toBe("defined")
    expect(at("integral(x, 0, 1, x^(-19/20))").status).toBe("defined")
    expect(at("integral(x, 1, inf, sin(x)/x)").status).toBe("unknown")
  })
})

describe("two dimensions", () => {
  test.each([
    [
      "mass of a correlated normal law",
      "integral(x, -inf, inf, integral(y, -inf, inf, exp(-(x^2 - 6/5*x*y + y^2)/(32/25))))",
      "5.02654824574366918154022941325",
      1e-10,
    ],
    ["E|X - Y| on the unit square", "integral(x, 0, 1, integral(y, 0, 1, abs(x - y)))", "0.33333333333333333333333333333333", 1e-13],
    ["E max(X, Y)", "integral(x, 0, 1, integral(y, 0, 1, max(x, y)))", "0.66666666666666666666666666666667", 1e-13],
    ["a triangle", "integral(x, 0, 1, integral(y, 0, x, exp(y - x)))", "0.36787944117144232159552377016146", 1e-13],
    ["a convolution", "integral(x, -inf, inf, integral(z, -inf, inf, exp(-abs(z))/2*exp(-(x - z)^2/2)/sqrt(2*pi)))", "1", 1e-12],
  ])("%s", (name, formula, value, width) => {
    expectMeets(at(formula, 53, 1e-12), value, name, 28, width * 100)
    expectMeets(at(formula), value, name, 28, width)
  })

  test.each([
    // Closed forms: -log(2)/2 - 1/4; E|X - Y| of a Laplace and a logistic law, and the mean square of a posterior mean, from mpmath.
    [
      "the logarithm of an inner integral",
      "integral(x, -inf, inf, exp(-x^2/2)/sqrt(2*pi)*log(integral(z, -inf, inf, exp(-z^2/2)/sqrt(2*pi)*exp(-(x - z)^2/2))))",
      "-0.59657359027997265470861606072908828",
    ],
    [
      "kinks along a line through the plane",
      "integral(x, -inf, inf, exp(-abs(x))/2*integral(y, -inf, inf, sigmoid(y)*sigmoid(-y)*abs(x - 1 - 2*y)))",
      "3.112776301574766346075202",
    ],
  ])("%s, within a budget", (name, formula, value) => {
    expectMeets(at(formula), value, name, value.length > 30 ? 30 : 22, 1e-5)
    expectMeets(at(formula, 53, undefined, 1_000_000), value, name, value.length > 30 ? 30 : 22, 1e-12)
  })

  test("a disc, whose edge no continuation crosses, is wide and right", () => {
    const found = at("integral(x, -1, 1, integral(y, -1, 1, if(x^2 + y^2 < 1, 1, 0)))", 53, 1e-2, 20_000)
    expect(found.lo).toBeLessThan(Math.PI)
    expect(found.hi).toBeGreaterThan(Math.PI)
  })
})
