/**
 * Cauchy law: p(x) = 1 / (pi s (1 + z^2)), z = (x - m) / s. It has no mean and an infinite second moment.
 */
import { minus, negate, over, plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { LINE, half, log, needPositive, standardised } from "./support.ts"

/** Cauchy law with location m and scale s > 0; else throws Undefined. */
export const cauchy = (m: Node, s: Node): Law => {
  needPositive("Cauchy", "s", s)
  return { ...core(m, s), standard: { location: m, scale: s, law: core(N.integer(0), N.integer(1)) } }
}

const core = (m: Node, s: Node): Law => {
  const area = times(N.pi(), s)
  const square = (x: Node): Node => N.powi(standardised(x, m, s), 2)
  return {
    kind: "Cauchy",
    params: { m, s },
    dimension: 1,
    type: "continuous",
    support: LINE,
    logpdf: ([x]) => minus(negate(log(area)), N.call("log1p", square(x!))),
    pdf: ([x]) => over(N.integer(1), times(area, plus(N.integer(1), square(x!)))),
    cdf: (x) => plus(half(), over(N.call("atan", standardised(x, m, s)), N.pi())),
    moment: (k) =>
      k % 2 === 0
        ? N.infinite(1, `moment ${k} of a Cauchy law`)
        : N.undefinedNode(k === 1 ? "a Cauchy law has no mean" : `a Cauchy law has no moment of order ${k}`),
  }
}
