/**
 * Conditional flow matching. p_t(x) = int p_t(x | z) p1(dz), u_t(x) = E[u_t(x | z) | x_t = x]:
 *
 *   d p_t / dt + div(p_t u_t) = 0,   L_CFM - L_FM = E tr Cov(u_t(x | z) | x_t) (free of the model),   grad L_CFM = grad L_FM,
 *   p_t(x | z) = N(a z, b^2):  u_t(x | z) = a' z + (b'/b)(x - a z),   u_t(x) = (a'/a) x + (b^2 a'/a - b b') grad log p_t(x).
 */
import { step, theorem } from "../../src/core/statement.ts"
import { endpoint } from "./schemes.ts"
import { schemes } from "./families-schemes.ts"
import { SCALAR, interpolants, linearGaussian, linearMixture, otMixture, plane, trigGaussian, twoPoint, vpMixture } from "./families.ts"
import { edges } from "./conditional-flow-matching-edges.ts"
import { mutants } from "./conditional-flow-matching-mutants.ts"

const SCHEMES = schemes.map((f) => f.name)
const INTERPOLANTS = interpolants.map((f) => f.name)
const SMOOTH = ["linear-mixture", "vp-mixture", "linear-gaussian", "trigonometric-gaussian"]

export const conditionalFlowMatching = theorem({
  id: "flow/conditional-flow-matching",
  title: "Conditional flow matching",
  statement: String.raw`\partial_t p_t + \nabla\!\cdot(p_t u_t) = 0,\qquad u_t(x)=\mathbb E[u_t(x\mid z)\mid x_t=x],\qquad \nabla_\theta\mathcal L_{\mathrm{CFM}} = \nabla_\theta\mathcal L_{\mathrm{FM}}`,
  symbols: {
    t: "time in ]0, 1[",
    x: "point",
    z: "target point",
    "a(t)": "scale of the target",
    "b(t)": "scale of the noise, > 0",
    p1: "target law",
    "v(x)": "affine model c x + k",
    w: "weights",
  },
  hypotheses: [
    { name: "noise", statement: "there is noise where the conditional field is evaluated", condition: "b(t) > 0" },
    { name: "start", statement: "the score form of the field begins after t = 0", condition: "a(t) > 0" },
  ],
  families: [linearMixture, otMixture, vpMixture, linearGaussian, trigGaussian, twoPoint, plane, ...interpolants, ...schemes],
  functions: { endpoint },
  steps: [
    step("conditional-continuity", "D(cond(z, t, x), t) == -divergence(cond(z, t, x)*field(z, t, x), x)", "Gaussian kernel", {
      families: [...SCALAR, "linear-plane"],
    }),
    step("marginalise", "E(y, p1, field(y, t, x)*cond(y, t, x))/pdf(p(t), x) == u(t, x)", "integrate over the posterior of z", { families: SCALAR }),
    step("plug-in", "field(PosteriorMean(p1, a(t), b(t), x), t, x) == u(t, x)", "the conditional field is affine in z", {
      families: [...SCALAR, "linear-plane"],
    }),
    step("continuity", "D(pdf(p(t), x), t) == -divergence(pdf(p(t), x)*u(t, x), x)", "average the conditional equations", {
      families: [...SCALAR, "linear-plane"],
    }),
    step("cross-term", "E(y, p1, E(q, kernel(y, t), v(q)*field(y, t, q))) == E(y, p(t), v(y)*u(t, y))", "tower property", { families: SMOOTH }),
    step("loss-gap", "cfm - fm == spread", "expand the squares", { families: SMOOTH }),
    step("closed-gap", "integral(t, 0, 1, closedSpread(t)) == pi*s/2", "arctangent", { families: ["linear-gaussian"] }),
    step("gradient-slope", "D(cfm, c) == D(fm, c)", "the gap is free of the model", { families: SMOOTH }),
    step("gradient-intercept", "D(cfm, k) == D(fm, k)", "the gap is free of the model", { families: SMOOTH }),
    step("flow", "D(trajectory(t), t) == u(t, trajectory(t))", "quantiles are transported", {
      families: ["linear-mixture", "conditional-ot-mixture", "vp-mixture", "linear-gaussian"],
    }),
    step("euler-order", "n*error(1, n) <= 2", "global error of order 1", { families: SCHEMES, sharpness: "exact-on-the-ray" }),
    step("heun-order", "n^2*error(2, n) <= 1/2", "global error of order 2", { families: SCHEMES, sharpness: "exact-on-the-ray" }),
    step("runge-kutta-order", "n^4*error(4, n) <= 1/4", "global error of order 4", { families: SCHEMES, sharpness: "exact-on-the-ray" }),
    step("euler-halving", "abs(error(1, n)/error(1, 2*n) - 2) < 1/4", "the leading error term is measured", {
      families: SCHEMES,
      sharpness: "exact-on-the-ray",
    }),
    step("heun-halving", "abs(error(2, n)/error(2, 2*n) - 4) < 1/2", "the leading error term is measured", {
      families: SCHEMES,
      sharpness: "exact-on-the-ray",
    }),
    step("runge-kutta-halving", "abs(error(4, n)/error(4, 2*n) - 16) < 2", "the leading error term is measured", {
      families: SCHEMES,
      sharpness: "exact-on-the-ray",
    }),
    step("exact-on-the-ray", "endpoint(1, 8, [1/2, 1/2], [m, m], [s, s], 0) == m", "the velocity is constant along the mean", {
      families: ["linear-gaussian"],
    }),
    step("regression", "regression(t, x) == u(t, x)", "covariance over variance", { families: ["linear-gaussian"] }),
    step("energy", "integral(t, 0, 1, E(y, p(t), regression(t, y)^2)) == independentEnergy", "independent coupling", {
      families: ["linear-gaussian"],
    }),
    step("optimal-energy", "integral(t, 0, 1, E(y, straight(t), ot(t, y)^2)) == W2(Normal(0, 1), Normal(m, s))^2", "Benamou-Brenier", {
      families: ["linear-gaussian"],
    }),
    step(
      "interpolant-continuity",
      "D(pdf(p(t), x), t) == -D(pdf(p(t), x)*(chord(t, x) + gammaDot(t)*zeta(t, x)), x)",
      "velocity is a conditional mean",
      { families: INTERPOLANTS },
    ),
    step("interpolant-score", "score(p(t), x) == -zeta(t, x)/sqrt(g2(t))", "Tweedie for zeta", { families: INTERPOLANTS }),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Lipman et al.", year: 2023, where: "Flow matching for generative modeling, Theorems 1-3" },
    { authors: "Albergo, Boffi, Vanden-Eijnden", year: 2023, where: "Stochastic interpolants, Theorems 2.6 and 2.8" },
    { authors: "Tong et al.", year: 2024, where: "Improving and generalizing flow-based generative models, Proposition 3.4" },
    { authors: "Benamou, Brenier", year: 2000, where: "A computational fluid mechanics solution to the Monge-Kantorovich mass transfer problem" },
  ],
})
