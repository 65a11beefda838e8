/** Tails: bounds against known tail masses at many distances, proofs of divergence, and what must stay unknown. */
import { describe, expect, it } from "vitest"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { evaluate } from "../../src/expression/evaluate.ts"
import * as N from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { tail } from "../../src/expression/tail.ts"
import type { Tail } from "../../src/expression/tail.ts"
import { asNode, scalar } from "../../src/expression/value.ts"
import { erfc } from "../../src/expression/float64-functions.ts"
import { complexArithmetic } from "../../src/interval/complex-arithmetic.ts"

const body = (formula: string): N.Node =>
  asNode(elaborate(parseFormula(formula), environment(new Map([["x", scalar(N.variable("x"))]]))), "an integrand")
const far = (formula: string, wanted: number, side: 1 | -1 = 1): Tail =>
  tail(body(formula), "x", { end: "far", side }, (node) => evaluate(node, complexArithmetic, new Map()), wanted)
const near = (formula: string, wanted: number): Tail =>
  tail(body(formula), "x", { end: "near", side: 1 }, (node) => evaluate(node, complexArithmetic, new Map()), wanted)

/** Integrand and the true integral beyond R. */
const KNOWN: ReadonlyArray<readonly [string, (R: number) => number]> = [
  ["exp(-x)", (R) => Math.exp(-R)],
  ["exp(-x/7)*3", (R) => 21 * Math.exp(-R / 7)],
  ["x*exp(-x^2/2)", (R) => Math.exp((-R * R) / 2)],
  ["1/(1 + x^2)", (R) => Math.atan(1 / R)],
  ["x^(-5/4)", (R) => 4 * R ** -0.25],
  ["log(x)/x^2", (R) => (1 + Math.log(R)) / R],
  ["x^3*exp(-x)", (R) => (R ** 3 + 3 * R ** 2 + 6 * R + 6) * Math.exp(-R)],
  ["sigmoid(-x)", (R) => Math.log1p(Math.exp(-R))],
  ["sigmoid(x)*sigmoid(-x)", (R) => 1 / (1 + Math.exp(R))],
  ["1 - tanh(x)", (R) => Math.log1p(Math.exp(-2 * R))],
  ["sigmoid(x + 1) - sigmoid(x)", (R) => Math.log1p(Math.exp(-R)) - Math.log1p(Math.exp(-R - 1))],
  ["exp(-abs(x - 5))", (R) => Math.exp(5 - R)],
  ["if(x < 3, 10, exp(-x))", (R) => Math.exp(-R)],
  ["exp(x - exp(x))", (R) => Math.exp(-Math.exp(R))],
  ["exp(-2*log(x))", (R) => 1 / R],
]

describe("far", () => {
  it.each(KNOWN)("%s", (formula, beyond) => {
    for (const wanted of [1e-2, 1e-5, 1e-12]) {
      const found = far(formula, wanted)
      if (found.kind !== "bounded") throw new Error(`${formula}: ${found.kind}`)
      expect(found.bound).toBeLessThanOrEqual(wanted)
      expect(found.bound, `beyond ${found.from}`).toBeGreaterThanOrEqual(beyond(found.from) * (1 - 1e-12))
    }
  })

  it("cuts a Gaussian mixture where it should: little beyond the ideal 11.5", () => {
    const found = far("exp(-(x - 3)^2/2) + exp(-(x + 40)^2/(2*4))", 1e-16)
    if (found.kind !== "bounded") throw new Error(found.kind)
    expect(found.from).toBeLessThan(17)
  })

  it("the other side is walked by itself", () => {
    expect(far("exp(x)", 1e-10, -1).kind).toBe("bounded")
    expect(far("exp(x)", 1e-10, 1)).toEqual({ kind: "divergent", sign: 1 })
    expect(far("exp(-x)*x", 1e-10, -1)).toEqual({ kind: "divergent", sign: -1 })
  })

  it.each(["1/x", "1/(x*1000)", "x/(1 + x^2)", "1", "log(x)/x", "sqrt(x)/(1 + x)", "exp(x^2 - 50*x)", "sigmoid(x)", "2 + sin(x)"])(
    "%s diverges",
    (formula) => {
      expect(far(formula, 1e-10)).toEqual({ kind: "divergent", sign: 1 })
    },
  )

  it.each(["sin(x)", "sin(x)/x", "tan(x)*exp(-x)"])("%s stays unknown", (formula) => {
    expect(far(formula, 1e-10).kind).toBe("unknown")
  })
})

describe("powers of logarithms, by the exponential path", () => {
  it("a log-normal density, at both ends", () => {
    const beyond = (R: number): number => Math.sqrt(Math.PI / 2) * erfc(Math.log(R) / Math.SQRT2)
    for (const found of [far("exp(-log(x)^2/2)/x", 1e-9), near("exp(-log(x)^2/2)/x", 1e-9)]) {
      if (found.kind !== "bounded") throw new Error(found.kind)
      expect(found.bound).toBeLessThanOrEqual(1e-9)
      expect(found.bound).toBeGreaterThanOrEqual(beyond(found.from) * (1 - 1e-9))
      expect(found.from).toBeLessThan(2000)
    }
  })

  it("1/(x log(x)^2) converges, 1/(x log x) does not", () => {
    expect(far("1/(x*log(x)^2)", 1e-2).kind).toBe("bounded")
    expect(far("1/(x*log(x))", 1e-2)).toEqual({ kind: "divergent", sign: 1 })
  })
})

describe("inner integrals", () => {
  it.each([
    ["a convolution decays like its factors", "integral(y, -inf, inf, exp(-abs(y))*exp(-(x - y)^2/2))", 60],
    ["its logarithm grows like x", "exp(-x)*log(integral(y, -inf, inf, exp(-abs(y))*exp(-(x - y)^2/2)))", 60],
    ["a finite inner range", "integral(y, 0, 1, exp(-x*(1 + y)))", 30],
    ["a moving end", "integral(y, x, inf, exp(-y)*y)", 40],
    ["a moving end that cuts the mass off", "integral(y, -inf, 2 - x, exp(-y^2/2))", 12],
  ])("%s", (_, formula, most) => {
    const found = far(formula, 1e-9)
    if (found.kind !== "bounded") throw new Error(found.kind)
    expect(found.from).toBeLessThan(most)
  })
})

describe("near", () => {
  it.each([
    ["x^(-1/2)", (h: number) => 2 * Math.sqrt(h)],
    ["log(x)", (h: number) => h * (1 - Math.log(h))],
    ["x^(-9/10)*exp(-x)", (h: number) => 10 * h ** 0.1 * Math.exp(-h)],
    ["log(x)^2*x^(-1/3)", (h: number) => 1.5 * h ** (2 / 3) * (Math.log(h) ** 2 - 3 * Math.log(h) + 4.5)],
  ] as const)("%s", (formula, mass) => {
    const found = near(formula, 1e-3)
    if (found.kind !== "bounded") throw new Error(`${formula}: ${found.kind}`)
    expect(found.bound).toBeGreaterThanOrEqual(mass(1 / found.from) * (1 - 1e-12))
  })

  it.each(["1/x", "1/x^2", "x^(-3/2)", "-log(x)/x"])("%s diverges", (formula) => {
    expect(near(formula, 1e-10)).toEqual({ kind: "divergent", sign: 1 })
  })
})
