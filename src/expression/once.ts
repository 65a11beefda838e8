/**
 * Functions of nodes that are computed once per node. A formula of a few lines may hold a shared subexpression 2^60 times when it is written out; a walk
 * that follows every path never ends, one that remembers is as short as the formula.
 */
import { children } from "./node.ts"
import type { Node } from "./node.ts"

/** `compute`, which may call the function that it becomes, once per node. */
export const once = <A>(compute: (node: Node) => A): ((node: Node) => A) => {
  const known = new WeakMap<Node, { readonly value: A }>()
  return (node) => {
    let found = known.get(node)
    if (found === undefined) known.set(node, (found = { value: compute(node) }))
    return found.value
  }
}

/** The same for functions of a node and the name of a variable. */
export const onceIn = <A>(compute: (node: Node, x: string) => A): ((node: Node, x: string) => A) => {
  const known = new WeakMap<Node, Map<string, A>>()
  return (node, x) => {
    let here = known.get(node)
    if (here === undefined) known.set(node, (here = new Map()))
    if (!here.has(x)) here.set(x, compute(node, x))
    return here.get(x)!
  }
}

/** What an elementary function costs in additions. */
const DEAR = 8

/** Operands of the distinct operations of a node that depend on x: what one evaluation along x computes anew. */
export const weight: (node: Node, x: string) => number = onceIn((node, x) => {
  const seen = new Set<Node>()
  const open = [node]
  let operands = 0
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    if (seen.has(n) || !n.free.includes(x)) continue
    seen.add(n)
    const below = children(n)
    operands += below.length * (n.op === "call" || n.op === "logsumexp" || n.op === "pow" ? DEAR : 1)
    open.push(...below)
  }
  return operands
})
