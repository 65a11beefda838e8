/**
 * How fast a formula may grow: an order g with f(x) = O(|x|^g) at infinity, logarithms counting as any positive power (1/16 here).
 */
import type { Node } from "../node.ts"
import { onceIn } from "../once.ts"

const LOG = 1 / 16

/** An upper bound of the order of growth in x; `undefined` when none is known. */
export const growth: (node: Node, x: string) => number | undefined = onceIn((node, x) => {
  if (!node.free.includes(x)) return 0
  const g = (n: Node): number | undefined => growth(n, x)
  const most = (nodes: ReadonlyArray<Node>): number | undefined => {
    const orders = nodes.map(g)
    return orders.every((o) => o !== undefined) ? Math.max(...orders) : undefined
  }
  switch (node.op) {
    case "var":
      return 1
    case "add":
    case "sub":
    case "min":
    case "max":
      return most([node.a, node.b])
    case "mul": {
      const [a, b] = [g(node.a), g(node.b)]
      return a === undefined || b === undefined ? undefined : a + b
    }
    case "div":
      return node.b.free.includes(x) ? undefined : g(node.a)
    case "neg":
    case "abs":
      return g(node.a)
    case "powi": {
      const a = g(node.a)
      return a === undefined || node.n < 0 ? undefined : a * node.n
    }
    case "logsumexp":
      return most(node.args)
    case "if":
      return most([node.then, node.else])
    case "sign":
      return 0
    case "call": {
      const a = g(node.a)
      switch (node.f) {
        case "sigmoid":
        case "tanh":
        case "atan":
        case "erf":
        case "erfc":
        case "sin":
        case "cos":
        case "normcdf":
          return 0
        case "log1p":
          return a === undefined ? undefined : LOG
        case "softplus":
          return a
        case "sqrt":
          return a === undefined ? undefined : a / 2
        case "lognormcdf":
          return a === undefined ? undefined : 2 * a
        default:
          return undefined
      }
    }
    default:
      return undefined
  }
})
