/**
 * Divergences, transport and posteriors against values from other software at higher precision (test/fixtures/reference/*.json) and against theorems.
 */
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { mongeMapMatrix } from "../../src/expression/functionals/bures.ts"
import { expectation } from "../../src/expression/functionals/expectation.ts"
import { normal } from "../../src/expression/laws/normal.ts"
import { product } from "../../src/expression/laws/product.ts"
import * as N from "../../src/expression/node.ts"
import { asMatrix } from "../../src/expression/value.ts"
import { encloseNode, encloseText, expectMeets, nodeOf, valueOf } from "./enclosing.ts"

type Nested = string | ReadonlyArray<Nested>
interface Case {
  readonly id: string
  readonly family: string
  readonly parameters: Readonly<Record<string, Nested & Described>>
  readonly quantity: string
  readonly value: Nested
}
interface Described {
  readonly kind?: string
  readonly [field: string]: unknown
}
const cases = (name: string): ReadonlyArray<Case> =>
  (JSON.parse(readFileSync(new URL(`../fixtures/reference/${name}.json`, import.meta.url), "utf8")) as { readonly cases: ReadonlyArray<Case> }).cases

const text = (v: Nested): string => (typeof v === "string" ? v : `[${v.map(text).join(", ")}]`)

/** The law of a reference file as a formula. */
const lawText = (d: Described & Nested): string => {
  const field = (name: string): string => text(d[name] as Nested)
  switch (d.kind) {
    case "gaussian":
      return `Normal(${field("mean")}, ${field("sd")})`
    case "mixture": {
      const [means, sds] = [d["means"], d["sds"]] as [ReadonlyArray<string>, ReadonlyArray<string>]
      return `Mixture(${field("weights")}, [${means.map((m, i) => `Normal(${m}, ${sds[i]})`).join(", ")}])`
    }
    case "laplace":
      return `Laplace(${field("loc")}, ${field("scale")})`
    case "logistic":
      return `Logistic(${field("loc")}, ${field("scale")})`
    case "cauchy":
      return `Cauchy(${field("loc")}, ${field("scale")})`
    case "uniform":
      return `Uniform(${field("lo")}, ${field("hi")})`
    case "exponential":
      return `Exponential(${field("rate")})`
    case "pareto":
      return `Pareto(${field("xm")}, ${field("alpha")})`
    default:
      return `Categorical(${text(d)})`
  }
}

/** Reference values are right to 34 digits; quadrature is asked for 13. */
const [DIGITS, WIDTH] = [32, 1e-13]

const FORMS: Readonly<Record<string, (p: string, q: string) => string>> = {
  kl_pq: (p, q) => `KL(${p}, ${q})`,
  kl_qp: (p, q) => `KL(${q}, ${p})`,
  tv: (p, q) => `TV(${p}, ${q})`,
  hellinger_squared: (p, q) => `Hellinger2(${p}, ${q})`,
  chi2_pq: (p, q) => `ChiSquare(${p}, ${q})`,
  chi2_qp: (p, q) => `ChiSquare(${q}, ${p})`,
  js: (p, q) => `JS(${p}, ${q})`,
  pearson_chi2_sum_vs_2q: () => "",
}

const against = (formula: string, value: Nested): void => {
  if (value === "Infinity") expect(nodeOf(formula)).toMatchObject({ op: "infinite", sign: 1 })
  else expectMeets(encloseText(formula), value as string, formula, DIGITS, WIDTH, "1")
}

describe("divergences.json", () => {
  test.each(cases("divergences").map((c) => [c.id, c] as const))("%s", (_, c) => {
    const { p, q, m1, C1, m2, C2 } = c.parameters
    const gaussian = (m: Nested, cov: Nested): string => `MvNormal(${text(m)}, ${text(cov)})`
    const [first, second] = m1 === undefined ? [lawText(p!), lawText(q!)] : [gaussian(m1, C1!), gaussian(m2!, C2!)]
    const form = FORMS[c.quantity]!(first, second)
    if (form !== "") against(form, c.value)
  })
})

describe("js-equivalence.json", () => {
  const rows = cases("js-equivalence").filter((c) => c.quantity === "js")
  test.each(rows.map((c) => [c.id, c] as const))("%s", (_, c) => {
    const { p, q } = c.parameters
    against(`JS(${lawText(p!)}, ${lawText(q!)})`, c.value)
  })
})

describe("kantorovich-duality.json", () => {
  const rows = cases("kantorovich-duality").filter((c) => ["w1", "w2", "w2_squared"].includes(c.quantity) && c.family !== "discrete-nd")
  test.each(rows.map((c) => [c.id, c] as const))("%s", (_, c) => {
    const { p, q, x, a, y, b } = c.parameters
    const [first, second] = x === undefined ? [lawText(p!), lawText(q!)] : [`Discrete(${text(x)}, ${text(a!)})`, `Discrete(${text(y!)}, ${text(b!)})`]
    against(c.quantity === "w1" ? `W1(${first}, ${second})` : c.quantity === "w2" ? `W2(${first}, ${second})` : `W2(${first}, ${second})^2`, c.value)
  })
})

describe("bures-wasserstein.json", () => {
  test.each(cases("bures-wasserstein").map((c) => [c.id, c] as const))("%s", (_, c) => {
    const { m1, C1, m2, C2 } = c.parameters
    if (c.quantity === "w2_squared") return against(`W2(MvNormal(${text(m1!)}, ${text(C1!)}), MvNormal(${text(m2!)}, ${text(C2!)}))^2`, c.value)
    const [first, second] = [C1!, C2!].map((m) => asMatrix(valueOf(text(m)), "a covariance"))
    const map = mongeMapMatrix(first!, second!)
    ;(c.value as ReadonlyArray<ReadonlyArray<string>>).forEach((row, i) =>
      row.forEach((r, j) => expectMeets(encloseNode(map[i]![j]!), r, `${c.id}[${i}, ${j}]`, DIGITS, WIDTH)),
    )
  })
})

describe("tweedie.json", () => {
  test.each(cases("tweedie").map((c) => [c.id, c] as const))("%s", (_, c) => {
    const { p0, alpha, sigma, x, atoms, probs, weights, means, covs } = c.parameters
    if (c.quantity === "posterior_third_cumulant" || alpha === undefined) return
    const list = (v: Nested | undefined): ReadonlyArray<Nested> => (v ?? []) as ReadonlyArray<Nested>
    const components = list(means)
      .map((m, i) => `MvNormal(${text(m)}, ${text(list(covs)[i]!)})`)
      .join(", ")
    const discrete = atoms !== undefined ? `Discrete(${text(atoms)}, ${text(probs!)})` : `Mixture(${text(weights ?? [])}, [${components}])`
    const prior = p0 !== undefined ? lawText(p0) : discrete
    const noise = `${text(alpha)}, ${text(sigma!)}`
    const posterior = c.quantity === "posterior_mean" ? "PosteriorMean" : "PosteriorCov"
    const form = c.quantity === "score" ? `score(Diffused(${prior}, ${noise}), ${text(x!)})` : `${posterior}(${prior}, ${noise}, ${text(x!)})`
    const compare = (value: ReturnType<typeof valueOf>, reference: Nested): void => {
      if (value.kind === "array") value.items.forEach((item, i) => compare(item, (reference as ReadonlyArray<Nested>)[i]!))
      else if (value.kind === "scalar") expectMeets(encloseNode(value.node), reference as string, form, 26, 1e-11, "1e-6")
    }
    compare(valueOf(form), c.value)
  })
})

describe("singular pairs", () => {
  test.each([
    ["KL(Normal(0, 1), Dirac(0))", "infinite"],
    ["KL(Dirac(0), Normal(0, 1))", "infinite"],
    ["KL(MvNormal([0, 0], [[1, 1], [1, 1]]), MvNormal([0, 0], [[1, 0], [0, 1]]))", "infinite"],
    ["KL(Exponential(1), Pareto(1, 2))", "infinite"],
    ["KL(Poisson(1), Bernoulli(1/2))", "infinite"],
    ["KL(Cauchy(0, 1), Normal(0, 1))", "infinite"],
    ["W1(Cauchy(0, 1), Normal(0, 1))", "infinite"],
    ["W1(Cauchy(0, 1), Cauchy(0, 2))", "infinite"],
    ["W2(StudentT(2, 0, 1), Normal(0, 1))", "infinite"],
    ["ChiSquare(Exponential(1), Exponential(2))", "infinite"],
    ["Renyi(2, Normal(0, 2), Normal(0, 1))", "infinite"],
    ["Renyi(1/2, Uniform(0, 1), Uniform(2, 3))", "infinite"],
  ])("%s is %s", (formula, op) => expect(nodeOf(formula).op).toBe(op))
  test.each([
    ["JS(Normal(0, 1), Dirac(0))", "log(2)"],
    ["JS(Uniform(0, 1), Uniform(2, 3))", "log(2)"],
    ["TV(Normal(0, 1), Dirac(0))", "1"],
    ["TV(Uniform(0, 1), Uniform(2, 3))", "1"],
    ["Hellinger2(Uniform(0, 1), Uniform(2, 3))", "1"],
    ["KL(Normal(1/3, 2), Normal(1/3, 2))", "0"],
    ["JS(Mixture([1/2, 1/2], [Normal(0, 1), Normal(1, 1)]), Mixture([1/2, 1/2], [Normal(0, 1), Normal(1, 1)]))", "0"],
    ["KL(Discrete([0, 1, 2], [1/2, 1/2, 0]), Discrete([2, 1, 0], [1/2, 1/4, 1/4]))", "log(2)"],
    // The difference of quantiles of translates is the shift, whatever the moments.
    ["W1(Cauchy(0, 1), Cauchy(1, 1))", "1"],
    ["W2(StudentT(2, 0, 1), StudentT(2, 3, 1))", "3"],
    ["W2(Product(StudentT(2, 0, 1), Normal(0, 1)), Product(StudentT(2, 3, 1), Normal(4, 1)))", "5"],
    ["W1(Exponential(1), Exponential(2))", "1/2"],
    ["W2(Dirac(3), Dirac(-1))", "4"],
  ])("%s = %s exactly", (left, right) => {
    const [a, b] = [encloseText(left), encloseText(right)]
    expect([a.lo, a.hi]).toEqual([b.lo, b.hi])
  })
})

describe("one number by two routes", () => {
  const routes: ReadonlyArray<readonly [string, string]> = [
    ["KL(Gamma(5/2, 3), Gamma(4, 2))", "integral(x, 0, inf, pdf(Gamma(5/2, 3), x) * (logpdf(Gamma(5/2, 3), x) - logpdf(Gamma(4, 2), x)))"],
    ["KL(Beta(2, 3), Beta(3/2, 4))", "CrossEntropy(Beta(2, 3), Beta(3/2, 4)) - Entropy(Beta(2, 3))"],
    ["KL(LogNormal(0, 1), LogNormal(1, 2))", "KL(Normal(0, 1), Normal(1, 2))"],
    [
      "KL(Product(Normal(0, 1), Normal(1, 2)), MvNormal([1, 0], [[1, 1/2], [1/2, 2]]))",
      "KL(MvNormal([0, 1], [[1, 0], [0, 4]]), MvNormal([1, 0], [[1, 1/2], [1/2, 2]]))",
    ],
    [
      "KL(Mixture([1/4, 3/4], [MvNormal([0, 0], [[1, 0], [0, 1]]), MvNormal([2, 1], [[1, 0], [0, 1]])]), MvNormal([1, 0], [[1, 0], [0, 1]]))",
      "KL(Mixture([1/4, 3/4], [Normal(0, 1), Normal(sqrt(5), 1)]), Normal(2/sqrt(5), 1)) + 1/10",
    ],
    ["E(x, Gamma(5/2, 3), x*log(x))", "integral(x, 0, inf, x*log(x)*pdf(Gamma(5/2, 3), x))"],
    ["E(x, Pareto(1, 4), x^2*log(x))", "integral(x, 1, inf, x^2*log(x)*pdf(Pareto(1, 4), x))"],
    ["E(x, Beta(2, 3), x^2*log(x) + log(1 - x))", "integral(x, 0, 1, x^2*log(x)*pdf(Beta(2, 3), x)) + integral(x, 0, 1, log(x)*pdf(Beta(3, 2), x))"],
    ["E(x, LogNormal(0, 1/2), x*log(x))", "E(y, Normal(0, 1/2), y*exp(y))"],
    ["E(x, Uniform(0, 3), x*log(2*x))", "integral(x, 0, 3, x*log(2*x)/3)"],
    ["Renyi(2, Normal(0, 1), Normal(1, 2))", "log(1 + ChiSquare(Normal(0, 1), Normal(1, 2)))"],
    ["Renyi(1/2, Exponential(1), Exponential(3))", "-2 * log(1 - Hellinger2(Exponential(1), Exponential(3)))"],
    ["Hellinger2(Laplace(0, 1), Laplace(0, 2))", "1 - integral(x, -inf, inf, sqrt(pdf(Laplace(0, 1), x) * pdf(Laplace(0, 2), x)))"],
    ["CrossEntropy(Normal(0, 1), Logistic(0, 1))", "Entropy(Normal(0, 1)) + KL(Normal(0, 1), Logistic(0, 1))"],
    ["Fisher(Normal(0, 1), Normal(1, 2))", "E(x, Normal(0, 1), (-x + (x - 1)/4)^2)"],
    ["Fisher(MvNormal([0, 0], [[1, 0], [0, 1]]), MvNormal([1, 0], [[1, 0], [0, 1]]))", "1"],
    ["TV(Laplace(0, 1), Laplace(1, 2))", "integral(x, -inf, inf, abs(pdf(Laplace(0, 1), x) - pdf(Laplace(1, 2), x)))/2"],
    ["TV(Exponential(1), Exponential(3))", "integral(x, 0, inf, abs(pdf(Exponential(1), x) - pdf(Exponential(3), x)))/2"],
    ["TV(Normal(0, 1), Normal(1, 1))", "E(x, Normal(0, 1), max(0, 1 - exp(x - 1/2)))"],
    ["JS(Discrete([0, 1], [1/4, 3/4]), Discrete([1, 2], [1/4, 3/4]))", "(log(2)/4 + 3/4*log(3/2) + 1/4*log(1/2) + 3/4*log(2))/2"],
    ["W1(Normal(0, 1), Laplace(0, 1))", "integral(u, 0, inf, abs(cdf(Normal(0, 1), -u) - cdf(Laplace(0, 1), -u)))*2"],
    ["W1(Uniform(0, 1), Uniform(0, 3))", "1"],
    ["W1(Uniform(0, 3), Uniform(1, 2))", "1/2"],
    ["W1(Normal(0, 1), Logistic(0, 1))", "integral(u, 0, inf, abs(cdf(Normal(0, 1), -u) - cdf(Logistic(0, 1), -u)))*2"],
    ["W1(Normal(0, 1), Discrete([-1, 1], [1/2, 1/2]))", "2*E(z, Normal(0, 1), if(z > 0, abs(z - 1), 0))"],
    ["W2(Normal(0, 1), Discrete([-1, 1], [1/2, 1/2]))^2", "2*E(z, Normal(0, 1), if(z > 0, (z - 1)^2, 0))"],
    ["P(z, Normal(1, 2), abs(z) > 1)", "cdf(Normal(1, 2), -1) + 1 - cdf(Normal(1, 2), 1)"],
    ["E(x, MvNormal([1, 0], [[2, 1], [1, 3]]), x[1]^2*x[2]^2)", "2*3 + 2*1 + 3"],
    ["E(x, MvNormal([1, 0], [[2, 1], [1, 3]]), exp(x[1] - x[2]))", "exp(1 + 3/2)"],
    ["E(x, Product(Normal(0, 1), Exponential(2)), x[1]^2*x[2]^3)", "6/8"],
    ["E(x, Product(Discrete([0, 1], [1/4, 3/4]), Normal(0, 1)), exp(x[1]*x[2]))", "1/4 + 3/4*exp(1/2)"],
    ["Var(Mixture([1/4, 3/4], [Normal(-1, 1), Laplace(1, 2)]))", "1/4 + 3/4*8 + 3/4"],
    ["Mean(Beta(2, 5))", "2/7"],
    ["Var(LogNormal(0, 1))", "exp(2) - exp(1)"],
    ["Cov(Product(Uniform(0, 1), Exponential(2)))[2, 2]", "1/4"],
    ["W2(Normal(0, 1), Logistic(0, 1))^2", "1 + pi^2/3 - 2*E(z, Normal(0, 1), z*(log(cdf(Normal(0, 1), z)) - log(cdf(Normal(0, 1), -z))))"],
    ["D(P(z, Normal(m, 1), z > 0), m)", "pdf(Normal(m, 1), 0)"],
    ["D(P(z, Normal(0, s), z > m), m)", "-pdf(Normal(0, s), m)"],
    ["D(P(z, Normal(0, 1), abs(z - m) > s), s)", "-pdf(Normal(0, 1), m + s) - pdf(Normal(0, 1), m - s)"],
    ["D(P(z, Normal(m, 1), z^2 > 1), m)", "pdf(Normal(m, 1), 1) - pdf(Normal(m, 1), -1)"],
    ["D(P(z, Uniform(0, s), z > m), s)", "m/s^2"],
    ["D(E(z, Normal(m, s), if(z > 0, 1 + z, 0)), m)", "cdf(Normal(0, 1), m/s) + pdf(Normal(m, s), 0)"],
    ["D(E(z, Exponential(s), if(z > m, z, 0)), m)", "-m*pdf(Exponential(s), m)"],
    ["D(KL(Normal(m, s), Laplace(0, 1)), m)", "2*cdf(Normal(0, 1), m/s) - 1"],
    ["E(z, Normal(0, 1), P(w, Normal(m, 1), w < z))", "cdf(Normal(m, sqrt(2)), 0)"],
  ]
  test.each(routes)("%s = %s", (left, right) => {
    const [a, b] = [encloseText(left, 53), encloseText(right, 53)]
    expect([a.status, b.status], `${a.reason ?? ""} | ${b.reason ?? ""}`).toEqual(["defined", "defined"])
    const gap = Math.max(a.lo - b.hi, b.lo - a.hi)
    expect(gap, `[${a.lo}, ${a.hi}] against [${b.lo}, ${b.hi}]`).toBeLessThanOrEqual(0)
    expect(a.hi - a.lo + b.hi - b.lo).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b.hi)))
  })
})

describe("expectations in many dimensions", () => {
  const standard = (): ReturnType<typeof normal> => normal(N.integer(0), N.integer(1))
  test("a function of one linear form is a 1-D integral", () => {
    const node = expectation(product([standard(), standard(), standard()]), (x) => N.call("softplus", x.reduce(N.add)))
    const same = expectation(normal(N.integer(0), N.call("sqrt", N.integer(3))), ([x]) => N.call("softplus", x!))
    const [a, b] = [encloseNode(node, 53), encloseNode(same, 53)]
    expect(Math.max(a.lo - b.hi, b.lo - a.hi)).toBeLessThanOrEqual(0)
    expect(a.hi - a.lo).toBeLessThan(1e-9)
  })
  test("what needs three coordinates is left to sampling, in standard coordinates", () => {
    const node = expectation(product([standard(), standard(), standard()]), (x) => N.call("softplus", x.map((c) => N.powi(c, 2)).reduce(N.add)))
    expect(node).toMatchObject({ op: "expect", law: { kind: "normal" } })
  })
})

describe("W1 where the distribution functions cross far out", () => {
  // mpmath: the crossing lies at 12.7120611083, and W1 exceeds |E X - E Y| = 7/4 by 3.75e-10 only.
  const laws = "Mixture([1/4, 3/4], [Normal(-1, 1), Normal(4, 3/2)]), Normal(1, 2)"
  test("a crossing inside the bracket of a density change is not lost", () => {
    expectMeets(encloseText(`W1(${laws})`, 53), "1.75000000037541338791302835705", "W1", 24, 1e-12)
  })
})
