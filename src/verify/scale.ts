/**
 * The scale S of a discrepancy: the sum of |T| over its top-level additive terms T, where an integral counts with the integral of its absolute integrand.
 * That is what a relative change of one coefficient moves, also where the integral itself is 0 by symmetry.
 */
import { enclose } from "../expression/enclose.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { once } from "../expression/once.ts"

// A lower bound of S within a few per cent is all that a tolerance needs.
const ROUGH = { bits: 53, evaluations: 4000, tolerance: 1 / 64 }

/** The node with every integral that is a factor of it replaced by the integral of the absolute integrand, or undefined when there is none. */
const absolute: (node: Node) => Node | undefined = once((node) => {
  switch (node.op) {
    case "integral":
      return N.integral(node.x, node.lo, node.hi, N.abs(node.body))
    case "neg":
      return absolute(node.a)
    case "mul": {
      const [a, b] = [absolute(node.a), absolute(node.b)]
      return a === undefined && b === undefined ? undefined : N.mul(a ?? node.a, b ?? node.b)
    }
    case "div": {
      const a = absolute(node.a)
      return a === undefined ? undefined : N.div(a, node.b)
    }
    case "add":
    case "sub": {
      const [a, b] = [absolute(node.a), absolute(node.b)]
      return a === undefined && b === undefined ? undefined : N.add(N.abs(a ?? node.a), N.abs(b ?? node.b))
    }
    default:
      return undefined
  }
})

/** A lower bound of what the term adds to S, at least as large as |T| known from `known`; and the evaluations it cost. */
export const magnitude = (term: Node, known: number): { readonly scale: number; readonly evaluations: number } => {
  const node = absolute(term)
  if (node === undefined) return { scale: known, evaluations: 0 }
  const e = enclose(N.abs(node), ROUGH)
  return { scale: e.status === "defined" ? Math.max(known, e.lo) : known, evaluations: e.evaluations }
}
