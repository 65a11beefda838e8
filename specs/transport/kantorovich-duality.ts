/**
 * Kantorovich duality. For masses a (n), b (m) and costs C (n x m):
 *
 *   min {<C, pi> : pi >= 0, pi 1 = a, pi' 1 = b} = max {a.phi + b.psi : phi_i + psi_j <= C_ij},
 *   <C, pi> - a.phi - b.psi = sum pi_ij (C_ij - phi_i - psi_j),   phi^c_j = min_i (C_ij - phi_i);
 *
 * for a metric cost d and finite first moments (Kantorovich-Rubinstein) W1 = sup {int f d mu - int f d nu : Lip f <= 1}, and on the line
 * W1 = int |F - G| dx = int_0^1 |F^-1 - G^-1| du = int f d(mu - nu) with f' = sign(G - F).
 */
import { step, theorem } from "../../src/core/statement.ts"
import { costFunctions } from "./costs.ts"
import { couplingFunctions } from "./couplings.ts"
import { degenerateFamilies } from "./families-degenerate.ts"
import { discreteFamilies } from "./families-discrete.ts"
import { scaleFamilies } from "./families-line.ts"
import { metricFamilies } from "./families-metric.ts"
import { orderedFamilies } from "./families-ordered.ts"
import { edges } from "./kantorovich-duality-edges.ts"
import { mutants } from "./kantorovich-duality-mutants.ts"
import { programFunctions } from "./programs.ts"
import { solutionFunctions } from "./solutions.ts"

const RATIONAL = ["line", "line-squared", "space", "costs", "zero-one"]
const DISCRETE = [...RATIONAL, "line-tilted", "line-root", "plane", "square-costs"]
const EXACT_METRIC = ["line-space", "grid-space", "zero-one"]
const METRIC = [...EXACT_METRIC, "snowflake", "plane-space"]
const SQUARE = ["line-squared", "plane", "costs", "square-costs"]
const SIMPLE = ["normals", "laplaces", "logistics", "uniforms", "exponentials", "paretos"]
const CONTINUOUS = [...SIMPLE, "mixtures"]
const BOUNDED = ["normals", "uniforms", "exponentials", "paretos", "laplace-logistic"]
const ATTAINED = ["normals", "logistics", "uniforms", "exponentials", "paretos", "mixtures"]
const on = (families: ReadonlyArray<string>, sharpness?: string) => ({ families, ...(sharpness === undefined ? {} : { sharpness }) })

export const kantorovichDuality = theorem({
  id: "transport/kantorovich-duality",
  title: "Kantorovich duality and the Kantorovich-Rubinstein formula",
  statement: String.raw`\min_{\pi\in\Pi(\mu,\nu)}\int c\,d\pi = \sup_{\varphi(x)+\psi(y)\le c(x,y)}\int\varphi\,d\mu+\int\psi\,d\nu,\qquad W_1(\mu,\nu) = \sup_{\operatorname{Lip}(f)\le1}\int f\,d\mu-\int f\,d\nu`,
  symbols: {
    a: "masses of mu",
    b: "masses of nu",
    C: "cost matrix, n x m",
    plan: "a coupling",
    phi: "potential on the sources",
    psi: "potential on the targets, below the c-transform of phi",
    best: "an optimal coupling",
    u: "its potential on the sources",
    v: "its potential on the targets",
    d: "metric cost on common points",
    f: "Kantorovich potential, 1-Lipschitz",
    mu: "law on the line, distribution function F",
    nu: "law on the line, distribution function G",
  },
  hypotheses: [
    { name: "metric", statement: "in the Kantorovich-Rubinstein form the cost satisfies the triangle inequality", condition: "excess(d) <= 0" },
    { name: "first-moment-mu", statement: "mu has a finite first moment", condition: "integrable(mu) == 1" },
    { name: "first-moment-nu", statement: "nu has a finite first moment", condition: "integrable(nu) == 1" },
  ],
  functions: { ...costFunctions, ...couplingFunctions, ...programFunctions, ...solutionFunctions },
  families: [...discreteFamilies, ...metricFamilies, ...scaleFamilies, ...orderedFamilies, ...degenerateFamilies],
  steps: [
    step("gap", "price(plan) - value(phi, psi) == slackness", "both marginals of the plan", on(DISCRETE)),
    step("weak-duality", "value(phi, psi) <= price(plan)", "no term of the gap is negative", on(DISCRETE, "strong-duality")),
    step("optimal-plan", "[marginal(best), marginal(transpose(best)), size] == [a, b, 1]", "the basis carries a coupling", on(DISCRETE)),
    step("optimal-potentials", "sums(u, v) <= C", "no arc outside the basis prices out", on(DISCRETE, "complementary-slackness")),
    step("strong-duality", "price(best) == value(u, v)", "linear programming duality", on(DISCRETE)),
    step("complementary-slackness", "support(best, sums(u, v)) == support(best, C)", "a gap of 0 has no positive term", on(DISCRETE)),
    step(
      "integrality",
      "transport(leading(C), even, even) == assignment(leading(C))",
      "extreme couplings of even masses are permutations",
      on(SQUARE),
    ),
    step("c-transform-feasible", "sums(phi, transform(C, phi)) <= C", "definition of phi^c", on(DISCRETE, "c-transform-largest")),
    step("c-transform-gains", "value(phi, psi) <= value(phi, transform(C, phi))", "psi <= phi^c", on(DISCRETE, "c-transform-largest")),
    step("c-transform-largest", "partnerSup(C, phi, b) == dot(b, transform(C, phi))", "phi^c is feasible, and psi <= phi^c", on(RATIONAL)),
    step("c-transform-thrice", "transform(C, twice) == transform(C, phi)", "phi <= phi^cc, and the transform reverses order", on(DISCRETE)),
    step("lipschitz-conjugate", "transform(d, lip) == -lip", "d(x, y) - f(x) is least at x = y", on(METRIC)),
    step("conjugate-lipschitz", "sums(potential, -potential) <= d", "a minimum of 1-Lipschitz functions", on(METRIC, "conjugate-attains")),
    step("conjugate-attains", "attained == coupled", "f = psi^c is optimal with its conjugate -f", on(METRIC)),
    step("lipschitz-bound", "tested <= coupled", "f(x) - f(y) <= d(x, y) under any coupling", on([...METRIC, ...BOUNDED], "kantorovich-rubinstein")),
    step("kantorovich-rubinstein", "dual(1) == coupled", "strong duality with psi = -phi", on([...EXACT_METRIC, ...ATTAINED])),
    step("monotone", "price(monotonePlan) == transport(C, a, b)", "a convex cost of the difference", on(["line", "line-squared", "line-tilted"])),
    step(
      "quantile-maps",
      "[cdf(mu, xi(level)), cdf(nu, eta(level))] == [at, at]",
      "increasing maps of one variable",
      on([...SIMPLE, "laplace-logistic"]),
    ),
    step(
      "cdf-identity",
      "coupled == distance",
      "the area between two graphs, by rows and by columns",
      on(["line", ...CONTINUOUS, "laplace-logistic"]),
    ),
    step("slope", "slope(spot)*gap(spot) == abs(gap(spot))", "f' = sign(G - F)", on(CONTINUOUS)),
    step("potential", "dual(1) == parts", "integrate f against mu - nu by parts", on(CONTINUOUS)),
    step("closed-form", "distance == closed", "E|dm + ds Y|; ordered laws: the means; 0/1 cost: total variation", on([...SIMPLE, "zero-one"])),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Kantorovich", year: 1942, where: "On the translocation of masses" },
    { authors: "Kantorovich, Rubinstein", year: 1958, where: "On a space of totally additive functions" },
    { authors: "Vallender", year: 1974, where: "Calculation of the Wasserstein distance between probability distributions on the line" },
    { authors: "Villani", year: 2003, where: "Topics in optimal transportation, Theorems 1.3 and 1.14, section 2.2" },
    { authors: "Villani", year: 2009, where: "Optimal transport: old and new, Theorem 5.10, Particular Case 5.16" },
    { authors: "Arjovsky, Chintala, Bottou", year: 2017, where: "Wasserstein GAN" },
  ],
})
