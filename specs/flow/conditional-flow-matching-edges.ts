/**
 * Degenerate points of conditional flow matching and the answers they get.
 */
import type { Edge } from "../../src/core/statement.ts"

export const edges: ReadonlyArray<Edge> = [
  {
    name: "t-equals-one",
    family: "linear-two-point",
    step: "plug-in",
    parameters: { q: "1/2", t: 1, x: 0 },
    expected: "outside-hypotheses",
    note: "the conditional field is unbounded at t = 1",
  },
  {
    name: "infinite-second-moment",
    family: "linear-gaussian",
    step: "loss-gap",
    claim: "E(y, Cauchy(0, 1), (v(y) - y)^2) == 1",
    parameters: { m: 0, s: 1, c: 0, k: 0 },
    expected: "divergent",
    note: "a source without second moment: L_CFM is infinite",
  },
  {
    name: "dirac-target",
    family: "linear-two-point",
    step: "loss-gap",
    claim: "spread == 0",
    parameters: { q: 1 },
    expected: "holds",
    note: "one atom: nothing is left to average",
  },
]
