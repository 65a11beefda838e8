/**
 * The false variants of the evidence lower bound; `visible` and `unlucky` are the points of the literature.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Literal, Mutant, Point } from "../../src/core/statement.ts"

/** E_q log p(x|z) and KL(q || p(z)) for q = N(m, v), and the bound of the 1/K expansion: what mutants change one sign or factor of. */
export const reconstruction = "-log(2*pi*s^2)/2 - ((x - b - a*m)^2 + a^2*v)/(2*s^2)"
export const priorKl = "(m^2 + v - 1 - log(v))/2"
export const remainder = "abs(mu3)/(3*K) + spread/(4*K^3)"

type Parameters = Readonly<Record<string, Literal>>
export const unit: Parameters = { a: 1, b: 0, s: 1, x: "1/2", z: 0 }
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
