/**
 * A function next to an end of its domain that no rational names, such as log(2 - e^x) left of log 2: the argument of every partial operation is 0 at
 * the end, exactly, and monotone on the panel, so the operation is defined everywhere on the panel but at the end itself.
 */
import type { Arithmetic } from "../interval/arithmetic.ts"
import type { Jet } from "../interval/jet.ts"
import type { JetArithmetic } from "../interval/jet.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { substitute } from "./substitute.ts"

/** What has to be positive for an operation to be defined; for a quotient, either sign will do. */
const needed = (n: Node): { readonly node: Node; readonly either: boolean } | "nothing" | "unknown" => {
  switch (n.op) {
    case "div":
      return { node: n.b, either: true }
    case "powi":
      return n.n < 0 ? { node: n.a, either: true } : "nothing"
    case "pow":
      return { node: n.a, either: false }
    case "call":
      if (n.f === "log" || n.f === "sqrt") return { node: n.a, either: false }
      if (n.f === "log1p") return { node: N.add(N.integer(1), n.a), either: false }
      return n.f === "tan" || n.f === "lgamma" || n.f === "digamma" ? "unknown" : "nothing"
    case "integral":
    case "series":
    case "root":
    case "sup":
    case "expect":
    case "external":
    case "undefined":
    case "infinite":
      return "unknown"
    default:
      return "nothing"
  }
}

/** Whether `body` is certainly defined on a panel next to `end`, except at the end; `side` is 1 when the panel lies right of it. */
export const definedInside = <T>(
  body: Node,
  x: string,
  end: Node,
  side: 1 | -1,
  A: Arithmetic<T>,
  jets: JetArithmetic<T>,
  jetOn: (node: Node) => Jet<T>,
  evaluate: (node: Node) => T,
): boolean => {
  const seen = new Set<Node>()
  const positive = (g: Node, sign: 1 | -1): boolean => {
    const jet = jetOn(g)
    if (jet.status !== "defined") return false
    const [lo, hi] = A.bounds(jets.coefficient(jet, 0))
    if (sign === 1 ? lo > 0 : hi < 0) return true
    const [down, up] = A.bounds(jets.coefficient(jet, 1))
    const away = sign * side === 1 ? down > 0 : up < 0
    if (!away) return false
    const [least, most] = A.bounds(evaluate(substitute(g, new Map([[x, end]]))))
    return sign === 1 ? least >= 0 : most <= 0
  }
  const walk = (n: Node): boolean => {
    if (seen.has(n) || !n.free.includes(x)) return true
    seen.add(n)
    const need = needed(n)
    if (need === "unknown") return false
    if (need !== "nothing" && !positive(need.node, 1) && !(need.either && positive(need.node, -1))) return false
    return N.children(n).every(walk)
  }
  return walk(body)
}
