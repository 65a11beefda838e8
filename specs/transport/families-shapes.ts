/**
 * Pairs on the line for the bound of Gelbrich: `shapes` differ by more than location and scale, `sameShape` do not.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const GELBRICH = "(Mean(p) - Mean(q))^2 + (sqrt(Var(p)) - sqrt(Var(q)))^2"
const onLine = (name: string, title: string, parameters: Family["parameters"], p: string, q: string): Family =>
  family(name, { title, parameters, let: { p, q, gelbrich: GELBRICH } })
export const shapes = [
  onLine(
    "two-point-normal",
    "two equal atoms and a normal law",
    { m: "real(-2, 2)", s: "positive(1/2, 2)" },
    "Discrete([-1, 1], [1/2, 1/2])",
    "Normal(m, s)",
  ),
  onLine("uniform-normal", "uniform and normal", { m: "real(-2, 2)", s: "positive(1/2, 2)" }, "Uniform(0, 1)", "Normal(m, s)"),
  onLine("tables", "atoms", { a: "simplex(3)", b: "simplex(4)", u: "vector(3, -2, 2)", v: "vector(4, -2, 2)" }, "Discrete(u, a)", "Discrete(v, b)"),
]
const scales = { m: "real(-2, 2)", s: "positive(1/4, 4)", n: "real(-2, 2)", r: "positive(1/4, 4)" }
export const sameShape = [
  onLine("uniforms", "uniform laws", scales, "Uniform(m, m + s)", "Uniform(n, n + r)"),
  onLine("laplaces", "Laplace laws", scales, "Laplace(m, s)", "Laplace(n, r)"),
  onLine(
    "two-points",
    "two atoms of the same weights",
    { ...scales, w: "real(1/8, 7/8)" },
    "Discrete([m, m + s], [w, 1 - w])",
    "Discrete([n, n + r], [w, 1 - w])",
  ),
]
