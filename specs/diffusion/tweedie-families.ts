/**
 * Families of Tweedie's formula: d is the law of x_0, noisy that of x = al x_0 + sg eps, kernel(z) the density of x given x_0 = z.
 */
import { family } from "../../src/core/statement.ts"

const scales = { al: "real(1/10, 1)", sg: "positive(1/8, 4)" }
const channel = { noisy: "Diffused(d, al, sg)", "kernel(z)": "pdf(Normal(al*z, sg), x)" }

/** Integrals over z see p(x) as a sum of doubles; an x this far out would underflow in them. */
const seen = ["pdf(noisy, x) >= 1e-100"]

/** The one-dimensional families in which every step of the formula itself is checked. */
export const SCALAR = ["gaussian", "mixture", "two-point", "uniform", "laplace"]

export const gaussian = family("gaussian", {
  title: "normal prior",
  parameters: { m: "real(-4, 4)", r: "positive(1/8, 4)", c: "real(-2, 2)", ...scales, x: "real(-5, 5)" },
  assume: seen,
  let: { d: "Normal(m, r)", ...channel },
})
export const mixture = family("mixture", {
  title: "mixture of two normals",
  parameters: { w: "simplex(2)", m: "vector(2, -3, 3)", r: "vector(2, 1/8, 2)", c: "real(-2, 2)", ...scales, x: "real(-5, 5)" },
  assume: seen,
  let: { d: "Mixture(w, [Normal(m[1], r[1]), Normal(m[2], r[2])])", ...channel },
  points: [{ w: ["1/4", "3/4"], m: [-2, 1], r: ["1/2", "1/4"], al: "3/4", sg: "1/2", x: "-1/2" }],
})
export const twoPoint = family("two-point", {
  title: "prior on -1 and 1: the mean is tanh(al x / sg^2) for equal weights",
  parameters: { q: "real(1/16, 15/16)", ...scales, x: "real(-3, 3)" },
  assume: seen,
  let: { d: "Discrete([-1, 1], [1 - q, q])", ...channel },
})
export const uniform = family("uniform", {
  title: "uniform prior: a truncated normal posterior",
  parameters: { a: "real(-2, 2)", b: "positive(1/4, 4)", ...scales, x: "real(-4, 4)" },
  assume: seen,
  let: { d: "Uniform(a, a + b)", ...channel },
})
export const laplace = family("laplace", {
  title: "Laplace prior",
  parameters: { m: "real(-2, 2)", b: "positive(1/4, 4)", c: "real(-2, 2)", ...scales, x: "real(-4, 4)" },
  assume: seen,
  let: { d: "Laplace(m, b)", ...channel },
})
export const mixture2d = family("mixture-2d", {
  title: "mixture of two correlated normals in the plane",
  parameters: { w: "simplex(2)", m: "matrix(2, 2, -2, 2)", A: "spd(2, 1/10, 4)", B: "spd(2, 1/10, 4)", ...scales, x: "vector(2, -3, 3)" },
  let: {
    d: "Mixture(w, [MvNormal(m[1], A), MvNormal(m[2], B)])",
    noisy: "Diffused(d, al, sg)",
    hessian: "[grad(score(noisy, x)[1], x), grad(score(noisy, x)[2], x)]",
  },
})
const counts = { "m(k)": "E(l, d, pdf(Poisson(l), k))" }
export const poissonAtoms = family("poisson-atoms", {
  title: "Poisson counts, rate on three atoms",
  parameters: { w: "simplex(3)", l: "vector(3, 1/4, 8)", n: "integer(0, 12)" },
  let: { d: "Discrete(l, w)", ...counts },
})
export const poissonGamma = family("poisson-gamma", {
  title: "Poisson counts, Gamma rate",
  parameters: { a: "positive(1/2, 10)", b: "positive(1/4, 4)", n: "integer(0, 12)" },
  let: { d: "Gamma(a, b)", ...counts },
})
export const poissonUniform = family("poisson-uniform", {
  title: "Poisson counts, uniform rate",
  parameters: { a: "positive(1/4, 2)", b: "positive(1/4, 4)", n: "integer(0, 12)" },
  let: { d: "Uniform(a, a + b)", ...counts },
})
/** Degenerate priors, used by edge cases. */
export const cauchy = family("cauchy", {
  title: "Cauchy prior, without moments",
  parameters: { m: "real(-2, 2)", r: "positive(1/2, 2)", ...scales, x: "real(-4, 4)" },
  let: { d: "Cauchy(m, r)", ...channel },
})
export const dirac = family("dirac", {
  title: "a single atom",
  parameters: { c: "real(-2, 2)", ...scales, x: "real(-4, 4)" },
  let: { d: "Dirac(c)", ...channel },
})
