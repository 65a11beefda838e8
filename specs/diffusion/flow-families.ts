/**
 * Families of the probability flow: mixtures under the linear SDEs, normal data with the flow in closed form, and normal data in the plane, where
 * the flow of dX = G dW is linear, x -> M(T) x.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { linearProcess, ou, reversal, subVp, ve, vpConstant, vpLinear } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

const time = { T: "positive(1/2, 2)", t: "real(1/16, T)" }
const linear = (name: string, title: string, kernel: Kernel, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { ...time, x: "real(-3, 3)", ...kernel.parameters, ...parameters },
    let: { ...kernel.let, ...linearProcess, ...reversal, "blurred(t)": "Diffused(d, 1, t)", ...lets },
  })

const two = { w: "simplex(2)", m: "vector(2, -2, 2)" }
const mixed = { ...two, s: "vector(2, 1/4, 2)" }
const mixture = { d: "Mixture(w, [Normal(m[1], s[1]), Normal(m[2], s[2])])" }
export const mixtures: ReadonlyArray<Family> = [
  linear("vp-mixture", "variance-preserving, mixture data", vpLinear, mixed, mixture),
  linear("subvp-mixture", "sub-variance-preserving, mixture data", subVp, mixed, mixture),
  linear("ve-mixture", "variance-exploding, mixture data", ve, mixed, mixture),
  linear("vp-atoms", "variance-preserving, two atoms", vpConstant, two, { d: "Discrete(m, w)" }),
]

/** path(t) starts in x0; rate(t) is the derivative of the velocity in x, the same everywhere. */
const normal = (name: string, title: string, kernel: Kernel): Family =>
  linear(
    name,
    title,
    kernel,
    { m0: "real(-2, 2)", v0: "positive(1/4, 4)", x0: "real(-3, 3)" },
    {
      d: "Normal(m0, sqrt(v0))",
      "W(t)": "al(t)^2*v0 + V(t)",
      "law(t)": "Normal(al(t)*m0, sqrt(W(t)))",
      "path(t)": "al(t)*m0 + sqrt(W(t)/v0)*(x0 - m0)",
      "rate(t)": "D(v(x, t), x)",
    },
  )
export const normals: ReadonlyArray<Family> = [
  normal("vp-gaussian", "variance-preserving, normal data", vpConstant),
  normal("subvp-gaussian", "sub-variance-preserving, normal data", subVp),
  normal("ve-gaussian", "variance-exploding, normal data", ve),
  normal("ou-gaussian", "Ornstein-Uhlenbeck, normal data", ou),
]

/** Covariances C C^T at time 0 and C (I + t K) C^T at time t, K diagonal: M = C (I + t K)^(1/2) C^-1. */
const plane = (name: string, title: string, parameters: Family["parameters"], C: string, K: string): Family =>
  family(name, {
    title,
    parameters: { ...time, ...parameters },
    let: {
      C,
      K,
      "cov(t)": "C*(identity(2) + t*K)*transpose(C)",
      start: "C*transpose(C)",
      G2: "C*K*transpose(C)",
      "M(t)": "C*diag([sqrt(1 + t*K[1, 1]), sqrt(1 + t*K[2, 2])])*inv(C)",
      "slope(t)": "G2*inv(cov(t))*M(t)/2",
      "flat(t)": "[slope(t)[1, 1], slope(t)[1, 2], slope(t)[2, 1], slope(t)[2, 2]]",
      cost: "trace((M(T) - identity(2))*start*transpose(M(T) - identity(2)))",
    },
  })
const spread = { s: "vector(2, 1/2, 2)" }
const round = { Q: "orthogonal(2)", ...spread }
export const commuting: ReadonlyArray<Family> = [
  plane("round-noise", "noise of one variance in all directions", { ...round, c: "positive(1/4, 4)" }, "Q*diag(s)", "diag([c/s[1]^2, c/s[2]^2])"),
  plane("aligned-noise", "noise along the axes of the data", { ...round, c: "vector(2, 1/4, 4)" }, "Q*diag(s)", "diag(c)"),
  plane("like-noise", "noise with the covariance of the data, times a number", { A: "spd(2, 1/4, 4)", c: "positive(1/4, 4)" }, "A", "diag([c, c])"),
]
export const crossing = plane(
  "crossing-noise",
  "noise along other axes than the data",
  { e: "real(-2, 2)", c: "vector(2, 1/4, 4)" },
  "[[1, e], [0, 1]]",
  "diag(c)",
)
