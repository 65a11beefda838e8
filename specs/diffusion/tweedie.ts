/**
 * Tweedie's formula. x = alpha x_0 + sigma eps with eps ~ N(0, I) independent of x_0; p the density of x, s = grad log p, H = grad^2 log p:
 *
 *   E[x_0 | x] = (x + sigma^2 s(x)) / alpha,   Cov[x_0 | x] = (sigma^2 / alpha^2) (I + sigma^2 H(x)),   E[eps | x] = -sigma s(x).
 *
 * No moment of x_0 is assumed: the Gaussian likelihood makes every posterior moment finite.
 */
import { family, mutant, step, theorem } from "../../src/core/statement.ts"

const scales = { al: "real(1/10, 1)", sg: "positive(1/8, 4)" }
const channel = { noisy: "Diffused(d, al, sg)", "kernel(z)": "pdf(Normal(al*z, sg), x)" }

const gaussian = family("gaussian", {
  parameters: { m: "real(-4, 4)", r: "positive(1/8, 4)", ...scales, x: "real(-5, 5)" },
  let: { d: "Normal(m, r)", ...channel },
})
const mixture = family("mixture", {
  parameters: { w: "simplex(2)", m: "vector(2, -3, 3)", r: "vector(2, 1/8, 2)", ...scales, x: "real(-5, 5)" },
  let: { d: "Mixture(w, [Normal(m[1], r[1]), Normal(m[2], r[2])])", ...channel },
  points: [{ w: ["1/4", "3/4"], m: [-2, 1], r: ["1/2", "1/4"], al: "3/4", sg: "1/2", x: "-1/2" }],
})
const twoPoint = family("two-point", {
  parameters: { q: "real(1/16, 15/16)", ...scales, x: "real(-3, 3)" },
  let: { d: "Discrete([-1, 1], [1 - q, q])", ...channel },
})
const uniform = family("uniform", {
  parameters: { a: "real(-2, 2)", b: "positive(1/4, 4)", ...scales, x: "real(-4, 4)" },
  let: { d: "Uniform(a, a + b)", ...channel },
})

export const tweedie = theorem({
  id: "diffusion/tweedie",
  title: "Tweedie's formula",
  statement: String.raw`\mathbb E[x_0\mid x] = \frac{x + \sigma^2\,\nabla\log p(x)}{\alpha}`,
  symbols: { al: "signal scale, al != 0", sg: "noise standard deviation, sg > 0", x: "observed point", d: "law of x_0" },
  hypotheses: [
    { name: "noise", statement: "Gaussian noise of positive scale", condition: "sg > 0" },
    { name: "signal", statement: "x carries x_0", condition: "al != 0" },
  ],
  families: [gaussian, mixture, twoPoint, uniform],
  steps: [
    step("exchange", "D(pdf(noisy, x), x) == E(z, d, (al*z - x)/sg^2*kernel(z))", "differentiate under the integral"),
    step("divide", "score(noisy, x) == (al*PosteriorMean(d, al, sg, x) - x)/sg^2", "divide by p"),
    step("tweedie", "PosteriorMean(d, al, sg, x) == (x + sg^2*score(noisy, x))/al", "solve for the mean"),
    step("covariance", "PosteriorCov(d, al, sg, x) == sg^2/al^2*(1 + sg^2*D(logpdf(noisy, x), x, 2))", "differentiate once more"),
  ],
  mutants: [
    mutant("sigma-not-squared", "tweedie", "PosteriorMean(d, al, sg, x) == (x + sg*score(noisy, x))/al"),
    mutant("sign", "tweedie", "PosteriorMean(d, al, sg, x) == (x - sg^2*score(noisy, x))/al"),
  ],
  sources: [
    { authors: "Robbins", year: 1956, where: "An empirical Bayes approach to statistics" },
    { authors: "Efron", year: 2011, where: "Tweedie's formula and selection bias" },
  ],
})
