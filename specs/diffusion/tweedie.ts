/**
 * Tweedie's formula. x = alpha x_0 + sigma eps with eps ~ N(0, I) independent of x_0; p the density of x, s = grad log p, H = grad^2 log p:
 *
 *   E[x_0 | x] = (x + sigma^2 s(x)) / alpha,   Cov[x_0 | x] = (sigma^2 / alpha^2) (I + sigma^2 H(x)),   E[eps | x] = -sigma s(x),
 *   kappa_n[x_0 | x] = (sigma^2 / alpha)^n d^n log p (n >= 3, one dimension);   Poisson noise: E[lambda | n] = (n + 1) m(n + 1) / m(n).
 *
 * No moment of x_0 is assumed: the Gaussian likelihood makes every posterior moment finite.
 */
import { step, theorem } from "../../src/core/statement.ts"
import {
  SCALAR,
  cauchy,
  dirac,
  gaussian,
  laplace,
  mixture,
  mixture2d,
  poissonAtoms,
  poissonGamma,
  poissonUniform,
  twoPoint,
  uniform,
} from "./tweedie-families.ts"
import { edges } from "./tweedie-edges.ts"
import { mutants } from "./tweedie-mutants.ts"

const MEAN = "PosteriorMean(d, al, sg, x)"
const posterior = (f: string): string => `E(z, d, ${f}*kernel(z))/E(z, d, kernel(z))`

export const tweedie = theorem({
  id: "diffusion/tweedie",
  title: "Tweedie's formula",
  statement: String.raw`\mathbb E[x_0\mid x] = \frac{x + \sigma^2\,\nabla\log p(x)}{\alpha},\qquad \operatorname{Cov}[x_0\mid x] = \frac{\sigma^2}{\alpha^2}\bigl(I + \sigma^2\nabla^2\log p(x)\bigr)`,
  symbols: {
    al: "signal scale alpha != 0",
    sg: "noise standard deviation sigma > 0",
    x: "observed point",
    d: "law of x_0",
    noisy: "law of x",
    n: "observed count",
  },
  hypotheses: [
    { name: "noise", statement: "Gaussian noise of positive scale, independent of x_0", condition: "sg > 0" },
    { name: "signal", statement: "x carries x_0", condition: "al != 0" },
  ],
  families: [gaussian, mixture, twoPoint, uniform, laplace, mixture2d, poissonAtoms, poissonGamma, poissonUniform, cauchy, dirac],
  steps: [
    step("kernel", "D(kernel(c), x) == (al*c - x)/sg^2*kernel(c)", "derivative of a normal density", {
      families: ["gaussian", "mixture", "laplace"],
    }),
    step("exchange", "D(pdf(noisy, x), x) == E(z, d, (al*z - x)/sg^2*kernel(z))", "differentiate under the integral", { families: SCALAR }),
    step("divide", `score(noisy, x) == (al*${MEAN} - x)/sg^2`, "divide by p; the mean by Bayes' rule", { families: [...SCALAR, "mixture-2d"] }),
    step("tweedie", `${MEAN} == (x + sg^2*score(noisy, x))/al`, "solve for the mean", { families: [...SCALAR, "mixture-2d"] }),
    step("covariance", "PosteriorCov(d, al, sg, x) == sg^2/al^2*(1 + sg^2*D(logpdf(noisy, x), x, 2))", "differentiate once more", {
      families: SCALAR,
    }),
    step("covariance-matrix", "PosteriorCov(d, al, sg, x) == sg^2/al^2*(identity(2) + sg^2*hessian)", "the same in two dimensions", {
      families: ["mixture-2d"],
    }),
    step(
      "third-cumulant",
      `${posterior("z^3")} - 3*${posterior("z^2")}*${MEAN} + 2*${MEAN}^3 == (sg^2/al)^3*D(logpdf(noisy, x), x, 3)`,
      "the posterior is an exponential family in al*x/sg^2",
      {
        families: ["gaussian", "mixture", "two-point", "uniform"],
      },
    ),
    step("noise", `${posterior("(x - al*z)/sg")} == -sg*score(noisy, x)`, "eps = (x - al*x_0)/sg", {
      families: ["gaussian", "mixture", "two-point", "uniform"],
    }),
    step("mean-score", "E(y, noisy, score(noisy, y)) == 0", "p vanishes at infinity", { families: ["gaussian", "mixture", "two-point"] }),
    step("mean-hessian", "E(y, noisy, D(logpdf(noisy, y), y, 2)) == -E(y, noisy, score(noisy, y)^2)", "integrate by parts", {
      families: ["gaussian", "mixture", "two-point"],
    }),
    step(
      "total-variance",
      "E(y, noisy, PosteriorCov(d, al, sg, y)) + E(y, noisy, PosteriorMean(d, al, sg, y)^2) - Mean(d)^2 == Var(d)",
      "law of total variance",
      {
        families: ["gaussian", "mixture", "two-point"],
      },
    ),
    step("robbins", "E(l, d, l*pdf(Poisson(l), n))/m(n) == (n + 1)*m(n + 1)/m(n)", "l pdf(Poisson(l), n) = (n + 1) pdf(Poisson(l), n + 1)", {
      families: ["poisson-atoms", "poisson-gamma", "poisson-uniform"],
    }),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Robbins", year: 1956, where: "An empirical Bayes approach to statistics" },
    { authors: "Miyasawa", year: 1961, where: "An empirical Bayes estimator of the mean of a normal population" },
    { authors: "Efron", year: 2011, where: "Tweedie's formula and selection bias" },
    { authors: "Meng, Song, Li, Ermon", year: 2021, where: "Estimating high order gradients of the data distribution by denoising" },
  ],
})
