/**
 * Time reversal of diffusions.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { edges } from "./reverse-edges.ts"
import { densityFamilies } from "./reverse-families.ts"
import { gaussianFamilies } from "./reverse-gaussian.ts"
import { momentsStep, mutants } from "./reverse-mutants.ts"
import { flowFamilies, schemeFamilies, schemeFunctions } from "./reverse-schemes.ts"

const names = (families: ReadonlyArray<{ readonly name: string }>): ReadonlyArray<string> => families.map((f) => f.name)
const GAUSSIAN = names(gaussianFamilies).slice(0, 6)
const MOVING = ["vp-mixture", "subvp-mixture", "ve-mixture", "vp-atoms", "ve-atoms", "ou-plane", "geometric-brownian"]
const STATIONARY = ["pearson", "square-root", "ou-stationary"]
const PLANES = ["correlated-plane", "correlated-market", "pearson-plane"]
const INTEGRATED = ["vp-gaussian", "subvp-gaussian", "ve-gaussian", "ou-gaussian"]
const BOXED = ["vp-mixture", "subvp-mixture", "ve-mixture", "geometric-brownian"]
const FLOWS = names(flowFamilies)

export const reverseTimeSde = theorem({
  id: "diffusion/reverse-time-sde",
  title: "Reverse-time SDE and probability flow",
  statement: String.raw`dX = f\,dt + g\,dW`,
  symbols: { T: "horizon" },
  hypotheses: [{ name: "density", statement: "", condition: "width > 0" }],
  families: [...densityFamilies, ...gaussianFamilies, ...flowFamilies, ...schemeFamilies],
  functions: schemeFunctions,
  steps: [
    step("start", "[al(0), V(0)] == [1, 0]", "X_0 itself", { families: GAUSSIAN }),
    step("mean-coefficient", "exp(integral(u, 0, t, a(u))) == al(t)", "al' = a al", { families: GAUSSIAN }),
    step("variance", "integral(u, 0, t, g2(u)*(al(t)/al(u))^2) == V(t)", "variation of constants", { families: GAUSSIAN }),
    step("variance-rate", "D(V(t), t) == 2*a(t)*V(t) + g2(t)", "Ito's formula for X^2", { families: GAUSSIAN }),
    step(
      "moments",
      "[m0*exp(integral(u, 0, t, a(u))), v0*exp(2*integral(u, 0, t, a(u))) + integral(u, 0, t, g2(u)*(al(t)/al(u))^2)] == [m0*al(t), v0*al(t)^2 + V(t)]",
      "independent data and noise",
      { families: GAUSSIAN },
    ),
    step(
      "fokker-planck",
      "D(p(x, t), t) == -divergence(f(x, t)*p(x, t), x) + laplacian(G(x, t)*p(x, t), x)/2",
      "Ito's formula and integration by parts",
      { families: [...MOVING, "vp-cauchy", ...STATIONARY] },
    ),
    step(
      "fokker-planck-on-boxes",
      "D(p(x, t), t) == -divergence(f(x, t)*p(x, t), x) + laplacian(G(x, t)*p(x, t), x)/2",
      "the same for all x and t of whole boxes",
      { families: BOXED },
    ),
    step("continuity-on-boxes", "D(p(x, t), t) == -divergence(v(x, t)*p(x, t), x)", "the same for all x and t of whole boxes", { families: BOXED }),
    step("fokker-planck-matrix", "D(p(x, t), t) == -divergence(f(x)*p(x, t), x) + divergence(flux(x, t), x)/2", "noise G with A = G G^T", {
      families: PLANES,
    }),
    step("diffusion-as-drift", "laplacian(G(x, t)*p(x, t), x)/2 == divergence((divG(x, t) + G(x, t)*s(x, t))/2*p(x, t), x)", "grad p = s p", {
      families: [...MOVING, ...STATIONARY],
    }),
    step("continuity", "D(p(x, t), t) == -divergence(v(x, t)*p(x, t), x)", "diffusion written as drift", { families: MOVING }),
    step("reverse", "D(q(x, r), r) == -divergence(back(x, T - r)*q(x, r), x) + laplacian(G(x, T - r)*q(x, r), x)/2", "", {
      families: [...MOVING, ...STATIONARY],
    }),
    step("reverse-matrix", "D(q(x, r), r) == -divergence(back(x, T - r)*q(x, r), x) + divergence(flux(x, T - r), x)/2", "", { families: PLANES }),
    step("lambda-family", "D(q(x, r), r) == -divergence(backLam(x, T - r)*q(x, r), x) + lam^2/2*laplacian(G(x, T - r)*q(x, r), x)", "", {
      families: MOVING,
    }),
    step("reversed-drift", "back(x, t) == f(x, t)", "a stationary one-dimensional diffusion is reversible", { families: STATIONARY }),
    step("propagator", "exp(-integral(u, t, T, slope(u))) == phi(lam, t)", "", { families: GAUSSIAN }),
    step("gain", "exp(-integral(u, 0, t, slope(u))) == gain(t)", "", { families: GAUSSIAN }),
    step("reverse-mean", "D(M(t), t) == drift(M(t), t)", "", { families: GAUSSIAN }),
    step("reverse-variance", "D(P(t), t) == 2*P(t)*slope(t) - noise(t)", "", { families: GAUSSIAN }),
    step("terminal", "[endMean, endVariance] == [m0, v0]", "", { families: INTEGRATED }),
    step("quantile-rate", "D(F(x, t), t) == -v(x, t)*p(x, t)", "", {
      families: ["vp-mixture", "subvp-mixture", "ve-mixture", "vp-atoms", "ve-atoms", "vp-cauchy", "geometric-brownian"],
    }),
    step("quantile", "cdf(law(T), end(x0)) == cdf(d, x0)", "", { families: FLOWS }),
    step("euler-one-step", "scheme(1) == [m(T) - T*drift(m(T), T), (1 - T*slope(T))^2*W(T) + T*noise(T)]", "", { families: names(schemeFamilies) }),
    step("euler-mean-order", "n*abs(scheme(n)[1] - m0) <= upperMean", "", {
      families: ["euler-vp", "euler-vp-linear", "euler-ou"],
      sharpness: "euler-exact",
    }),
    step("euler-order", "n*abs(scheme(n)[2] - v0) <= upper", "", {
      families: ["euler-vp", "euler-vp-linear", "euler-ou", "euler-ve", "euler-brownian"],
      sharpness: "euler-exact",
    }),
    step("euler-order-attained", "n*(scheme(n)[2] - v0) >= lower", "", {
      families: ["euler-vp", "euler-ou", "euler-brownian"],
      sharpness: "euler-exact",
    }),
    step("euler-exact", "scheme(n) == exact(n)", "", { families: ["euler-vp-stationary", "euler-ou-stationary", "euler-brownian"] }),
    step("simulation", "sample(4) == cdf(Normal(0, 1), (scheme(4)[1] - m0)/sqrt(1 + scheme(4)[2]))", "sim", {
      families: ["euler-vp", "euler-ou", "euler-ve"],
      tolerance: 1 / 16,
    }),
    step("covariance", "reverseCov(1) == forwardCov", "", { families: GAUSSIAN }),
    step("covariance-gap", "(1 - lam)*reverseCov(lam) >= (1 - lam)*forwardCov", "", { families: GAUSSIAN, sharpness: "covariance" }),
  ],
  mutants,
  edges,
  sources: [{ authors: "Anderson", year: 1982, where: "x" }],
})
