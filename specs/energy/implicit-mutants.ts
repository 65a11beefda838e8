/**
 * False variants of implicit score matching, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const at = (family: string, a: Literal, b: Literal): Point => ({
  family,
  parameters: family === "exponential" ? { r: 1, a, b, c: 0 } : { m: 0, r: 1, a, b, c: 0 },
})
const unit = [
  [1, 0],
  [0, 1],
]
const plane = (A: Literal): Point => ({ family: "any-linear", parameters: { C: unit, A } })
const SQUARE = "E(y, p, (psi(y) - score(p, y))^2)/2"
const LINEAR = "E(y, data, norm2(inv(C)*y - M*y))/2"

export const mutants: ReadonlyArray<Mutant> = [
  mutant("no-half-on-square", "square", `${SQUARE} == E(y, p, D(psi(y), y) + psi(y)^2) + E(y, p, score(p, y)^2)/2`, {
    families: ["gaussian"],
    visible: at("gaussian", -1, 0),
    unlucky: at("gaussian", "-1/100", 0),
  }),
  mutant("minus-trace", "square", `${SQUARE} == E(y, p, -D(psi(y), y) + psi(y)^2/2) + E(y, p, score(p, y)^2)/2`, {
    families: ["gaussian"],
    visible: at("gaussian", -1, 0),
    unlucky: at("gaussian", 0, 1),
  }),
  mutant("jacobian-norm", "linear", `${LINEAR} == sqrt(trace(M*transpose(M))) + trace(M*C*transpose(M))/2 + trace(inv(C))/2`, {
    visible: plane(unit),
    unlucky: plane([
      [-1, 0],
      [0, 0],
    ]),
  }),
  mutant("boundary-ignored", "square-with-an-end", `${SQUARE} == E(y, p, D(psi(y), y) + psi(y)^2/2) + E(y, p, score(p, y)^2)/2`, {
    visible: at("exponential", 0, 1),
    unlucky: at("exponential", 0, "1/1000"),
  }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "exponential-boundary",
    family: "cut",
    step: "square",
    parameters: { r: 1, a: 0, b: 1, c: 0 },
    expected: "outside-hypotheses",
    note: "psi = 1: left 2, right 1; the boundary term psi(0) p(0) = 1 does not vanish",
  },
  {
    name: "exponential-without-boundary",
    family: "cut",
    step: "square",
    parameters: { r: 1, a: 1, b: 0, c: 0 },
    expected: "holds",
    note: "psi(0) = 0",
  },
  {
    name: "cauchy-with-linear-model",
    family: "cauchy",
    step: "square",
    parameters: { m: 0, r: 1, a: -1, b: 0, c: 0 },
    expected: "divergent",
    note: "E psi^2 is infinite",
  },
]
