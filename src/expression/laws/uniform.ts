/**
 * Uniform law on [a, b]: p(x) = 1 / (b - a),  E X^k = sum_i a^i b^(k-i) / (k + 1).
 */
import { minus, negate, over, sum, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { bounded, isConst, isZero, log, needLess, power } from "./support.ts"
import type { Bounded } from "./support.ts"

/** Uniform law on [a, b]. Throws Undefined unless a < b. */
export const uniform = (a: Node, b: Node): Law => {
  needLess("Uniform", "a", a, "b", b)
  const unit = core(N.integer(0), N.integer(1))
  return { ...core(a, b), standard: { location: a, scale: minus(b, a), law: unit } }
}

const core = (a: Node, b: Node): Bounded => {
  const width = minus(b, a)
  const next = (k: number): Node => N.integer(k + 1)
  const support = { lo: a, hi: b }
  return {
    kind: "Uniform",
    params: { a, b },
    dimension: 1,
    type: "continuous",
    support,
    ...bounded(support, { pdf: () => over(N.integer(1), width), logpdf: () => negate(log(width)) }, true),
    cdf: (x) => N.conditional("<=", x, a, N.integer(0), N.conditional("<=", b, x, N.integer(1), over(minus(x, a), width))),
    moment: (k) => over(sum(Array.from({ length: k + 1 }, (_, i) => times(power(a, i), power(b, k - i)))), next(k)),
    // E X^k log X on [0, b] = b^k / (k + 1) (log b - 1 / (k + 1)); E log(1 - X) = -1 on [0, 1].
    ...(isZero(a) && isConst(b, 1) ? { log1mMoment: () => N.integer(-1) } : {}),
    ...(isZero(a) ? { logMoment: (k: number) => times(over(power(b, k), next(k)), minus(log(b), over(N.integer(1), next(k)))) } : {}),
  }
}
