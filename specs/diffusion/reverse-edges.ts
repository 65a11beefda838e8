/**
 * Degenerate points of the reverse-time SDE and the answers that they must get.
 */
import type { Edge } from "../../src/core/statement.ts"

const unit = { T: 1, t: "1/2", x: "1/2", lam: 1, m0: "3/2", v0: "1/4", M1: 0, P1: 1 }
const NOISE = "integral(u, 0, t, g2(u)*(al(t)/al(u))^2)"
/** Moments at t = 0 of the reversed process from the start N(M1, P1), claimed to be those of the data. */
const ARRIVES = "[M(0), P(0)] == [m0, v0]"

export const edges: ReadonlyArray<Edge> = [
  {
    name: "start-from-standard-normal",
    family: "vp-linear-gaussian",
    step: "reverse-mean",
    claim: ARRIVES,
    parameters: { ...unit, b0: "1/8", b1: 16 },
    expected: "refuted-as-exact",
    note: "the error is the factor Phi, about 1e-4 in the mean: small, never 0",
  },
  {
    name: "start-from-stationary-normal",
    family: "vp-linear-gaussian",
    step: "reverse-mean",
    claim: ARRIVES,
    parameters: { ...unit, m0: 0, v0: 1, b0: "1/8", b1: 16 },
    expected: "holds",
    note: "p_T is the standard normal law itself",
  },
  {
    name: "dirac-data-at-time-zero",
    family: "ve-atoms",
    step: "fokker-planck",
    parameters: { T: 1, t: 0, x: 0, lam: 1, lo: "1/8", hi: 4, w: [1], m: [0] },
    expected: "outside-hypotheses",
    note: "no density at t = 0; the score does not exist",
  },
  {
    name: "dirac-data",
    family: "ve-atoms",
    step: "reverse",
    parameters: { T: 1, t: "1/16", x: "1/64", lam: 1, lo: "1/8", hi: 4, w: [1], m: [0] },
    expected: "holds",
    note: "W = V: a bridge-like process, with a drift that is singular at t = 0 only",
  },
  {
    name: "pre-noised-data",
    family: "ve-gaussian",
    step: "variance",
    claim: `lo^2 + ${NOISE} == sigma(t)^2`,
    companion: `${NOISE} == sigma(t)^2`,
    parameters: { ...unit, lo: "1/8", hi: 4 },
    expected: "holds-with-note",
    note: "V = sigma_t^2 is the variance for data that carry noise sigma_0 already",
  },
  {
    name: "cauchy-data-moments",
    family: "vp-cauchy",
    step: "moments",
    claim: "Mean(law(t)) == al(t)*m",
    parameters: { T: 1, t: "1/2", x: 0, lam: 1, b: 1, m: 0, scale: 1 },
    expected: "undefined",
    note: "no mean, hence no mean or variance to check",
  },
  {
    name: "cauchy-data-density",
    family: "vp-cauchy",
    step: "reverse",
    parameters: { T: 1, t: "1/2", x: 1, lam: 1, b: 1, m: 0, scale: 1 },
    expected: "holds",
    note: "densities and quantiles need no moments",
  },
  {
    name: "no-noise",
    family: "ou-gaussian",
    step: "reverse-variance",
    parameters: { ...unit, th: 1, sg: 0 },
    expected: "holds",
    note: "the reversal of a deterministic flow is the flow run backwards",
  },
  {
    name: "jump-in-the-rate",
    family: "vp-step-gaussian",
    step: "variance",
    parameters: { ...unit, b: 1, c: "1/4" },
    expected: "holds",
    note: "the integral is taken piecewise",
  },
]
