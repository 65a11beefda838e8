/**
 * The scale S of a discrepancy: the sum of |T| over its top-level additive terms T, products multiplied out, where an integral counts with the integral of its
 * absolute integrand. That is what a relative change of one coefficient moves, also where a factor of it or the integral itself is 0.
 */
import { enclose } from "../expression/enclose.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { once } from "../expression/once.ts"

// A lower bound of S within a few per cent is all that a tolerance needs.
const ROUGH = { bits: 53, evaluations: 4000, tolerance: 1 / 64 }

/**
 * A bound of the sum of |T| over the terms T that the node has once its products are multiplied out, an integral among them counting with its absolute
 * integrand; undefined when that is the node itself up to its sign.
 */
const absolute: (node: Node) => Node | undefined = once((node) => {
  switch (node.op) {
    case "integral":
      return N.integral(node.x, node.lo, node.hi, N.abs(absolute(node.body) ?? node.body))
    case "neg":
    case "abs":
      return absolute(node.a)
    case "mul": {
      const [a, b] = [absolute(node.a), absolute(node.b)]
      return a === undefined && b === undefined ? undefined : N.mul(a ?? node.a, b ?? node.b)
    }
    case "div": {
      const a = absolute(node.a)
      return a === undefined ? undefined : N.div(a, node.b)
    }
    case "powi": {
      const a = node.n > 0 ? absolute(node.a) : undefined
      return a === undefined ? undefined : N.powi(a, node.n)
    }
    case "add":
    case "sub":
      return N.add(N.abs(absolute(node.a) ?? node.a), N.abs(absolute(node.b) ?? node.b))
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
