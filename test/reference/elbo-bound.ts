/**
 * Evidence lower bounds: the definitions of the spec's families, at the parameters of a reference case.
 */
import { elboBound } from "../../specs/variational/elbo-bound.ts"
import { isLaw, isList, lawText, literal, object, text } from "./case.ts"
import type { Parameters } from "./case.ts"
import { definitions } from "./question.ts"
import type { Question, Rule } from "./question.ts"

const { functions } = elboBound
const family = (name: string): Readonly<Record<string, string>> => definitions(elboBound, name)
const has = (p: Parameters, ...names: ReadonlyArray<string>): boolean => names.every((name) => name in p)

const FORMULAS: Readonly<Record<string, ReadonlyArray<string>>> = {
  log_evidence: ["logEvidence"],
  elbo: ["elbo", "E(z, q, logpdf(likelihood(z), x)) - KL(q, prior)"],
  gap: ["KL(q, posterior)", "logEvidence - elbo"],
  kl_q_prior: ["KL(q, prior)"],
  expected_log_likelihood: ["E(z, q, logpdf(likelihood(z), x))"],
  posterior_mean: ["Mean(posterior)"],
  posterior_cov: ["Cov(posterior)"],
  posterior_var: ["Var(posterior)"],
}

type Setting = Omit<Question, "formulas">

const gaussian = (p: Parameters): Setting => ({
  parameters: { a: literal(p, "a"), b: literal(p, "b"), s: literal(p, "s"), x: literal(p, "x"), m: literal(p, "q_mean") },
  let: { ...family("gaussian"), v: `${text(p["q_sd"])}^2` },
})

const linearGaussian = (p: Parameters): Setting => {
  const [k, d] = [p["q_mean"], p["x"]].map((v) => (isList(v) ? v.length : 1)) as [number, number]
  const [W, mu, s, x, m, C] = ["W", "mu", "s", "x", "q_mean", "q_cov"].map((name) => literal(p, name))
  return {
    parameters: { k, d, W: W!, mu: mu!, s: s!, x: x!, m: m!, C: C! },
    let: family("gaussian-nd"),
  }
}

const categorical = (p: Parameters): Setting => ({
  parameters: { n: isList(p["q"]) ? p["q"].length : 1, p: literal(p, "prior"), l: literal(p, "likelihood"), r: literal(p, "q") },
  let: family("categorical"),
})

const gammaPoisson = (p: Parameters): Setting => ({
  parameters: { al: literal(p, "alpha"), be: literal(p, "beta"), x: literal(p, "x"), c: literal(p, "q_shape"), d: literal(p, "q_rate") },
  let: family("gamma-poisson"),
})

const betaBinomial = (p: Parameters): Setting => ({
  parameters: { a: literal(p, "a"), b: literal(p, "b"), n: literal(p, "n"), x: literal(p, "k"), c: literal(p, "q_a"), d: literal(p, "q_b") },
  let: family("beta-binomial"),
})

const mixturePrior = (p: Parameters): Setting => {
  const prior = object(p, "prior")
  const [w, c, r] = ["weights", "means", "sds"].map((name) => literal(prior, name))
  const all = Array.from({ length: (w as ReadonlyArray<unknown>).length }, (_, i) => i + 1)
  return {
    parameters: { w: w!, c: c!, r: r!, n: all.length, s: literal(p, "s"), x: literal(p, "x"), m: literal(p, "q_mean") },
    let: {
      ...family("mixture-prior"),
      prior: lawText(prior),
      evidence: "total(i, 1, n, part(i))",
      posterior: `Mixture([${all.map((i) => `part(${i})/evidence`).join(", ")}], [${all.map((i) => `component(${i})`).join(", ")}])`,
      v: `${text(p["q_sd"])}^2`,
    },
  }
}

const model = (p: Parameters): Setting | undefined => {
  if (has(p, "W", "q_cov")) return linearGaussian(p)
  if (has(p, "q_shape")) return gammaPoisson(p)
  if (has(p, "q_a", "n", "k")) return betaBinomial(p)
  if (has(p, "likelihood", "prior", "q")) return categorical(p)
  if (has(p, "q_mean", "q_sd", "prior") && isLaw(p["prior"])) return mixturePrior(p)
  return has(p, "a", "b", "s", "q_mean", "q_sd") ? gaussian(p) : undefined
}

const weights = (p: Parameters, formulas: ReadonlyArray<string>): Question | undefined =>
  has(p, "w", "q")
    ? {
        parameters: {
          w: literal(p, "w"),
          r: literal(p, "q"),
          n: (p["w"] as ReadonlyArray<unknown>).length,
          ...("K" in p ? { K: literal(p, "K") } : {}),
        },
        let: family("weights"),
        functions: functions!,
        formulas,
      }
    : undefined

/** L_K of log-normal weights: closed for one draw, one integral for two, Frullani's integral for all. */
const LOG_NORMAL: Readonly<Record<string, ReadonlyArray<string>>> = {
  1: ["elbo", "L(1)"],
  2: ["-delta^2/2 + E(y, Normal(0, 1), log(cosh(delta*y/sqrt(2))))", "L(2)"],
}

export const rules: ReadonlyArray<Rule> = [
  { quantity: "iwae_bound", ask: (p) => weights(p, ["L(K)"]) },
  { quantity: "log_evidence", ask: (p) => weights(p, ["logEvidence"]) },
  {
    quantity: "iwae_bound_minus_log_evidence",
    ask: (p) =>
      has(p, "delta", "K")
        ? {
            parameters: { delta: literal(p, "delta"), K: literal(p, "K") },
            let: family("log-normal-weights"),
            functions: functions!,
            formulas: LOG_NORMAL[String(p["K"])] ?? ["L(K)"],
          }
        : undefined,
  },
  ...Object.entries(FORMULAS).map(([quantity, formulas]) => ({
    quantity,
    ask: (p: Parameters): Question | undefined => {
      const setting = model(p)
      return setting === undefined ? undefined : { ...setting, functions: functions!, formulas }
    },
  })),
]
