/**
 * The critic of a Wasserstein GAN. If pi is optimal for W1(p, q) and f is 1-Lipschitz and optimal in sup E_p f - E_q f, then for (x, y) ~ pi, x != y:
 *
 *   f(x) - f(y) = |x - y|,   f(t x + (1 - t) y) = t f(x) + (1 - t) f(y),   f(x) - |x - z| <= f(z) <= f(y) + |z - y|,
 *   so that grad f = (x - y)/|x - y| on the segment wherever f is differentiable. Off the segments nothing is claimed.
 *
 * With the penalty lam E (|f'| - 1)^2 between laws h apart on the line, the best slope is 1 + h/(2 lam), not 1.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Point } from "../../src/core/statement.ts"
import { costFunctions } from "../transport/costs.ts"
import { solutionFunctions } from "../transport/solutions.ts"
import { discrete, gap, penalties, translations } from "./families-critic.ts"

const names = (list: ReadonlyArray<{ readonly name: string }>): ReadonlyArray<string> => list.map((f) => f.name)
const ATOMS = names(discrete)
const TRANSLATIONS = names(translations)
const PENALTIES = names(penalties)
const diracs = (h: string | number, lam: string | number, more: Record<string, string | number> = {}): Point => ({
  family: "diracs",
  parameters: { h, lam, s: 1, c: 1, ...more },
})
const moved = (h: ReadonlyArray<number>): Point => ({ family: "translation-2", parameters: { h, x: [1, 1], t: "1/2", w: [1, 0] } })

export const wganGpGradientNorm = theorem({
  id: "adversarial/wgan-gp-gradient-norm",
  title: "Gradient of the optimal critic on transport segments",
  statement: String.raw`\nabla f^*(tx+(1-t)y) = \frac{x-y}{\|x-y\|}\quad\pi^*\text{-almost surely};\qquad \arg\max_s\; s\,h-\lambda(s-1)^2 = 1+\frac{h}{2\lambda}`,
  symbols: {
    x: "point of the data",
    y: "point of the generator",
    plan: "optimal coupling for W1",
    critic: "optimal 1-Lipschitz f",
    t: "place on the segment from y to x",
    h: "translation",
    lam: "weight of the penalty",
    s: "slope of the critic",
  },
  hypotheses: [{ name: "apart", statement: "x != y under the coupling", condition: "norm2(h) > 0" }],
  functions: { ...costFunctions, ...solutionFunctions },
  families: [...discrete, ...translations, ...penalties, gap],
  steps: [
    step("optimal", "value == cost", "duality", { families: ATOMS }),
    step("rise", "support(plan, rise) == support(plan, C)", "complementary slackness", { families: ATOMS }),
    step("linear", "support(plan, along) == support(plan, chord)", "f rises by |x - y|, and by at most the length on either part", {
      families: ATOMS,
    }),
    step("sandwich-below", "support(plan, below) <= support(plan, here)", "f is 1-Lipschitz", { families: ATOMS, sharpness: "rise" }),
    step("sandwich-above", "support(plan, here) <= support(plan, above)", "f is 1-Lipschitz", { families: ATOMS, sharpness: "rise" }),
    step("tangent-below", "coneBelow(0) == dot(w, h)/norm(h)", "derivative of -|x - z| in the direction w", { families: TRANSLATIONS }),
    step("tangent-above", "coneAbove(0) == dot(w, h)/norm(h)", "derivative of |z - y| in the direction w: the same", { families: TRANSLATIONS }),
    step("gradient", "grad(critic(w), w) == (x - y)/norm(x - y)", "f lies between the cones", { families: TRANSLATIONS }),
    step("attained", "dot(Mean(p) - Mean(q), h)/norm(h) == W2(p, q)", "W1 <= W2, and the translation attains both", { families: TRANSLATIONS }),
    step("penalised", "slope(optimum) == 0", "a quadratic in the slope", { families: PENALTIES }),
    step("newton", "1 - slope(1)/curvature(1) == optimum", "one step from slope 1", { families: PENALTIES }),
    step("clipping", "clipped == c*W1(p, q)", "a linear critic with |s| <= c", { families: PENALTIES }),
  ],
  mutants: [
    mutant("norm-1-everywhere", "optimal", "abs(D(critic(z), z)) == 1", {
      families: ["gap"],
      visible: { family: "gap", parameters: { r: 0, z: 2 } },
    }),
    mutant("gp-exact-for-finite-lambda", "newton", "1 - slope(1)/curvature(1) == 1", { visible: diracs(2, 10), unlucky: diracs("1/100", 10) }),
    mutant("clipping-gives-1", "clipping", "clipped == W1(p, q)", { visible: diracs(1, 1, { c: "1/100" }), unlucky: diracs(1, 1) }),
    mutant("direction-reversed", "gradient", "grad(critic(w), w) == (y - x)/norm(x - y)", { visible: moved([1, 2]) }),
  ],
  edges: [
    {
      name: "equal-laws",
      family: "translation-2",
      step: "gradient",
      parameters: { h: [0, 0], x: [1, 1], t: "1/2", w: [1, 0] },
      expected: "outside-hypotheses",
      note: "constants are optimal: no direction",
    },
    {
      name: "flat-gap",
      family: "gap",
      step: "optimal",
      claim: "E(z, p, critic(z)) - E(z, q, critic(z)) == W1(p, q)",
      parameters: { r: 0, z: 2 },
      expected: "holds",
      note: "a critic of slope 0 on the gap is optimal too",
    },
  ],
  sources: [
    { authors: "Gulrajani et al.", year: 2017, where: "Improved training of Wasserstein GANs, Proposition 1 and Corollary 1" },
    { authors: "Villani", year: 2009, where: "Optimal transport: old and new, chapter 5" },
    { authors: "Kodali et al.", year: 2017, where: "On convergence and stability of GANs" },
  ],
})
