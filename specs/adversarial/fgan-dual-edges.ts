/**
 * Degenerate points of the dual form and the answers they get, and the tables at which they and the mutants are stated.
 */
import type { Edge, Point } from "../../src/core/statement.ts"

/** Two tables of masses. */
export const table = (family: string, a: ReadonlyArray<string>, b: ReadonlyArray<string>): Point => ({ family, parameters: { a, b } })
export const APART = [
  ["1/2", "3/8", "1/8"],
  ["1/8", "1/8", "3/4"],
] as const
/** The masses of APART, moved by less than a hundredth. */
export const NEAR = [
  ["1/2", "3/8", "1/8"],
  ["64/129", "49/129", "16/129"],
] as const

export const edges: ReadonlyArray<Edge> = [
  {
    name: "not-dominated",
    family: "kl",
    step: "divergence",
    claim: "KL(Categorical([1/2, 1/2]), Categorical([1, 0])) == log(2)",
    parameters: table("kl", ...APART).parameters,
    expected: "divergent",
    note: "p has mass where q has none, and f'(infinity) is infinite",
  },
  {
    name: "recession",
    family: "total-variation",
    step: "divergence",
    claim: "2/3*f((1/2)/(2/3)) + 1/3*f((1/4)/(1/3)) + 1/4*(1/2) == TV(Categorical([1/2, 1/4, 1/4]), Categorical([2/3, 1/3, 0]))",
    parameters: table("total-variation", ...APART).parameters,
    expected: "holds",
    note: "where q = 0 the term is p f'(infinity) = p/2",
  },
  {
    name: "outside-the-domain",
    family: "reverse-kl",
    step: "fenchel-young",
    claim: "conjugate(u) >= 0",
    parameters: { ...table("reverse-kl", ...APART).parameters, u: 2 },
    expected: "undefined",
    note: "f* is infinite for t >= 0: the bound is -infinity",
  },
  {
    name: "gan-at-1",
    family: "gan",
    step: "divergence",
    claim: "f(1) == -2*log(2)",
    parameters: table("gan", ...APART).parameters,
    expected: "holds",
    note: "equal laws have the value -2 log 2, not 0",
  },
]
