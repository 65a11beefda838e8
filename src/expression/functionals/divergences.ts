/**
 * Divergences between laws, in nats:  KL = E_p log(p/q),  H = -E_p log p,  CrossEntropy = -E_p log q,  Fisher = E_p |grad log p - grad log q|^2.
 *
 * 0 log 0 = 0, and KL = +infinity unless p << q. Closed forms first, then moments, then quadrature; see `expectation.ts`.
 */
import { signOf } from "../decide.ts"
import { derivative, minus, negate, over, plus, sum, times } from "../derivative.ts"
import { avoiding } from "../integrals.ts"
import type { Law } from "../law.ts"
import { overIntegers } from "../laws/counting.ts"
import { digamma, logBeta } from "../laws/gamma-function.ts"
import { coordinateTypes } from "../laws/mixture.ts"
import { isSingular } from "../laws/mv-normal.ts"
import { normal } from "../laws/normal.ts"
import { exp, half, halved, insideOf, isZero, log, nodesOf } from "../laws/support.ts"
import { dot, inverse, matmul, matvec, trace } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined, Unsupported } from "../value.ts"
import { expectation } from "./expectation.ts"
import { integrateOver } from "./pieces.ts"
import { apart, isPatchy, matchAtoms, needSameDimension, pulledBack, sameBlocks, sameLaw, segments, supportInside } from "./relations.ts"

const NOT_DOMINATED = "p charges a set that q does not: KL is infinite"
const infinite = (): Node => N.infinite(1, NOT_DOMINATED)

/** Runs f so that new bound variables avoid both laws. */
export const between = <A>(p: Law, q: Law, f: () => A): A => avoiding([...nodesOf(p), ...nodesOf(q)], f)

/** KL(p || q) = E_p log(p/q), +infinity unless p << q. */
export const kl = (first: Law, second: Law): Node => {
  needSameDimension("KL", first, second)
  const [p, q] = pulledBack(first, second)
  if (sameLaw(p, q)) return N.integer(0)
  if (apart(p, q)) return infinite()
  if (p.atoms !== undefined && q.atoms !== undefined) {
    const charged = matchAtoms(p, q).filter((m) => !isZero(m.p))
    return charged.some((m) => isZero(m.q)) ? infinite() : sum(charged.map((m) => times(m.p, log(over(m.p, m.q)))))
  }
  if (!dominated(p, q)) return infinite()
  return closedKl(p, q) ?? between(p, q, () => relative(p, (x) => (on) => minus(on.p.logpdf(x), on.q.logpdf(x)), q))
}

const closedKl = (p: Law, q: Law): Node | undefined => {
  const [s, t] = [p.params, q.params]
  switch (`${p.kind} ${q.kind}`) {
    case "Normal Normal": {
      const square = plus(s["v"]!, N.powi(minus(s["m"]!, t["m"]!), 2))
      return plus(halved(minus(over(square, t["v"]!), N.integer(1))), halved(log(over(t["v"]!, s["v"]!))))
    }
    case "MvNormal MvNormal": {
      const [g, h] = [p.gaussian!, q.gaussian!]
      const precision = inverse(h.cov)
      const d = g.mean.map((m, i) => minus(m, h.mean[i]!))
      const square = plus(trace(matmul(precision, g.cov)), dot(d, matvec(precision, d)))
      return plus(halved(minus(square, N.integer(p.dimension))), halved(log(over(t["det"]!, s["det"]!))))
    }
    case "LogNormal LogNormal":
      return kl(normal(s["m"]!, s["s"]!), normal(t["m"]!, t["s"]!))
    case "Laplace Laplace": {
      const d = N.abs(minus(s["m"]!, t["m"]!))
      const ratio = over(s["b"]!, t["b"]!)
      return plus(minus(over(d, t["b"]!), N.integer(1)), minus(times(ratio, exp(negate(over(d, s["b"]!)))), log(ratio)))
    }
    case "Cauchy Cauchy": {
      const [x, y] = [plus(s["s"]!, t["s"]!), minus(s["m"]!, t["m"]!)]
      return log(over(plus(N.powi(x, 2), N.powi(y, 2)), times(N.integer(4), times(s["s"]!, t["s"]!))))
    }
    case "Poisson Poisson":
      return plus(times(s["rate"]!, log(over(s["rate"]!, t["rate"]!))), minus(t["rate"]!, s["rate"]!))
    case "Product Product": {
      const [a, b] = [p.parts!, q.parts!]
      return sameBlocks(p, q) ? sum(a.map((x, i) => kl(x.law, b[i]!.law))) : undefined
    }
    default:
      return undefined
  }
}

/** p << q, as far as supports tell. */
export const dominated = (p: Law, q: Law): boolean => {
  if (p.dimension > 1) {
    if (isSingular(q) && isSingular(p)) throw new Unsupported("a divergence of two singular normal laws is not supported")
    if (isSingular(p) || isSingular(q)) return false
    if (sameBlocks(p, q)) return p.parts!.every((x, i) => dominatedBlock(x.law, q.parts![i]!.law))
    if (!fills(q)) throw new Unsupported("it cannot be decided whether one support contains the other")
    return true
  }
  if (p.type === "discrete") {
    if (q.atoms !== undefined) return false
    return p.atoms !== undefined ? p.atoms.every((a) => isZero(a.mass) || signOf(q.pdf([a.at])) !== 0) : p.from! >= q.from!
  }
  if (isPatchy(p) || isPatchy(q)) return segments(p, q).every((s) => s.p === undefined || s.q !== undefined)
  const inside = supportInside(p, q)
  if (inside === undefined) throw new Unsupported("it cannot be decided whether one support contains the other")
  return inside
}

const dominatedBlock = (p: Law, q: Law): boolean =>
  sameLaw(p, q) || (p.atoms !== undefined && q.atoms !== undefined ? matchAtoms(p, q).every((m) => isZero(m.p) || !isZero(m.q)) : dominated(p, q))

/** A density that is positive almost everywhere. */
const fills = (law: Law): boolean => {
  if (law.kind === "Product") return law.parts!.every((p) => fills(p.law))
  if (law.kind === "Mixture") return law.parts!.some((p) => fills(p.law))
  return law.type === "continuous" && !isSingular(law) && law.support.lo === undefined && law.support.hi === undefined
}

type Pair = { readonly p: ReturnType<typeof insideOf>; readonly q: ReturnType<typeof insideOf> }

/** E_p f where f may use both densities without the conditions of their supports; parts of p's support outside q's do not count. */
export const relative = (p: Law, f: (x: ReadonlyArray<Node>) => (on: Pair) => Node, q: Law): Node => {
  const plain = p.dimension > 1 || p.type === "discrete" || (!isPatchy(p) && !isPatchy(q) && supportInside(p, q) === true)
  if (p.from !== undefined && q.from !== undefined && q.from > p.from) {
    const on = { p: insideOf(p), q: insideOf(q) }
    return overIntegers({ ...p, from: q.from }, [...nodesOf(p), ...nodesOf(q)], (k) => f([k])(on))
  }
  if (plain) return expectation(p, (x) => f(x)({ p: insideOf(p), q: p.atoms === undefined ? insideOf(q) : q }))
  return sum(
    segments(p, q).map((s) => {
      const { p: on, q: other } = s
      if (on === undefined || other === undefined) return N.integer(0)
      return overSegment(p, q, s.support, (x) => times(on.pdf([x]), f([x])({ p: on, q: other })))
    }),
  )
}

/** Integral of f over a segment. */
export const overSegment = (p: Law, q: Law, support: Law["support"], f: (x: Node) => Node): Node =>
  integrateOver(support, [...nodesOf(p), ...nodesOf(q)], f)

/** Differential entropy, or entropy, -E_p log p. */
export const entropy = (p: Law): Node => {
  if (p.atoms !== undefined) return negate(sum(p.atoms.filter((a) => !isZero(a.mass)).map((a) => times(a.mass, log(a.mass)))))
  const s = p.params
  switch (p.kind) {
    case "Laplace":
      return plus(N.integer(1), log(times(N.integer(2), s["b"]!)))
    case "Logistic":
      return plus(N.integer(2), log(s["s"]!))
    case "Cauchy":
      return log(times(times(N.integer(4), N.pi()), s["s"]!))
    case "LogNormal":
      return plus(s["m"]!, entropy(normal(s["m"]!, s["s"]!)))
    case "StudentT": {
      const [x, y] = [halved(plus(s["df"]!, N.integer(1))), halved(s["df"]!)]
      return plus(times(x, minus(digamma(x), digamma(y))), plus(plus(halved(log(s["df"]!)), logBeta(y, half())), log(s["s"]!)))
    }
    case "MvNormal":
      if (isSingular(p)) return N.infinite(-1, "the entropy of a singular normal law")
      break
    case "Product":
      return sum(p.parts!.map((q) => entropy(q.law)))
  }
  return negate(between(p, p, () => relative(p, (x) => (on) => on.p.logpdf(x), p)))
}

/** -E_p log q, +infinity unless p << q. */
export const crossEntropy = (p: Law, q: Law): Node => {
  needSameDimension("CrossEntropy", p, q)
  if (apart(p, q)) return infinite()
  if (p.atoms !== undefined && q.atoms !== undefined) {
    const charged = matchAtoms(p, q).filter((m) => !isZero(m.p))
    return charged.some((m) => isZero(m.q)) ? infinite() : negate(sum(charged.map((m) => times(m.p, log(m.q)))))
  }
  if (!dominated(p, q)) return infinite()
  return negate(between(p, q, () => relative(p, (x) => (on) => on.q.logpdf(x), q)))
}

/** E_p |grad log p - grad log q|^2 for densities on a common support. */
export const fisher = (p: Law, q: Law): Node => {
  needSameDimension("Fisher", p, q)
  if ([...coordinateTypes(p), ...coordinateTypes(q)].some((type) => type !== "continuous")) throw new Undefined("Fisher needs densities")
  if (sameLaw(p, q)) return N.integer(0)
  if (!dominated(p, q)) throw new Undefined("Fisher needs p << q")
  if (p.kind === "Affine" && q.kind === "Affine" && p.params["a"] === q.params["a"] && p.params["b"] === q.params["b"])
    return over(fisher(p.parts![0]!.law, q.parts![0]!.law), N.powi(p.params["a"]!, 2))
  if (sameBlocks(p, q)) return sum(p.parts!.map((x, i) => fisher(x.law, q.parts![i]!.law)))
  return between(p, q, () =>
    relative(
      p,
      (x) => (on) => {
        const difference = minus(on.p.logpdf(x), on.q.logpdf(x))
        return sum(x.map((c) => N.powi(derivative(difference, c.op === "var" ? c.name : ""), 2)))
      },
      q,
    ),
  )
}
