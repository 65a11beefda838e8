/**
 * The laws of the claim language by name. A parameter hypothesis that certainly fails throws Undefined.
 */
import type { Law } from "../law.ts"
import { Undefined, asLaw, asMatrix, asNode, asVector, isMatrix, isVectorLaw } from "../value.ts"
import type { Value } from "../value.ts"
import { affine, affineVector } from "./affine.ts"
import { beta } from "./beta.ts"
import { cauchy } from "./cauchy.ts"
import { geometric, poisson } from "./counting.ts"
import { diffused } from "./diffused.ts"
import { bernoulli, binomialLaw, categorical, dirac, discrete } from "./discrete.ts"
import { exponential, gamma } from "./gamma.ts"
import { laplace } from "./laplace.ts"
import { logNormal } from "./log-normal.ts"
import { logistic } from "./logistic.ts"
import { mixture } from "./mixture.ts"
import { mvNormal } from "./mv-normal.ts"
import { normal } from "./normal.ts"
import { pareto } from "./pareto.ts"
import { product } from "./product.ts"
import { student } from "./student.ts"
import { uniform } from "./uniform.ts"
import type { Node } from "../node.ts"

export type ParameterKind = "number" | "vector" | "matrix" | "law" | "laws" | "number or matrix" | "number or vector"

export interface Parameter {
  readonly name: string
  readonly kind: ParameterKind
}

export interface LawRule {
  readonly parameters: ReadonlyArray<Parameter>
  /** Any number of laws instead of fixed arguments (Product). */
  readonly variadic?: true
  /** Hypotheses on the parameters, as a reader states them. */
  readonly hypotheses: string
  readonly build: (values: ReadonlyArray<Value>) => Law
}

type Build = (values: ReadonlyArray<Value>) => Law

const rule = (name: string, parameters: Readonly<Record<string, ParameterKind>>, hypotheses: string, build: Build): LawRule => {
  const list = Object.entries(parameters).map(([key, kind]) => ({ name: key, kind }))
  return {
    parameters: list,
    hypotheses,
    build: (values) => {
      const [wanted, given] = [list.length, values.length]
      if (wanted !== given)
        throw new Undefined(`${name} takes ${wanted} argument${wanted === 1 ? "" : "s"} (${Object.keys(parameters).join(", ")}), not ${given}`)
      return build(values)
    },
  }
}

/** A law whose parameters are numbers. */
const numeric = (name: string, names: ReadonlyArray<string>, hypotheses: string, build: (...nodes: ReadonlyArray<Node>) => Law): LawRule =>
  rule(name, Object.fromEntries(names.map((n) => [n, "number" as const])), hypotheses, (values) =>
    build(...values.map((v, i) => asNode(v, `${names[i]} of ${name}`))),
  )

const lawsOf = (value: Value, name: string): ReadonlyArray<Law> =>
  value.kind === "array" ? value.items.map((item) => asLaw(item, `an item of ${name}`)) : [asLaw(value, name)]

export const LAWS: Readonly<Record<string, LawRule>> = {
  Normal: numeric("Normal", ["m", "s"], "s > 0", (m, s) => normal(m!, s!)),
  MvNormal: rule("MvNormal", { mean: "vector", covariance: "matrix" }, "covariance symmetric, positive semi-definite", ([mean, cov]) =>
    mvNormal(asVector(mean!, "the mean of MvNormal"), asMatrix(cov!, "the covariance of MvNormal")),
  ),
  Mixture: rule("Mixture", { weights: "vector", laws: "laws" }, "weights >= 0, sum 1", ([weights, laws]) =>
    mixture(asVector(weights!, "the weights of Mixture"), lawsOf(laws!, "the laws of Mixture")),
  ),
  Uniform: numeric("Uniform", ["a", "b"], "a < b", (a, b) => uniform(a!, b!)),
  Exponential: numeric("Exponential", ["rate"], "rate > 0", (rate) => exponential(rate!)),
  Gamma: numeric("Gamma", ["shape", "rate"], "shape > 0, rate > 0", (shape, rate) => gamma(shape!, rate!)),
  Beta: numeric("Beta", ["a", "b"], "a > 0, b > 0", (a, b) => beta(a!, b!)),
  StudentT: numeric("StudentT", ["df", "location", "scale"], "df > 0, scale > 0", (df, m, s) => student(df!, m!, s!)),
  Laplace: numeric("Laplace", ["m", "b"], "b > 0", (m, b) => laplace(m!, b!)),
  Logistic: numeric("Logistic", ["m", "s"], "s > 0", (m, s) => logistic(m!, s!)),
  Cauchy: numeric("Cauchy", ["m", "s"], "s > 0", (m, s) => cauchy(m!, s!)),
  LogNormal: numeric("LogNormal", ["m", "s"], "s > 0", (m, s) => logNormal(m!, s!)),
  Pareto: numeric("Pareto", ["xm", "alpha"], "xm > 0, alpha > 0", (xm, alpha) => pareto(xm!, alpha!)),
  Bernoulli: numeric("Bernoulli", ["p"], "0 <= p <= 1", (p) => bernoulli(p!)),
  Binomial: numeric("Binomial", ["n", "p"], "n an integer in 0..1000, 0 <= p <= 1", (n, p) => binomialLaw(n!, p!)),
  Poisson: numeric("Poisson", ["rate"], "rate > 0", (rate) => poisson(rate!)),
  Geometric: numeric("Geometric", ["p"], "0 < p <= 1", (p) => geometric(p!)),
  Dirac: numeric("Dirac", ["x"], "", (x) => dirac(x!)),
  Categorical: rule("Categorical", { probabilities: "vector" }, "probabilities >= 0, sum 1", ([p]) =>
    categorical(asVector(p!, "the probabilities of Categorical")),
  ),
  Discrete: rule("Discrete", { values: "vector", probabilities: "vector" }, "probabilities >= 0, sum 1", ([x, p]) =>
    discrete(asVector(x!, "the values of Discrete"), asVector(p!, "the probabilities of Discrete")),
  ),
  Product: {
    parameters: [{ name: "d", kind: "law" }],
    variadic: true,
    hypotheses: "",
    build: (values) => product(values.flatMap((v) => lawsOf(v, "an argument of Product"))),
  },
  Affine: rule("Affine", { d: "law", a: "number or matrix", b: "number or vector" }, "", ([d, a, b]) => {
    const law = asLaw(d!, "the first argument of Affine")
    if (law.dimension === 1 && !isMatrix(a!)) {
      const shift = isVectorLaw(d!) ? asVector(b!, "b of Affine") : [asNode(b!, "b of Affine")]
      if (shift.length !== 1) throw new Undefined(`shape mismatch: Affine of a law in dimension 1 by a vector of length ${shift.length}`)
      return affine(law, asNode(a!, "a of Affine"), shift[0]!)
    }
    return affineVector(law, isMatrix(a!) ? asMatrix(a!, "a of Affine") : asNode(a!, "a of Affine"), asVector(b!, "b of Affine"))
  }),
  Diffused: rule("Diffused", { d: "law", a: "number", s: "number" }, "s >= 0", ([d, a, s]) =>
    diffused(asLaw(d!, "the first argument of Diffused"), asNode(a!, "a of Diffused"), asNode(s!, "s of Diffused")),
  ),
}
