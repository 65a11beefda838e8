/**
 * Pairs of continuous laws mu, nu on the line with finite means.
 *
 * Each defines quantile maps xi, eta that take one base law to mu and nu, F - G in a form without cancellation as -gap, and the Kantorovich potential
 * f with f' = sign(gap): where the quantile functions cross once, at c, it is -|x - c| or |x - c|; where they do not, x or -x.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const expected = (f: string): string => `E(x, mu, ${f}) - E(x, nu, ${f})`
const transported = {
  "gap(x)": "cdf(nu, x) - cdf(mu, x)",
  distance: "integral(x, -inf, inf, abs(gap(x)))",
  parts: "integral(x, -inf, inf, D(f(x), x)*gap(x))",
  cramer: "integral(x, -inf, inf, gap(x)^2)",
  coupled: "E(y, base, abs(xi(y) - eta(y)))",
  "dual(L)": `L*(${expected("f(x)")})`,
  tested: expected("abs(x - h)"),
  attained: "dual(1)",
}
const pair = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"], more: Partial<Family> = {}): Family =>
  family(name, { title, parameters: { ...parameters, h: "real(-3, 3)", at: "real(1/16, 15/16)" }, ...more, let: { ...transported, ...lets } })

/**
 * m + s Y against n + r Y: the quantile functions cross at c = (m r - n s)/(r - s), and `closed` is E|dm + ds Y|. Locations differ by 1/2 to 6, to either side:
 * the area between nearly equal graphs is dear to enclose.
 */
const scales = {
  m: "real(-4, 4)",
  side: "oneof(-1, 1)",
  n: "real(m + (13*side - 11)/4, m + (13*side + 11)/4)",
  s: "positive(1/4, 4)",
  r: "positive(1/4, 4)",
}
const shifted = (base: string, mu: string, nu: string, closed: string): Family["let"] => ({
  base,
  mu,
  nu,
  "xi(y)": "m + s*y",
  "eta(y)": "n + r*y",
  "f(x)": "if(s == r, sign(m - n)*x, sign(s - r)*abs(x - (m*r - n*s)/(r - s)))",
  dm: "abs(m - n)",
  ds: "abs(s - r)",
  closed: `if(s == r, dm, ${closed})`,
})

export const normals = pair(
  "normals",
  "two normal laws",
  scales,
  shifted("Normal(0, 1)", "Normal(m, s)", "Normal(n, r)", "ds*(sqrt(2/pi)*exp(-(dm/ds)^2/2) + dm/ds*(2*normcdf(dm/ds) - 1))"),
  {
    points: [
      { m: "1/2", s: "3/4", n: -1, r: "3/2" },
      { m: 8, s: "1/64", n: -8, r: 16 },
    ],
  },
)
export const laplaces = pair(
  "laplaces",
  "two Laplace laws",
  scales,
  shifted("Laplace(0, 1)", "Laplace(m, s)", "Laplace(n, r)", "dm + ds*exp(-dm/ds)"),
  {
    points: [{ m: 0, s: 1, n: "1/2", r: 2 }],
  },
)
export const logistics = pair(
  "logistics",
  "two logistic laws",
  scales,
  shifted("Logistic(0, 1)", "Logistic(m, s)", "Logistic(n, r)", "2*ds*softplus(dm/ds) - dm"),
)
/** The quantile difference runs linearly from m - n to its value at 1, last. */
export const uniforms = pair(
  "uniforms",
  "two uniform laws: overlapping, nested or disjoint",
  scales,
  {
    ...shifted("Uniform(0, 1)", "Uniform(m, m + s)", "Uniform(n, n + r)", "(last*abs(last) - (m - n)*abs(m - n))/(2*(s - r))"),
    last: "m + s - n - r",
  },
  { points: [{ m: 0, s: 1, n: "1/4", r: "7/4" }] },
)
/** Scales 1/s > 1/(k s): stochastically ordered. */
export const exponentials = pair(
  "exponentials",
  "two exponential laws",
  { s: "positive(1/4, 4)", k: "real(9/8, 4)" },
  {
    base: "Exponential(1)",
    mu: "Exponential(s)",
    nu: "Exponential(k*s)",
    "xi(y)": "y/s",
    "eta(y)": "y/(k*s)",
    "f(x)": "x",
    distance: "integral(x, 0, inf, abs(gap(x)))",
    parts: "integral(x, 0, inf, D(f(x), x)*gap(x))",
    closed: "abs(1/s - 1/(k*s))",
  },
  { points: [{ s: 1, k: 2 }] },
)
/** Larger start, heavier tail: stochastically ordered. Distribution functions are compared through their tails, in the logarithm l of x. */
export const paretos = pair(
  "paretos",
  "two Pareto laws with finite mean",
  { m: "positive(1/4, 4)", k: "real(1, 3)", s: "real(5/4, 5)", e: "real(1/16, 2)" },
  {
    base: "Exponential(1)",
    mu: "Pareto(k*m, s)",
    nu: "Pareto(m, s + e)",
    "xi(y)": "k*m*exp(y/s)",
    "eta(y)": "m*exp(y/(s + e))",
    "f(x)": "x",
    "logGap(l)": "exp(-s*max(0, l - log(k*m))) - exp(-(s + e)*(l - log(m)))",
    distance: "integral(l, log(m), inf, abs(logGap(l))*exp(l))",
    parts: "integral(l, log(m), inf, logGap(l)*exp(l))",
    closed: "abs(Mean(mu) - Mean(nu))",
  },
  {
    points: [
      { m: 1, k: 1, s: "3/2", e: "3/2" },
      { m: 1, k: 2, s: 2, e: "1/16" },
    ],
  },
)
/** nu is mu stretched by k > 1 about c, where the quantile functions cross. */
export const mixtures = pair(
  "mixtures",
  "a mixture of two normal laws and the same stretched about a point",
  {
    w: "simplex(2)",
    m: "vector(2, -3, 3)",
    s: "vector(2, 1/4, 2)",
    c: "real(-2, 2)",
    k: "real(5/4, 3)",
  },
  {
    base: "mu",
    mu: "Mixture(w, [Normal(m[1], s[1]), Normal(m[2], s[2])])",
    nu: "Mixture(w, [Normal(c + k*(m[1] - c), k*s[1]), Normal(c + k*(m[2] - c), k*s[2])])",
    "xi(y)": "y",
    "eta(y)": "c + k*(y - c)",
    "f(x)": "-abs(x - c)",
  },
)
/** Laws of different shape: a logistic variable y has the Laplace quantile sign(y) (softplus|y| - log 2) at its own level. */
export const laplaceLogistic = pair("laplace-logistic", "a Laplace and a logistic law", scales, {
  base: "Logistic(0, 1)",
  mu: "Laplace(m, s)",
  nu: "Logistic(n, r)",
  "xi(y)": "m + s*sign(y)*(softplus(abs(y)) - log(2))",
  "eta(y)": "n + r*y",
})
