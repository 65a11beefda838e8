/**
 * False variants of the marginals of linear SDEs, and their degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const data = { x: "1/2", w: ["1/4", "3/4"], m: [-2, 1], s: ["1/2", "1/4"] }
/** Rate 1 throughout: B = t. */
const rated = (family: string, t: Literal): Point => ({ family, parameters: { t, b0: 1, b1: 1, ...data } })
const exploding = (lo: Literal): Point => ({ family: "ve-mixture", parameters: { t: "1/2", lo, hi: 2, ...data } })
const normal = (m: Literal): Point => ({ family: "vp-gaussian", parameters: { t: "693/1000", x: "1/2", b: 2, c: 1, m, s: "1/2" } })

const mixtureOf = (weights: string, variance: (k: number) => string): string =>
  `Mixture(${weights}, [Normal(al(t)*m[1], sqrt(${variance(1)})), Normal(al(t)*m[2], sqrt(${variance(2)}))])`
const convolved = (law: string): string => `E(z, d, pdf(Normal(al(t)*z, sqrt(V(t))), x)) == pdf(${law}, x)`
const right = (k: number): string => `al(t)^2*s[${k}]^2 + V(t)`

export const mutants: ReadonlyArray<Mutant> = [
  mutant("subvp-variance", "kernel-variance", "noise == 1 - exp(-2*B(t))", {
    families: ["subvp-mixture"],
    visible: rated("subvp-mixture", "693/1000"),
    unlucky: rated("subvp-mixture", 20),
  }),
  mutant("vp-mean-no-half", "mean", "exp(-B(t))*Mean(d) == Mean(marginal)", {
    families: ["vp-gaussian", "vp-mixture"],
    visible: normal(1),
    unlucky: normal(0),
  }),
  mutant("ve-no-sigma0", "kernel-variance", "noise == sigma(t)^2", {
    families: ["ve-mixture"],
    visible: exploding(1),
    unlucky: exploding("1/100"),
  }),
  mutant("mixture-var-without-alpha2", "convolution", convolved(mixtureOf("w", (k) => `s[${k}]^2 + V(t)`)), {
    families: ["vp-mixture", "subvp-mixture", "ve-mixture"],
    visible: rated("vp-mixture", "1386/1000"),
    unlucky: exploding("1/2"),
  }),
  mutant("weights-change", "convolution", convolved(mixtureOf("[w[1]*al(t), 1 - w[1]*al(t)]", right)), {
    families: ["vp-mixture", "subvp-mixture"],
    visible: rated("vp-mixture", "1386/1000"),
  }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "hardly-any-noise",
    family: "vp-mixture",
    step: "kernel-variance",
    parameters: rated("vp-mixture", "1/1000000000").parameters,
    expected: "holds",
    note: "1 - exp(-B) keeps its digits as -expm1(-B)",
  },
  {
    name: "no-noise",
    family: "vp-atoms",
    step: "convolution",
    parameters: { t: 0, x: "1/2", b: 1, w: ["1/4", "3/4"], m: [-2, 1] },
    expected: "outside-hypotheses",
    note: "at t = 0 atoms have no density",
  },
]
