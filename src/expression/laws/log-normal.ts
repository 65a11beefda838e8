/**
 * Log-normal law: log X ~ N(m, s^2).  E X^k = exp(k m + k^2 v / 2),  E X^k log X = E X^k (m + k v),  v = s^2.
 */
import { minus, over, plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { normal } from "./normal.ts"
import { bounded, exp, halved, log, needPositive, standardised } from "./support.ts"
import type { Bounded } from "./support.ts"

/** Law of exp(Y) for Y ~ N(m, s^2), s > 0; else throws Undefined. */
export const logNormal = (m: Node, s: Node): Law => {
  needPositive("LogNormal", "s", s)
  const y = normal(m, s)
  const v = N.powi(s, 2)
  const support = { lo: N.integer(0), hi: undefined }
  const moment = (k: number): Node => exp(plus(times(N.integer(k), m), halved(times(N.integer(k * k), v))))
  const inside = {
    logpdf: ([x]: ReadonlyArray<Node>): Node => minus(y.logpdf([log(x!)]), log(x!)),
    pdf: ([x]: ReadonlyArray<Node>): Node => over(y.pdf([log(x!)]), x!),
  }
  const law: Bounded = {
    kind: "LogNormal",
    params: { m, s, v },
    dimension: 1,
    type: "continuous",
    support,
    ...bounded(support, inside, false),
    cdf: (x) => N.conditional("<=", x, N.integer(0), N.integer(0), N.call("normcdf", standardised(log(x), m, s))),
    moment,
    logMoment: (k) => (k === 0 ? m : times(moment(k), plus(m, times(N.integer(k), v)))),
  }
  return law
}
