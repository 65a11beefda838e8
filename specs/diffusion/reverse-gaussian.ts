/**
 * Gaussian data N(m0, v0) under a linear SDE: X_t is N(m(t), W(t)), and a reversed process with drift f - k g^2 s, k = (1 + lam^2)/2, has linear
 * coefficients, so that its moments solve
 *
 *   dM/dt = slope M + shift,   dP/dt = 2 slope P - noise,   Phi(t) = exp(-int_t^T slope) = (W_t / W_T)^k (al_T / al_t)^(lam^2).
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { brownian, linearProcess, ou, place, reversal, subVp, ve, vpConstant, vpLinear, vpStep } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

/** gain(u) = exp(-int_0^u slope) carries a perturbation from time u to time 0; M and P are the moments from the start N(M1, P1) at T. */
export const gaussianLets: Family["let"] = {
  ...linearProcess,
  ...reversal,
  d: "Normal(m0, sqrt(v0))",
  "m(t)": "al(t)*m0",
  "W(t)": "al(t)^2*v0 + V(t)",
  "law(t)": "Normal(m(t), sqrt(W(t)))",
  k: "(1 + lam^2)/2",
  "drift(x, t)": "f(x, t) - k*G(x, t)*s(x, t)",
  "noise(t)": "lam^2*g2(t)",
  "slope(t)": "D(drift(x, t), x)",
  "shift(t)": "drift(0, t)",
  "gain(u)": "(v0/W(u))^k*al(u)^(2*k - 1)",
  startMean: "m(T)",
  startVariance: "W(T)",
  endMean: "gain(T)*startMean - integral(u, 0, T, gain(u)*shift(u))",
  endVariance: "gain(T)^2*startVariance + integral(u, 0, T, gain(u)^2*noise(u))",
  "phi(l, t)": "(W(t)/W(T))^((1 + l^2)/2)*(al(T)/al(t))^(l^2)",
  "M(t)": "m(t) + phi(lam, t)*(M1 - m(T))",
  "P(t)": "W(t) + phi(lam, t)^2*(P1 - W(T))",
  forwardCov: "E(y, law(t), y*(al(T)/al(t)*y)) - m(t)*m(T)",
  "reverseCov(l)": "E(y, law(T), y*(m(t) + phi(l, t)*(y - m(T)))) - m(t)*m(T)",
}

const gaussian = (name: string, title: string, kernel: Kernel, more: Partial<Family> = {}): Family =>
  family(name, {
    title,
    parameters: { ...place, ...kernel.parameters, m0: "real(-2, 2)", v0: "positive(1/16, 4)", M1: "real(-2, 2)", P1: "positive(1/4, 4)" },
    let: { ...gaussianLets, ...kernel.let },
    ...more,
  })

export const gaussianFamilies = [
  gaussian("vp-gaussian", "variance-preserving at a constant rate, normal data", vpConstant, {
    points: [{ T: "3/2", t: "1/2", x: "1/2", lam: 1, b: 2, m0: 1, v0: "1/4", M1: 0, P1: 1 }],
  }),
  gaussian("vp-linear-gaussian", "variance-preserving at a linear rate, normal data", vpLinear),
  gaussian("subvp-gaussian", "sub-variance-preserving, normal data", subVp),
  gaussian("ve-gaussian", "variance-exploding, normal data", ve),
  gaussian("ou-gaussian", "Ornstein-Uhlenbeck, normal data", ou),
  gaussian("brownian-gaussian", "Brownian motion, normal data", brownian),
  gaussian("vp-step-gaussian", "variance-preserving at a rate that jumps, normal data", vpStep),
]
