/**
 * Degenerate points of the optimal discriminator and the answers they get.
 */
import type { Edge } from "../../src/core/statement.ts"

export const edges: ReadonlyArray<Edge> = [
  {
    name: "both-densities-zero",
    family: "uniforms",
    step: "logit",
    claim: "best(x) == best(x)",
    parameters: { a: 2, x: "3/2" },
    expected: "undefined",
    note: "D* is arbitrary where p = q = 0",
  },
  {
    name: "equal-laws",
    family: "shift",
    step: "logit",
    claim: "best(x) == 1/2",
    parameters: { mu: 0, x: 2 },
    expected: "holds",
    note: "p = q: D* = 1/2",
  },
  {
    name: "atom-without-generator",
    family: "tables",
    step: "logit",
    claim: "best(1) == 1",
    parameters: { f: ["1/2", "1/2", 0], g: [0, "1/2", "1/2"], x: 1 },
    expected: "holds",
    note: "D* = 1 where q = 0",
  },
  {
    name: "infinite-loss",
    family: "cauchys",
    step: "regret",
    claim: "E(x, p, softplus(x)) == 1",
    parameters: { m: 0, s: 1, n: 1, r: 2 },
    expected: "divergent",
    note: "V(D) = -infinity for a slope under a law without moments",
  },
  {
    name: "bounded-ratio-tails",
    family: "cauchys",
    step: "logit",
    parameters: { m: 0, s: 1, n: 1, r: 2, x: 1000000 },
    expected: "holds",
    note: "D* tends to 1/3 although no moments exist",
  },
]
