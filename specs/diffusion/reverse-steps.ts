/**
 * The derivation of the reverse-time SDE: moments of the forward process, Fokker-Planck, diffusion as drift, the reversed equation and its family in
 * lambda; then what only some processes show: Gaussian moments, quantiles, the order of Euler-Maruyama, covariances in time.
 */
import { step } from "../../src/core/statement.ts"
import type { Step } from "../../src/core/statement.ts"
import { momentsOf } from "./reverse-mutants.ts"

const GAUSSIAN = ["vp-gaussian", "vp-linear-gaussian", "subvp-gaussian", "ve-gaussian", "ou-gaussian", "brownian-gaussian"]
const INTEGRATED = ["vp-gaussian", "subvp-gaussian", "ve-gaussian", "ou-gaussian"]
const LINE = ["vp-mixture", "subvp-mixture", "ve-mixture", "vp-atoms", "ve-atoms", "geometric-brownian"]
const MOVING = [...LINE, "ou-plane"]
const STATIONARY = ["pearson", "square-root", "ou-stationary"]
const BOXED = ["vp-mixture", "subvp-mixture", "ve-mixture", "geometric-brownian"]
const PLANES = ["correlated-plane", "correlated-market", "pearson-plane"]
const FLOWS = ["vp-flow", "subvp-flow", "ve-flow"]
const STILL = ["euler-vp-stationary", "euler-ou-stationary"]
const BOUNDED = ["euler-vp", "euler-ou", "euler-brownian"]
const MEANS = ["euler-vp", "euler-vp-linear", "euler-ou"]
const SCHEMES = [...BOUNDED, "euler-vp-linear", "euler-ve"]

const FOKKER_PLANCK = "D(p(x, t), t) == -divergence(f(x, t)*p(x, t), x) + laplacian(G(x, t)*p(x, t), x)/2"
const CONTINUITY = "D(p(x, t), t) == -divergence(v(x, t)*p(x, t), x)"
const backwards = (drift: string, diffusion: string): string => `D(q(x, r), r) == -divergence(${drift}(x, T - r)*q(x, r), x) + ${diffusion}`
const DIFFUSION = "laplacian(G(x, T - r)*q(x, r), x)"

const on = (claim: string, because: string, families: ReadonlyArray<string>, more: Partial<Step> = {}): readonly [string, string, Partial<Step>] => [
  claim,
  because,
  { families, ...more },
]

const table: Readonly<Record<string, readonly [claim: string, because: string, more: Partial<Step>]>> = {
  start: on("[al(0), V(0)] == [1, 0]", "X_0 itself", GAUSSIAN),
  "mean-coefficient": on("exp(integral(u, 0, t, a(u))) == al(t)", "al' = a al", GAUSSIAN),
  variance: on("integral(u, 0, t, g2(u)*(al(t)/al(u))^2) == V(t)", "variation of constants", GAUSSIAN),
  "variance-rate": on("D(V(t), t) == 2*a(t)*V(t) + g2(t)", "Ito's formula for the square", GAUSSIAN),
  moments: on(momentsOf("al(t)"), "data and noise are independent", GAUSSIAN),
  "fokker-planck": on(FOKKER_PLANCK, "Ito's formula, integrated by parts", [...MOVING, "vp-cauchy", ...STATIONARY]),
  "fokker-planck-on-boxes": on(FOKKER_PLANCK, "the same on whole boxes of (x, t)", BOXED),
  "fokker-planck-matrix": on(
    "D(p(x, t), t) == -divergence(f(x)*p(x, t), x) + divergence(flux(x, t), x)/2",
    "the same for noise G with A = G G^T",
    PLANES,
  ),
  "diffusion-as-drift": on("laplacian(G(x, t)*p(x, t), x)/2 == divergence((divG(x, t) + G(x, t)*s(x, t))/2*p(x, t), x)", "grad p = s p", [
    ...MOVING,
    ...STATIONARY,
  ]),
  continuity: on(CONTINUITY, "diffusion as drift in Fokker-Planck", MOVING),
  "continuity-on-boxes": on(CONTINUITY, "the same on whole boxes of (x, t)", BOXED),
  reverse: on(backwards("back", `${DIFFUSION}/2`), "Fokker-Planck read backwards, twice its diffusion as drift", [...MOVING, ...STATIONARY]),
  "reverse-matrix": on(backwards("back", "divergence(flux(x, T - r), x)/2"), "the same for noise G with A = G G^T", PLANES),
  "lambda-family": on(backwards("backLam", `lam^2/2*${DIFFUSION}`), "any share of the diffusion as drift", MOVING),
  "reversed-drift": on("back(x, t) == f(x, t)", "a stationary diffusion on the line is reversible", STATIONARY),
  propagator: on("exp(-integral(u, t, T, slope(u))) == phi(lam, t)", "g^2/W = (log W)' - 2 a", GAUSSIAN),
  gain: on("exp(-integral(u, 0, t, slope(u))) == gain(t)", "g^2/W = (log W)' - 2 a", GAUSSIAN),
  "reverse-mean": on("D(M(t), t) == drift(M(t), t)", "a linear drift acts on the mean", GAUSSIAN),
  "reverse-variance": on("D(P(t), t) == 2*P(t)*slope(t) - noise(t)", "Ito's formula for the square", GAUSSIAN),
  terminal: on("[endMean, endVariance] == [m0, v0]", "started from p_T the reversed process ends in the data", INTEGRATED),
  "quantile-rate": on("D(F(x, t), t) == -v(x, t)*p(x, t)", "continuity, integrated over x", [...LINE, "vp-cauchy"]),
  quantile: on("cdf(law(T), end(x0)) == cdf(d, x0)", "the flow is increasing and carries p_0 to p_T", FLOWS),
  "euler-one-step": on("scheme(1) == [m(T) - T*drift(m(T), T), (1 - T*slope(T))^2*W(T) + T*noise(T)]", "definition of the scheme", [
    ...SCHEMES,
    ...STILL,
  ]),
  "euler-exact": on("scheme(n) == exact(n)", "the recursion summed in closed form", [...STILL, "euler-brownian"]),
  "euler-mean-order": on("n*abs(scheme(n)[1] - m0) <= upperMean", "defects of one step, added up", MEANS, { sharpness: "euler-exact" }),
  "euler-order": on("n*abs(scheme(n)[2] - v0) <= upper", "defects of one step, added up", SCHEMES, { sharpness: "euler-exact" }),
  "euler-order-attained": on("n*(scheme(n)[2] - v0) >= lower", "the defects have one sign", BOUNDED, { sharpness: "euler-exact" }),
  simulation: on(
    "sample(4) == cdf(Normal(0, 1), (scheme(4)[1] - m0)/sqrt(1 + scheme(4)[2]))",
    "the scheme ends in a normal law",
    ["euler-vp", "euler-ou", "euler-ve"],
    {
      tolerance: 1 / 10,
    },
  ),
  covariance: on("reverseCov(1) == forwardCov", "at lambda = 1 the paths have the forward law", GAUSSIAN),
  "covariance-gap": on("(1 - lam)*reverseCov(lam) >= (1 - lam)*forwardCov", "elsewhere only the marginals agree", GAUSSIAN, {
    sharpness: "covariance",
  }),
}

export const steps: ReadonlyArray<Step> = Object.entries(table).map(([name, [claim, because, more]]) => step(name, claim, because, more))
