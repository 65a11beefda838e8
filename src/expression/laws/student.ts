/**
 * Student law with nu degrees of freedom, z = (x - m) / s:  p(x) = c (1 + z^2/nu)^(-(nu+1)/2) / s,  c = Gamma((nu+1)/2) / (sqrt(nu pi) Gamma(nu/2)).
 * E |X|^k is finite only for k < nu;  E Z^(2j) = nu^j prod_{i=1..j} (2i - 1) / (nu - 2i). Cauchy is nu = 1.
 */
import { compareNodes } from "../decide.ts"
import { minus, over, plus, sum, times } from "../derivative.ts"
import { integrate } from "../integrals.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { cauchy } from "./cauchy.ts"
import { gammaOf } from "./gamma-function.ts"
import { LINE, affineMoment, half, halved, integerOf, isConst, log, needPositive, sqrt, standardised } from "./support.ts"

/** Student law with df, scale s > 0 and location m; else throws Undefined. */
export const student = (df: Node, m: Node, s: Node): Law => {
  needPositive("StudentT", "df", df)
  needPositive("StudentT", "s", s)
  if (isConst(df, 1)) return cauchy(m, s)
  return { ...core(df, m, s), standard: { location: m, scale: s, law: core(df, N.integer(0), N.integer(1)) } }
}

const core = (df: Node, m: Node, s: Node): Law => {
  const one = N.integer(1)
  const next = halved(plus(df, one))
  const c = over(gammaOf(next), times(sqrt(times(df, N.pi())), gammaOf(halved(df))))
  const square = (x: Node): Node => over(N.powi(standardised(x, m, s), 2), df)
  const even = (k: number): Node =>
    Array.from({ length: k / 2 }, (_, i) => over(times(N.integer(2 * i + 1), df), minus(df, N.integer(2 * i + 2)))).reduce(times, one)
  return {
    kind: "StudentT",
    params: { df, m, s },
    dimension: 1,
    type: "continuous",
    support: LINE,
    logpdf: ([x]) => minus(log(over(c, s)), times(next, N.call("log1p", square(x!)))),
    pdf: ([x]) => times(over(c, s), N.pow(plus(one, square(x!)), N.neg(next))),
    cdf: (x) => studentCdf(df, c, standardised(x, m, s)),
    moment: (k) => {
      const order = compareNodes(df, N.integer(k))
      if (order !== undefined && order <= 0) {
        const reason = `moment ${k} of a Student law needs df > ${k}`
        return k % 2 === 0 ? N.infinite(1, reason) : N.undefinedNode(reason)
      }
      return affineMoment((j) => (j % 2 === 1 ? N.integer(0) : times(even(j), N.powi(s, j))), one, m, k)
    },
  }
}

/** Distribution function at z: finite sums in theta = atan(z / sqrt(nu)) for integer nu (Abramowitz and Stegun 26.7.3-4), else an integral. */
const studentCdf = (df: Node, c: Node, z: Node): Node => {
  const one = N.integer(1)
  const nu = integerOf(df)
  if (nu === undefined || nu > 40) {
    const body = (w: Node): Node => N.pow(plus(one, over(N.powi(times(z, w), 2), df)), N.neg(halved(plus(df, one))))
    return plus(half(), times(times(c, z), integrate("w", N.integer(0), one, [df, z], body)))
  }
  const r = over(z, sqrt(df))
  const cosine = over(one, plus(one, N.powi(r, 2)))
  const odd = nu % 2 === 1
  // Terms cos^(2i) prod (even or odd factor ratios); sin cos = r cos^2, sin = r |cos|.
  let [factor, power] = [one, one]
  const terms: Array<Node> = []
  for (let i = 0; 2 * i < (odd ? nu - 1 : nu); i++) {
    terms.push(times(factor, power))
    factor = times(factor, odd ? over(N.integer(2 * i + 2), N.integer(2 * i + 3)) : over(N.integer(2 * i + 1), N.integer(2 * i + 2)))
    power = times(power, cosine)
  }
  if (!odd) return plus(half(), halved(times(over(r, sqrt(plus(one, N.powi(r, 2)))), sum(terms))))
  return plus(half(), over(plus(N.call("atan", r), times(times(r, cosine), sum(terms))), N.pi()))
}
