/**
 * The false variants and the degenerate points of the evidence lower bound; `visible` and `unlucky` are the points of the literature.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

/** E_q log p(x|z) and KL(q || p(z)) for q = N(m, v), and the bound of the 1/K expansion: what mutants change one sign or factor of. */
export const reconstruction = "-log(2*pi*s^2)/2 - ((x - b - a*m)^2 + a^2*v)/(2*s^2)"
export const priorKl = "(m^2 + v - 1 - log(v))/2"
export const remainder = "abs(mu3)/(3*K) + spread/(4*K^3)"

type Parameters = Readonly<Record<string, Literal>>
const unit: Parameters = { a: 1, b: 0, s: 1, x: "1/2", z: 0 }
const gaussian = (parameters: Parameters): Point => ({ family: "gaussian", parameters: { ...unit, m: 0, v: 1, ...parameters } })
const shifted = (parameters: Parameters): Point => ({ family: "gaussian-shifted", parameters: { ...unit, delta: 0, rho: 1, ...parameters } })
const logNormal = (delta: string, K = 16): Point => ({ family: "log-normal-weights", parameters: { delta, K } })

export const mutants: ReadonlyArray<Mutant> = [
  mutant("kl-reversed", "gap", "logEvidence - elbo == KL(posterior, q)", { visible: shifted({ rho: 4 }), unlucky: shifted({ delta: 1 }) }),
  mutant("kl-missing-half", "gaussian-form", `elbo == ${reconstruction} - (m^2 + v - 1 - log(v))`, {
    visible: gaussian({ m: 2, v: "1/4" }),
    unlucky: gaussian({ m: "1/100" }),
  }),
  mutant("logvar-as-logstd", "gaussian-form", `elbo == ${reconstruction} - (m^2 + v - 1 - log(sqrt(v)))/2`, {
    visible: gaussian({ v: "1/16" }),
    unlucky: gaussian({ v: "1001/1000" }),
  }),
  mutant("recon-at-mean", "gaussian-form", `elbo == -log(2*pi*s^2)/2 - (x - b - a*m)^2/(2*s^2) - ${priorKl}`, {
    visible: gaussian({ a: 2, s: "1/2" }),
    unlucky: gaussian({ a: "1/100" }),
  }),
  mutant("drop-normaliser", "gaussian-form", `elbo == -((x - b - a*m)^2 + a^2*v)/(2*s^2) - ${priorKl}`, {
    visible: gaussian({}),
    unlucky: gaussian({ s: "2/5" }),
  }),
  mutant("log-outside", "bound", "log(E(z, q, pdf(likelihood(z), x))) - KL(q, prior) <= logEvidence", {
    visible: shifted({ a: 2, s: "1/2", x: 1 }),
    unlucky: gaussian({}),
  }),
  mutant("prior-expectation", "split", "elbo == E(z, prior, logpdf(likelihood(z), x)) - KL(q, prior)", {
    visible: gaussian({ m: 1, v: "1/4" }),
    unlucky: gaussian({ m: "1/1000" }),
  }),
  mutant("plus-kl", "split", "elbo == E(z, q, logpdf(likelihood(z), x)) + KL(q, prior)", {
    visible: gaussian({ m: 1, v: "1/4" }),
    unlucky: gaussian({}),
  }),
  mutant("iwae-decreasing", "iwae-pair", "L(2) <= L(1)", { visible: logNormal("1"), unlucky: logNormal("1/100") }),
  mutant("iwae-rate-no-half", "iwae-rate", `abs(K*(logEvidence - L(K)) - chi2) <= ${remainder}`, {
    visible: logNormal("1/4"),
    unlucky: logNormal("1/64"),
  }),
]

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
