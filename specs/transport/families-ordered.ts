/**
 * More pairs of continuous laws on the line: ordered ones, a mixture and its dilation, and two laws of different shape.
 */
import type { Family } from "../../src/core/statement.ts"
import { pair, scales } from "./families-line.ts"

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
    parts: "integral(x, 0, inf, slope(x)*gap(x))",
    closed: "abs(1/s - 1/(k*s))",
  },
  { points: [{ s: 1, k: 2 }] },
)
/** Larger start, heavier tail: stochastically ordered. Distribution functions are compared through their tails, in the logarithm l of x. */
export const paretos = pair(
  "paretos",
  "two Pareto laws with finite mean",
  { m: "positive(1/4, 4)", k: "real(1, 3)", s: "real(5/4, 5)", e: "real(1/4, 2)" },
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

export const orderedFamilies: ReadonlyArray<Family> = [exponentials, paretos, mixtures, laplaceLogistic]
