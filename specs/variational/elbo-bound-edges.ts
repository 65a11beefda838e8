/**
 * The degenerate points of the evidence lower bound and the answers that they must get.
 */
import type { Edge } from "../../src/core/statement.ts"
import { unit } from "./elbo-bound-mutants.ts"

export const edges: ReadonlyArray<Edge> = [
  {
    name: "q-off-support",
    family: "categorical",
    step: "gap",
    expected: "outside-hypotheses",
    parameters: { n: 3, p: ["1/2", "1/2", 0], l: ["1/4", "1/2", "1/2"], r: ["1/4", "1/4", "1/2"] },
    note: "q charges a state with posterior mass 0: the bound is -infinity and KL is +infinity",
  },
  {
    name: "q-misses-support-iwae",
    family: "categorical",
    step: "gap",
    companion: "E(z, q, w(z)) == evidence",
    expected: "holds-with-note",
    parameters: { n: 2, p: ["1/2", "1/2"], l: ["1/4", "3/4"], r: [1, 0] },
    note: "log p(x) = L + KL holds, but L_K tends to log(p(x) P(supp q | x)) = log(1/8), not to log(1/2)",
  },
  {
    name: "cauchy-q-gaussian-model",
    family: "cauchy",
    step: "gap",
    claim: "elbo + KL(q, posterior) == logEvidence",
    expected: "undefined",
    parameters: { a: 1, b: 0, s: 1, x: 0 },
    note: "the bound is -infinity and KL is +infinity: their sum is no number",
  },
  {
    name: "vanishing-noise",
    family: "gaussian",
    step: "gap",
    expected: "holds",
    parameters: { ...unit, s: "1/1048576", m: 1, v: "1/4" },
    note: "L and KL are of order s^-2 while log p(x) stays finite",
  },
  {
    name: "narrow-q",
    family: "gaussian",
    step: "gap",
    expected: "holds",
    parameters: { ...unit, m: 1, v: "1/1267650600228229401496703205376" },
    note: "L falls like log(v)/2",
  },
  {
    name: "dirac-q",
    family: "gaussian",
    step: "gap",
    expected: "outside-hypotheses",
    parameters: { ...unit, m: 1, v: 0 },
    note: "a Dirac q has no density",
  },
  {
    name: "grey-observation",
    family: "bernoulli",
    step: "gap",
    expected: "outside-hypotheses",
    parameters: { p: "1/2", g: "1/4", h: "3/4", r: "1/4", x: "1/2", z: 0 },
    note: "cross-entropy on a grey value is no normalised likelihood",
  },
  {
    name: "infinite-weight-variance",
    family: "gaussian-shifted",
    step: "gap",
    claim: "ChiSquare(posterior, q) >= 0",
    expected: "divergent",
    parameters: { ...unit, delta: 0, rho: "1/2" },
    note: "Var w is infinite when q has at most half the posterior variance: L_K increases, but not at the rate 1/K",
  },
]
