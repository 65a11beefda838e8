/**
 * Noise schedules of discrete diffusion: beta(i) is the variance that step i adds, abar(t) = prod_(i <= t) (1 - beta(i)) in closed form where there is one.
 */
import type { Family } from "../../src/core/statement.ts"

export interface Schedule {
  readonly name: string
  readonly title: string
  /** t is the time looked at, at least 2. */
  readonly parameters: Family["parameters"]
  readonly let: Family["let"]
}

export const constant: Schedule = {
  name: "constant",
  title: "constant beta",
  parameters: { b: "positive(1/10000, 15/16)", t: "integer(2, 8)" },
  let: { "beta(i)": "b", "abar(t)": "(1 - b)^t" },
}
/** 1 - beta_i = slope (N + 1 - i) with N = (1 - b1)/slope. */
export const linear: Schedule = {
  name: "linear",
  title: "linear beta: abar is a ratio of gamma functions",
  parameters: { T: "integer(20, 1000)", b1: "positive(1/10000, 1/100)", bT: "positive(1/50, 1/2)", t: "integer(2, 8)" },
  let: {
    "beta(i)": "b1 + (i - 1)*slope",
    slope: "(bT - b1)/(T - 1)",
    "abar(t)": "exp(t*log(slope) + lgamma((1 - b1)/slope + 1) - lgamma((1 - b1)/slope + 1 - t))",
  },
}
export const cosine: Schedule = {
  name: "cosine",
  title: "cosine abar",
  parameters: { T: "integer(20, 1000)", c: "positive(1/1000, 1/10)", t: "integer(2, 8)" },
  let: { "beta(i)": "1 - abar(i)/abar(i - 1)", "abar(t)": "(cos((t/T + c)/(1 + c)*pi/2)/cos(c/(1 + c)*pi/2))^2" },
}
export const linearAbar: Schedule = {
  name: "linear-abar",
  title: "abar = 1 - t/T",
  parameters: { T: "integer(20, 1000)", t: "integer(2, 8)" },
  let: { "beta(i)": "1 - abar(i)/abar(i - 1)", "abar(t)": "1 - t/T" },
}
export const arbitrary: Schedule = {
  name: "arbitrary",
  title: "any five betas",
  parameters: { b: "vector(5, 1/1024, 1023/1024)", t: "integer(2, 5)" },
  let: { "beta(i)": "b[i]", "abar(t)": "product(i, 1, t, 1 - b[i])" },
}

/** Laws of the chain given x_0. */
export const forwardLaws: Family["let"] = {
  "marginal(t)": "Normal(sqrt(abar(t))*x0, sqrt(1 - abar(t)))",
  "kernel(y)": "Normal(sqrt(1 - beta(t))*y, sqrt(beta(t)))",
}
/** The posterior of x_(t-1) given x_t = x and x_0. */
export const posteriorLaws: Family["let"] = {
  ...forwardLaws,
  "betaTilde(t)": "beta(t)*(1 - abar(t - 1))/(1 - abar(t))",
  "fromData(t)": "sqrt(abar(t - 1))*beta(t)/(1 - abar(t))",
  "fromNoisy(t)": "sqrt(1 - beta(t))*(1 - abar(t - 1))/(1 - abar(t))",
  "mu(x)": "fromData(t)*x0 + fromNoisy(t)*x",
}
