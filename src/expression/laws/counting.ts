/**
 * Laws on the integers without end.
 *
 *   Poisson:    P(X = k) = e^-r r^k / k!, k >= 0;          E X(X-1)...(X-j+1) = r^j
 *   Geometric:  P(X = k) = p (1 - p)^(k-1), k >= 1;        E X(X-1)...(X-j+1) = j! (1 - p)^(j-1) / p^j    (number of trials)
 */
import { balanced, minus, negate, over, plus, sum, times } from "../derivative.ts"
import { avoiding, fresh } from "../integrals.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { TooLarge, Unsupported } from "../value.ts"
import { dirac } from "./discrete.ts"
import { LINE, exp, factorial, insideOf, integerOf, isConst, log, needPositive, needProbability, outsideLog, power, stirling } from "./support.ts"
import type { Bounded, Density } from "./support.ts"

/** Poisson law with rate > 0; else throws Undefined. */
export const poisson = (rate: Node): Law => {
  needPositive("Poisson", "the rate", rate)
  const logFactorial = (k: Node): Node => {
    const n = integerOf(k)
    return n === undefined || n > 200 ? N.call("lgamma", plus(k, N.integer(1))) : log(factorial(n))
  }
  const logpdf = ([k]: ReadonlyArray<Node>): Node => minus(minus(times(k!, log(rate)), rate), logFactorial(k!))
  const pdf = ([k]: ReadonlyArray<Node>): Node => {
    const n = integerOf(k!)
    return n === undefined || n > 200 ? exp(logpdf([k!])) : over(times(exp(negate(rate)), power(rate, n)), factorial(n))
  }
  return integerLaw("Poisson", { rate }, 0, { pdf, logpdf }, (j) => power(rate, j))
}

/** Geometric law on 1, 2, ... with success probability 0 < p <= 1; else throws Undefined. */
export const geometric = (p: Node): Law => {
  needProbability("Geometric", "p", p)
  needPositive("Geometric", "p", p)
  if (isConst(p, 1)) return dirac(N.integer(1))
  const q = minus(N.integer(1), p)
  const logpdf = ([k]: ReadonlyArray<Node>): Node => plus(log(p), times(minus(k!, N.integer(1)), N.call("log1p", negate(p))))
  const pdf = ([k]: ReadonlyArray<Node>): Node => {
    const n = integerOf(k!)
    return n === undefined ? exp(logpdf([k!])) : times(p, power(q, n - 1))
  }
  const falling = (j: number): Node => (j === 0 ? N.integer(1) : over(times(factorial(j), power(q, j - 1)), power(p, j)))
  return integerLaw("Geometric", { p }, 1, { pdf, logpdf }, falling)
}

const integerLaw = (kind: string, params: Readonly<Record<string, Node>>, from: number, inside: Density, falling: (j: number) => Node): Bounded => {
  const guarded = (x: Node, then: Node, otherwise: Node): Node =>
    N.conditional("==", N.floor(x), x, N.conditional("<=", N.integer(from), x, then, otherwise), otherwise)
  const outside = (x: Node): boolean => x.op === "const" && (integerOf(x) === undefined || integerOf(x)! < from)
  return {
    kind,
    params,
    dimension: 1,
    type: "discrete",
    support: LINE,
    from,
    inside,
    pdf: ([x]) => (outside(x!) ? N.integer(0) : guarded(x!, inside.pdf([x!]), N.integer(0))),
    logpdf: ([x]) => (outside(x!) ? outsideLog() : guarded(x!, inside.logpdf([x!]), outsideLog())),
    cdf: (x) => {
      const floor = N.floor(x)
      if (floor.op !== "const") throw new Unsupported(`the distribution function of a ${kind} law needs a number`)
      const last = Number(floor.value.n)
      if (last > 10_000) throw new TooLarge(`the distribution function of a ${kind} law at most at 10000 is expected, not at ${last}`)
      if (last < from) return N.integer(0)
      return balanced(
        Array.from({ length: last - from + 1 }, (_, i) => inside.pdf([N.integer(from + i)])),
        plus,
      )
    },
    moment: (k) => sum(Array.from({ length: k + 1 }, (_, j) => times(N.integer(stirling(k, j)), falling(j)))),
  }
}

/** sum over k >= law.from of P(X = k) f(k), for laws on the integers without end. */
export const overIntegers = (law: Law, surroundings: ReadonlyArray<Node>, f: (k: Node) => Node): Node => {
  const name = fresh("k", ...surroundings)
  const k = N.variable(name)
  return N.series(
    name,
    law.from!,
    times(
      insideOf(law).pdf([k]),
      avoiding([k], () => f(k)),
    ),
  )
}
