/**
 * Upper tails P(X > x) without the cancellation of 1 - F(x): by symmetry, or in closed form.
 */
import { minus, negate, plus, sum, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { exp, isConst, standardised } from "./support.ts"

const SYMMETRIC: ReadonlySet<string> = new Set(["Normal", "Laplace", "Logistic", "Cauchy", "StudentT"])

/** P(X > x) of a law that knows its distribution function; `undefined` otherwise. */
export const survival = (law: Law, x: Node): Node | undefined => {
  const { cdf, standard, params } = law
  if (law.kind === "Mixture") {
    const parts = law.parts!.map((p) => ({ weight: p.weight, value: survival(p.law, x) }))
    return parts.every((p) => p.value !== undefined) ? sum(parts.map((p) => times(p.weight, p.value!))) : undefined
  }
  if (SYMMETRIC.has(law.kind) && standard !== undefined) return standard.law.cdf?.(negate(standardised(x, standard.location, standard.scale)))
  if (law.kind === "Exponential") return N.conditional("<=", x, N.integer(0), N.integer(1), exp(negate(times(params["rate"]!, x))))
  if (law.kind === "Pareto") return N.conditional("<=", x, params["xm"]!, N.integer(1), N.pow(N.div(params["xm"]!, x), params["alpha"]!))
  return cdf === undefined ? undefined : minus(N.integer(1), cdf(x))
}

/** P(lo < X < hi), `undefined` when the law does not know its distribution function; the upper tail keeps its accuracy. */
export const massBetween = (law: Law, lo: Node | undefined, hi: Node | undefined): Node | undefined => {
  if (lo === undefined || lo === law.support.lo) return hi === undefined || hi === law.support.hi ? N.integer(1) : law.cdf?.(hi)
  if (hi === undefined || hi === law.support.hi) return survival(law, lo)
  const [a, b] = [law.cdf?.(lo), law.cdf?.(hi)]
  if (a === undefined || b === undefined) return undefined
  return isConst(a, 0) ? b : plus(b, negate(a))
}
