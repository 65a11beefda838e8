/**
 * Families of the marginals of linear SDEs: a kernel and a law d of the data; `marginal` is the law of X_t that the theorem claims.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { ou, subVp, ve, vpConstant, vpLinear, vpStep } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

const setting = (name: string, title: string, kernel: Kernel, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { t: "real(1/16, 1)", x: "real(-3, 3)", ...kernel.parameters, ...parameters },
    let: {
      ...kernel.let,
      growth: "exp(integral(u, 0, t, a(u)))",
      noise: "integral(u, 0, t, g2(u)*(al(t)/al(u))^2)",
      ...lets,
    },
  })

/** Variances of the two processes that preserve: both rates are beta, and the second has the factor 1 - exp(-2 B). */
const preserving = {
  vpNoise: "integral(u, 0, t, beta(u)*(al(t)/al(u))^2)",
  subNoise: "integral(u, 0, t, beta(u)*(1 - exp(-2*B(u)))*(al(t)/al(u))^2)",
}
const two = { w: "simplex(2)", m: "vector(2, -2, 2)" }
const mixed = { ...two, s: "vector(2, 1/4, 2)" }
const mixture = {
  d: "Mixture(w, [Normal(m[1], s[1]), Normal(m[2], s[2])])",
  "sd(k)": "sqrt(al(t)^2*s[k]^2 + V(t))",
  marginal: "Mixture(w, [Normal(al(t)*m[1], sd(1)), Normal(al(t)*m[2], sd(2))])",
}
const atoms = { d: "Discrete(m, w)", marginal: "Mixture(w, [Normal(al(t)*m[1], sqrt(V(t))), Normal(al(t)*m[2], sqrt(V(t)))])" }
const normal = { d: "Normal(m, s)", marginal: "Normal(al(t)*m, sqrt(al(t)^2*s^2 + V(t)))" }
const one = { m: "real(-2, 2)", s: "positive(1/4, 2)" }

export const families: ReadonlyArray<Family> = [
  setting("vp-mixture", "variance-preserving, mixture data", vpLinear, mixed, { ...preserving, ...mixture }),
  setting("subvp-mixture", "sub-variance-preserving, mixture data", subVp, mixed, mixture),
  setting("ve-mixture", "variance-exploding, mixture data", ve, mixed, mixture),
  setting("vp-atoms", "variance-preserving at a constant rate, two atoms", vpConstant, two, { ...preserving, ...atoms }),
  setting("vp-gaussian", "variance-preserving at a rate that jumps, normal data", vpStep, one, { ...preserving, ...normal }),
  setting("ou-gaussian", "Ornstein-Uhlenbeck, normal data", ou, one, normal),
]
