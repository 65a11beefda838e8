/**
 * Simultaneous substitution of nodes for variables. Goes through the folding constructors, so that constants meet and conditions resolve.
 * Capture cannot happen: bound variables carry names that `fresh` made different from every free name of their surroundings.
 */
import type { Node } from "./node.ts"
import { makeIntegral } from "./integrals.ts"
import { mapChildren } from "./map-children.ts"

export const substitute = (node: Node, by: ReadonlyMap<string, Node>): Node => {
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!n.free.some((name) => by.has(name))) return n
    const known = memo.get(n)
    if (known !== undefined) return known
    const value = rebuild(n, go, by)
    memo.set(n, value)
    return value
  }
  return go(node)
}

const rebuild = (n: Node, go: (n: Node) => Node, by: ReadonlyMap<string, Node>): Node => {
  switch (n.op) {
    case "var":
      return by.get(n.name) ?? n
    case "integral":
      return makeIntegral(n.x, n.lo && go(n.lo), n.hi && go(n.hi), go(n.body))
    default:
      return mapChildren(n, go)
  }
}
