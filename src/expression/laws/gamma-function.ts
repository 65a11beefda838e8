/**
 * Gamma and log-gamma as nodes, exact where the argument is a positive integer or half-integer:
 * Gamma(n) = (n-1)!,  Gamma(n + 1/2) = (2n)! sqrt(pi) / (4^n n!).
 */
import * as Q from "../../core/rational.ts"
import { minus, over, plus, times } from "../derivative.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { exp, factorial, halved, log, sqrt } from "./support.ts"

const LARGEST = 100

/** [rational factor, whether sqrt(pi) is a factor] of Gamma(a). */
const exactGamma = (a: Node): { readonly factor: Node; readonly root: boolean } | undefined => {
  if (a.op !== "const" || a.value.n <= 0n || Q.compare(a.value, Q.rational(LARGEST)) > 0) return undefined
  if (a.value.d === 1n) return { factor: factorial(Number(a.value.n) - 1), root: false }
  if (a.value.d !== 2n) return undefined
  const n = (Number(a.value.n) - 1) / 2
  return { factor: over(factorial(2 * n), times(N.powi(N.integer(4), n), factorial(n))), root: true }
}

/** Gamma(a) for a > 0. */
export const gammaOf = (a: Node): Node => {
  const exact = exactGamma(a)
  if (exact === undefined) return exp(N.call("lgamma", a))
  return exact.root ? times(exact.factor, sqrt(N.pi())) : exact.factor
}

/** log Gamma(a) for a > 0. */
export const logGamma = (a: Node): Node => {
  const exact = exactGamma(a)
  if (exact === undefined) return N.call("lgamma", a)
  return exact.root ? plus(log(exact.factor), halved(log(N.pi()))) : log(exact.factor)
}

export const digamma = (a: Node): Node => N.call("digamma", a)

/** log B(a, b). */
export const logBeta = (a: Node, b: Node): Node => minus(plus(logGamma(a), logGamma(b)), logGamma(plus(a, b)))

/** 1 / B(a, b). */
export const inverseBeta = (a: Node, b: Node): Node => over(gammaOf(plus(a, b)), times(gammaOf(a), gammaOf(b)))
