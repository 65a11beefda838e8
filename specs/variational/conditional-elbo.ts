/**
 * The evidence bound given a condition c (a class, a caption): for every c with p(c) > 0 and every q(z|x, c),
 *
 *   log p(x|c) >= L(c) = E_q log p(x|z, c) - KL(q(z|x, c) || p(z|c)),   gap KL(q(z|x, c) || p(z|x, c)),
 *
 * and in the mean over p(x, c) the bound of -H(x|c) with the mean gap.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"
import { gaussian, mixed, tables } from "./conditional-families.ts"

const unit: Readonly<Record<string, Literal>> = { w: ["1/2", "1/2"], c: 1, b: [0, 0], a: 1, s: 1, x: 1, t: 0, v: [1, 1] }
const at = (m: Literal, more: Readonly<Record<string, Literal>> = {}) => ({
  family: "gaussian",
  parameters: { ...unit, mu: [m, `-${m}`], m: [m, `-${m}`], ...more },
})
const table = (p: Literal, l: Literal) => ({ family: "tables", parameters: { w: ["1/2", "1/2"], c: 1, p, l, r: l, x: 1 } })
const weighted = (w: string, rest: string) => at("1", { w: [w, rest] })

export const conditionalElbo = theorem({
  id: "variational/conditional-elbo",
  title: "Evidence lower bound given a condition",
  statement: String.raw`\log p(x\mid c) \ge \mathbb E_{q(z\mid x,c)}\log p(x\mid z,c) - \operatorname{KL}\bigl(q(z\mid x,c)\,\|\,p(z\mid c)\bigr)`,
  symbols: { x: "observation", c: "condition, p(c) > 0", w: "probabilities p(c)", q: "encoder q(z|x, c)", evidence: "p(x|c)" },
  hypotheses: [{ name: "condition", statement: "c occurs", condition: "w[c] > 0" }],
  families: [gaussian, tables, mixed],
  steps: [
    step("split", "elbo == reconstruction - KL(q(x, c), prior(c))", "log of a product"),
    step("gap", "logpdf(evidence(c), x) - elbo == KL(q(x, c), posterior(x, c))", "p(x, z|c) = p(x|c) p(z|x, c)"),
    step("bound", "elbo <= logpdf(evidence(c), x)", "a divergence is not negative", { sharpness: "tight" }),
    step("tight", "elboOf(posterior(x, c), x, c) == logpdf(evidence(c), x)", "at q = p(z|x, c)"),
    step("average", "average <= -conditionalEntropy", "the mean of the bounds", { sharpness: "average-gap" }),
    step("average-gap", "-conditionalEntropy - average == averageGap", "the mean of the gaps"),
  ],
  mutants: [
    mutant("prior-unconditional", "split", "elbo == reconstruction - KL(q(x, c), marginal)", { visible: at("1"), unlucky: at("1/100") }),
    mutant("encoder-ignores-c", "tight", "elboOf(pooled, x, c) == logpdf(evidence(c), x)", {
      families: ["tables"],
      visible: table(
        ["1/4", "3/4"],
        [
          ["1/4", "3/4"],
          ["1/2", "1/8"],
        ],
      ),
      unlucky: table(
        ["1/4", "1/4"],
        [
          ["1/4", "3/4"],
          ["1/4", "3/4"],
        ],
      ),
    }),
    mutant("bounds-joint", "bound", "elboOf(posterior(x, c), x, c) <= logpdf(evidence(c), x) + log(w[c])", {
      visible: weighted("1/10", "9/10"),
      unlucky: weighted("999/1000", "1/1000"),
    }),
    mutant("gap-prior", "gap", "logpdf(evidence(c), x) - elbo == KL(q(x, c), prior(c))", {
      visible: at("1", { m: [0, 0] }),
      unlucky: at("1", { a: 0, m: [0, 0] }),
    }),
  ],
  edges: [
    {
      name: "impossible-class",
      family: "gaussian",
      step: "bound",
      parameters: weighted("0", "1").parameters,
      expected: "outside-hypotheses",
      note: "p(x|c) is not defined where p(c) = 0",
    },
  ],
  sources: [
    {
      authors: "Sohn, Lee, Yan",
      year: 2015,
      where: "Learning structured output representation using deep conditional generative models, equation 4",
    },
  ],
})
