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
  highest: "-transform(-C, -phi)",
  block: "leading(C)",
  even: "marginal(identity(min(n, m)))/min(n, m)",
}

/** The family with cost matrix C; "" when C is a parameter. */
const between = (name: string, title: string, parameters: Family["parameters"], C: string, more: Partial<Family> = {}): Family =>
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
        [2, -1, 3],
        [0, 4, 1],
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

/** Both laws live on n common points with distances d; g is any function on them and lip the largest 1-Lipschitz function below it. */
const common = { n: "integer(2, 5)", m: "integer(n, n)" }
const metric = {
  d: "C",
  lip: "transform(d, -g)",
  tested: "dot(a - b, lip)",
  distance: "transport(d, a, b)",
  potential: "transform(transpose(d), v)",
  attained: "dot(a - b, potential)",
}
const dual = { "dual(L)": "lipschitzSup(C, a - b, L)", bounded: "boundedSup(C, a - b)", boundedLipschitz: "boundedLipschitzSup(C, a - b)" }
const within = (name: string, title: string, parameters: Family["parameters"], C: string, more: Partial<Family> = {}): Family =>
  between(name, title, { ...common, ...parameters, g: "vector(n, -3, 3)" }, C, { ...more, let: { ...metric, ...more.let } })

export const lineSpace = within(
  "line-space",
  "common points on the line, distance |x - y|^r: a metric for r = 1",
  { z: "vector(n, -4, 4)", r: "integer(1, 1)" },
  "powers(manhattan(z, z), r)",
  {
    let: dual,
    points: [{ n: 2, z: [0, 6], a: [1, 0], b: [0, 1], r: 1 }],
  },
)
export const snowflake = within(
  "snowflake",
  "common points on the line, distance |x - y|^r, 0 < r < 1",
  { n: "integer(2, 4)", z: "vector(n, -4, 4)", r: "real(1/4, 7/8)" },
  "powers(manhattan(z, z), r)",
)
export const planeSpace = within(
  "plane-space",
  "common points of the plane, Euclidean distance",
  { n: "integer(2, 4)", z: "matrix(n, 2, -3, 3)" },
  "euclidean(z, z)",
)
export const gridSpace = within(
  "grid-space",
  "common points in three dimensions, Manhattan distance",
  { z: "matrix(n, 3, -3, 3)" },
  "manhattan(z, z)",
  { let: dual },
)
export const zeroOne = within("zero-one", "distance 1 between different points", { z: "vector(n, -4, 4)" }, "distinct(z, z)", {
  let: { ...dual, closed: "TV(Discrete(z, a), Discrete(z, b))" },
})
/** Not metric: for mutants that drop the hypothesis. */
export const squaredSpace = between(
  "squared-space",
  "common points on the line, cost (x - y)^2",
  { ...common, z: "vector(n, -4, 4)" },
  "powers(manhattan(z, z), 2)",
  {
    let: { distance: "transport(C, a, b)", ...dual },
  },
)
