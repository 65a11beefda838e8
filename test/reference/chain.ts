/**
 * Discrete diffusion: schedules and the laws of the chain.
 */
import { affine } from "../../specs/diffusion/elbo-families.ts"
import { arbitrary, cosine, linear, posteriorLaws } from "../../specs/diffusion/schedules.ts"
import type { Literal } from "../../src/core/statement.ts"
import { isList, literal } from "./case.ts"
import type { Parameters } from "./case.ts"
import type { Question, Rule } from "./question.ts"

const numbers = (p: Parameters, names: Readonly<Record<string, string>>): Readonly<Record<string, Literal>> =>
  Object.fromEntries(Object.entries(names).map(([name, key]) => [name, literal(p, key)]))

const ABAR = ["abar(t)", "product(i, 1, t, 1 - beta(i))"]

export const forward: ReadonlyArray<Rule> = [
  {
    quantity: "alpha_bar",
    ask: (p): Question =>
      "beta_1" in p
        ? { parameters: numbers(p, { b1: "beta_1", bT: "beta_T", T: "T", t: "t" }), let: linear.let, formulas: ABAR }
        : { parameters: numbers(p, { c: "s", T: "T", t: "t" }), let: cosine.let, formulas: ABAR },
  },
]

const posteriorAt = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question => ({
    parameters: numbers(p, { b: "betas", t: "t", x0: "x0", x: "xt" }),
    let: { ...arbitrary.let, ...posteriorLaws, eps: "(x - sqrt(abar(t))*x0)/sqrt(1 - abar(t))" },
    formulas,
  }),
})

const CHANNEL = "marginal(t - 1), sqrt(1 - beta(t)), sqrt(beta(t)), x"

export const posterior: ReadonlyArray<Rule> = [
  posteriorAt("posterior_mean", "mu(x)", `PosteriorMean(${CHANNEL})`),
  posteriorAt("posterior_var", "betaTilde(t)", `PosteriorCov(${CHANNEL})`),
  posteriorAt("posterior_mean_eps_form", "(x - beta(t)/sqrt(1 - abar(t))*eps)/sqrt(1 - beta(t))"),
]

const predicted = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question => ({
    parameters: numbers(p, { a: "a", z: "x0", e: "eps" }),
    let: { s: "sqrt(1 - a^2)", x: "a*z + s*e", v: "a*e - s*z" },
    formulas,
  }),
})

export const prediction: ReadonlyArray<Rule> = [
  predicted("x_t", "x"),
  predicted("v", "v"),
  predicted("x0_from_v", "a*x - s*v"),
  predicted("eps_from_v", "s*x + a*v"),
  predicted("conditional_score", "score(Normal(a*z, s), x)", "-e/s"),
]

const chainAt = (quantity: string, formulas: (steps: number) => ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question | undefined => {
    const betas = p["betas"]
    if (!isList(betas)) return undefined
    return {
      parameters: { ...numbers(p, { b: "betas", c: "c", d: "d", tau: "tau", x0: "x0" }), T: betas.length },
      let: affine,
      formulas: formulas(betas.length),
    }
  },
})

export const decomposition: ReadonlyArray<Rule> = [
  chainAt("elbo", () => ["bound", "direct"]),
  chainAt("prior_kl", () => ["priorTerm"]),
  chainAt("middle_kls_t2_to_T", (steps) => [`[${Array.from({ length: steps - 1 }, (_, i) => `middle(${i + 2})`).join(", ")}]`]),
  chainAt("log_evidence", () => ["logpdf(marginalModel, x0)"]),
]
