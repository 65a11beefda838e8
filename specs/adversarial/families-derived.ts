/**
 * Families built on the pairs: three laws for convexity, and perturbations of the optimum.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { gaussians, laplaces, mixture } from "./families.ts"

const halves = {
  midpoint: "2*JS(p, Mixture([1/2, 1/2], [q, r]))",
  chord: "JS(p, q) + JS(p, r)",
  repeated: "JS(p, Mixture([1/2, 1/2], [q, q]))",
  once: "JS(p, q)",
}
/** One data law and two generators, for convexity in the generator. */
export const triples = [
  family("three-normals", {
    parameters: { m: "vector(3, -3, 3)", s: "vector(3, 1/4, 2)" },
    let: { p: "Normal(m[1], s[1])", q: "Normal(m[2], s[2])", r: "Normal(m[3], s[3])", ...halves },
  }),
  family("three-laplaces", {
    parameters: { m: "vector(3, -2, 2)", s: "vector(3, 1/2, 2)" },
    let: { p: "Laplace(m[1], s[1])", q: "Laplace(m[2], s[2])", r: "Laplace(m[3], s[3])", ...halves },
  }),
  family("three-tables", {
    parameters: { f: "simplex(3)", g: "simplex(3)", h: "simplex(3)" },
    let: {
      p: "Categorical(f)",
      q: "Categorical(g)",
      r: "Categorical(h)",
      ...halves,
      midpoint: "2*JS(p, Categorical((g + h)/2))",
      repeated: "JS(p, Categorical((g + g)/2))",
    },
  }),
]
// V(D* + t h) near the optimum, h(x) = (x - c)(c + l - x) on [c, c + l]: where D* stays away from 0 and 1.
const nudged = (base: Family): Family =>
  family(`nudge-${base.name}`, {
    title: `${base.title ?? base.name}, perturbed near the optimum`,
    parameters: {
      ...Object.fromEntries(Object.entries(base.parameters).filter(([name]) => !["a", "b", "x", "y", "w"].includes(name))),
      k: "real(-2, 2)",
      l: "positive(1/4, 2)",
    },
    assume: ["abs(logit(k)) <= 6", "abs(logit(k + l)) <= 6"],
    let: {
      ...base.let,
      "bump(x)": "(x - k)*(k + l - x)",
      "onData(t)": "integral(x, k, k + l, pdf(p, x)*log(best(x) + t*bump(x)))",
      "onFakes(t)": "integral(x, k, k + l, pdf(q, x)*log(1 - best(x) - t*bump(x)))",
      "dataSlope(t)": "D(onData(t), t)",
      "fakeSlope(t)": "D(onFakes(t), t)",
    },
  })
export const nudges = [gaussians, mixture, laplaces].map(nudged)
