/**
 * Degenerate points of Kantorovich duality: missing moments, costs that are no metric or not lower semicontinuous, atoms without mass.
 *
 * Laws named mu and nu are under the hypotheses of the Kantorovich-Rubinstein form; `first` and `second` are not, for the formula int |F - G| needs none.
 */
import { family } from "../../src/core/statement.ts"
import type { Edge, Family, Literal } from "../../src/core/statement.ts"

const between = { "gap(x)": "cdf(second, x) - cdf(first, x)", distance: "integral(x, -inf, inf, abs(gap(x)))", coupled: "W1(first, second)" }
const location = { m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)", r: "positive(1/2, 2)" }

const cauchyNormal = family("cauchy-normal", {
  title: "a law without mean against one with",
  parameters: location,
  let: { first: "Cauchy(m, s)", second: "Normal(n, r)", ...between },
})
const cauchyQuantiles = family("cauchy-quantiles", {
  title: "two Cauchy laws of one scale: the quantile functions differ by a constant",
  parameters: { m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)", at: "real(1/16, 15/16)" },
  let: {
    first: "Cauchy(m, s)",
    second: "Cauchy(n, s)",
    ...between,
    coupled: "abs(quantile(first, at) - quantile(second, at))",
    distance: "W1(first, second)",
  },
})
const cauchys = family("cauchys", {
  title: "the same two laws in the Kantorovich-Rubinstein form",
  parameters: { m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)" },
  let: { mu: "Cauchy(m, s)", nu: "Cauchy(n, s)", "dual(L)": "L*(E(x, mu, x) - E(x, nu, x))", distance: "W1(mu, nu)" },
})
const heavyPareto = family("heavy-pareto", {
  title: "a Pareto law against an exponential one",
  parameters: { k: "positive(1/2, 2)", s: "real(1/2, 1)" },
  let: { first: "Pareto(k, s)", second: "Exponential(1)", ...between, "dual(L)": "L*(E(x, first, x) - E(x, second, x))" },
})
/** U(0, 1) against itself: the cyclic shift by h costs 2 h (1 - h), the identity what the diagonal costs. */
const brokenDiagonal = family("broken-diagonal", {
  title: "cost |x - y|, but `diagonal` where x = y: lower semicontinuous when that is at most 0",
  parameters: { h: "real(1/64, 1/2)", diagonal: "integer(0, 0)" },
  assume: ["diagonal <= 0"],
  let: { shifted: "E(x, Uniform(0, 1), if(x < 1 - h, h, 1 - h))" },
})
export const edgeFamilies: ReadonlyArray<Family> = [cauchyNormal, cauchyQuantiles, cauchys, heavyPareto, brokenDiagonal]

const onLine = (z: ReadonlyArray<Literal>, a: ReadonlyArray<Literal>, b: ReadonlyArray<Literal>, r: Literal = 1): Record<string, Literal> => ({
  n: z.length,
  m: z.length,
  z,
  a,
  b,
  r,
})

export const edges: ReadonlyArray<Edge> = [
  {
    name: "cauchy-against-normal",
    family: "cauchy-normal",
    step: "cdf-identity",
    parameters: { m: 0, s: 1, n: 0, r: 1 },
    expected: "divergent",
    note: "W1 is infinite: one law has a mean, the other none",
  },
  {
    name: "cauchy-translation",
    family: "cauchys",
    step: "kantorovich-rubinstein",
    parameters: { m: 0, s: 1, n: 1 },
    expected: "outside-hypotheses",
    note: "int f d mu is undefined for unbounded f",
  },
  {
    name: "cauchy-quantile-formula",
    family: "cauchy-quantiles",
    step: "cdf-identity",
    parameters: { m: 0, s: 1, n: 1, at: "7/8" },
    expected: "holds",
    note: "int |F^-1 - G^-1| = 1 although neither law has a mean",
  },
  {
    name: "squared-distance",
    family: "line-space",
    step: "kantorovich-rubinstein",
    parameters: onLine([0, 1, 2], [1, 0, 0], [0, 0, 1], 2),
    expected: "outside-hypotheses",
    note: "(x - y)^2 is no metric: the Lipschitz form gives 2, the optimal cost is 4",
  },
  {
    name: "pareto-without-mean",
    family: "heavy-pareto",
    step: "cdf-identity",
    parameters: { k: 1, s: 1 },
    expected: "divergent",
    note: "W1 is infinite for shape at most 1",
  },
  {
    name: "pareto-supremum",
    family: "heavy-pareto",
    step: "kantorovich-rubinstein",
    claim: "dual(1) == 1",
    parameters: { k: 1, s: 1 },
    expected: "divergent",
    note: "f(x) = x already makes the supremum infinite",
  },
  {
    name: "disjoint-supports",
    family: "uniforms",
    step: "kantorovich-rubinstein",
    parameters: { m: 0, s: 1, n: 5, r: 1 },
    expected: "holds",
    note: "finite, unlike KL and JS",
  },
  {
    name: "equal-scales",
    family: "normals",
    step: "closed-form",
    parameters: { m: 0, s: 1, n: 2, r: 1 },
    expected: "holds",
    note: "W1 = |dm| when ds = 0",
  },
  {
    name: "equal-laws",
    family: "line-space",
    step: "kantorovich-rubinstein",
    parameters: onLine([0, 1, 3], ["1/2", "1/4", "1/4"], ["1/2", "1/4", "1/4"]),
    expected: "holds",
    note: "both sides are 0",
  },
  {
    name: "atom-without-mass",
    family: "line-space",
    step: "strong-duality",
    parameters: onLine([0, 1, 3], ["1/2", 0, "1/2"], ["1/4", "1/2", "1/4"]),
    expected: "holds-with-note",
    claim: "price(best) == value(u - identity(n)[2], v)",
    companion: "u - identity(n)[2] == u",
    note: "the potential of an atom without mass is only bounded, not determined",
  },
  {
    name: "broken-diagonal",
    family: "broken-diagonal",
    step: "strong-duality",
    claim: "diagonal <= shifted",
    parameters: { h: "1/16", diagonal: 1 },
    expected: "outside-hypotheses",
    note: "the cost is not lower semicontinuous: small shifts cost nearly 0, no coupling costs 0",
  },
  {
    name: "concave-cost",
    family: "line-root",
    step: "monotone",
    expected: "refuted-as-exact",
    note: "crossing saves: 1 against sqrt(2)/2",
    parameters: { n: 2, m: 2, x: [0, 1], a: ["1/2", "1/2"], y: [1, 2], b: ["1/2", "1/2"] },
  },
  {
    name: "empirical-bias",
    family: "line-space",
    step: "lipschitz-bound",
    claim: "dot(a, d*a) == transport(d, a, a)",
    parameters: onLine([0, 1, 3], ["1/2", "1/4", "1/4"], ["1/2", "1/4", "1/4"]),
    expected: "refuted-as-exact",
    note: "the mean distance of one draw to its own law is positive: empirical W1 is biased upward",
  },
]
