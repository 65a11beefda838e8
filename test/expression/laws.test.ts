/**
 * Every law against mpmath (test/fixtures/laws.json, written by laws.py): densities, distribution functions, moments, an expectation, entropies.
 * The references are quadratures of textbook densities to 30 digits; heavy tails and nested convolutions keep fewer.
 */
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { LAWS } from "../../src/expression/laws/laws.ts"
import { encloseText, expectMeets, nodeOf, valueOf } from "./enclosing.ts"

interface Row {
  readonly x: string
  readonly pdf: string
  readonly logpdf: string
  readonly cdf?: string
}
interface Case {
  readonly law: string
  readonly points: ReadonlyArray<Row>
  readonly moments?: Readonly<Record<string, string>>
  readonly softcos?: string
  readonly entropy?: string
}
const { continuous, discrete } = JSON.parse(readFileSync(new URL("../fixtures/laws.json", import.meta.url), "utf8")) as {
  readonly continuous: ReadonlyArray<Case>
  readonly discrete: ReadonlyArray<Case>
}

/** Digits that the quadrature of the reference is good for. */
const DIGITS = 24
/** Quadrature is asked for 13 digits: far below every difference that a wrong formula makes, far above the rounding of 128 bits. */
const WIDTH = 1e-13

describe.each([...continuous, ...discrete].map((c) => [c.law, c] as const))("%s", (law, c) => {
  test.each(c.points.map((p) => [p.x, p] as const))("density and distribution function at %s", (x, row) => {
    expectMeets(encloseText(`pdf(${law}, ${x})`), row.pdf, "pdf", DIGITS, WIDTH)
    expectMeets(encloseText(`logpdf(${law}, ${x})`), row.logpdf, "logpdf", DIGITS, WIDTH, "1/16")
    if (row.cdf !== undefined) expectMeets(encloseText(`cdf(${law}, ${x})`), row.cdf, "cdf", DIGITS, WIDTH, "1e-6")
  })
  test.runIf(c.moments !== undefined)("moments, an expectation without moments, entropy", () => {
    for (const [k, m] of Object.entries(c.moments!)) expectMeets(encloseText(`E(x, ${law}, x^${k})`), m, `moment ${k}`, 20, WIDTH, "1e-6")
    expectMeets(encloseText(`E(x, ${law}, 1/(1 + x^2))`), c.softcos!, "E 1/(1 + x^2)", 20, WIDTH)
    expectMeets(encloseText(`Entropy(${law})`), c.entropy!, "entropy", 20, WIDTH, "1/16")
  })
})

describe("distribution functions on the integers", () => {
  test("are sums as long as is allowed, and no longer", () => {
    // 1 - 0.999^10000 by mpmath.
    expectMeets(encloseText("cdf(Geometric(1/1000), 10000)", 53), "0.9999548266540229513538645390100515", "cdf", DIGITS, 1e-11)
    expect(nodeOf("cdf(Geometric(1/3), 0)")).toBe(nodeOf("0"))
    expect(() => nodeOf("cdf(Geometric(1/1000), 10001)")).toThrow("at most at 10000 is expected")
  })
})

describe("normalisation", () => {
  // Left out: integrals inside an integral, which cost seconds each, and the log-normal tail exp(-log(x)^2), of which no bound is known in x itself.
  const nested = ["LogNormal", "Diffused(Beta", "Diffused(Logistic", "Diffused(Cauchy"]
  test.each(continuous.map((c) => c.law).filter((law) => !nested.some((n) => law.startsWith(n))))("the density of %s integrates to 1", (law) => {
    expectMeets(encloseText(`integral(x, -inf, inf, pdf(${law}, x))`, 53), "1", law, 30, 1e-9)
  })
})

describe("quantiles", () => {
  const laws = [
    "Normal(1/2, 3/4)",
    "Uniform(-1, 5/2)",
    "Exponential(3/2)",
    "Laplace(-1/2, 5/4)",
    "Logistic(1, 1/2)",
    "Cauchy(-1/4, 2)",
    "LogNormal(1/4, 1/2)",
    "Pareto(1/2, 7/2)",
    "StudentT(3, 1/2, 3/4)",
    "Beta(2, 4)",
    "Gamma(3, 2)",
    "Mixture([1/4, 3/4], [Normal(-1, 1/2), Normal(3/2, 1/4)])",
  ]
  test.each(laws)("cdf(quantile(u)) = u for %s", (law) => {
    for (const u of ["1/16", "3/4"]) expectMeets(encloseText(`cdf(${law}, quantile(${law}, ${u}))`), u, law, 30, 1e-9)
  })
  test("of atoms: the smallest x with F(x) >= u", () => {
    expect(nodeOf("quantile(Discrete([3, 1, 2], [1/4, 1/4, 1/2]), 1/4)")).toBe(nodeOf("1"))
    expect(nodeOf("quantile(Discrete([3, 1, 2], [1/4, 1/4, 1/2]), 3/8)")).toBe(nodeOf("2"))
    expect(nodeOf("quantile(Poisson(1), 3/4)")).toBe(nodeOf("2"))
  })
})

describe("hypotheses on parameters", () => {
  const violations = [
    "Normal(0, 0)",
    "Normal(0, -1)",
    "Normal(0, log(1/2))",
    "Uniform(1, 1)",
    "Exponential(0)",
    "Gamma(-1, 1)",
    "Beta(0, 1)",
    "StudentT(0, 0, 1)",
    "Laplace(0, -1)",
    "Logistic(0, 0)",
    "Cauchy(0, 0)",
    "LogNormal(0, 0)",
    "Pareto(0, 1)",
    "Bernoulli(3/2)",
    "Binomial(5/2, 1/2)",
    "Poisson(0)",
    "Geometric(0)",
    "Categorical([1/2, 1/3])",
    "Discrete([0, 1], [3/2, -1/2])",
    "Mixture([1/2, 1/3], [Normal(0, 1), Normal(1, 1)])",
    "MvNormal([0, 0], [[1, 2], [2, 1]])",
    "MvNormal([0, 0], [[1, 2], [1, 1]])",
    "Diffused(Normal(0, 1), 1, -1)",
  ]
  test.each(violations)("%s denotes nothing", (formula) => {
    expect(() => valueOf(formula)).toThrow(expect.objectContaining({ name: "Undefined" }))
  })
  test("zero weights are allowed and drop out", () => {
    expect(nodeOf("logpdf(Mixture([1, 0], [Normal(0, 1), Normal(5, 1)]), 1/2)")).toBe(nodeOf("logpdf(Normal(0, 1), 1/2)"))
    expect(nodeOf("E(x, Discrete([0, 1], [0, 1]), log(x))")).toBe(nodeOf("0"))
  })
  test("every law states its parameters", () => {
    for (const [name, rule] of Object.entries(LAWS)) {
      expect(rule.parameters.length, name).toBeGreaterThan(0)
      if (rule.variadic === undefined) expect(() => rule.build([]), name).toThrow(/takes/)
    }
  })
})

describe("moments that do not exist", () => {
  test.each([
    ["Mean(Cauchy(0, 1))", "undefined"],
    ["Var(Cauchy(0, 1))", "undefined"],
    ["Mean(StudentT(1, 0, 1))", "undefined"],
    ["E(x, StudentT(2, 0, 1), x^2)", "infinite"],
    ["E(x, Pareto(1, 2), -x^2 + log(x))", "infinite"],
    ["E(x, Cauchy(0, 1), x^2 + log1p(x^2))", "infinite"],
    ["E(x, Mixture([1/2, 1/2], [Cauchy(0, 1), Normal(0, 1)]), x)", "undefined"],
  ])("%s is %s", (formula, op) => expect(nodeOf(formula).op).toBe(op))
})
