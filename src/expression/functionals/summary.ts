/**
 * Summaries of one law: mean, variance, covariance, distribution function, quantile, score.
 *
 *   quantile(u) = inf {x : F(x) >= u},  score(x) = grad log p(x)
 */
import { compareNodes } from "../decide.ts"
import { derivative, minus, negate, over, plus, sum, times } from "../derivative.ts"
import { avoiding, fresh } from "../integrals.ts"
import type { Law } from "../law.ts"
import { exp, half, insideOf, isZero, log, needProbability, nodesOf, placed, within } from "../laws/support.ts"
import type { Matrix, Vector } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { substitute } from "../substitute.ts"
import { Undefined, Unsupported } from "../value.ts"
import { expectation } from "./expectation.ts"
import { sortNodes } from "./pieces.ts"

/** Mean vector (length 1 for a scalar law). */
export const mean = (law: Law): Vector => {
  if (law.gaussian !== undefined) return law.gaussian.mean
  if (law.kind === "Product") return law.parts!.flatMap((p) => mean(p.law))
  if (law.kind === "Mixture") {
    const each = law.parts!.map((p) => mean(p.law))
    return each[0]!.map((_, i) =>
      weighted(
        law,
        each.map((m) => m[i]!),
      ),
    )
  }
  if (law.dimension > 1) throw new Unsupported(`the mean of a ${law.kind} law is not known`)
  return [law.moment?.(1) ?? expectation(law, ([x]) => x!)]
}

/** sum_k w_k a_k, or the a_k that does not exist. */
const weighted = (law: Law, each: ReadonlyArray<Node>): Node =>
  each.find((m) => m.op === "undefined") ?? each.find((m) => m.op === "infinite") ?? sum(law.parts!.map((p, k) => times(p.weight, each[k]!)))

/** Covariance matrix (1 x 1 for a scalar law). */
export const covariance = (law: Law): Matrix => {
  if (law.gaussian !== undefined) return law.gaussian.cov
  if (law.kind === "Product") {
    const each = law.parts!.map((p) => covariance(p.law))
    const starts = each.map((_, i) => each.slice(0, i).reduce((d, c) => d + c.length, 0))
    return each.flatMap((c, i) => c.map((row) => Array.from({ length: law.dimension }, (_, j) => row[j - starts[i]!] ?? N.integer(0))))
  }
  if (law.kind === "Mixture") {
    const [centre, means, covs] = [mean(law), law.parts!.map((p) => mean(p.law)), law.parts!.map((p) => covariance(p.law))]
    const spread = (k: number, i: number): Node => minus(means[k]![i]!, centre[i]!)
    const shifts = (k: number, i: number, j: number): Node => (i === j ? N.powi(spread(k, i), 2) : times(spread(k, i), spread(k, j)))
    const entry = (i: number, j: number): Node =>
      weighted(
        law,
        covs.map((c, k) => existing(c[i]![j]!, () => plus(c[i]![j]!, shifts(k, i, j)))),
      )
    return centre.map((_, i) => centre.map((__, j) => entry(i, j)))
  }
  if (law.dimension > 1) throw new Unsupported(`the covariance of a ${law.kind} law is not known`)
  return [[variance(law)]]
}

const existing = (m: Node, f: () => Node): Node => (m.op === "undefined" || m.op === "infinite" ? m : f())

const variance = (law: Law): Node => {
  const { standard } = law
  if (standard !== undefined) return existing(variance(standard.law), () => times(N.powi(standard.scale, 2), variance(standard.law)))
  if (law.kind === "Affine") return existing(variance(law.parts![0]!.law), () => times(N.powi(law.params["a"]!, 2), variance(law.parts![0]!.law)))
  const m = mean(law)[0]!
  if (m.op === "undefined" || m.op === "infinite") return m
  if (law.atoms !== undefined) return sum(law.atoms.filter((a) => !isZero(a.mass)).map((a) => times(a.mass, N.powi(minus(a.at, m), 2))))
  const second = law.moment?.(2) ?? expectation(law, ([x]) => N.powi(x!, 2))
  return existing(second, () => minus(second, N.powi(m, 2)))
}

/** P(X <= x) of a scalar law. */
export const cdf = (law: Law, x: Node): Node => {
  if (law.dimension !== 1) throw new Undefined(`shape mismatch: cdf needs a law in one dimension, not ${law.dimension}`)
  return law.cdf?.(x) ?? avoiding([x, ...nodesOf(law)], () => expectation(law, ([z]) => N.conditional("<=", z!, x, N.integer(1), N.integer(0))))
}

/** The smallest x with F(x) >= u, for 0 < u < 1. Throws Undefined for u certainly outside. */
export const quantile = (law: Law, u: Node): Node => {
  if (law.dimension !== 1) throw new Undefined(`shape mismatch: quantile needs a law in one dimension, not ${law.dimension}`)
  needProbability("quantile", "u", u)
  if (law.type === "continuous" && (isZero(u) || compareNodes(u, N.integer(1)) === 0)) throw new Undefined("quantile needs 0 < u < 1")
  if (law.type === "mixed") throw new Unsupported("a quantile of a mixture of unlike kinds is not supported")
  const { params: p, standard } = law
  if (law.atoms !== undefined) return discreteQuantile(law, u)
  if (law.from !== undefined) return countingQuantile(law, u)
  const closed = closedQuantile(law)
  if (closed !== undefined)
    return closed({ u, logU: () => log(u), logV: () => N.call("log1p", negate(u)), halves: (a, b) => N.conditional("<=", u, half(), a, b) })
  switch (law.kind) {
    case "Cauchy":
      return placed(N.call("tan", times(N.pi(), minus(u, half()))), p["m"]!, p["s"]!)
    case "LogNormal":
      return exp(placed(normalQuantile(u), p["m"]!, p["s"]!))
    case "Normal":
      return placed(normalQuantile(u), p["m"]!, p["s"]!)
  }
  if (standard !== undefined) return placed(bySearch(standard.law, u), standard.location, standard.scale)
  return bySearch(law, u)
}

/** A probability u in the forms that quantiles are made of, so that neither tail cancels. */
export interface Level {
  readonly u: Node
  /** log u and log(1 - u). */
  readonly logU: () => Node
  readonly logV: () => Node
  /** `below` where u <= 1/2, else `above`. */
  readonly halves: (below: Node, above: Node) => Node
}

/** The quantile of a level, for laws where it is written by the level and its logarithms. */
export const closedQuantile = ({ kind, params: p }: Law): ((level: Level) => Node) | undefined => {
  switch (kind) {
    case "Uniform":
      return ({ u }) => placed(u, p["a"]!, minus(p["b"]!, p["a"]!))
    case "Exponential":
      return ({ logV }) => negate(over(logV(), p["rate"]!))
    case "Logistic":
      return ({ logU, logV }) => placed(minus(logU(), logV()), p["m"]!, p["s"]!)
    case "Pareto":
      return ({ logV }) => times(p["xm"]!, exp(negate(over(logV(), p["alpha"]!))))
    case "Laplace": {
      const log2 = log(N.integer(2))
      return ({ logU, logV, halves }) => placed(halves(plus(log2, logU()), negate(plus(log2, logV()))), p["m"]!, p["b"]!)
    }
    default:
      return undefined
  }
}

const normalQuantile = (u: Node): Node => {
  if (compareNodes(u, half()) === 0) return N.integer(0)
  const x = fresh("x", u)
  return N.root(x, undefined, undefined, minus(N.call("normcdf", N.variable(x)), u))
}

const bySearch = (law: Law, u: Node): Node => {
  const x = fresh("x", u, ...nodesOf(law))
  const value = avoiding([N.variable(x)], () => {
    // Inside its support the distribution function needs no conditions.
    const inner = cdf(law, N.variable(x))
    return inner.op === "if" ? stripped(inner) : inner
  })
  return N.root(x, law.support.lo, law.support.hi, minus(value, u))
}

/** The branch of a guarded distribution function that is no constant. */
const stripped = (n: Node): Node => (n.op === "if" ? (n.then.op === "const" ? stripped(n.else) : n.else.op === "const" ? stripped(n.then) : n) : n)

const discreteQuantile = (law: Law, u: Node): Node => {
  const atoms = law.atoms!.filter((a) => !isZero(a.mass))
  const order = sortNodes(atoms.map((a) => a.at))
  if (order === undefined) throw new Unsupported("the atoms of a law cannot be ordered")
  let below = N.integer(0)
  const steps = order.map((at) => {
    below = plus(below, atoms.find((a) => a.at === at)!.mass)
    return { at, below }
  })
  return steps.slice(0, -1).reduceRight((rest, step) => N.conditional("<=", u, step.below, step.at, rest), steps.at(-1)!.at)
}

/** Integers that a quantile of a law on them is looked for among. */
const REACH = 2000

/** By doubling and bisection: F rises, and every comparison of u with F(k) is of a sum of k terms. */
const countingQuantile = (law: Law, u: Node): Node => {
  const from = law.from!
  const below: Array<Node> = []
  const reached = (k: number): boolean => {
    for (let j = below.length; j <= k; j++) below.push(plus(below[j - 1] ?? N.integer(0), law.pdf([N.integer(from + j)])))
    const order = compareNodes(u, below[k]!)
    if (order === undefined) throw new Unsupported(`a quantile of a ${law.kind} law at the edge of an atom`)
    return order <= 0
  }
  let [short, far] = [-1, 0]
  while (!reached(far)) {
    if (far === REACH - 1) throw new Unsupported(`a quantile of a ${law.kind} law beyond ${REACH}`)
    ;[short, far] = [far, Math.min(2 * far + 1, REACH - 1)]
  }
  while (far - short > 1) {
    const middle = (short + far) >> 1
    if (reached(middle)) far = middle
    else short = middle
  }
  return N.integer(from + far)
}

/** grad log p at x; undefined outside the support. Throws Undefined for discrete laws. */
export const score = (law: Law, x: Vector): Vector => {
  if (law.type !== "continuous") throw new Undefined("score needs a density")
  if (x.length !== law.dimension) throw new Undefined(`shape mismatch: a point of length ${x.length} for a law in dimension ${law.dimension}`)
  const base = fresh("x", ...x, ...nodesOf(law))
  const names = x.map((_, i) => base.replace("~", `.${i + 1}~`))
  const variables = names.map(N.variable)
  const bare = law.dimension === 1 && "inside" in law
  const logpdf = avoiding(variables, () => (bare ? insideOf(law) : law).logpdf(variables))
  const by = new Map(names.map((name, i) => [name, x[i]!]))
  const slopes = names.map((name) => substitute(derivative(logpdf, name), by))
  if (law.dimension > 1) return slopes
  if (law.support.lo !== undefined || law.support.hi !== undefined)
    return [within(x[0]!, law.support, "<", slopes[0]!, N.undefinedNode("the score outside the support"))]
  const kink = law.kind === "Laplace" ? law.params["m"]! : undefined
  return kink === undefined ? slopes : [N.conditional("==", x[0]!, kink, N.undefinedNode("the score of a Laplace law at its centre"), slopes[0]!)]
}
