/**
 * Formulas in a variable that runs over the integers: floor(k) = k, so a condition "k is an integer" holds, and c^k of a negative c is (-1)^k |c|^k.
 */
import * as Q from "../core/rational.ts"
import { mapChildren } from "./map-children.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"

/** An equal formula for integer values of k. */
export const overInteger = (node: Node, k: string): Node => {
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!n.free.includes(k)) return n
    let value = memo.get(n)
    if (value === undefined) memo.set(n, (value = rewritten(n)))
    return value
  }
  const whole = (n: Node): boolean => isInteger(n, (name) => name === k)
  const rewritten = (n: Node): Node => {
    if (n.op === "floor") {
      const a = go(n.a)
      return whole(a) ? a : N.floor(a)
    }
    if (n.op === "if") {
      const [a, b] = [go(n.a), go(n.b)]
      if (a === b && whole(a)) return go(n.rel === "==" || n.rel === "<=" ? n.then : n.else)
      return N.conditional(n.rel, a, b, go(n.then), go(n.else), n.smooth)
    }
    if (n.op === "pow" && n.a.op === "const" && n.a.value.n < 0n && whole(n.b)) {
      const size = N.constant(Q.neg(n.a.value))
      const power = size.op === "const" && Q.equals(size.value, Q.ONE) ? undefined : N.pow(size, n.b)
      return power === undefined ? alternating(n.b) : N.mul(alternating(n.b), power)
    }
    return mapChildren(n, go)
  }
  return go(node)
}

/** (-1)^e = 1 - 2 (e - 2 floor(e / 2)) for an integer e. */
const alternating = (e: Node): Node => {
  const two = N.integer(2)
  return N.sub(N.integer(1), N.mul(two, N.sub(e, N.mul(two, N.floor(N.div(e, two))))))
}

/** A polynomial with integer coefficients in variables that run over the integers, as far as that shows. */
const isInteger = (n: Node, runs: (name: string) => boolean): boolean => {
  switch (n.op) {
    case "const":
      return Q.isInteger(n.value)
    case "var":
      return runs(n.name)
    case "add":
    case "sub":
    case "mul":
      return isInteger(n.a, runs) && isInteger(n.b, runs)
    case "neg":
      return isInteger(n.a, runs)
    case "powi":
      return n.n >= 0 && isInteger(n.a, runs)
    default:
      return false
  }
}

// The indices of the sums whose terms are being written out: a dynamic extent, restored on the way out.
let indices: ReadonlySet<string> = new Set()

/** Runs `build` with k an index of a sum. */
export const indexing = <A>(k: string, build: () => A): A => {
  const before = indices
  indices = new Set([...before, k])
  try {
    return build()
  } finally {
    indices = before
  }
}

/** An integer wherever the indices of the sums around it are. */
export const followsIndices = (n: Node): boolean => isInteger(n, (name) => indices.has(name))
