/**
 * Pairs of normal laws p = N(m, C1), q = N(k, C2) in n dimensions for which root = tr (C1^(1/2) C2 C1^(1/2))^(1/2) and the matrix A of the optimal map
 * are known without a square root of a matrix: C1 = R^2 and C1^(1/2) C2 C1^(1/2) = S^2, commuting covariances, two dimensions, rank one.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const pair = (
  name: string,
  title: string,
  n: number,
  parameters: Family["parameters"],
  laws: Family["let"],
  assume: ReadonlyArray<string> = [],
): Family =>
  family(name, {
    title,
    parameters: {
      m: `vector(${n}, -2, 2)`,
      k: `vector(${n}, -2, 2)`,
      ...parameters,
      x: `vector(${n}, -2, 2)`,
      y: `vector(${n}, -2, 2)`,
      t: "real(0, 1)",
    },
    assume,
    let: {
      ...laws,
      p: "MvNormal(m, C1)",
      q: "MvNormal(k, C2)",
      I: `identity(${n})`,
      product: "C1*C2",
      shift: "norm2(m - k)",
      "T(x)": "k + A*(x - m)",
      "phi(x)": "dot(x - m, A*(x - m))/2 + dot(k, x - m)",
      "conjugate(y)": "dot(y - k, inv(A)*(y - k))/2 + dot(m, y)",
      dual: "norm2(m) + trace(C1) - trace(A*C1) + norm2(k) + trace(C2) - trace(inv(A)*C2) - 2*dot(m, k)",
      "cost(M)": "shift + trace((I - M)*C1*transpose(I - M))",
      least: "trace(A)/2 - sqrt((trace(A)/2)^2 - det(A))",
      soft: "[A[1, 1] + least - trace(A), A[2, 1]]",
    },
  })
const rooted = (n: number): Family =>
  pair(
    `rooted-${n}`,
    `C1 = R^2 and C2 = R^-1 S^2 R^-1 in ${n} dimensions`,
    n,
    { R: `spd(${n}, 1/2, 2)`, S: `spd(${n}, 1/2, 2)` },
    { C1: "R*R", C2: "inv(R)*S*S*inv(R)", root: "trace(S)", A: "inv(R)*S*inv(R)" },
  )
const diagonal = (n: number): Family => {
  const entries = (f: (i: number) => string): string => `diag([${Array.from({ length: n }, (_, i) => f(i + 1)).join(", ")}])`
  return pair(
    `diagonal-${n}`,
    `independent coordinates in ${n} dimensions`,
    n,
    { u: `vector(${n}, 1/8, 4)`, v: `vector(${n}, 1/8, 4)` },
    { C1: entries((i) => `u[${i}]^2`), C2: entries((i) => `v[${i}]^2`), root: "dot(u, v)", A: entries((i) => `v[${i}]/u[${i}]`) },
  )
}
/** The optimal map does not exist, the formula holds: root = |C2^(1/2) u|. */
const rankOne = (n: number): Family =>
  pair(
    `rank-one-${n}`,
    `C1 = u u' in ${n} dimensions`,
    n,
    { u: `vector(${n}, -2, 2)`, C2: `spd(${n}, 1/4, 4)` },
    { C1: "outer(u, u)", root: "sqrt(dot(u, C2*u))" },
    ["norm2(u) > 0"],
  )
export const rooted2 = rooted(2)
export const rooted3 = rooted(3)
export const diagonal2 = diagonal(2)
export const diagonal3 = diagonal(3)
export const rankOne2 = rankOne(2)
export const rankOne3 = rankOne(3)
/** rootOf(C) = C^(1/2) by Cayley and Hamilton, for a C whose eigenvalues are positive. */
export const plane = pair(
  "plane",
  "any covariances in the plane",
  2,
  { C1: "spd(2, 1/16, 4)", C2: "spd(2, 1/16, 4)" },
  {
    "rootOf(M)": "(M + sqrt(det(M))*identity(2))/sqrt(trace(M) + 2*sqrt(det(M)))",
    "lower(M)": "[[sqrt(M[1, 1]), 0], [M[2, 1]/sqrt(M[1, 1]), sqrt(det(M)/M[1, 1])]]",
    root: "sqrt(trace(C1*C2) + 2*sqrt(det(C1)*det(C2)))",
    A: "inv(C1)*(C1*C2 + sqrt(det(C1)*det(C2))*identity(2))/root",
  },
)
