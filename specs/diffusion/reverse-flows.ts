/**
 * Families in which the probability flow of a mixture is integrated with proved enclosures: end(x) is where it carries x from time 0 to T.
 */
import { family } from "../../src/core/statement.ts"
import type { Family, TypedFunction } from "../../src/core/statement.ts"
import { flow } from "./reverse-functions.ts"
import { linearProcess, reversal, subVp, ve, vpLinear } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

interface Flowing {
  readonly family: Family
  readonly functions: Readonly<Record<string, TypedFunction>>
}

const flowing = (name: string, end: string, title: string, kernel: Kernel, range: Family["parameters"]): Flowing => {
  const lets = {
    ...kernel.let,
    ...linearProcess,
    ...reversal,
    d: "Mixture(w, [Normal(m[1], sd[1]), Normal(m[2], sd[2])])",
    // The variance, not a root of V: the series at t = 0, where V = 0, need an analytic one.
    "dev(i, t)": "sqrt(al(t)^2*sd[i]^2 + V(t))",
    "law(t)": "Mixture(w, [Normal(al(t)*m[1], dev(1, t)), Normal(al(t)*m[2], dev(2, t))])",
  }
  const parameters = { T: "positive(1/2, 1)", ...range, w: "simplex(2)", m: "vector(2, -3/2, 3/2)", sd: "vector(2, 1/2, 3/2)" }
  const names = Object.keys(parameters)
  return {
    family: family(name, {
      title,
      parameters: { ...parameters, x0: "real(-2, 2)" },
      let: { ...lets, "end(x)": `${end}(${["x", ...names].join(", ")})` },
    }),
    functions: { [end]: flow(name, lets, names) },
  }
}

const rising = { b0: "positive(1/4, 1)", b1: "positive(1, 2)" }
const all = [
  flowing("vp-flow", "vpEnd", "probability flow, variance-preserving, mixture data", vpLinear, rising),
  flowing("subvp-flow", "subVpEnd", "probability flow, sub-variance-preserving, mixture data", subVp, rising),
  flowing("ve-flow", "veEnd", "probability flow, variance-exploding, mixture data", ve, { lo: "positive(1/4, 1)", hi: "positive(1, 2)" }),
]

export const flowFamilies: ReadonlyArray<Family> = all.map((f) => f.family)
export const flowFunctions: Readonly<Record<string, TypedFunction>> = Object.assign({}, ...all.map((f) => f.functions)) as Record<
  string,
  TypedFunction
>
