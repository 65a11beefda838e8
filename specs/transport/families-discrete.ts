/**
 * Discrete families of transport theorems: masses a on n points, b on m points, cost matrix C (n x m).
 *
 * Each defines a coupling `plan` and a pair (phi, psi) that are feasible and in general not optimal, and the optimal coupling `best` with its potentials u, v.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

/** Weights and a feasible dual pair: phi is free, psi lies below its c-transform by `slack`. */
const duals = { a: "simplex(n)", b: "simplex(m)", t: "real(0, 1)", phi: "vector(n, -3, 3)", slack: "vector(m, 0, 2)" }
const duality = {
  plan: "t*outer(a, b) + (1 - t)*corner(a, b)",
  psi: "transform(C, phi) - slack",
  solution: "solve(C, a, b)",
  best: "solution[1]",
  u: "solution[2]",
  v: "solution[3]",
  "price(M)": "total(i, 1, n, total(j, 1, m, M[i, j]*C[i, j]))",
  "value(f, g)": "dot(a, f) + dot(b, g)",
  slackness: "total(i, 1, n, total(j, 1, m, plan[i, j]*(C[i, j] - phi[i] - psi[j])))",
  twice: "transform(transpose(C), transform(C, phi))",
  size: "total(i, 1, n, total(j, 1, m, abs(best[i, j])))",
  highest: "-transform(-C, -phi)",
  even: "marginal(identity(min(n, m)))/min(n, m)",
}

/** The family with cost matrix C; "" when C is a parameter. */
export const between = (name: string, title: string, parameters: Family["parameters"], C: string, more: Partial<Family> = {}): Family =>
  family(name, { title, parameters: { ...parameters, ...duals }, ...more, let: { ...(C === "" ? {} : { C }), ...duality, ...more.let } })

const sizes = { n: "integer(1, 6)", m: "integer(1, 6)" }
const atoms = { ...sizes, x: "vector(n, -4, 4)", y: "vector(m, -4, 4)" }
const onLine = {
  coupled: "transport(C, a, b)",
  distance: "area(x, a, y, b)",
  cramer: "squaredArea(x, a, y, b)",
  monotonePlan: "monotone(x, a, y, b)",
}

export const line = between("line", "atoms on the line, cost |x - y|", atoms, "manhattan(x, y)", {
  let: onLine,
  points: [
    { n: 4, m: 4, x: [0, 1, 2, 3], a: ["1/4", "1/4", "1/4", "1/4"], y: [-1, "1/2", "5/2", 5], b: ["1/8", "3/8", "3/8", "1/8"] },
    { n: 8, m: 8 },
  ],
})
export const lineSquared = between("line-squared", "atoms on the line, cost (x - y)^2", atoms, "powers(manhattan(x, y), 2)", { let: onLine })
export const lineTilted = between("line-tilted", "atoms on the line, convex cost |x - y| + (x - y)/2", atoms, "tilted(x, y)", { let: onLine })
export const lineRoot = between(
  "line-root",
  "atoms on the line, concave cost sqrt|x - y|",
  { ...atoms, n: "integer(1, 4)", m: "integer(1, 4)" },
  "powers(manhattan(x, y), 1/2)",
  { let: onLine },
)
export const plane = between(
  "plane",
  "points of the plane, Euclidean cost",
  { n: "integer(2, 4)", m: "integer(2, 4)", x: "matrix(n, 2, -3, 3)", y: "matrix(m, 2, -3, 3)" },
  "euclidean(x, y)",
)
export const space = between(
  "space",
  "points in three dimensions, Manhattan cost",
  { ...sizes, x: "matrix(n, 3, -3, 3)", y: "matrix(m, 3, -3, 3)" },
  "manhattan(x, y)",
)
/** No geometry at all: entries may be negative. */
export const costs = between("costs", "arbitrary costs", { ...sizes, C: "matrix(n, m, -4, 4)" }, "", {
  points: [
    {
      n: 2,
      m: 3,
      a: ["1/2", "1/2"],
      b: ["1/4", "1/4", "1/2"],
      C: [
        ["2", "-1", "3"],
        ["0", "4", "1"],
      ],
    },
  ],
})
export const squareCosts = between(
  "square-costs",
  "arbitrary costs, as many targets as sources",
  { n: "integer(1, 7)", m: "integer(n, n)", C: "matrix(n, n, -4, 4)" },
  "",
)

export const discreteFamilies: ReadonlyArray<Family> = [line, lineSquared, lineTilted, lineRoot, plane, space, costs, squareCosts]
