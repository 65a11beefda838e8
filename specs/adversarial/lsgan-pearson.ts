/**
 * The least-squares game. D is scored by (D - b)^2/2 on data (law p) and (D - a)^2/2 on samples (law q):
 *
 *   D* = (b p + a q)/(p + q),   C(q) = E_p (D* - c)^2/2 + E_q (D* - c)^2/2,
 *   b - c = 1, b - a = 2:  2 C(q) = int (2 q - (p + q))^2/(p + q) = int (p - q)^2/(p + q), Pearson's divergence of p + q and 2 q, in [0, 2];
 *   with TV = int |p - q|/2:  2 TV^2 <= int (p - q)^2/(p + q) <= 2 TV.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Point } from "../../src/core/statement.ts"
import { disjoint, opposed, pairs } from "./families-squares.ts"

const PAIRS = pairs.map((f) => f.name)
const shift = (m: string | number): Point => ({ family: "normals", parameters: { m, s: 1, b: 1, x: 0 } })
const table: Point = { family: "tables", parameters: { f: ["1/2", "1/4", "1/4"], g: ["1/8", "1/2", "3/8"], b: 1, x: 1 } }
const equal: Point = { family: "tables", parameters: { f: ["1/2", "1/4", "1/4"], g: ["1/2", "1/4", "1/4"], b: 1, x: 1 } }

export const lsganPearson = theorem({
  id: "adversarial/lsgan-pearson",
  title: "Least-squares game and Pearson's divergence",
  statement: String.raw`D^* = \frac{bp+aq}{p+q},\qquad 2C(G) = \int\frac{(2q-(p+q))^2}{p+q} = \int\frac{(p-q)^2}{p+q}\quad\text{for } b-c=1,\ b-a=2`,
  symbols: {
    p: "law of the data",
    q: "law of the generator",
    b: "label of data",
    a: "label of samples, b - 2",
    c: "label that the generator aims at, b - 1",
    u: "p(x)",
    v: "q(x)",
    triangular: "int (p - q)^2/(p + q)",
  },
  hypotheses: [
    { name: "labels", statement: "b - c = 1 and b - a = 2" },
    { name: "both-terms", statement: "the loss of the generator has the term of the data too" },
  ],
  families: [...pairs, ...disjoint, ...opposed],
  steps: [
    step("stationary", "D(loss(y), y) == (u + v)*(y - best)", "a quadratic in D(x)", { families: PAIRS }),
    step("minimum", "loss(y) - loss(best) == (u + v)/2*(y - best)^2", "complete the square", { families: PAIRS }),
    step("substitution", "2*goal == triangular", "D* - c = (p - q)/(p + q)", { families: PAIRS }),
    step("pearson", "triangular == 2*ChiSquare(p, middle)", "p - (p + q)/2 = (p - q)/2", { families: PAIRS }),
    step("nonnegative", "triangular >= 0", "a square", { families: PAIRS, sharpness: "zero-at-equality" }),
    step("zero-at-equality", "ChiSquare(p, Mixture([1/2, 1/2], [p, p])) == 0", "p = q", { families: ["normals", "uniforms", "laplaces"] }),
    step("at-most-2", "triangular <= 2", "|p - q| <= p + q", { families: PAIRS, sharpness: "two-when-disjoint" }),
    step("two-when-disjoint", "triangular == 2*TV(p, q)", "where the laws have no point in common, and where they agree elsewhere", {
      families: ["uniforms", "disjoint-tables", "disjoint-uniforms"],
    }),
    step("above-tv", "triangular >= 2*TV(p, q)^2", "Cauchy and Schwarz", { families: PAIRS, sharpness: "opposed" }),
    step("opposed", "triangular == 2*TV(p, q)^2", "|p - q|/(p + q) is constant", { families: ["opposed-tables", "opposed-halves", "equal-tables"] }),
    step("below-tv", "triangular <= 2*TV(p, q)", "|p - q| <= p + q", { families: PAIRS, sharpness: "two-when-disjoint" }),
  ],
  mutants: [
    mutant("chi2-p-q", "pearson", "triangular == ChiSquare(p, q)", { families: ["normals", "tables"], visible: shift(1), unlucky: shift("1/128") }),
    mutant("labels-any", "substitution", "2*halfGoal == triangular", { visible: shift(1), unlucky: equal }),
    mutant("no-half", "substitution", "goal == triangular", { visible: shift(1), unlucky: equal }),
    mutant("generator-only-term", "substitution", "2*oneTerm == triangular", { families: ["tables"], visible: table }),
    mutant("d-star-swapped", "minimum", "loss(y) - loss(swapped) == (u + v)/2*(y - swapped)^2", { visible: shift(1), unlucky: equal }),
  ],
  edges: [
    {
      name: "generator-only-at-equality",
      family: "tables",
      step: "substitution",
      claim: "oneTerm == 0",
      parameters: equal.parameters,
      expected: "refuted-as-exact",
      note: "with labels 0, 1 and the term of the samples alone the loss at p = q is 1/8: it is no divergence",
    },
    {
      name: "no-mass",
      family: "disjoint-uniforms",
      step: "two-when-disjoint",
      claim: "(b*pdf(p, 1/2 + 3) + a*pdf(q, 1/2 + 3))/(pdf(p, 1/2 + 3) + pdf(q, 1/2 + 3)) == b",
      parameters: { l: 1, b: 1 },
      expected: "undefined",
      note: "D* is arbitrary where p = q = 0",
    },
  ],
  sources: [{ authors: "Mao et al.", year: 2017, where: "Least squares generative adversarial networks, equations 4-6" }],
})
