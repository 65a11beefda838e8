/**
 * Degenerate points of the Jensen-Shannon form and the answers they get.
 */
import type { Edge } from "../../src/core/statement.ts"

export const edges: ReadonlyArray<Edge> = [
  {
    name: "disjoint-uniforms",
    family: "uniforms",
    step: "equivalence",
    parameters: { a: 2 },
    expected: "holds",
    note: "JS = log 2 and V* = 0 although both KL divergences are infinite",
  },
  {
    name: "kl-of-disjoint",
    family: "uniforms",
    step: "equivalence",
    claim: "KL(p, q) == log(2)",
    parameters: { a: 2 },
    expected: "divergent",
    note: "a derivation through KL(p, q) breaks here",
  },
  {
    name: "equal-laws",
    family: "shift",
    step: "equivalence",
    claim: "js == 0",
    parameters: { mu: 0 },
    expected: "holds",
    note: "JS(p, p) = 0 exactly",
  },
  {
    name: "singular",
    family: "atom",
    step: "log2-when-disjoint",
    parameters: { m: 0, s: 1 },
    expected: "holds",
    note: "an atom against a density",
  },
  {
    name: "bound-of-one",
    family: "uniforms",
    step: "at-most-log2",
    claim: "js <= 1",
    parameters: { a: 2 },
    expected: "holds",
    note: "1 is a true bound, but not attained",
  },
]
