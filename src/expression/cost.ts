/** What one evaluation of a formula costs, so that budgets bound work and not only the number of points. */
import * as N from "./node.ts"
import type { Node } from "./node.ts"

/** Operations that count as one evaluation: the integrand of a textbook divergence. */
const UNIT = 32

const known = new WeakMap<Node, Map<string, number>>()

/** Evaluations that one value of `body` in the variable x counts for, at least 1; inner integrals count for themselves. */
export const costOf = (body: Node, x: string): number => {
  let by = known.get(body)
  if (by === undefined) known.set(body, (by = new Map()))
  let cost = by.get(x)
  if (cost === undefined) by.set(x, (cost = Math.max(1, Math.ceil(size(body, x) / UNIT))))
  return cost
}

const size = (body: Node, x: string): number => {
  const seen = new Set<Node>()
  const walk = (n: Node): void => {
    if (seen.has(n) || !n.free.includes(x)) return
    seen.add(n)
    if (n.op !== "integral" && n.op !== "series" && n.op !== "root" && n.op !== "sup") N.children(n).forEach(walk)
  }
  walk(body)
  return seen.size
}
