/**
 * Families of the bound of DDPM: whole chains (laws kernel, marginal, posterior and model), and single terms of models that predict the noise.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { arbitrary, posteriorLaws } from "./schedules.ts"

/** Terms at x_0 of a chain of T steps, and its ELBO without Bayes: the mean of log p(x_0, ..., x_T) - log q(x_1, ..., x_T | x_0). */
const terms: Family["let"] = {
  priorTerm: "KL(marginal(T), prior)",
  "middle(t)": "E(y, marginal(t), KL(posterior(t, y), model(t, y)))",
  reconstruction: "-E(y, marginal(1), logpdf(model(1, y), x0))",
  bound: "-(priorTerm + total(t, 2, T, middle(t)) + reconstruction)",
  "pair(t)": "E(u, marginal(t - 1), E(y, kernel(t, u), logpdf(model(t, y), u) - logpdf(kernel(t, u), y)))",
  direct: "E(y, marginal(T), logpdf(prior, y)) + total(t, 2, T, pair(t)) + E(y, marginal(1), logpdf(model(1, y), x0) - logpdf(kernel(1, x0), y))",
  ideal: "-(priorTerm + total(t, 2, T, E(y, marginal(t), KL(posterior(t, y), reverse(t, y)))) - E(y, marginal(1), logpdf(reverse(1, y), x0)))",
}
/** normal laws; `reverse` is the reversal of the chain in its stationary law, the prior. */
export const affine: Family["let"] = {
  ...terms,
  ...arbitrary.let,
  ...posteriorLaws,
  "kernel(t, u)": "Normal(sqrt(1 - b[t])*u, sqrt(b[t]))",
  "posterior(t, y)": "Normal(fromData(t)*x0 + fromNoisy(t)*y, sqrt(betaTilde(t)))",
  "model(t, y)": "Normal(c[t]*y + d[t], tau[t])",
  "reverse(t, y)": "Normal(sqrt(1 - b[t])*y, sqrt(b[t]))",
  prior: "Normal(0, 1)",
  "through(j)": "product(i, 1, j - 1, c[i])",
  marginalModel: "Normal(total(j, 1, T, d[j]*through(j)), sqrt(through(T + 1)^2 + total(j, 1, T, (tau[j]*through(j))^2)))",
}
const gaussian = { b: "vector(4, 1/16, 15/16)", x0: "real(-2, 2)" }

export const chains: ReadonlyArray<Family> = [
  family("affine", {
    title: "affine reverse chain",
    parameters: { T: "integer(2, 4)", ...gaussian, c: "vector(4, -1, 1)", d: "vector(4, -1, 1)", tau: "vector(4, 1/4, 2)" },
    let: affine,
    points: [{ T: 3, b: ["1/4", "1/2", "1/2", "1/2"], c: ["7/8", "3/4", "3/4", 0], d: ["1/16", 0, "1/8", 0], tau: ["1/2", "1/2", "3/4", 1], x0: 1 }],
  }),
  family("wide-affine", {
    title: "affine reverse chain with one variance, step by step the same map",
    parameters: { T: "integer(2, 4)", ...gaussian, c1: "real(-1, 1)", d1: "real(-1, 1)", tau1: "positive(1/4, 2)" },
    let: {
      ...affine,
      "model(t, y)": "Normal(c1*y + d1, tau1)",
      "through(j)": "c1^(j - 1)",
      marginalModel: "Normal(total(j, 1, T, d1*through(j)), sqrt(through(T + 1)^2 + total(j, 1, T, (tau1*through(j))^2)))",
    },
  }),
  family("bits", {
    title: "a bit that is flipped, and a reverse chain of tables",
    parameters: { T: "integer(2, 4)", f: "vector(4, 1/16, 7/16)", g: "vector(4, 1/16, 7/16)", h: "vector(4, 1/16, 1/2)", x0: "oneof(0, 1)" },
    let: {
      ...terms,
      "kernel(t, u)": "Bernoulli(f[t] + (1 - 2*f[t])*u)",
      "marginal(t)": "Bernoulli(1/2 + (x0 - 1/2)*product(i, 1, t, 1 - 2*f[i]))",
      "posterior(t, y)": "Bernoulli(pdf(kernel(t, 1), y)*pdf(marginal(t - 1), 1)/pdf(marginal(t), y))",
      "model(t, y)": "Bernoulli(g[t] + h[t]*y)",
      "reverse(t, y)": "Bernoulli(f[t] + (1 - 2*f[t])*y)",
      prior: "Bernoulli(1/2)",
      "through(j)": "product(i, 1, j - 1, h[i])",
      marginalModel: "Bernoulli(through(T + 1)/2 + total(j, 1, T, g[j]*through(j)))",
    },
  }),
]

const noise = (name: string, title: string, eps: string): Family =>
  family(name, {
    title,
    parameters: {
      ...arbitrary.parameters,
      b: "vector(5, 1/64, 15/16)",
      x0: "real(-2, 2)",
      v: "positive(1/64, 4)",
      c: "real(-1, 1)",
      k: "real(-1, 1)",
    },
    let: {
      ...arbitrary.let,
      ...posteriorLaws,
      "eps(x)": eps,
      "predicted(y)": "(y - beta(t)/sqrt(1 - abar(t))*eps(y))/sqrt(1 - beta(t))",
      "term(v)": "E(y, marginal(t), KL(Normal(mu(y), sqrt(betaTilde(t))), Normal(predicted(y), sqrt(v))))",
      "noisy(e)": "sqrt(abar(t))*x0 + sqrt(1 - abar(t))*e",
      simple: "E(e, Normal(0, 1), (e - eps(noisy(e)))^2)",
      "weight(v)": "beta(t)^2/(2*v*(1 - beta(t))*(1 - abar(t)))",
      constant: "(betaTilde(t)/v - 1 - log(betaTilde(t)/v))/2",
      "snr(t)": "abar(t)/(1 - abar(t))",
      "data(x)": "(x - sqrt(1 - abar(t))*eps(x))/sqrt(abar(t))",
      dataLoss: "E(e, Normal(0, 1), (x0 - data(noisy(e)))^2)",
    },
  })
/** One term, at the variance v = sigma_t^2 of a model with mean (x_t - beta_t / sqrt(1 - abar_t) eps(x_t))/sqrt(alpha_t). */
export const noises: ReadonlyArray<Family> = [
  noise("affine-noise", "affine prediction of the noise", "c*x + k"),
  noise("square-noise", "quadratic prediction of the noise", "c*x^2 + k"),
  noise("bounded-noise", "bounded prediction of the noise", "c*tanh(x) + k"),
]
