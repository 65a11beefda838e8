/**
 * Pairs for the least-squares game: D*, the loss of D at a point (u = p(x), v = q(x)), the goal of the generator and the triangular discrimination.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const labels = { a: "b - 2", c: "b - 1" }
const game = {
  ...labels,
  best: "(b*u + a*v)/(u + v)",
  swapped: "(a*u + b*v)/(u + v)",
  "loss(y)": "u*(y - b)^2/2 + v*(y - a)^2/2",
}
const line = (name: string, title: string, parameters: Family["parameters"], p: string, q: string, x: string): Family =>
  family(name, {
    title,
    parameters: { ...parameters, b: "real(-2, 2)", x, y: "real(-2, 2)" },
    assume: ["pdf(p, x) + pdf(q, x) > 0"],
    let: {
      p,
      q,
      u: "pdf(p, x)",
      v: "pdf(q, x)",
      ...game,
      middle: "Mixture([1/2, 1/2], [p, q])",
      // D* on the line, and for the labels b - 1, b aimed at b - 1/2.
      "optimal(x)": "(b*pdf(p, x) + a*pdf(q, x))/(pdf(p, x) + pdf(q, x))",
      "near(x)": "(b*pdf(p, x) + (b - 1)*pdf(q, x))/(pdf(p, x) + pdf(q, x))",
      goal: "E(x, p, (optimal(x) - c)^2)/2 + E(x, q, (optimal(x) - c)^2)/2",
      halfGoal: "E(x, p, (near(x) - b + 1/2)^2)/2 + E(x, q, (near(x) - b + 1/2)^2)/2",
      triangular: "2*ChiSquare(q, middle)",
    },
  })
const sums = {
  p: "Categorical(f)",
  q: "Categorical(g)",
  triangular: "total(k, 1, 3, if(f[k] + g[k] == 0, 0, (f[k] - g[k])^2/(f[k] + g[k])))",
}
const tables = family("tables", {
  title: "three atoms",
  parameters: { f: "simplex(3)", g: "simplex(3)", b: "real(-2, 2)", x: "integer(1, 3)", y: "real(-2, 2)" },
  assume: ["f[x] + g[x] > 0"],
  let: {
    ...sums,
    u: "f[x]",
    v: "g[x]",
    ...game,
    middle: "Categorical((f + g)/2)",
    "optimal(k)": "(b*f[k] + a*g[k])/(f[k] + g[k])",
    "near(k)": "(b*f[k] + (b - 1)*g[k])/(f[k] + g[k])",
    "over(k, y)": "if(f[k] + g[k] == 0, 0, (f[k] + g[k])*y)/2",
    goal: "total(k, 1, 3, over(k, (optimal(k) - c)^2))",
    halfGoal: "total(k, 1, 3, over(k, (near(k) - b + 1/2)^2))",
    oneTerm: "total(k, 1, 3, if(g[k] == 0, 0, g[k]*(f[k]/(f[k] + g[k]) - 1)^2))/2",
  },
})
export const pairs = [
  line("normals", "unit normal data, normal samples", { m: "real(-2, 2)", s: "positive(1/2, 2)" }, "Normal(0, 1)", "Normal(m, s)", "real(-3, 3)"),
  line("laplaces", "Laplace laws", { m: "real(-2, 2)", s: "positive(1/2, 2)" }, "Laplace(0, 1)", "Laplace(m, s)", "real(-3, 3)"),
  line("uniforms", "uniform laws that overlap", { l: "real(1/16, 15/16)" }, "Uniform(0, 1)", "Uniform(l, l + 1)", "real(0, 2)"),
  tables,
]
const tableOf = (name: string, title: string, parameters: Family["parameters"], f: string, g: string): Family =>
  family(name, { title, parameters, let: { f, g, ...sums } })
export const disjoint = [
  tableOf("disjoint-tables", "no atom in common, or one of the same mass", { w: "real(0, 1)" }, "[w, 1 - w, 0]", "[w, 0, 1 - w]"),
  family("disjoint-uniforms", {
    title: "uniform laws on disjoint intervals",
    parameters: { l: "real(1, 3)", b: "real(-2, 2)" },
    let: { ...labels, p: "Uniform(0, 1)", q: "Uniform(l, l + 1)", triangular: "2*ChiSquare(q, Mixture([1/2, 1/2], [p, q]))" },
  }),
]
/** |p - q| = r (p + q) everywhere. */
export const opposed = [
  tableOf("opposed-tables", "masses exchanged between two atoms", { w: "real(0, 1)" }, "[w, 1 - w, 0]", "[1 - w, w, 0]"),
  family("opposed-halves", {
    title: "two halves of an interval, weights exchanged",
    parameters: { w: "real(0, 1)" },
    let: {
      p: "Mixture([w, 1 - w], [Uniform(0, 1), Uniform(1, 2)])",
      q: "Mixture([1 - w, w], [Uniform(0, 1), Uniform(1, 2)])",
      triangular: "2*ChiSquare(q, Mixture([1/2, 1/2], [p, q]))",
    },
  }),
  tableOf("equal-tables", "equal laws", { w: "real(0, 1)" }, "[w, 1 - w, 0]", "[w, 1 - w, 0]"),
]
