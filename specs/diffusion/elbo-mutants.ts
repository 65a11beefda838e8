/**
 * False variants of the decomposition of DDPM's bound, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

/** beta_2 = 1/10, abar_2 = 1/2, where tilde beta_2 = 4/45 and the weight at that variance is 1/8; x_0 = 0. */
const at = (v: Literal, c: Literal): Point => ({
  family: "affine-noise",
  parameters: { b: ["4/9", "1/10", "1/2", "1/2", "1/2"], t: 2, x0: 0, v, c, k: 0 },
})
const chain = { T: 3, b: ["1/4", "1/2", "1/2", "1/2"], c: ["7/8", "3/4", "3/4", 0], d: ["1/16", 0, "1/8", 0], tau: ["1/2", "1/2", "3/4", 1], x0: 1 }

export const mutants: ReadonlyArray<Mutant> = [
  mutant("no-half-weight", "weight", "term(v) == 2*weight(v)*simple + constant", { visible: at("4/45", 0), unlucky: at("4/45", "7/5") }),
  mutant("weight-one", "weight", "term(v) == simple + constant", { visible: at("4/45", 0), unlucky: at("1/90", 0) }),
  mutant("sigma-not-squared", "weight", "term(v) == weight(sqrt(v))*simple + constant", { visible: at("4/45", 0), unlucky: at(1, 0) }),
  mutant(
    "unconditional-posterior",
    "telescoping",
    "direct == -(priorTerm + total(t, 2, T, E(y, marginal(t), KL(reverse(t, y), model(t, y)))) + reconstruction)",
    { visible: { family: "affine", parameters: chain } },
  ),
  mutant("snr-order", "snr-form", "term(betaTilde(t)) == (snr(t) - snr(t - 1))/2*dataLoss", { visible: at("4/45", 0) }),
  mutant("bound-above", "bound", "bound >= logpdf(marginalModel, x0)", { visible: { family: "affine", parameters: chain } }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "first-posterior",
    family: "affine",
    step: "telescoping",
    claim: "KL(Dirac(x0), model(1, 0)) >= 0",
    parameters: chain,
    expected: "divergent",
    note: "the posterior at t = 1 is an atom: its KL is infinite, the decoder term takes its place",
  },
]
