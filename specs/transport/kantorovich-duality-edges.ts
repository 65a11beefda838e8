/**
 * Degenerate points of Kantorovich duality: missing moments, costs that are no metric or not lower semicontinuous, atoms without mass.
 */
import type { Edge, Literal } from "../../src/core/statement.ts"

type Parameters = Readonly<Record<string, Literal>>
/** Masses a and b on the points z of the line. */
const on = (z: ReadonlyArray<Literal>, a: ReadonlyArray<Literal>, b: ReadonlyArray<Literal>): Parameters => ({
  n: z.length,
  m: z.length,
  z,
  a,
  b,
  r: 1,
})
const thirds = ["1/2", "1/4", "1/4"]
const halves = ["1/2", "1/2"]
const kr = "kantorovich-rubinstein"
type Expected = Edge["expected"]
type More = Pick<Edge, "claim" | "companion">
const edge = (name: string, at: string, step: string, parameters: Parameters, expected: Expected, note: string, more: More = {}): Edge => ({
  name,
  family: at,
  step,
  parameters,
  expected,
  note,
  ...more,
})

export const edges: ReadonlyArray<Edge> = [
  edge("cauchy-against-normal", "cauchy-normal", "cdf-identity", { m: 0, s: 1, n: 0, r: 1 }, "divergent", "W1 is infinite: only one law has a mean"),
  edge("cauchy-translation", "cauchys", kr, { m: 0, s: 1, n: 1 }, "outside-hypotheses", "int f d mu is undefined for unbounded f"),
  edge(
    "cauchy-quantile-formula",
    "cauchy-quantiles",
    "cdf-identity",
    { m: 0, s: 1, n: 1, at: "7/8" },
    "holds",
    "int |F^-1 - G^-1| = 1 without means",
  ),
  edge(
    "squared-distance",
    "line-space",
    kr,
    { ...on([0, 1, 2], [1, 0, 0], [0, 0, 1]), r: 2 },
    "outside-hypotheses",
    "(x - y)^2 is no metric: the Lipschitz form gives 2, the optimal cost is 4",
  ),
  edge("pareto-without-mean", "heavy-pareto", "cdf-identity", { k: 1, s: 1 }, "divergent", "W1 is infinite for shape at most 1"),
  edge("pareto-supremum", "heavy-pareto", kr, { k: 1, s: 1 }, "divergent", "f(x) = x already makes the supremum infinite", { claim: "dual(1) == 1" }),
  edge("disjoint-supports", "uniforms", kr, { m: 0, s: 1, n: 5, r: 1 }, "holds", "finite, unlike KL and JS"),
  edge("equal-scales", "normals", "closed-form", { m: 0, s: 1, n: 2, r: 1 }, "holds", "W1 = |dm| when ds = 0"),
  edge("equal-laws", "line-space", kr, on([0, 1, 3], thirds, thirds), "holds", "both sides are 0"),
  edge(
    "atom-without-mass",
    "line-space",
    "strong-duality",
    on([0, 1, 3], ["1/2", 0, "1/2"], thirds),
    "holds-with-note",
    "the potential of an atom without mass is only bounded, not determined",
    { claim: "price(best) == value(u - identity(n)[2], v)", companion: "u - identity(n)[2] == u" },
  ),
  edge(
    "broken-diagonal",
    "broken-diagonal",
    "strong-duality",
    { h: "1/16", diagonal: 1 },
    "outside-hypotheses",
    "the cost is not lower semicontinuous: small shifts cost nearly 0, no coupling costs 0",
    { claim: "diagonal <= shifted" },
  ),
  edge(
    "concave-cost",
    "line-root",
    "monotone",
    { n: 2, m: 2, x: [0, 1], a: halves, y: [1, 2], b: halves },
    "refuted-as-exact",
    "1 against sqrt(2)/2",
  ),
  edge(
    "empirical-bias",
    "line-space",
    "lipschitz-bound",
    on([0, 1, 3], thirds, thirds),
    "refuted-as-exact",
    "the mean distance of one draw to its own law is positive: empirical W1 is biased upward",
    { claim: "dot(a, d*a) == transport(d, a, a)" },
  ),
]
