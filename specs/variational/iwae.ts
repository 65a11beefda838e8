/**
 * L_K = E log((w_1 + ... + w_K) / K) for i.i.d. weights: exact multinomial sums for finite laws, and Frullani's integral with t = e^u,
 *
 *   E log(w_1 + ... + w_K) = int (exp(-e^u) - phi(e^u)^K) du,   phi(t) = E e^(-t w),
 *
 * for log-normal weights w = exp(delta Y - delta^2/2), Y ~ N(0, 1), where phi is a trapezoidal sum with a proved error.
 */
import * as Q from "../../src/core/rational.ts"
import type { Rational } from "../../src/core/rational.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { asInteger } from "../../src/expression/operators.ts"
import { Undefined, Unsupported, asNode, asVector, scalar, typedFunction } from "../../src/expression/value.ts"
import { multinomials } from "../../src/math/iwae.ts"

const { add, sub, mul, div, neg, powi, integer } = N
const exp = (a: Node): Node => N.call("exp", a)
const log = (a: Node): Node => N.call("log", a)
const count = (node: Node, least: number, what: string): number => {
  const k = asInteger(scalar(node), what)
  if (k < least || k > 64) throw new Undefined(`${what} must be ${least}..64`)
  return k
}

/** iwae(K, w, r) = E log((w_1 + ... + w_K)/K), K >= 1, for draws from the atoms w (n) of masses r (n). */
export const iwae = typedFunction(3, ([k, w, r]) => {
  const draws = count(asNode(k!, "K of iwae"), 1, "K of iwae")
  const [atoms, masses] = [asVector(w!, "the weights of iwae"), asVector(r!, "the masses of iwae")]
  if (atoms.length !== masses.length) throw new Undefined("iwae needs as many weights as masses")
  const terms = multinomials(draws, atoms.length).flatMap(({ counts, ways }) => {
    const mass = counts.map((c, i) => powi(masses[i]!, c)).reduce(mul, N.constant(Q.rational(ways)))
    if (mass.op === "const" && mass.value.n === 0n) return []
    return [mul(mass, log(div(counts.map((c, i) => mul(integer(c), atoms[i]!)).reduce(add), integer(draws))))]
  })
  return scalar(terms.reduce(add))
})

/** drawn(k, delta) = E log((exp(delta Y_1) + ... + exp(delta Y_k))/k), Y_i ~ N(0, 1) independent: an expectation to be sampled. */
export const drawn = typedFunction(2, ([k, delta]) => {
  const draws = count(asNode(k!, "k of drawn"), 1, "k of drawn")
  const names = Array.from({ length: draws }, (_, i) => `y.${i + 1}~1`)
  const exponents = names.map((name) => mul(asNode(delta!, "delta of drawn"), N.variable(name)))
  return scalar(sub(N.expect({ kind: "normal", variables: names }, N.logsumexp(exponents)), log(integer(draws))))
})

/** Step and half-width of the trapezoidal rule in y, range of u, and order of the Markov bound: what they leave out is below K 1e-14. */
interface Rule {
  readonly step: Rational
  readonly half: number
  readonly from: number
  readonly to: number
  readonly order: number
  /** Half-width of the strip, times 2/pi. */
  readonly strip: Rational
}
const LARGEST = 6
const ruleOf = (delta: Rational): Rule => {
  const n = Number((delta.n + delta.d - 1n) / delta.d)
  return { step: Q.rational(1, 4 * n), half: 36 * n, from: -40, to: 12 * n, order: Math.max(2, Math.floor(12 / n)), strip: Q.rational(1, n) }
}

/** [-bound, bound]. */
const within = (bound: Node): Node => N.external("within", [bound], (A, [b]) => A.hull(A.neg(b!), b!))

/**
 * L_K of log-normal weights with parameter 0 < delta <= 6.
 *
 * phi_h(t) = h sum_k f(k h) exp(-t e^(delta k h - delta^2/2)), f the normal density, |k| <= n. The summand is analytic for |Im y| <= d, delta d <= pi/2,
 * and there |exp(-t e^(delta y))| <= 1, so |phi - phi_h| <= eps = 2 e^(d^2/2) / (e^(2 pi d/h) - 1) + e^(-(n h)^2/2) for every t >= 0.
 * Left out: u < from, at most (1 + K) e^from; u > to, at most e^-T/T + (C T^-j)^K/(j K) by Markov, T = e^to, C = (j/e)^j e^(delta^2 j (j+1)/2),
 * j the order.
 */
export const frullani = typedFunction(2, ([k, delta]) => {
  const draws = count(asNode(k!, "K of frullani"), 1, "K of frullani")
  const dl = asNode(delta!, "delta of frullani")
  if (dl.op !== "const" || dl.value.n <= 0n) throw new Undefined("frullani needs delta > 0")
  if (Q.compare(dl.value, Q.rational(LARGEST)) > 0) throw new Unsupported(`frullani takes delta up to ${LARGEST}`)
  const rule = ruleOf(dl.value)
  const body = integrand(rule, draws, dl, exp(N.variable("u~1")))
  const integral = N.integral("u~1", integer(rule.from), integer(rule.to), body)
  return scalar(sub(add(integral, within(leftOut(rule, draws, dl))), log(integer(draws))))
})

/** e^-t - phi_h(t)^K. */
const integrand = ({ step, half }: Rule, K: number, delta: Node, t: Node): Node => {
  const h = N.constant(step)
  const kernel = (i: number): Node => {
    const y = mul(integer(i), h)
    const density = div(exp(neg(div(powi(y, 2), integer(2)))), N.call("sqrt", mul(integer(2), N.pi())))
    return mul(mul(h, density), exp(neg(mul(t, exp(sub(mul(delta, y), div(powi(delta, 2), integer(2))))))))
  }
  return sub(exp(neg(t)), powi(Array.from({ length: 2 * half + 1 }, (_, i) => kernel(i - half)).reduce(add), K))
}

const leftOut = ({ step, half, from, to, order, strip }: Rule, draws: number, delta: Node): Node => {
  const [K, j, d, h] = [integer(draws), integer(order), mul(div(N.pi(), integer(2)), N.constant(strip)), N.constant(step)]
  const aliasing = div(mul(integer(2), exp(div(powi(d, 2), integer(2)))), sub(exp(div(mul(mul(integer(2), N.pi()), d), h)), integer(1)))
  const eps = add(aliasing, exp(neg(div(powi(mul(integer(half), h), 2), integer(2)))))
  const replaced = mul(integer(to - from), mul(mul(K, eps), powi(add(integer(1), eps), draws - 1)))
  const left = mul(integer(1 + draws), exp(integer(from)))
  const T = exp(integer(to))
  const square = mul(powi(delta, 2), div(integer(order * (order + 1)), integer(2)))
  const markov = exp(sub(add(mul(j, sub(log(j), integer(1))), square), integer(order * to)))
  return add(replaced, add(left, add(div(exp(neg(T)), T), div(powi(markov, draws), mul(j, K)))))
}
