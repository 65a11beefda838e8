/**
 * False variants of the marginals of the forward chain, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const at = (b: Literal, t: number): Point => ({ family: "constant", parameters: { b, t, s: 1, x0: 1, k: "1/2" } })
const ho = { T: 1000, b1: "1/10000", bT: "1/50", t: 2, s: 1, x0: 1, k: "1/2" }
/** The second step adds all the variance there can be. */
const lost = { b: ["1/2", 1, "1/2", "1/2", "1/2"], t: 2, s: 1, x0: 1, k: "1/2" }

export const mutants: ReadonlyArray<Mutant> = [
  mutant("alpha-not-bar", "schedule", "product(i, 1, t, 1 - beta(i)) == 1 - beta(t)", {
    visible: at("1/4", 4),
    unlucky: { family: "linear", parameters: ho },
  }),
  mutant("exp-sum", "schedule", "product(i, 1, t, 1 - beta(i)) == exp(-total(i, 1, t, beta(i)))", {
    visible: at("1/2", 2),
    unlucky: at("1/10000", 1),
  }),
  mutant("sqrt-one-minus", "coefficient", "product(i, 1, t, 1 - beta(i)) == sqrt(abar(t))", { visible: at("1/2", 2), unlucky: at("1/10000", 1) }),
  mutant("variance-sum-beta", "variance", "total(j, 1, t, beta(j)) == 1 - abar(t)", { visible: at("1/4", 4), unlucky: at("1/10000", 2) }),
  mutant("sd-for-var", "one-step", "E(y, marginal(t - 1), pdf(kernel(y), x)) == pdf(Normal(sqrt(abar(t))*x0, 1 - abar(t)), x)", {
    visible: at("1/4", 4),
    unlucky: { family: "arbitrary", parameters: lost },
  }),
  mutant("second-order", "continuum", "n^2*abs(discrete(n, t) - exp(-B(t))) <= bound", {
    visible: { family: "constant-rate", parameters: { b: 2, t: 1, n: 32 } },
  }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "information-destroyed",
    family: "arbitrary",
    step: "one-step",
    parameters: lost,
    expected: "holds",
    note: "beta_t = 1 leaves N(0, 1), whatever x_0 was",
  },
  {
    name: "after-the-loss",
    family: "arbitrary",
    step: "covariance",
    parameters: { ...lost, t: 3, s: 2 },
    expected: "undefined",
    note: "abar_t / abar_s = 0/0: the form by a ratio ends with the signal",
  },
  {
    name: "signal-left-at-the-end",
    family: "linear",
    step: "one-step",
    claim: "pdf(marginal(T), x) == pdf(Normal(0, 1), x)",
    parameters: ho,
    expected: "refuted-as-exact",
    note: "abar_T = 4e-5 > 0: the law at the end is not N(0, 1)",
  },
]
