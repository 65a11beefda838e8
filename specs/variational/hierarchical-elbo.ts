/**
 * The evidence bound of a chain of latents, p(z_L) prod p(z_l | z_{l+1}), with a top-down q(z_L | x) prod q(z_l | z_{l+1}, x):
 *
 *   L = E log p(x|z_1) - KL(q(z_L|x) || p(z_L)) - sum_{l < L} E_{q(z_{l+1}|x)} KL(q(z_l|z_{l+1}, x) || p(z_l|z_{l+1})),
 *   log p(x) - L = KL(q(z_{1:L}|x) || p(z_{1:L}|x)).
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"
import { tables, threeLevel, twoLevel } from "./hierarchical-families.ts"

const parameters: Readonly<Record<string, Literal>> = { r: 1, s: 1, x: 1, m2: "1/2", v2: 1, c: 0, d: 0, v1: 1 }
const at = (more: Readonly<Record<string, Literal>>) => ({ family: "two-level", parameters: { ...parameters, ...more } })
const coded = { families: ["two-level", "tables"] }
const BOTTOM_UP = "logpdf(Normal(y, s), x) + logpdf(p1(z), y) + logpdf(p2, z) - logpdf(q2, y) - logpdf(q1(y), z)"

export const hierarchicalElbo = theorem({
  id: "variational/hierarchical-elbo",
  title: "Evidence lower bound of hierarchical latents",
  statement: String.raw`\mathcal L = \mathbb E\log p(x\mid z_1) - \operatorname{KL}\bigl(q(z_L\mid x)\,\|\,p(z_L)\bigr) - \sum_{l<L}\mathbb E_{q(z_{l+1}\mid x)}\operatorname{KL}\bigl(q(z_l\mid z_{l+1},x)\,\|\,p(z_l\mid z_{l+1})\bigr)`,
  symbols: {
    x: "observation",
    elbo: "the bound",
    top: "divergence of the top level",
    inner: "mean divergence of the levels below",
    joint: "q(z_{1:L} | x)",
    posterior: "p(z_{1:L} | x)",
  },
  hypotheses: [{ name: "dominated", statement: "q(z | x) << p(z | x), and every term is finite" }],
  families: [twoLevel, threeLevel, tables],
  steps: [
    step("split", "elbo == reconstruction - top - inner", "the log ratio is a sum over levels"),
    step("chain-rule", "KL(joint, priors) == top + inner", "chain rule of the divergence"),
    step("gap", "logEvidence - elbo == KL(joint, posterior)", "p(x, z) = p(x) p(z|x)"),
    step("bound", "elbo <= logEvidence", "a divergence is not negative, and 0 at the joint posterior", { sharpness: "gap" }),
  ],
  mutants: [
    mutant("no-outer-expectation", "split", "elbo == reconstruction - top - level(Mean(q2))", {
      families: ["two-level"],
      visible: at({}),
      unlucky: at({ c: "99/100", v2: "1/10" }),
    }),
    mutant("prior-unconditional", "split", "elbo == reconstruction - top - unconditional", {
      ...coded,
      visible: at({ r: "1/2" }),
      unlucky: at({ r: 4 }),
    }),
    mutant("drop-top-kl", "split", "elbo == reconstruction - inner", { visible: at({ m2: 1 }), unlucky: at({ m2: 0 }) }),
    mutant("sum-of-marginal-kls", "chain-rule", "KL(joint, priors) == top + marginals", {
      ...coded,
      visible: at({}),
      unlucky: { family: "tables", parameters: { a: "1/3", b: ["1/4", "1/4"], l: ["1/2", "1/4"], f: "1/2", g: ["1/3", "1/3"] } },
    }),
  ],
  edges: [
    {
      name: "bottom-up",
      family: "two-level",
      step: "split",
      claim: `E(y, q2, E(z, q1(y), ${BOTTOM_UP})) == E(y, q2, logpdf(Normal(y, s), x) + E(z, q1(y), logpdf(p1(z), y)) - KL(q1(y), p2)) + Entropy(q2)`,
      parameters,
      expected: "holds",
      note: "for q(z1|x) q(z2|z1) the terms are others: the top prior meets q(z2|z1)",
    },
    {
      name: "deterministic-level",
      family: "two-level",
      step: "split",
      parameters: { ...parameters, v1: 0 },
      expected: "undefined",
      note: "q(z1|z2) has no density",
    },
  ],
  sources: [
    { authors: "Sonderby, Raiko, Maaloe, Sonderby, Winther", year: 2016, where: "Ladder variational autoencoders, section 2" },
    { authors: "Vahdat, Kautz", year: 2020, where: "NVAE, equation 1" },
    { authors: "Ho, Jain, Abbeel", year: 2020, where: "Denoising diffusion probabilistic models, equation 3" },
  ],
})
