/**
 * Laplace law: p(x) = exp(-|x - m| / b) / (2 b),  E (X - m)^(2j) = (2j)! b^(2j).
 */
import { minus, negate, over, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { LINE, affineMoment, exp, factorial, half, log, needPositive, power, standardised } from "./support.ts"

/** Laplace law with location m and scale b > 0; else throws Undefined. */
export const laplace = (m: Node, b: Node): Law => {
  needPositive("Laplace", "b", b)
  return { ...core(m, b), standard: { location: m, scale: b, law: core(N.integer(0), N.integer(1)) } }
}

const core = (m: Node, b: Node): Law => {
  const two = times(N.integer(2), b)
  const exponent = (x: Node): Node => negate(over(N.abs(minus(x, m)), b))
  return {
    kind: "Laplace",
    params: { m, b },
    dimension: 1,
    type: "continuous",
    support: LINE,
    logpdf: ([x]) => minus(exponent(x!), log(two)),
    pdf: ([x]) => over(exp(exponent(x!)), two),
    cdf: (x) => {
      const z = standardised(x, m, b)
      return N.conditional("<=", x, m, times(half(), exp(z)), minus(N.integer(1), times(half(), exp(negate(z)))))
    },
    moment: (k) => affineMoment((j) => (j % 2 === 1 ? N.integer(0) : times(factorial(j), power(b, j))), N.integer(1), m, k),
  }
}
