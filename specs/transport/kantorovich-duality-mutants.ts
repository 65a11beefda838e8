/**
 * The false variants of Kantorovich duality; `visible` and `unlucky` are the points of the literature.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Literal, Mutant, Point } from "../../src/core/statement.ts"

type Parameters = Readonly<Record<string, Literal>>
/** N(0, 1) against N(n, r^2). */
const standard = (n: Literal, r: Literal, s: Literal = 1): Point => ({ family: "normals", parameters: { m: 0, s, n, r } })
/** A unit mass at 0 against one at x, on the points 0 and x. */
const twoDiracs = (x: Literal): Point => ({ family: "line-space", parameters: { n: 2, m: 2, z: [0, x], r: 1, a: [1, 0], b: [0, 1] } })
const halves = ["1/2", "1/2"]
const roots = (parameters: Parameters): Point => ({ family: "line-root", parameters: { n: 2, m: 2, a: halves, b: halves, x: [0, 1], ...parameters } })
const squares = (n: number, z: Literal, a: Literal, b: Literal): Point => ({ family: "squared-space", parameters: { n, m: n, z, a, b } })
const square = (a: Literal, b: Literal): Point => ({
  family: "square-costs",
  parameters: {
    n: 2,
    m: 2,
    C: [
      [0, 1],
      [3, 2],
    ],
    a,
    b,
  },
})
const transformed = (n: number, C: Literal, phi: Literal): Point => ({ family: "costs", parameters: { n, m: 2, C, phi } })
const EXACT_METRIC = ["line-space", "grid-space", "zero-one"]

export const mutants: ReadonlyArray<Mutant> = [
  mutant("lip-2", "kantorovich-rubinstein", "dual(2) == coupled", {
    families: ["line-space", "normals"],
    visible: twoDiracs(6),
    unlucky: standard("1/512", 1),
  }),
  mutant("bounded-only", "kantorovich-rubinstein", "bounded == coupled", { families: EXACT_METRIC, visible: twoDiracs(6), unlucky: twoDiracs(2) }),
  mutant("bounded-lipschitz", "kantorovich-rubinstein", "boundedLipschitz == coupled", {
    families: EXACT_METRIC,
    visible: twoDiracs(6),
    unlucky: twoDiracs("3/2"),
  }),
  mutant("cramer", "cdf-identity", "cramer == coupled", {
    families: ["normals", "line", "laplaces"],
    visible: standard(1, 1),
    unlucky: standard(1, "1/100", "1/100"),
  }),
  mutant("mean-difference", "closed-form", "abs(Mean(mu) - Mean(nu)) == W1(mu, nu)", {
    families: ["normals", "laplaces", "logistics"],
    visible: standard(0, 2),
    unlucky: standard(1, "5/4"),
  }),
  mutant("w2-for-w1", "closed-form", "W2(mu, nu) == W1(mu, nu)", {
    families: ["normals", "laplaces", "uniforms"],
    visible: standard(0, 2),
    unlucky: standard(1, "101/100"),
  }),
  mutant("kr-for-squared-cost", "kantorovich-rubinstein", "dual(1) == coupled", {
    families: ["squared-space"],
    visible: squares(3, [0, 1, 2], [1, 0, 0], [0, 0, 1]),
    unlucky: squares(2, [0, 3], ["3/4", "1/4"], halves),
  }),
  mutant("dual-inequality-flipped", "strong-duality", "flippedSup(C, a, b) == price(best)", {
    families: ["costs", "line", "space"],
    visible: {
      family: "costs",
      parameters: {
        n: 2,
        m: 2,
        C: [
          ["2", "-1"],
          ["0", "4"],
        ],
        a: halves,
        b: halves,
      },
    },
  }),
  mutant("transposed-marginals", "strong-duality", "transport(C, b, a) == value(u, v)", {
    families: ["square-costs"],
    visible: square(["1/4", "3/4"], halves),
    unlucky: square(["1/4", "3/4"], ["1/4", "3/4"]),
  }),
  mutant("max-c-transform", "c-transform-feasible", "sums(phi, highest) <= C", {
    families: ["costs", "line", "plane"],
    visible: transformed(
      2,
      [
        [0, 1],
        [2, 5],
      ],
      [0, 0],
    ),
    unlucky: transformed(1, [[3, -1]], [2]),
  }),
  mutant("monotone-for-concave", "monotone", "price(monotonePlan) == transport(C, a, b)", {
    families: ["line-root"],
    visible: roots({ y: [1, 2] }),
    unlucky: roots({ y: [100, 101] }),
  }),
]
