/**
 * Pareto law: P(X > x) = (xm / x)^alpha for x >= xm.
 * E X^k = alpha xm^k / (alpha - k) for k < alpha, infinite otherwise;  E log X = log xm + 1/alpha.
 */
import { compareNodes } from "../decide.ts"
import { minus, over, plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { bounded, log, needPositive, power } from "./support.ts"
import type { Bounded } from "./support.ts"

/** Pareto law with scale xm > 0 and shape alpha > 0; else throws Undefined. */
export const pareto = (xm: Node, alpha: Node): Law => {
  needPositive("Pareto", "xm", xm)
  needPositive("Pareto", "alpha", alpha)
  return { ...core(xm, alpha), standard: { location: N.integer(0), scale: xm, law: core(N.integer(1), alpha) } }
}

const core = (xm: Node, alpha: Node): Bounded => {
  const support = { lo: xm, hi: undefined }
  const one = N.integer(1)
  const inside = {
    logpdf: ([x]: ReadonlyArray<Node>): Node => minus(plus(log(alpha), times(alpha, log(xm))), times(plus(alpha, one), log(x!))),
    pdf: ([x]: ReadonlyArray<Node>): Node => times(over(alpha, xm), N.pow(over(xm, x!), plus(alpha, one))),
  }
  const missing = (k: number): Node | undefined => {
    const order = compareNodes(alpha, N.integer(k))
    return order === undefined || order > 0 ? undefined : N.infinite(1, `moment ${k} of a Pareto law needs alpha > ${k}`)
  }
  const moment = (k: number): Node => over(times(alpha, power(xm, k)), minus(alpha, N.integer(k)))
  return {
    kind: "Pareto",
    params: { xm, alpha },
    dimension: 1,
    type: "continuous",
    support,
    ...bounded(support, inside, true),
    cdf: (x) => N.conditional("<=", x, xm, N.integer(0), minus(one, N.pow(over(xm, x), alpha))),
    moment: (k) => missing(k) ?? moment(k),
    // log X = log xm + T with T exponential of rate alpha, tilted by e^(kT).
    logMoment: (k) => missing(k) ?? times(moment(k), plus(log(xm), over(one, minus(alpha, N.integer(k))))),
  }
}
