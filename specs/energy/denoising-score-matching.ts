/**
 * Denoising score matching. y = x + sigma eps with x ~ d and eps ~ N(0, 1) independent; t(x, y) = grad_y log q(y | x) = (x - y)/sigma^2,
 * s the score of the law of y, psi a model of it:
 *
 *   DSM = E(psi - t)^2 / 2,   ESM = E(psi - s)^2 / 2,   DSM = ESM + C,   C = (1/sigma^2 - E s^2)/2 = E Var(t | y)/2 >= 0  (free of psi).
 *
 * The minimiser is the score of the noised law, not that of d.
 */
import { family, mutant, step, theorem } from "../../src/core/statement.ts"
import type { Family, Literal, Point } from "../../src/core/statement.ts"
import { atoms, mixture, normal as normalData } from "../diffusion/data-laws.ts"
import type { DataLaw } from "../diffusion/data-laws.ts"

const setting = (name: string, title: string, { parameters, law }: DataLaw, bend: string): Family =>
  family(name, {
    title,
    parameters: { ...parameters, sg: "positive(1/4, 4)", a: "real(-2, 2)", b: "real(-1, 1)", c: "real(-1, 1)" },
    let: {
      d: law,
      noisy: "Diffused(d, 1, sg)",
      "target(z, y)": "(z - y)/sg^2",
      "psi(y)": `a*y + b + c*${bend}`,
      dsm: "E(z, d, E(y, Normal(z, sg), (psi(y) - target(z, y))^2))/2",
      esm: "E(y, noisy, (psi(y) - score(noisy, y))^2)/2",
      constant: "(1/sg^2 - E(y, noisy, score(noisy, y)^2))/2",
    },
  })
const normal = (r: Literal, sg: Literal, m: Literal, model: readonly [Literal, Literal, Literal]): Point => {
  const [a, b, c] = model
  return { family: "gaussian", parameters: { m, r, sg, a, b, c } }
}

const AFFINE = "E(z, d, E(y, Normal(z, sg), target(z, y)*(y - Mean(d))))/E(z, d, E(y, Normal(z, sg), (y - Mean(d))^2))"

export const denoisingScoreMatching = theorem({
  id: "energy/denoising-score-matching",
  title: "Denoising score matching",
  statement: String.raw`\tfrac12\mathbb E\bigl\|\psi(\tilde x) - \nabla_{\tilde x}\log q_\sigma(\tilde x\mid x)\bigr\|^2 = \tfrac12\mathbb E\bigl\|\psi(\tilde x) - \nabla\log q_\sigma(\tilde x)\bigr\|^2 + C,\qquad C = \tfrac12\Bigl(\frac d{\sigma^2} - \mathbb E\|\nabla\log q_\sigma\|^2\Bigr)`,
  symbols: {
    d: "law of the data x",
    sg: "noise standard deviation sigma > 0",
    noisy: "law of y = x + sigma eps",
    "psi(y)": "model of the score, with parameters a, b and c",
    "target(z, y)": "score of the noise kernel at y, given x = z",
    constant: "C",
  },
  hypotheses: [{ name: "noise", statement: "Gaussian noise of positive scale, independent of the data", condition: "sg > 0" }],
  families: [
    setting("gaussian", "normal data, quadratic model", normalData, "y^2"),
    setting("mixture", "mixture of two normals, quadratic model", mixture, "y^2"),
    setting("atoms", "two atoms, affine model plus tanh", atoms, "tanh(y)"),
  ],
  steps: [
    step("cross-term", "E(z, d, E(y, Normal(z, sg), psi(y)*target(z, y))) == E(y, noisy, psi(y)*score(noisy, y))", "the score of y is E[t | y]"),
    step("constant", "constant == E(y, noisy, PosteriorCov(d, 1, sg, y))/sg^4/2", "E t^2 = 1/sg^2, and t is affine in x"),
    step("gap", "dsm - esm == constant", "expand the squares"),
    step("gradient", "[D(dsm, a), D(dsm, b), D(dsm, c)] == [D(esm, a), D(esm, b), D(esm, c)]", "the gap is free of the model"),
    step("lower-bound", "dsm >= constant", "ESM >= 0, and 0 for the score of the noised law only", { sharpness: "gap" }),
    step("best-slope", `${AFFINE} == -1/(Var(d) + sg^2)`, "least squares: the best affine model has the variance of y"),
  ],
  mutants: [
    mutant("no-constant", "gap", "dsm - esm == 0", {
      families: ["gaussian"],
      visible: normal(1, "1/2", "1/2", ["-3/4", "1/4", 0]),
      unlucky: normal(1, 16, 0, ["-3/4", "1/4", 0]),
    }),
    mutant("clean-score-optimal", "best-slope", `${AFFINE} == -1/Var(d)`, {
      visible: normal(1, 1, 0, [0, 0, 0]),
      unlucky: normal(1, "1/100", 0, [0, 0, 0]),
    }),
    mutant("eps-over-sigma2", "cross-term", "E(z, d, E(y, Normal(z, sg), psi(y)*target(z, y)/sg)) == E(y, noisy, psi(y)*score(noisy, y))", {
      visible: normal(1, "1/2", "1/2", ["-3/4", "1/4", 0]),
      unlucky: normal(1, 1, "1/2", ["-3/4", "1/4", 0]),
    }),
    mutant("sign", "gap", "E(z, d, E(y, Normal(z, sg), (psi(y) + target(z, y))^2))/2 - esm == constant", {
      families: ["gaussian"],
      visible: normal(1, "1/2", "1/2", ["-3/4", "1/4", 0]),
      unlucky: normal(1, "1/2", "1/2", [0, 0, 0]),
    }),
    mutant("half-constant", "gap", "dsm - esm == constant/2", {
      families: ["gaussian"],
      visible: normal(1, "1/2", "1/2", ["-3/4", "1/4", 0]),
      unlucky: normal(1, 16, 0, ["-3/4", "1/4", 0]),
    }),
  ],
  edges: [
    {
      name: "no-noise",
      family: "gaussian",
      step: "gap",
      parameters: { m: 0, r: 1, sg: 0, a: -1, b: 0, c: 0 },
      expected: "outside-hypotheses",
      note: "the target has no variance at sigma = 0: C ~ 1/(2 sigma^2) is infinite",
    },
    {
      name: "little-noise",
      family: "gaussian",
      step: "gap",
      parameters: { m: 0, r: 1, sg: "1/1000", a: -1, b: 0, c: 0 },
      expected: "holds",
      note: "C = 499999.5 hides an ESM of 5e-13: equal in value, useless as an estimate",
    },
  ],
  sources: [
    { authors: "Vincent", year: 2011, where: "A connection between score matching and denoising autoencoders, equation 11" },
    { authors: "Song, Ermon", year: 2019, where: "Generative modeling by estimating gradients of the data distribution, equation 5" },
  ],
})
