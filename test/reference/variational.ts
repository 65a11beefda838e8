/**
 * Variational theorems beyond the evidence bound: gradients of expectations, the linear VAE, rate and distortion, chains of latents.
 */
import { betaVaeRateDistortion } from "../../specs/variational/beta-vae-rate-distortion.ts"
import { hierarchicalElbo } from "../../specs/variational/hierarchical-elbo.ts"
import { posteriorCollapseLinearVae } from "../../specs/variational/posterior-collapse-linear-vae.ts"
import { reparameterizationGradient } from "../../specs/variational/reparameterization-gradient.ts"
import { literal } from "./case.ts"
import type { Parameters } from "./case.ts"
import { definitions } from "./question.ts"
import type { Rule } from "./question.ts"

const numbers = (p: Parameters, ...names: ReadonlyArray<string>) => Object.fromEntries(names.map((name) => [name, literal(p, name)]))

/** f(z) of z ~ N(mu, s^2) as the family of the spec that has it. */
const gradient = (quantity: string, formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({
    parameters: { ...numbers(p, "mu", "s"), c: "1/3", w: 1 },
    let: definitions(reparameterizationGradient, p["f"] === "sin" ? "sine" : String(p["f"])),
    formulas,
  }),
})

export const gradients: ReadonlyArray<Rule> = [
  gradient("gradient_mu", ["slope", "E(z, q, df(z))", "E(z, q, (f(z) - c)*psi(z))"]),
  gradient("variance_pathwise", ["pathVariance", "E(z, q, df(z)^2) - E(z, q, df(z))^2"]),
  gradient("variance_score_function", ["scoreVariance", "E(z, q, (f(z)*psi(z))^2) - E(z, q, f(z)*psi(z))^2"]),
]

/** The spec's four eigenvalues, for any number of latents. */
const spectrum = (quantity: string, formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({
    parameters: { l: literal(p, "eigenvalues"), k: literal(p, "latents"), ...("s2" in p ? numbers(p, "s2") : { s2: 1 }) },
    let: { ...four, s: "sqrt(s2)", dropped: "total(i, k + 1, n, l[i])" },
    formulas,
  }),
})
const { k: _, ...four } = definitions(posteriorCollapseLinearVae, "four")

export const linearVae: ReadonlyArray<Rule> = [
  spectrum("max_average_log_likelihood", ["best", "ll(0)"]),
  spectrum("active_count", ["total(i, 1, k, if(l[i] > s2, 1, 0))"]),
  spectrum("s2_mle", ["mle"]),
]

const weighted = (quantity: string, formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({ parameters: numbers(p, "a", "b", "s", "x", "beta"), let: definitions(betaVaeRateDistortion, "linear"), formulas }),
})

export const rateDistortion: ReadonlyArray<Rule> = [
  weighted("optimal_q_mean_var", ["[Mean(tempered), Var(tempered)]"]),
  weighted("rate_kl_q_prior", ["KL(tempered, prior)"]),
  weighted("max_beta_objective", ["beta*logZ", "objective(tempered)"]),
  {
    quantity: "rate_nats",
    ask: (p) => ({
      parameters: numbers(p, "variance", "distortion"),
      let: { ...definitions(betaVaeRateDistortion, "normal-source"), sig: "sqrt(variance)", d: "distortion" },
      formulas: ["R(d)", "info"],
    }),
  },
]

const chained = (quantity: string, formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({ parameters: numbers(p, "r", "s", "x", "m2", "v2", "c", "d", "v1"), let: definitions(hierarchicalElbo, "two-level"), formulas }),
})

export const hierarchy: ReadonlyArray<Rule> = [
  chained("elbo", ["elbo", "reconstruction - top - inner", "logEvidence - KL(joint, posterior)"]),
  chained("log_evidence", ["logEvidence", "elbo + KL(joint, posterior)"]),
]
