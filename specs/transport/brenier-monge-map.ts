/**
 * The optimal map for the cost |x - y|^2. For a law mu with a density and finite second moments it is T = grad phi, phi convex:
 *
 *   on the line T = G^-1 o F;   between N(m, C1) and N(k, C2):  T(x) = k + A (x - m),  A = C1^(-1/2) (C1^(1/2) C2 C1^(1/2))^(1/2) C1^(-1/2),  A C1 A = C2,
 *   p(x) = q(T(x)) det grad T(x) (Monge, Ampere);   phi(x) + phi*(y) >= x.y, with equality at y = T(x), so that the cost of T is a dual value.
 *
 * Plans between atoms are optimal exactly where they are cyclically monotone: no exchange of targets along a cycle of the support is cheaper.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { edges, mutants } from "./brenier-monge-map-mutants.ts"
import { costFunctions } from "./costs.ts"
import { couplingFunctions } from "./couplings.ts"
import { cycles } from "./cycles.ts"
import { costs, lineSquared, space } from "./families-discrete.ts"
import { diagonal2, plane, rankOne2, rooted2, rooted3 } from "./families-gaussian.ts"
import { atom, monotone } from "./families-monotone.ts"
import { solutionFunctions } from "./solutions.ts"

const GAUSSIAN = ["rooted-2", "rooted-3", "diagonal-2", "covariances"]
const TWO = ["rooted-2", "diagonal-2", "covariances"]
const LINE = monotone.map((f) => f.name)
const ATOMS = ["line-squared", "costs", "space"]

export const brenierMongeMap = theorem({
  id: "transport/brenier-monge-map",
  title: "Brenier's map",
  statement: String.raw`T = \nabla\phi,\ \phi\text{ convex};\qquad T = G^{-1}\circ F\text{ on the line};\qquad T(x) = m_2+\Sigma_1^{-1/2}\bigl(\Sigma_1^{1/2}\Sigma_2\Sigma_1^{1/2}\bigr)^{1/2}\Sigma_1^{-1/2}(x-m_1)`,
  symbols: {
    p: "source, N(m, C1)",
    q: "target, N(k, C2)",
    A: "matrix of the map",
    T: "optimal map",
    phi: "convex potential, T = grad phi",
    mu: "source on the line",
    nu: "target on the line",
    best: "optimal coupling of atoms",
    C: "their cost matrix",
  },
  hypotheses: [
    { name: "moments", statement: "finite second moments" },
    { name: "density", statement: "the source has a density: a regular covariance, no atoms", condition: "det(C1) > 0" },
  ],
  functions: { ...costFunctions, ...couplingFunctions, ...solutionFunctions, cycles },
  families: [rooted2, rooted3, diagonal2, { ...plane, name: "covariances" }, rankOne2, ...monotone, atom, lineSquared, costs, space],
  steps: [
    step("push-forward", "A*C1*transpose(A) == C2", "covariance of A x", { families: GAUSSIAN }),
    step("symmetric", "A == transpose(A)", "A is the Hessian of phi", { families: GAUSSIAN }),
    step("monotone", "dot(T(x) - T(y), x - y) >= least*norm2(x - y)", "the least eigenvalue of A is positive", {
      families: TWO,
      sharpness: "softest",
    }),
    step("softest", "A*soft == least*soft", "its eigenvector", { families: TWO }),
    step("positive", "least*(trace(A) - least) == sqrt(det(C2)/det(C1))", "both eigenvalues have the sign of their sum", { families: TWO }),
    step("gradient", "grad(phi(x), x) == T(x)", "differentiate the quadratic", { families: GAUSSIAN }),
    step("young", "phi(x) + conjugate(y) >= dot(x, y)", "definition of the conjugate", { families: GAUSSIAN, sharpness: "young-equality" }),
    step("young-equality", "phi(x) + conjugate(T(x)) == dot(x, T(x))", "y = grad phi(x)", { families: GAUSSIAN }),
    step("dual-value", "dual == shift + trace((I - A)*C1*(I - A))", "mean of |x|^2 - 2 phi and of |y|^2 - 2 phi*", { families: GAUSSIAN }),
    step("optimal-cost", "cost(A) == W2(p, q)^2", "duality", { families: GAUSSIAN }),
    step("monge-ampere", "logpdf(p, x) == logpdf(q, T(x)) + log(det(A))", "change of variables", { families: GAUSSIAN }),
    step("monge-ampere-line", "pdf(mu, z) == pdf(nu, T(z))*D(T(z), z)", "change of variables", { families: LINE }),
    step("line-cost", "E(z, mu, (z - T(z))^2) == W2(mu, nu)^2", "the monotone map is optimal", {
      families: LINE.filter((name) => name !== "logistics"),
    }),
    step("cyclical-monotonicity", "cycles(C, best) == 0", "an optimal plan admits no cheaper exchange", { families: ATOMS }),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Brenier", year: 1991, where: "Polar factorization and monotone rearrangement of vector-valued functions" },
    { authors: "Knott, Smith", year: 1984, where: "On the optimal mapping of distributions" },
    { authors: "Villani", year: 2003, where: "Topics in optimal transportation, Theorem 2.12" },
  ],
})
