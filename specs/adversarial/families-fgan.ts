/**
 * Settings of the f-GAN bounds: a generator f with its conjugate on tables, and pairs p, q whose cumulant function log E_q exp(c x) is known.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

/** f and its conjugate; tau maps the line into the domain of the conjugate, value is D_f(p || q) as a named divergence. */
const pair = (name: string, title: string, f: string, conjugate: string, tau: string, value: string): Family =>
  family(name, {
    title,
    parameters: { a: "simplex(3)", b: "simplex(3)", v: "vector(3, -3, 3)", u: "positive(1/16, 16)" },
    assume: ["a[1]*a[2]*a[3] > 0", "b[1]*b[2]*b[3] > 0", "u != 1", "(a[1] - b[1])*(a[2] - b[2])*(a[3] - b[3]) != 0"],
    let: {
      p: "Categorical(a)",
      q: "Categorical(b)",
      "f(u)": f,
      "conjugate(t)": conjugate,
      "tau(r)": tau,
      value,
      "slope(u)": "D(f(u), u)",
      "dual(k, s)": "a[k]*s - b[k]*conjugate(s)",
      divergence: "total(k, 1, 3, b[k]*f(a[k]/b[k]))",
      tested: "total(k, 1, 3, dual(k, tau(v[k])))",
      best: "total(k, 1, 3, dual(k, slope(a[k]/b[k])))",
      swapped: "total(k, 1, 3, b[k]*slope(b[k]/a[k]) - a[k]*conjugate(slope(b[k]/a[k])))",
    },
  })
export const pairs = [
  pair("kl", "Kullback-Leibler", "u*log(u)", "exp(t - 1)", "r", "KL(p, q)"),
  pair("reverse-kl", "reverse Kullback-Leibler", "-log(u)", "-1 - log(-t)", "-exp(r)", "KL(q, p)"),
  pair("pearson", "Pearson", "(u - 1)^2", "if(t >= -2, t + t^2/4, -1)", "r", "ChiSquare(p, q)"),
  pair("neyman", "Neyman", "(1 - u)^2/u", "2 - 2*sqrt(1 - t)", "1 - exp(r)", "ChiSquare(q, p)"),
  pair("hellinger", "squared Hellinger", "(sqrt(u) - 1)^2", "t/(1 - t)", "1 - exp(r)", "2*Hellinger2(p, q)"),
  pair("gan", "the value of the original game", "u*log(u) - (u + 1)*log(u + 1)", "-log(1 - exp(t))", "-exp(r)", "2*JS(p, q) - 2*log(2)"),
  pair("twice-js", "twice Jensen-Shannon", "u*log(u) - (u + 1)*log((u + 1)/2)", "-log(2 - exp(t))", "log(2) - exp(r)", "2*JS(p, q)"),
  pair("total-variation", "total variation", "abs(u - 1)/2", "t", "tanh(r)/2", "TV(p, q)"),
]

/** Critic c x + d; cumulant(c) = log E_q exp(c x). */
const affine = (name: string, title: string, parameters: Family["parameters"], laws: Family["let"], assume: ReadonlyArray<string> = []): Family =>
  family(name, {
    title,
    parameters: { ...parameters, c: "real(-2, 2)", d: "real(-2, 2)" },
    assume,
    let: {
      ...laws,
      "T(x)": "c*x + d",
      "ratio(x)": "pdf(p, x)/pdf(q, x)",
      nwj: "E(x, p, T(x)) - E(x, q, exp(T(x) - 1))",
      dv: "E(x, p, T(x)) - log(E(x, q, exp(T(x))))",
      // The critic moved by a constant, to E_q exp(T - 1) = 1.
      constant: "1 - log(E(x, q, exp(T(x))))",
      moved: "E(x, p, T(x) + constant) - E(x, q, exp(T(x) + constant - 1))",
      pearson: "E(x, p, T(x)) - E(x, q, T(x) + T(x)^2/4)",
      chi2: "ChiSquare(p, q)",
    },
  })
const normals = affine(
  "normals",
  "normal laws of the same variance",
  { n: "real(-2, 2)", m: "real(-2, 2)", s: "positive(1/2, 2)" },
  { p: "Normal(n, s)", q: "Normal(m, s)", "cumulant(c)": "c*m + c^2*s^2/2" },
)
const exponentials = affine(
  "exponentials",
  "exponential laws",
  { l: "positive(1/2, 4)", r: "positive(1/2, 4)" },
  { p: "Exponential(l)", q: "Exponential(r)", "cumulant(c)": "-log(1 - c/r)" },
  ["c <= 7*r/8", "l >= 5*r/8"],
)
const poissons = affine(
  "poissons",
  "Poisson laws",
  { l: "positive(1/4, 4)", r: "positive(1/4, 4)" },
  { p: "Poisson(l)", q: "Poisson(r)", "cumulant(c)": "r*(exp(c) - 1)" },
)
export const critics = [normals, exponentials, poissons]
