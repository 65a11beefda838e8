/**
 * Normal law: log p(x) = -(x - m)^2 / (2 v) - log(2 pi v) / 2,  v = s^2,  E (X - m)^(2j) = (2j - 1)!! v^j.
 */
import { minus, negate, over, plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { LINE, binomial, exp, halved, log, needPositive, power, sqrt, standardised } from "./support.ts"

/** Normal law with mean m and standard deviation s > 0. Throws Undefined when s <= 0. */
export const normal = (m: Node, s: Node): Law => {
  needPositive("Normal", "s", s)
  return build(m, s, N.powi(s, 2))
}

/** Normal law with mean m and variance v > 0; the variance is kept, so that nothing squares a root. */
export const normalFromVariance = (m: Node, v: Node): Law => {
  needPositive("Normal", "the variance", v)
  return build(m, sqrt(v), v)
}

const build = (m: Node, s: Node, v: Node): Law => {
  const [zero, one] = [N.integer(0), N.integer(1)]
  return { ...core(m, s, v), standard: { location: m, scale: s, law: core(zero, one, one) } }
}

const core = (m: Node, s: Node, v: Node): Law => {
  const exponent = (x: Node): Node => negate(over(N.powi(minus(x, m), 2), times(N.integer(2), v)))
  const area = times(times(N.integer(2), N.pi()), v)
  return {
    kind: "Normal",
    params: { m, s, v },
    dimension: 1,
    type: "continuous",
    support: LINE,
    gaussian: { mean: [m], cov: [[v]] },
    logpdf: ([x]) => minus(exponent(x!), halved(log(area))),
    pdf: ([x]) => over(exp(exponent(x!)), sqrt(area)),
    cdf: (x) => N.call("normcdf", standardised(x, m, s)),
    moment: (k) => normalMoment(m, v, k),
  }
}

/** E X^k = sum_j C(k, 2j) (2j - 1)!! m^(k - 2j) v^j. */
const normalMoment = (m: Node, v: Node, k: number): Node => {
  let [total, odd] = [N.integer(0), 1]
  for (let j = 0; 2 * j <= k; j++) {
    total = plus(total, times(N.integer(binomial(k, 2 * j) * odd), times(power(m, k - 2 * j), power(v, j))))
    odd *= 2 * j + 1
  }
  return total
}
