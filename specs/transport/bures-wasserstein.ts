/**
 * Wasserstein distance of normal laws N(m, C1), N(k, C2):
 *
 *   W2^2 = |m - k|^2 + tr C1 + tr C2 - 2 tr (C1^(1/2) C2 C1^(1/2))^(1/2),   tr (C1^(1/2) C2 C1^(1/2))^(1/2) = sum_i sqrt(lambda_i(C1 C2));
 *   any two laws with these moments are at least as far apart (Gelbrich); laws of one shape, X and a X + b with a > 0, exactly as far.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Family, Literal, Point } from "../../src/core/statement.ts"
import { diagonal2, diagonal3, plane, rankOne2, rankOne3, rooted2, rooted3 } from "./families-gaussian.ts"
import { sameShape, shapes } from "./families-shapes.ts"

const ROOTED = ["rooted-2", "rooted-3", "diagonal-2", "diagonal-3", "plane"]
const names = (list: ReadonlyArray<Family>): ReadonlyArray<string> => list.map((f) => f.name)
const FORMULA = "shift + trace(C1) + trace(C2) - 2*root"
const at = (C1: Literal, C2: Literal, k: Literal = [0, 0]): Point => ({ family: "plane", parameters: { m: [0, 0], k, C1, C2 } })
const sym = (a: Literal, b: Literal, c: Literal): Literal => [
  [a, b],
  [b, c],
]
const TURNED = at(sym(1, 0, "1/100"), sym("101/200", "99/200", "101/200"))
const NEAR = at(sym(1, 0, 2), sym(1, "1/100", 2))
const ROUND = at(sym(1, 0, 1), sym(1, 0, 1), [1, 0])

export const buresWasserstein = theorem({
  id: "transport/bures-wasserstein",
  title: "Wasserstein distance of normal laws",
  statement: String.raw`W_2^2\bigl(N(m_1,\Sigma_1),N(m_2,\Sigma_2)\bigr) = |m_1-m_2|^2+\operatorname{tr}\Sigma_1+\operatorname{tr}\Sigma_2-2\operatorname{tr}\bigl(\Sigma_1^{1/2}\Sigma_2\Sigma_1^{1/2}\bigr)^{1/2}`,
  symbols: {
    p: "first law, mean m, covariance C1",
    q: "second law, mean k, covariance C2",
    root: "the trace of the root",
    A: "matrix of the optimal map",
    R: "root of C1",
    S: "root of C1^(1/2) C2 C1^(1/2)",
  },
  hypotheses: [{ name: "moments", statement: "finite second moments; covariances may be singular" }],
  families: [rooted2, rooted3, diagonal2, diagonal3, plane, rankOne2, rankOne3, ...shapes, ...sameShape],
  steps: [
    step("map-root", "trace(A*C1) == root", "A C1 = C1^-1/2 (C1^1/2 C2 C1^1/2)^1/2 C1^1/2", { families: ROOTED }),
    step("map-cost", `shift + trace((I - A)*C1*(I - A)) == ${FORMULA}`, "E |x - T x|^2, expanded", { families: ROOTED }),
    step("closed-form", `W2(p, q)^2 == ${FORMULA}`, "T is a gradient of a convex function, so optimal", {
      families: ["rooted-2", "rooted-3", "diagonal-3", "plane", "rank-one-2"],
    }),
    step("two-by-two", "root == sqrt(trace(product) + 2*sqrt(det(product)))", "square the sum of two roots", {
      families: ["rooted-2", "diagonal-2", "rank-one-2"],
    }),
    step(
      "eigenvalues",
      "root == sqrt(trace(product)/2 + sqrt((trace(product)/2)^2 - det(product))) + sqrt(trace(product)/2 - sqrt((trace(product)/2)^2 - det(product)))",
      "C1 C2 is similar to C1^1/2 C2 C1^1/2",
      { families: ["rooted-2", "diagonal-2", "plane"] },
    ),
    step(
      "three-by-three",
      "((root^2 - trace(product))/2)^2 == (trace(product)^2 - trace(product*product))/2 + 2*root*sqrt(det(product))",
      "elementary symmetric functions of three roots and of their squares",
      { families: ["rooted-3", "diagonal-3", "rank-one-3"] },
    ),
    step("gelbrich", "W2(p, q)^2 >= gelbrich", "the optimal coupling has a covariance of at most root", {
      families: names(shapes),
      sharpness: "same-shape",
    }),
    step("same-shape", "W2(p, q)^2 == gelbrich", "the monotone map is affine", { families: names(sameShape) }),
  ],
  mutants: [
    mutant("frobenius-roots", "closed-form", "W2(p, q)^2 == shift + trace((rootOf(C1) - rootOf(C2))*(rootOf(C1) - rootOf(C2)))", {
      families: ["plane"],
      visible: TURNED,
      unlucky: NEAR,
    }),
    mutant(
      "trace-of-product-root-elementwise",
      "closed-form",
      "W2(p, q)^2 == shift + trace(C1) + trace(C2) - 2*(sqrt(product[1, 1]) + sqrt(product[2, 2]))",
      {
        families: ["plane"],
        visible: TURNED,
        unlucky: NEAR,
      },
    ),
    mutant("no-factor-2", "closed-form", "W2(p, q)^2 == shift + trace(C1) + trace(C2) - root", { visible: TURNED }),
    mutant("mean-not-squared", "closed-form", "W2(p, q)^2 == sqrt(shift) + trace(C1) + trace(C2) - 2*root", { unlucky: ROUND }),
    mutant("w2-not-squared", "closed-form", `W2(p, q) == ${FORMULA}`, { visible: TURNED, unlucky: ROUND }),
    mutant("equality-for-non-gaussians", "gelbrich", "W2(p, q)^2 == gelbrich", {
      visible: { family: "two-point-normal", parameters: { m: 0, s: 1 } },
    }),
  ],
  edges: [
    {
      name: "both-singular",
      family: "rank-one-2",
      step: "closed-form",
      claim: "W2(p, MvNormal(k, [[0, 0], [0, 4]]))^2 == shift + norm2(u) + 4",
      parameters: {
        m: [0, 0],
        k: [1, 0],
        u: [1, 0],
        C2: sym(1, 0, 1),
      },
      expected: "holds",
      note: "orthogonal lines: the root vanishes",
    },
    {
      name: "nearly-singular",
      family: "diagonal-2",
      step: "two-by-two",
      parameters: { m: [0, 0], k: [0, 0], u: [1, "1/1000000"], v: [1, "1/1000000"] },
      expected: "holds",
      note: "the square root halves the digits that a floating-point evaluation keeps",
    },
  ],
  sources: [
    { authors: "Dowson, Landau", year: 1982, where: "The Frechet distance between multivariate normal distributions" },
    { authors: "Olkin, Pukelsheim", year: 1982, where: "The distance between two random vectors with given dispersion matrices" },
    { authors: "Gelbrich", year: 1990, where: "On a formula for the L2 Wasserstein metric, Theorem 2.1" },
  ],
})
