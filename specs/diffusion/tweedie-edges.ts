/**
 * Degenerate points of Tweedie's formula and the answers they get.
 */
import type { Edge } from "../../src/core/statement.ts"

export const edges: ReadonlyArray<Edge> = [
  {
    name: "sigma-zero",
    family: "gaussian",
    step: "tweedie",
    parameters: { m: 0, r: 1, al: 1, sg: 0, x: "1/2" },
    expected: "outside-hypotheses",
    note: "the noise level must be positive",
  },
  {
    name: "alpha-zero",
    family: "gaussian",
    step: "tweedie",
    parameters: { m: 0, r: 1, al: 0, sg: 1, x: "1/2" },
    expected: "outside-hypotheses",
    note: "x carries no information on x_0",
  },
  {
    name: "cauchy-prior",
    family: "cauchy",
    step: "tweedie",
    parameters: { m: 0, r: 1, al: 1, sg: 1, x: 3 },
    expected: "holds",
    note: "posterior moments exist although prior moments do not",
  },
  {
    name: "dirac-prior",
    family: "dirac",
    step: "covariance",
    parameters: { c: "3/4", al: "1/2", sg: "1/4", x: 1 },
    expected: "holds",
    note: "Cov = 0 and H = -1/sg^2 exactly",
  },
  {
    name: "laplace-noise",
    family: "gaussian",
    step: "tweedie",
    parameters: { m: 0, r: 1, al: 1, sg: 1, x: 2 },
    expected: "refuted-as-exact",
    note: "false for noise that is not Gaussian",
    claim: "E(z, d, z*pdf(Laplace(al*z, sg), x))/E(z, d, pdf(Laplace(al*z, sg), x)) == (x + 2*sg^2*D(log(E(z, d, pdf(Laplace(al*z, sg), x))), x))/al",
  },
]
