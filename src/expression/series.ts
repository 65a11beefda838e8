/**
 * Infinite sums: the terms up to N, and the rest bounded by the integral of a growth form that falls beyond N:
 * the sum over k > N of |b(k)| is at most the integral of e^F over [N, inf[ when log|b| <= F and F falls there. Slow sums are accelerated.
 */
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { rational } from "../core/rational.ts"
import type { Context } from "./context.ts"
import { nothing } from "./context.ts"
import { costOf } from "./cost.ts"
import { eulerMaclaurin } from "./euler-maclaurin.ts"
import type { Node } from "./node.ts"
import { goalOf, scopesAt } from "./run.ts"
import type { Scopes } from "./run.ts"
import type { Cell, Scope } from "./scope.ts"
import { tail } from "./tail.ts"

/** Terms that a first guess of the size looks at. */
const PILOT = 48
const FLOOR = 1e-290
/** Terms that are cheaper to add up than to accelerate. */
const SHORT = 2000

export const series = <T>(node: Extract<Node, { op: "series" }>, scope: Scope<T>, cell: Cell<T>, shared: Context): T => {
  const A = scope.arithmetic
  const bridge = bridgeOf(A)
  const report: Context["report"] = (A as unknown) === complexArithmetic ? () => undefined : shared.report
  const scopes = ((cell.inner as Scopes<T> | undefined) ??= scopesAt(node.k, scope, shared))
  cell.inner = scopes
  scopes.values.refresh()
  scopes.continued.refresh()
  scopes.trace.refresh()
  const cost = costOf(node.body, node.k)
  const term = (k: number): T => {
    shared.budget.left -= cost
    const at = rational(k)
    scopes.values.assign(A.rational(at))
    scopes.trace.assign({ lo: k, hi: k, dec: 4 })
    return scopes.values.evaluate(node.body)
  }
  let size = 0
  for (let k = node.from; k < node.from + PILOT; k++) size += bridge.height(term(k))
  const wanted = Math.max(FLOOR, (goalOf(A, shared) * (size < Infinity ? size : 0)) / 16)
  const rest = tail(
    node.body,
    node.k,
    { end: "far", side: 1, farthest: Math.max(node.from, 64) + shared.budget.left / (2 * cost) },
    scopes.continued.evaluate,
    wanted,
  )
  if (rest.kind === "divergent") {
    report({ kind: "divergent", node, reason: `the sum diverges to ${rest.sign === 1 ? "" : "-"}infinity` })
    return nothing(A, "undefined")
  }
  const short = rest.kind === "bounded" && rest.bound <= wanted && rest.from - node.from <= SHORT
  const accelerated = short ? undefined : eulerMaclaurin(node.body, node.k, node.from, scope, shared)
  if (accelerated !== undefined) {
    let total = accelerated.rest
    for (let k = node.from; k < accelerated.first; k++) total = A.add(total, term(k))
    return total
  }
  if (rest.kind === "unknown") {
    report({ kind: "immovable", node, reason: "no bound of the terms of a sum" })
    return nothing(A, "unknown")
  }
  const last = Math.max(node.from, Math.ceil(rest.from))
  if (!(last < Infinity) || (last - node.from) * cost > shared.budget.left) {
    report({ kind: "budget", node, reason: "the budget is spent" })
    return nothing(A, "unknown")
  }
  if (rest.bound > wanted) report({ kind: "budget", node, reason: "the budget is spent: the sum converges slowly" })
  let total = A.range(0, 0)
  for (let k = node.from; k <= last; k++) total = A.add(total, term(k))
  return bridge.inflate(total, rest.bound)
}
