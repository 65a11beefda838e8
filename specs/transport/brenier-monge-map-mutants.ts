/**
 * False variants of the optimal map, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const at = (C1: Literal, C2: Literal): Point => ({ family: "covariances", parameters: { m: [0, 0], k: [0, 0], C1, C2 } })
const sym = (a: Literal, b: Literal, c: Literal): Literal => [
  [a, b],
  [b, c],
]
const TURNED = at(sym(1, 0, "1/100"), sym("101/200", "99/200", "101/200"))
const NEAR = at(sym(1, 0, 2), sym(1, "1/100", 2))
const PLANE = ["covariances"]

export const mutants: ReadonlyArray<Mutant> = [
  mutant("cholesky-map", "optimal-cost", "cost(lower(C2)*inv(lower(C1))) == W2(p, q)^2", {
    families: PLANE,
    visible: at(sym(1, "1/2", 2), sym(2, "-7/10", 1)),
    unlucky: at(sym(1, 0, 1), sym(1, "1/100", 1)),
  }),
  mutant("sqrt-ratio", "optimal-cost", "cost(rootOf(C2)*inv(rootOf(C1))) == W2(p, q)^2", { families: PLANE, visible: TURNED, unlucky: NEAR }),
  mutant("product-root", "push-forward", "rootOf(inv(C1)*C2)*C1*transpose(rootOf(inv(C1)*C2)) == C2", {
    families: PLANE,
    visible: at(sym(1, "1/2", 2), sym(2, "-7/10", 1)),
    unlucky: at(sym(1, 0, 2), sym(2, 0, 1)),
  }),
  mutant("decreasing-1d", "line-cost", "E(z, mu, (z - decreasing(z))^2) == W2(mu, nu)^2", {
    families: ["exponential-uniform"],
    visible: { family: "exponential-uniform", parameters: { r: 1, b: 1 } },
    unlucky: { family: "exponential-uniform", parameters: { r: 1, b: "1/64" } },
  }),
  mutant("map-exists-always", "line-cost", "W2(Dirac(z), nu) == 0", {
    families: ["atom"],
    visible: { family: "atom", parameters: { w: "1/2", z: 0 } },
  }),
  mutant("any-plan", "cyclical-monotonicity", "cycles(C, plan) == 0"),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "singular-source",
    family: "rank-one-2",
    step: "push-forward",
    claim: "inv(C1)*C1 == I",
    parameters: { u: [1, 1], C2: sym(1, 0, 1) },
    expected: "outside-hypotheses",
    note: "the map is determined on the range of C1 only",
  },
  {
    name: "singular-target",
    family: "covariances",
    step: "push-forward",
    parameters: { C1: sym(1, 0, 1), C2: sym(4, 0, 0) },
    expected: "holds",
    note: "the map is a projection",
  },
  {
    name: "atomic-source",
    family: "atom",
    step: "line-cost",
    claim: "W2(Dirac(z), nu) == 0",
    parameters: { w: "1/2", z: 0 },
    expected: "refuted-as-exact",
    note: "a map sends one atom to one atom",
  },
]
