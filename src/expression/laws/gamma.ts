/**
 * Gamma law with shape a and rate b (mean a / b):  p(x) = b^a x^(a-1) e^(-b x) / Gamma(a),  E X^k = a (a+1) ... (a+k-1) / b^k,
 * E X^k log X = E X^k (psi(a + k) - log b). The exponential law is shape 1.
 */
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import { integrate } from "../integrals.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { digamma, gammaOf, logGamma } from "./gamma-function.ts"
import { bounded, exp, factorial, integerOf, isConst, log, needPositive, power } from "./support.ts"
import type { Bounded } from "./support.ts"

/** Gamma law on ]0, inf[ with shape a > 0 and rate b > 0; else throws Undefined. */
export const gamma = (shape: Node, rate: Node): Law => {
  needPositive("Gamma", "the shape", shape)
  needPositive("Gamma", "the rate", rate)
  if (isConst(shape, 1)) return exponential(rate)
  return scaled("Gamma", shape, rate)
}

/** Exponential law on [0, inf[ with rate > 0; else throws Undefined. */
export const exponential = (rate: Node): Law => {
  needPositive("Exponential", "the rate", rate)
  return scaled("Exponential", N.integer(1), rate)
}

const scaled = (kind: string, shape: Node, rate: Node): Law => ({
  ...core(kind, shape, rate),
  standard: { location: N.integer(0), scale: over(N.integer(1), rate), law: core(kind, shape, N.integer(1)) },
})

const core = (kind: string, a: Node, b: Node): Bounded => {
  const support = { lo: N.integer(0), hi: undefined }
  const less = minus(a, N.integer(1))
  const moment = (k: number): Node => over(Array.from({ length: k }, (_, i) => plus(a, N.integer(i))).reduce(times, N.integer(1)), power(b, k))
  const inside = {
    logpdf: ([x]: ReadonlyArray<Node>): Node => plus(minus(times(less, log(x!)), times(b, x!)), minus(times(a, log(b)), logGamma(a))),
    pdf: ([x]: ReadonlyArray<Node>): Node =>
      times(over(N.pow(b, a), gammaOf(a)), times(isConst(less, 0) ? N.integer(1) : N.pow(x!, less), exp(negate(times(b, x!))))),
  }
  return {
    kind,
    params: { shape: a, rate: b },
    dimension: 1,
    type: "continuous",
    support,
    ...bounded(support, inside, kind === "Exponential"),
    cdf: (x) => N.conditional("<=", x, N.integer(0), N.integer(0), lowerGamma(a, times(b, x))),
    moment,
    logMoment: (k) => times(moment(k), minus(digamma(plus(a, N.integer(k))), log(b))),
  }
}

/** P(a, x), the regularised lower incomplete gamma function: a finite sum for integer a, else an integral over [0, 1] without a singularity. */
const lowerGamma = (a: Node, x: Node): Node => {
  const n = integerOf(a)
  if (n === 1) return negate(N.call("expm1", negate(x)))
  if (n !== undefined && n <= 40) {
    const terms = Array.from({ length: n }, (_, j) => over(power(x, j), factorial(j)))
    return minus(N.integer(1), times(exp(negate(x)), sum(terms)))
  }
  const large = n !== undefined || (a.op === "const" && a.value.n >= a.value.d)
  if (large) {
    const body = (w: Node): Node => times(N.pow(w, minus(a, N.integer(1))), exp(negate(times(x, w))))
    return times(over(N.pow(x, a), gammaOf(a)), integrate("w", N.integer(0), N.integer(1), [a, x], body))
  }
  const body = (v: Node): Node => exp(negate(times(x, N.pow(v, over(N.integer(1), a)))))
  return times(over(N.pow(x, a), gammaOf(plus(a, N.integer(1)))), integrate("w", N.integer(0), N.integer(1), [a, x], body))
}
