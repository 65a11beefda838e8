/**
 * Linear SDEs dX = a(t) X dt + g(t) dW as definitions: X_t given X_0 is N(al(t) X_0, V(t)), g2 = g^2, law(t) the law of X_t for data d.
 */
import type { Family } from "../../src/core/statement.ts"

export interface Kernel {
  readonly parameters: Family["parameters"]
  readonly let: Family["let"]
}

const rate = { constant: { "beta(t)": "b", "B(t)": "b*t" }, linear: { "beta(t)": "b0 + (b1 - b0)*t", "B(t)": "b0*t + (b1 - b0)*t^2/2" } }
const slow = { b0: "positive(1/8, 1)", b1: "positive(1, 4)" }
const preserving = { "a(t)": "-beta(t)/2", "al(t)": "exp(-B(t)/2)" }

/** Variance-preserving, constant or linear rate beta; V = 1 - e^-B. */
export const vpConstant: Kernel = { parameters: { b: "positive(1/4, 4)" }, let: { ...rate.constant, ...preserving, "g2(t)": "beta(t)", "V(t)": "-expm1(-B(t))" } }
export const vpLinear: Kernel = { parameters: slow, let: { ...rate.linear, ...preserving, "g2(t)": "beta(t)", "V(t)": "-expm1(-B(t))" } }
/** Sub-variance-preserving: V = (1 - e^-B)^2. */
export const subVp: Kernel = { parameters: slow, let: { ...rate.linear, ...preserving, "g2(t)": "beta(t)*(1 - exp(-2*B(t)))", "V(t)": "(1 - exp(-B(t)))^2" } }
/** Variance-exploding, geometric noise levels from lo to hi. */
export const ve: Kernel = {
  parameters: { lo: "positive(1/64, 1)", hi: "positive(2, 8)" },
  let: { "sigma(t)": "lo*(hi/lo)^t", "a(t)": "0", "al(t)": "1", "g2(t)": "2*sigma(t)^2*log(hi/lo)", "V(t)": "sigma(t)^2 - lo^2" },
}
/** Brownian motion of variance c per unit time. */
export const brownian: Kernel = { parameters: { c: "positive(1/4, 4)" }, let: { "a(t)": "0", "al(t)": "1", "g2(t)": "c", "V(t)": "c*t" } }
/** Ornstein-Uhlenbeck. */
export const ou: Kernel = {
  parameters: { th: "positive(1/4, 2)", sg: "positive(1/4, 2)" },
  let: { "a(t)": "-th", "al(t)": "exp(-th*t)", "g2(t)": "sg^2", "V(t)": "-sg^2*expm1(-2*th*t)/(2*th)" },
}

/** What every linear SDE defines: density p, score s, forward drift f, G = g^2, velocity v of the probability flow. */
export const marginals: Family["let"] = {
  "law(t)": "Diffused(d, al(t), sqrt(V(t)))",
  "p(x, t)": "pdf(law(t), x)",
  "s(x, t)": "score(law(t), x)",
  "f(x, t)": "a(t)*x",
  "G(x, t)": "g2(t)",
  "divG(x, t)": "0*x",
}

/** Derived from f, G, p and s alone, whatever the SDE. */
export const reversal: Family["let"] = {
  "v(x, t)": "f(x, t) - (divG(x, t) + G(x, t)*s(x, t))/2",
  "back(x, t)": "-f(x, t) + divG(x, t) + G(x, t)*s(x, t)",
  "backLam(x, t)": "-f(x, t) + (1 + lam^2)/2*(divG(x, t) + G(x, t)*s(x, t))",
  "q(x, r)": "p(x, T - r)",
  r: "T - t",
}
