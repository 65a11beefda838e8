/**
 * Logistic law, z = (x - m) / s: p(x) = sigmoid(z) sigmoid(-z) / s, log p = -z - 2 softplus(-z) - log s,
 * E (X - m)^(2j) = s^(2j) pi^(2j) (4^j - 2) |B_2j|.
 */
import * as Q from "../../core/rational.ts"
import { minus, negate, over, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Unsupported } from "../value.ts"
import { LINE, affineMoment, log, needPositive, power, standardised } from "./support.ts"

/** |B_2|, |B_4|, ..., |B_12|. */
const BERNOULLI = ["1/6", "1/30", "1/42", "1/30", "5/66", "691/2730"]

/** Logistic law with location m and scale s > 0; else throws Undefined. */
export const logistic = (m: Node, s: Node): Law => {
  needPositive("Logistic", "s", s)
  return { ...core(m, s), standard: { location: m, scale: s, law: core(N.integer(0), N.integer(1)) } }
}

const core = (m: Node, s: Node): Law => {
  const z = (x: Node): Node => standardised(x, m, s)
  const sigmoid = (a: Node): Node => N.call("sigmoid", a)
  const even = (k: number): Node => {
    const b = BERNOULLI[k / 2 - 1]
    if (b === undefined) throw new Unsupported("moments of the logistic law are known up to order 12")
    const factor = Q.mul(Q.parseRational(b)!, Q.rational(2 ** k - 2))
    return times(N.constant(factor), times(power(N.pi(), k), power(s, k)))
  }
  return {
    kind: "Logistic",
    params: { m, s },
    dimension: 1,
    type: "continuous",
    support: LINE,
    logpdf: ([x]) => minus(minus(negate(z(x!)), times(N.integer(2), N.call("softplus", negate(z(x!))))), log(s)),
    pdf: ([x]) => over(times(sigmoid(z(x!)), sigmoid(negate(z(x!)))), s),
    cdf: (x) => sigmoid(z(x)),
    moment: (k) => affineMoment((j) => (j % 2 === 1 ? N.integer(0) : even(j)), N.integer(1), m, k),
  }
}
