/**
 * False variants of the probability flow, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const at = (T: Literal, v0: Literal, m0: Literal = 1): Point => ({
  family: "vp-gaussian",
  parameters: { T, t: T, x: "1/2", b: 2, m0, v0, x0: "3/2" },
})
const crossing = (e: Literal): Point => ({ family: "crossing-noise", parameters: { T: 1, t: 1, e, c: [1, 4] } })

/** The density moves with the velocity f - share g^2 s. */
const moved = (share: string): string => `D(p(x, t), t) == -D((f(x, t) - ${share}*G(x, t)*s(x, t))*p(x, t), x)`

export const mutants: ReadonlyArray<Mutant> = [
  mutant("full-g2", "path", "D(path(t), t) == f(path(t), t) - G(path(t), t)*s(path(t), t)", {
    visible: at("3/2", "1/4"),
    unlucky: at("1/200", "1/4"),
  }),
  mutant("no-score", "path", "D(path(t), t) == f(path(t), t)", { visible: at("3/2", "1/4"), unlucky: at("1/200", "1/4") }),
  mutant("half-twice", "path", "D(path(t), t) == f(path(t), t) - G(path(t), t)*s(path(t), t)/4", {
    visible: at("3/2", "1/4"),
    unlucky: at("1/200", "1/4"),
  }),
  mutant("full-g2-density", "continuity", moved("1"), { families: ["vp-mixture", "ve-mixture"] }),
  mutant("endpoint-order", "path", "D(path(t), t) == -v(path(t), t)", { visible: at("3/2", "1/4"), unlucky: at("3/2", 1, 0) }),
  mutant("is-ot-map-nd", "transport", "cost == W2(MvNormal([0, 0], start), MvNormal([0, 0], cov(T)))^2", {
    families: ["crossing-noise"],
    visible: crossing(1),
    unlucky: {
      family: "round-noise",
      parameters: {
        T: 1,
        t: 1,
        Q: [
          ["3/5", "4/5"],
          ["-4/5", "3/5"],
        ],
        s: ["1/2", 2],
        c: 1,
      },
    },
  }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "atoms-at-the-start",
    family: "vp-atoms",
    step: "continuity",
    parameters: { T: 1, t: 0, x: 0, b: 1, w: ["1/2", "1/2"], m: [-1, 1] },
    expected: "outside-hypotheses",
    note: "the flow reaches atoms in the limit only: at t = 0 there is no density",
  },
  {
    name: "atoms-just-before",
    family: "vp-atoms",
    step: "continuity",
    parameters: { T: 1, t: "1/1000", x: "99/100", b: 1, w: ["1/2", "1/2"], m: [-1, 1] },
    expected: "holds",
    note: "for t > 0 the densities are smooth",
  },
  {
    name: "stationary",
    family: "vp-gaussian",
    step: "path",
    claim: "path(t) == x0",
    parameters: at(1, 1, 0).parameters,
    expected: "holds",
    note: "data in the stationary law do not move",
  },
]
