/**
 * Signs of closed nodes, for decisions that the elaborator must take while it writes a formula out (is this scale positive, which support ends first).
 * Three-valued: what the double tier cannot separate from 0 stays undecided.
 */
import * as Q from "../core/rational.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import { evaluate } from "./evaluate.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"

/** Sign of a closed node, exact for constants; `undefined` when it has free variables, is undefined, or is too close to 0 to tell. */
export const signOf = (node: Node): -1 | 0 | 1 | undefined => {
  if (node.op === "const") return Q.sign(node.value)
  if (node.op === "infinite") return node.sign
  if (node.free.length > 0) return undefined
  const value = evaluate(node, intervalArithmetic, new Map())
  if (intervalArithmetic.status(value) !== "defined") return undefined
  const [lo, hi] = intervalArithmetic.bounds(value)
  return lo > 0 ? 1 : hi < 0 ? -1 : lo === 0 && hi === 0 ? 0 : undefined
}

/** Sign of a - b. */
export const compareNodes = (a: Node, b: Node): -1 | 0 | 1 | undefined => (a === b && a.free.length === 0 ? 0 : signOf(N.sub(a, b)))
