/**
 * Classifier-free guidance, and what it is not. p the law of all data, pc that of a class c, s and s_c the scores of both under noise, P(c | x) the class
 * given a noisy point:
 *
 *   s_w = (1 - w) s + w s_c = s + w grad log P(c | x).
 *
 * The law tilted in the data, p^(1-w) pc^w, has the score s_w without noise; with noise it has another one, unless all laws are normal of one covariance.
 * For variance v of the noise q = p_v^(1-w) pc_v^w solves no heat equation:  dq/dv - q''/2 = w (1 - w)/2 (s - s_c)^2 q.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { edges, mutants } from "./guidance-mutants.ts"
import { classFamilies, pairFamilies, sameFamilies } from "./guidance-families.ts"

const CLASSES = classFamilies.map((f) => f.name)
const PAIRS = { families: pairFamilies.map((f) => f.name) }

export const classifierFreeGuidance = theorem({
  id: "diffusion/classifier-free-guidance",
  title: "Classifier-free guidance",
  statement: String.raw`s_w = (1-w)\,s_t(x) + w\,s_t(x\mid c) = s_t(x) + w\,\nabla\log p_t(c\mid x)`,
  symbols: {
    w: "guidance scale; 0 is all data, 1 the class",
    al: "signal scale",
    sg: "noise standard deviation",
    p: "law of all data",
    pc: "law of the class",
    share: "probability of the class",
    "s(x)": "score of all data under noise",
    "sc(x)": "score of the class under noise",
    "guide(x)": "guided score s_w",
    "class(x)": "probability of the class given a noisy point",
    tilted: "normal law with the density p^(1-w) pc^w, normalised",
    "st(x)": "score of the tilted law under noise",
    "q(x, v)": "p_v^(1-w) pc_v^w for noise of variance v",
  },
  hypotheses: [
    { name: "noise", statement: "a noisy point", condition: "sg > 0" },
    { name: "tilt", statement: "the tilted density can be normalised", condition: "precision > 0" },
  ],
  families: [...classFamilies, ...pairFamilies, ...sameFamilies],
  steps: [
    step("guidance", `guide(x) == s(x) + w*D(log(class(x)), x)`, "Bayes: log pc - log p is log P(c | x) and a constant", { families: CLASSES }),
    step(
      "class",
      "E(z, p, clean(z)*pdf(Normal(al*z, sg), x))/pdf(Diffused(p, al, sg), x) == class(x)",
      "the class given a noisy point is a mean over data",
      { families: CLASSES },
    ),
    step("clean", "score(tilted, x) == (1 - w)*score(p, x) + w*score(pc, x)", "without noise the tilted law has the guided score", PAIRS),
    step("slope", "w*(1 - w)*D(st(x), x) <= w*(1 - w)*D(guide(x), x)", "the noisy precision is concave in the clean one", {
      ...PAIRS,
      sharpness: "equal-variances",
    }),
    step("equal-variances", "guide(x) == st(x)", "tilting moves the mean and nothing else", { families: sameFamilies.map((f) => f.name) }),
    step(
      "residual",
      "D(q(x, v), v) - D(q(x, v), x, 2)/2 == w*(1 - w)/2*(D(l(x, v), x) - D(lc(x, v), x))^2*q(x, v)",
      "both laws solve the heat equation",
      {
        families: [...CLASSES, ...PAIRS.families],
      },
    ),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Ho, Salimans", year: 2022, where: "Classifier-free diffusion guidance, section 3" },
    { authors: "Bradley, Nakkiran", year: 2024, where: "Classifier-free guidance is a predictor-corrector, section 3" },
  ],
})
