/**
 * Bounded and polynomial divergences:
 *
 *   JS = log 2 - E_p softplus(log q - log p) / 2 - E_q softplus(log p - log q) / 2   (on the common support; disjoint supports give log 2)
 *   Renyi_a = log A(a) / (a - 1),  Hellinger^2 = 1 - A(1/2),  chi^2(p|q) = A(2) - 1,   A(a) = integral p^a q^(1-a), see affinity.ts.
 */
import * as Q from "../../core/rational.ts"
import { compareNodes, signOf } from "../decide.ts"
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { exp, half, halved, isConst, isZero, log, sqrt } from "../laws/support.ts"
import type { Density } from "../laws/support.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { rangeOf } from "../ranges.ts"
import { Undefined, Unsupported } from "../value.ts"
import { logAffinity } from "./affinity.ts"
import { between, dominated, kl, overSegment, relative } from "./divergences.ts"
import { expectation } from "./expectation.ts"
import { apart, matchAtoms, needSameDimension, pulledBack, sameLaw, segments } from "./relations.ts"
import type { Matched } from "./relations.ts"

const INFINITE = "p charges a set that q does not"

/** Both masses at every atom of a finite law, when at least one of the two is finite. */
const finitePairs = (p: Law, q: Law): ReadonlyArray<Matched> | undefined => {
  if (p.type !== "discrete" || q.type !== "discrete") return undefined
  if (p.atoms !== undefined && q.atoms !== undefined) return matchAtoms(p, q)
  if (p.atoms !== undefined) return p.atoms.map((a) => ({ at: a.at, p: a.mass, q: q.pdf([a.at]) }))
  if (q.atoms !== undefined) return q.atoms.map((a) => ({ at: a.at, p: p.pdf([a.at]), q: a.mass }))
  return undefined
}

/** Jensen-Shannon divergence, between 0 and log 2. */
export const js = (first: Law, second: Law): Node => {
  needSameDimension("JS", first, second)
  const [p, q] = pulledBack(first, second)
  if (sameLaw(p, q)) return N.integer(0)
  const log2 = log(N.integer(2))
  if (apart(p, q)) return log2
  const pairs = finitePairs(p, q)
  if (pairs !== undefined && p.atoms !== undefined && q.atoms !== undefined) {
    const term = (a: Node, m: Matched): Node => (isZero(a) ? N.integer(0) : times(halved(a), log(over(times(N.integer(2), a), plus(m.p, m.q)))))
    return sum(pairs.flatMap((m) => [term(m.p, m), term(m.q, m)]))
  }
  if (pairs !== undefined) {
    const both = pairs.filter((m) => !isZero(m.p) && !isZero(m.q))
    return minus(log2, halved(sum(both.map((m) => plus(shared(m.p, log(m.p), log(m.q)), shared(m.q, log(m.q), log(m.p)))))))
  }
  return between(p, q, () => {
    const arm = (a: Law, b: Law): Node => relative(a, (x) => (on) => N.call("softplus", minus(on.q.logpdf(x), on.p.logpdf(x))), b)
    const [a, b] = [arm(p, q), arm(q, p)]
    return isConst(a, 0) && isConst(b, 0) ? log2 : minus(log2, halved(plus(a, b)))
  })
}

const shared = (mass: Node, own: Node, other: Node): Node => times(mass, N.call("softplus", minus(other, own)))

/** A(a), or its logarithm: `log` is known in closed form. */
type Affinity = { readonly log: Node } | { readonly value: Node }

/** 1 / cosh(r / 2). */
const sech = (r: Node): Node => times(N.integer(2), exp(negate(halved(plus(N.call("softplus", r), N.call("softplus", negate(r)))))))

const affinity = (a: Node, p: Law, q: Law): Affinity => {
  const closed = logAffinity(a, p, q)
  if (closed !== undefined) return { log: closed }
  const rest = minus(N.integer(1), a)
  const power = (base: Node, exponent: Node): Node => (isConst(exponent, 0) ? N.integer(1) : N.pow(base, exponent))
  const order = compareNodes(a, N.integer(1))
  const above = order === 1
  if (order === undefined && rangeOf(a) !== undefined) throw new Unsupported("an affinity of an order on both sides of 1 is not supported")
  const pairs = finitePairs(p, q)
  if (pairs !== undefined) {
    const charged = pairs.filter((m) => !isZero(m.p) && !(isZero(m.q) && !above))
    if (above && (p.atoms === undefined || charged.some((m) => isZero(m.q)))) return { value: N.infinite(1, INFINITE) }
    return { value: sum(charged.map((m) => times(power(m.p, a), power(m.q, rest)))) }
  }
  if (apart(p, q)) return { value: above ? N.infinite(1, INFINITE) : N.integer(0) }
  if (above && !dominated(p, q)) return { value: N.infinite(1, INFINITE) }
  return {
    value: between(p, q, () => {
      if (p.dimension === 1 && p.type === "continuous")
        return sum(
          segments(p, q).map((s) => {
            const { p: f, q: g } = s
            if (f === undefined || g === undefined) return N.integer(0)
            return overSegment(p, q, s.support, (x) => exp(plus(times(a, f.logpdf([x])), times(rest, g.logpdf([x])))))
          }),
        )
      const ratio = (on: { readonly p: Density; readonly q: Density }, x: ReadonlyArray<Node>): Node => minus(on.q.logpdf(x), on.p.logpdf(x))
      // Beyond two dimensions only sampling is left, and sqrt(p q) / m <= 1 for the mean m of both densities: 1 / cosh(r / 2) = 2 e^(-(softplus(r) + softplus(-r)) / 2) of the log ratio r.
      if (p.dimension > 2 && isConst(times(N.integer(2), a), 1)) {
        const arm = (one: Law, other: Law): Node => relative(one, (x) => (on) => sech(ratio(on, x)), other)
        return halved(plus(arm(p, q), arm(q, p)))
      }
      return relative(p, (x) => (on) => exp(times(rest, ratio(on, x))), q)
    }),
  }
}

/** Squared Hellinger distance: integral (sqrt p - sqrt q)^2 / 2. */
export const hellinger2 = (first: Law, second: Law): Node => {
  needSameDimension("Hellinger2", first, second)
  const [p, q] = pulledBack(first, second)
  if (sameLaw(p, q)) return N.integer(0)
  if (p.atoms !== undefined && q.atoms !== undefined) return halved(sum(matchAtoms(p, q).map((m) => N.powi(minus(sqrt(m.p), sqrt(m.q)), 2))))
  const found = affinity(half(), p, q)
  return "log" in found ? negate(N.call("expm1", found.log)) : minus(N.integer(1), found.value)
}

/** chi^2(p | q) = E_q (p/q - 1)^2, +infinity where p^2/q is not integrable. */
export const chiSquare = (first: Law, second: Law): Node => {
  needSameDimension("ChiSquare", first, second)
  const [p, q] = pulledBack(first, second)
  if (sameLaw(p, q)) return N.integer(0)
  if (p.atoms !== undefined && q.atoms !== undefined) {
    const pairs = matchAtoms(p, q)
    if (pairs.some((m) => isZero(m.q) && !isZero(m.p))) return N.infinite(1, INFINITE)
    return sum(pairs.filter((m) => !isZero(m.q)).map((m) => over(N.powi(minus(m.p, m.q), 2), m.q)))
  }
  const found = affinity(N.integer(2), p, q)
  if ("log" in found) return found.log.op === "infinite" ? found.log : N.call("expm1", found.log)
  return found.value.op === "infinite" ? found.value : minus(found.value, N.integer(1))
}

/** Renyi divergence of order a > 0; KL at a = 1. */
export const renyi = (a: Node, first: Law, second: Law): Node => {
  needSameDimension("Renyi", first, second)
  const s = signOf(a)
  if (s !== undefined && s <= 0) throw new Undefined("Renyi needs an order a > 0")
  if (a.op === "const" && Q.equals(a.value, Q.ONE)) return kl(first, second)
  const [p, q] = pulledBack(first, second)
  if (sameLaw(p, q)) return N.integer(0)
  const found = affinity(a, p, q)
  const value = "log" in found ? found.log : found.value
  // Either A = +infinity with a > 1, or A = 0 with a < 1.
  if (value.op === "infinite" || (!("log" in found) && isConst(value, 0))) return N.infinite(1, INFINITE)
  return over("log" in found ? value : log(value), minus(a, N.integer(1)))
}

/** Expectation form of the total variation, in [0, 1] under p: E_p max(0, 1 - q/p) = -E_p expm1(min(0, log q - log p)), whose slopes stay bounded. */
export const variationByRatio = (p: Law, q: Law): Node =>
  between(p, q, () => expectation(p, (x) => negate(N.call("expm1", N.min(N.integer(0), minus(q.logpdf(x), p.logpdf(x)))))))
