/**
 * Beta law:  p(x) = x^(a-1) (1-x)^(b-1) / B(a, b) on ]0, 1[,  E X^k = prod_{i<k} (a+i)/(a+b+i),
 * E X^k log X = E X^k (psi(a+k) - psi(a+b+k)),  E log(1-X) = psi(b) - psi(a+b).
 */
import { minus, over, plus, sum, times } from "../derivative.ts"
import { integrate } from "../integrals.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { digamma, inverseBeta, logBeta } from "./gamma-function.ts"
import { binomial, bounded, integerOf, isConst, log, needPositive, power } from "./support.ts"
import type { Bounded } from "./support.ts"

/** Beta law with a, b > 0; else throws Undefined. */
export const beta = (a: Node, b: Node): Law => {
  needPositive("Beta", "a", a)
  needPositive("Beta", "b", b)
  const one = N.integer(1)
  const support = { lo: N.integer(0), hi: one }
  const [a1, b1] = [minus(a, one), minus(b, one)]
  const moment = (k: number): Node =>
    Array.from({ length: k }, (_, i) => over(plus(a, N.integer(i)), plus(plus(a, b), N.integer(i)))).reduce(times, one)
  const pow = (base: Node, exponent: Node): Node => (isConst(exponent, 0) ? one : N.pow(base, exponent))
  const inside = {
    logpdf: ([x]: ReadonlyArray<Node>): Node => minus(plus(times(a1, log(x!)), times(b1, N.call("log1p", N.neg(x!)))), logBeta(a, b)),
    pdf: ([x]: ReadonlyArray<Node>): Node => times(inverseBeta(a, b), times(pow(x!, a1), pow(minus(one, x!), b1))),
  }
  const law: Bounded = {
    kind: "Beta",
    params: { a, b },
    dimension: 1,
    type: "continuous",
    support,
    ...bounded(support, inside, false),
    cdf: (x) => N.conditional("<=", x, N.integer(0), N.integer(0), N.conditional("<=", one, x, one, lowerBeta(a, b, x))),
    moment,
    logMoment: (k) => times(moment(k), minus(digamma(plus(a, N.integer(k))), digamma(plus(plus(a, b), N.integer(k))))),
    log1mMoment: () => minus(digamma(b), digamma(plus(a, b))),
  }
  return law
}

/** I_x(a, b): a finite sum for small integers a and b, else x^a / B times an integral over [0, 1]. */
const lowerBeta = (a: Node, b: Node, x: Node): Node => {
  const one = N.integer(1)
  const [m, n] = [integerOf(a), integerOf(b)]
  if (m !== undefined && n !== undefined && m + n <= 40) {
    const size = m + n - 1
    const term = (k: number): Node => times(N.integer(binomial(size, k)), times(power(x, k), power(minus(one, x), size - k)))
    return sum(Array.from({ length: size - m + 1 }, (_, i) => term(m + i)))
  }
  // w = v^(1/a) removes the singularity at 0 when a < 1.
  const gentle = a.op === "const" && a.value.n >= a.value.d
  const rest = (w: Node): Node => N.pow(minus(one, times(x, w)), minus(b, one))
  const body = gentle ? (w: Node): Node => times(N.pow(w, minus(a, one)), rest(w)) : (v: Node): Node => rest(N.pow(v, over(one, a)))
  const front = times(inverseBeta(a, b), N.pow(x, a))
  return times(gentle ? front : over(front, a), integrate("w", N.integer(0), one, [a, b, x], body))
}
