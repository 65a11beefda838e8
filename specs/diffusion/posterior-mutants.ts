/**
 * False variants of the posterior of the forward chain, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const place = { x0: 1, k: 1, l: "1/2" }
const at = (b: Literal, t: number): Point => ({ family: "constant", parameters: { b, t, ...place } })
const ho = (t: number): Point => ({ family: "linear", parameters: { T: 1000, b1: "1/10000", bT: "1/50", t, ...place } })

export const mutants: ReadonlyArray<Mutant> = [
  mutant("abar-t-in-numerator", "precision", "beta(t)*(1 - abar(t - 1))/((1 - beta(t))*(1 - abar(t - 1)) + beta(t)) == beta(t)", {
    visible: at("1/4", 1),
    unlucky: ho(1000),
  }),
  mutant("coefs-swapped", "mean", "PosteriorMean(marginal(t - 1), sqrt(1 - beta(t)), sqrt(beta(t)), x) == fromNoisy(t)*x0 + fromData(t)*x", {
    visible: at("1/2", 2),
  }),
  mutant("eps-coefficient-sqrt-beta", "noise-form", "(x - sqrt(beta(t))/sqrt(1 - abar(t))*eps)/sqrt(1 - beta(t)) == mu(x)", {
    visible: at("1/2", 2),
    unlucky: at("999/1000", 2),
  }),
  mutant("no-sqrt-alpha", "noise-form", "x - beta(t)/sqrt(1 - abar(t))*eps == mu(x)", { visible: at("1/2", 2), unlucky: at("1/10000", 2) }),
  mutant("sd-for-var", "consistency", "E(y, marginal(t), pdf(Normal(mu(y), betaTilde(t)), z)) == pdf(marginal(t - 1), z)", { visible: at("1/2", 2) }),
]

/** Data on -1 and 1 in place of x_0. */
const ATOMS = "Discrete([-1, 1], [1/2, 1/2])"
/** Whether x_(t-1) given x_t = x is normal when x_0 has the law d. */
const unconditional = (d: string): string => {
  const noisy = (at: string): string => `Diffused(${d}, sqrt(abar(${at})), sqrt(1 - abar(${at})))`
  const channel = `${noisy("t - 1")}, sqrt(1 - beta(t)), sqrt(beta(t)), x`
  return `pdf(kernel(z), x)*pdf(${noisy("t - 1")}, z)/pdf(${noisy("t")}, x) == pdf(Normal(PosteriorMean(${channel}), sqrt(PosteriorCov(${channel}))), z)`
}

export const edges: ReadonlyArray<Edge> = [
  {
    name: "first-step-variance",
    family: "constant",
    step: "precision",
    parameters: { b: "1/4", t: 1, ...place },
    expected: "holds",
    note: "tilde beta_1 = 0: the posterior is an atom at x_0",
  },
  {
    name: "first-step-density",
    family: "constant",
    step: "bayes",
    parameters: { b: "1/4", t: 1, ...place },
    expected: "undefined",
    note: "no density at t = 1, infinite KL terms: the decoder term takes their place",
  },
  {
    name: "without-data-two-atoms",
    family: "constant",
    step: "bayes",
    claim: unconditional(ATOMS),
    parameters: { b: "1/4", t: 2, ...place },
    expected: "refuted-as-exact",
    note: "x_(t-1) given x_t alone is not normal",
  },
  {
    name: "without-data-normal",
    family: "constant",
    step: "bayes",
    claim: unconditional("Normal(1/2, 2)"),
    parameters: { b: "1/4", t: 2, ...place },
    expected: "holds",
    note: "unless the data are",
  },
]
