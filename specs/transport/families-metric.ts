/**
 * Discrete families on n common points with a metric cost d: the Kantorovich-Rubinstein form.
 *
 * g is any function on the points, lip the largest 1-Lipschitz function below it, potential the one that the optimal psi = v makes.
 */
import type { Family } from "../../src/core/statement.ts"
import { between } from "./families-discrete.ts"

const common = { n: "integer(2, 5)", m: "integer(n, n)" }
const metric = {
  d: "C",
  lip: "transform(d, -g)",
  tested: "dot(a - b, lip)",
  coupled: "transport(d, a, b)",
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
  let: { ...dual, distance: "coupled", closed: "TV(Discrete(z, a), Discrete(z, b))" },
})
/** Not metric: for mutants that drop the hypothesis. */
export const squaredSpace = between(
  "squared-space",
  "common points on the line, cost (x - y)^2",
  { ...common, z: "vector(n, -4, 4)" },
  "powers(manhattan(z, z), 2)",
  {
    let: { coupled: "transport(C, a, b)", ...dual },
  },
)

export const metricFamilies: ReadonlyArray<Family> = [lineSpace, snowflake, planeSpace, gridSpace, zeroOne, squaredSpace]
