/**
 * Arguments of nonlinear functions with their polynomial parts collected, so that what cancels is gone:
 *
 *   logsumexp(a_1, ..., a_n) = a_1 + logsumexp(0, a_2 - a_1, ...)   where the differences have a lower degree than a_1
 *
 * Log density ratios of normal mixtures with one covariance become functions of linear forms, and an expectation in R^d an integral on the line.
 */
import { mapChildren } from "../map-children.ts"
import { minus, plus } from "../derivative.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { asPolynomial, assemble, degreeOf, splitPolynomial } from "./polynomial.ts"

/** An equal node; polynomial parts in the variables are collected at every level. */
export const normalForm = (node: Node, xs: ReadonlyArray<string>): Node => {
  const memo = new Map<Node, Node>()
  const touches = (n: Node): boolean => xs.some((x) => n.free.includes(x))
  const collected = (n: Node): Node => {
    const parts = splitPolynomial(n, xs)
    return assemble(parts.rest === undefined ? parts : { ...parts, rest: inner(parts.rest) }, xs)
  }
  const inner = (n: Node): Node => {
    if (!touches(n) || n.op === "var") return n
    const known = memo.get(n)
    if (known !== undefined) return known
    const value = rewritten(n)
    memo.set(n, value)
    return value
  }
  const rewritten = (n: Node): Node => {
    switch (n.op) {
      case "integral":
      case "series":
      case "root":
      case "sup":
      case "expect":
        return n
      case "logsumexp":
        return shifted(n.args.map(collectedDeep))
      case "call":
        return mapChildren(n, collectedDeep)
      default:
        return mapChildren(n, inner)
    }
  }
  /** Twice: the first pass may turn a logsumexp into a polynomial plus a rest. */
  const collectedDeep = (n: Node): Node => (touches(n) ? collected(collected(n)) : n)
  const shifted = (args: ReadonlyArray<Node>): Node => {
    const first = args[0]!
    const degree = polynomialDegree(first)
    const differences = args.slice(1).map((a) => (degree === undefined ? undefined : difference(a, first)))
    const lower = degree !== undefined && degree >= 2 && differences.every((d) => d !== undefined && polynomialDegree(d)! < degree)
    if (!lower) return N.logsumexp(args)
    return plus(first, differences.length === 1 ? N.call("softplus", differences[0]!) : N.logsumexp([N.integer(0), ...differences.map((d) => d!)]))
  }
  const polynomialDegree = (n: Node): number | undefined => {
    const p = asPolynomial(n, xs)
    return p === undefined ? undefined : degreeOf(p)
  }
  const difference = (a: Node, b: Node): Node | undefined =>
    asPolynomial(a, xs) === undefined ? undefined : assemble(splitPolynomial(minus(a, b), xs), xs)
  return collectedDeep(node)
}
