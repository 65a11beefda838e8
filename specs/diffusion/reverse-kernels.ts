/**
 * Linear SDEs dX = a(t) X dt + g(t) dW as definitions: X_t given X_0 is N(al(t) X_0, V(t) I), g2 = g^2; and what their reversal is made of.
 */
import type { Family } from "../../src/core/statement.ts"

export interface Kernel {
  readonly parameters: Family["parameters"]
  readonly let: Family["let"]
}

const preserving = { "a(t)": "-beta(t)/2", "al(t)": "exp(-B(t)/2)" }
const constant = { "beta(t)": "b", "B(t)": "b*t" }
const linear = { "beta(t)": "b0 + (b1 - b0)*t", "B(t)": "b0*t + (b1 - b0)*t^2/2" }
const full = { ...preserving, "g2(t)": "beta(t)", "V(t)": "-expm1(-B(t))" }

/** Variance-preserving with a constant rate beta = b: V = 1 - e^-B, B the integral of beta. */
export const vpConstant: Kernel = { parameters: { b: "positive(1/4, 4)" }, let: { ...constant, ...full } }
/** Variance-preserving, rate rising from b0 to b1 at t = 1. */
export const vpLinear: Kernel = { parameters: { b0: "positive(1/8, 1)", b1: "positive(1, 4)" }, let: { ...linear, ...full } }
/** Variance-preserving, rate b before time c and 4 b after it. */
export const vpStep: Kernel = {
  parameters: { b: "positive(1/4, 4)", c: "positive(1/8, 1)" },
  let: { ...full, "beta(t)": "if(t < c, b, 4*b)", "B(t)": "b*min(t, c) + 4*b*max(t - c, 0)" },
}
/** Sub-variance-preserving: V = (1 - e^-B)^2. */
export const subVp: Kernel = {
  parameters: vpLinear.parameters,
  let: { ...linear, ...preserving, "g2(t)": "beta(t)*(1 - exp(-2*B(t)))", "V(t)": "(1 - exp(-B(t)))^2" },
}
/** Variance-exploding with noise levels from lo at t = 0 to hi at t = 1, geometrically. */
export const ve: Kernel = {
  parameters: { lo: "positive(1/64, 1)", hi: "positive(2, 8)" },
  let: { "sigma(t)": "lo*(hi/lo)^t", "a(t)": "0", "al(t)": "1", "g2(t)": "2*sigma(t)^2*log(hi/lo)", "V(t)": "sigma(t)^2 - lo^2" },
}
/** Brownian motion of variance c per unit time. */
export const brownian: Kernel = { parameters: { c: "positive(1/4, 4)" }, let: { "a(t)": "0", "al(t)": "1", "g2(t)": "c", "V(t)": "c*t" } }
/** Ornstein-Uhlenbeck: rate th, noise sg; stationary variance sg^2 / (2 th). */
export const ou: Kernel = {
  parameters: { th: "positive(1/4, 2)", sg: "positive(1/4, 2)" },
  let: { "a(t)": "-th", "al(t)": "exp(-th*t)", "g2(t)": "sg^2", "V(t)": "-sg^2*expm1(-2*th*t)/(2*th)" },
}

/** A linear SDE from data d: law and density of X_t, its score s, drift f, squared noise G = g^2 and div G. */
export const linearProcess: Family["let"] = {
  "law(t)": "Diffused(d, al(t), sqrt(V(t)))",
  "p(x, t)": "pdf(law(t), x)",
  "F(x, t)": "cdf(law(t), x)",
  "s(x, t)": "score(law(t), x)",
  "f(x, t)": "a(t)*x",
  "G(x, t)": "g2(t)",
  "divG(x, t)": "0*x",
}

/** From f, G, p and s, whatever the SDE: velocity of the probability flow, drift of the reversed process, reversed density q at r = T - t. */
export const reversal: Family["let"] = {
  "v(x, t)": "f(x, t) - (divG(x, t) + G(x, t)*s(x, t))/2",
  "back(x, t)": "-f(x, t) + divG(x, t) + G(x, t)*s(x, t)",
  "backLam(x, t)": "-f(x, t) + (1 + lam^2)/2*(divG(x, t) + G(x, t)*s(x, t))",
  "q(x, r)": "p(x, T - r)",
  r: "T - t",
}

/** Horizon T, time t, place x and noise level lam of the reversed process. */
export const place = { T: "positive(1/2, 2)", t: "real(1/16, T)", x: "real(-4, 4)", lam: "real(0, 2)" }
