/**
 * Implicit score matching. For a density p with score s and a smooth model psi of it, p psi -> 0 at the ends of the support, both means finite:
 *
 *   E abs(psi - s)^2 / 2 = E[div psi + abs(psi)^2 / 2] + E abs(s)^2 / 2.
 *
 * Where p(0+) > 0 at the end of a half-line, psi(0) p(0) is added on the right.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { cauchy, cut, halves, lines, planes } from "./implicit-families.ts"
import { edges, mutants } from "./implicit-mutants.ts"

const names = (families: ReadonlyArray<{ readonly name: string }>): ReadonlyArray<string> => families.map((f) => f.name)
const LINES = { families: names(lines) }
const HALVES = { families: names(halves) }

export const implicitScoreMatching = theorem({
  id: "energy/implicit-score-matching",
  title: "Implicit score matching",
  statement: String.raw`\tfrac12\mathbb E\|\psi - \nabla\log p\|^2 = \mathbb E\bigl[\nabla\!\cdot\psi + \tfrac12\|\psi\|^2\bigr] + \tfrac12\mathbb E\|\nabla\log p\|^2`,
  symbols: {
    p: "law of the data",
    "psi(y)": "model of the score",
    edge: "psi p at the end of the support",
    C: "covariance of normal data in the plane",
    M: "matrix of a linear model psi = -M y",
  },
  hypotheses: [{ name: "boundary", statement: "psi p vanishes at the ends of the support", condition: "edge == 0" }],
  families: [...lines, ...halves, ...planes, cut, cauchy],
  steps: [
    step("parts", "E(y, p, psi(y)*score(p, y)) == -E(y, p, D(psi(y), y))", "integrate by parts", LINES),
    step(
      "square",
      "E(y, p, (psi(y) - score(p, y))^2)/2 == E(y, p, D(psi(y), y) + psi(y)^2/2) + E(y, p, score(p, y)^2)/2",
      "expand the square",
      LINES,
    ),
    step(
      "linear",
      "E(y, data, norm2(inv(C)*y - M*y))/2 == -trace(M) + trace(M*C*transpose(M))/2 + trace(inv(C))/2",
      "moments of normal data, a linear model",
      { families: names(planes) },
    ),
    step("parts-with-an-end", "E(y, p, psi(y)*score(p, y)) == -E(y, p, D(psi(y), y)) - psi(0)*pdf(p, 0)", "the boundary term stays", HALVES),
    step(
      "square-with-an-end",
      "E(y, p, (psi(y) - score(p, y))^2)/2 == E(y, p, D(psi(y), y) + psi(y)^2/2) + E(y, p, score(p, y)^2)/2 + psi(0)*pdf(p, 0)",
      "expand the square",
      HALVES,
    ),
  ],
  mutants,
  edges,
  sources: [{ authors: "Hyvaerinen", year: 2005, where: "Estimation of non-normalized statistical models by score matching, Theorem 1" }],
})
