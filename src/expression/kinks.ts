/**
 * Kinks: the nodes of an integrand at which it switches between analytic branches, and the integrand with its branches chosen.
 *
 * A switch is decided by the sign of a difference: a - b for `if`, `min`, `max`, the operand for `abs` and `sign`. Between two zeros of the differences
 * every choice is fixed, and what is left is analytic up to and beyond the zeros.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { linearIn } from "./integrals.ts"
import { mapChildren } from "./map-children.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { onceIn } from "./once.ts"

/** The nodes that turn where one difference changes its sign; the first of them stands for all. */
export interface Switch {
  readonly node: Node
  readonly nodes: ReadonlyArray<Node>
  readonly difference: Node
}

const difference = (n: Node): Node | undefined => {
  if (n.op === "abs" || n.op === "sign") return n.a
  if (n.op !== "if" && n.op !== "min" && n.op !== "max") return undefined
  return n.b.op === "const" && n.b.value.n === 0n ? n.a : N.sub(n.a, n.b)
}

/** The switches of `body` that depend on x, outside the bodies of inner integrals. */
export const switches = (body: Node, x: string): ReadonlyArray<Switch> => {
  const found = new Map<Node, Array<Node>>()
  const seen = new Set<Node>()
  const walk = (n: Node): void => {
    if (seen.has(n) || !n.free.includes(x)) return
    seen.add(n)
    const d = difference(n)
    if (d !== undefined && d.free.includes(x)) found.set(d, [...(found.get(d) ?? []), n])
    if (n.op !== "integral" && n.op !== "series" && n.op !== "root" && n.op !== "sup" && n.op !== "expect") N.children(n).forEach(walk)
  }
  walk(body)
  return [...found].map(([difference, nodes]) => ({ node: nodes[0]!, nodes, difference }))
}

/** Factors of the denominators and of the arguments of logarithms, outside the bodies of inner integrals: where one is 0 the body may have a pole. */
export const poles = (body: Node, x: string): ReadonlySet<Node> => {
  const found = new Set<Node>()
  const seen = new Set<Node>()
  const factors = (n: Node): void => {
    if (!n.free.includes(x)) return
    if (n.op === "mul") [n.a, n.b].forEach(factors)
    else if (n.op === "powi" || n.op === "neg" || n.op === "abs") factors(n.a)
    else if (n.op === "div") factors(n.a)
    else found.add(n)
  }
  const walk = (n: Node): void => {
    if (seen.has(n) || !n.free.includes(x)) return
    seen.add(n)
    if (n.op === "div") factors(n.b)
    if ((n.op === "powi" && n.n < 0) || (n.op === "call" && n.f === "log")) factors(n.a)
    if (n.op !== "integral" && n.op !== "series" && n.op !== "root" && n.op !== "sup" && n.op !== "expect") N.children(n).forEach(walk)
  }
  walk(body)
  return found
}

/** The same signs for all nodes of each switch. */
export const spread = (all: ReadonlyArray<Switch>, signs: ReadonlyMap<Node, -1 | 1>): ReadonlyMap<Node, -1 | 1> =>
  new Map(all.flatMap((s) => (signs.has(s.node) ? s.nodes.map((n) => [n, signs.get(s.node)!] as const) : [])))

/** The body with each listed switch decided as for the given sign of its difference. */
export const force = (body: Node, x: string, signs: ReadonlyMap<Node, -1 | 1>): Node => {
  if (signs.size === 0) return body
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!n.free.includes(x)) return n
    const known = memo.get(n)
    if (known !== undefined) return known
    const s = signs.get(n)
    const value = s === undefined ? mapChildren(n, go) : chosen(n, s, go)
    memo.set(n, value)
    return value
  }
  return go(body)
}

const chosen = (n: Node, s: -1 | 1, go: (n: Node) => Node): Node => {
  switch (n.op) {
    case "if":
      return go(n.rel === "==" ? n.else : n.rel === "!=" ? n.then : s < 0 ? n.then : n.else)
    case "min":
      return go(s < 0 ? n.a : n.b)
    case "max":
      return go(s > 0 ? n.a : n.b)
    case "abs":
      return s > 0 ? go(n.a) : N.neg(go(n.a))
    default:
      return N.integer(s)
  }
}

/** Nodes [b, a] with node = b + a x, if its operations show it. */
export const affine: (node: Node, x: string) => readonly [Node, Node] | undefined = onceIn((node, x) => {
  const zero = N.integer(0)
  if (!node.free.includes(x)) return [node, zero]
  switch (node.op) {
    case "var":
      return [zero, N.integer(1)]
    case "neg": {
      const a = affine(node.a, x)
      return a && [N.neg(a[0]), N.neg(a[1])]
    }
    case "add":
    case "sub": {
      const [a, b] = [affine(node.a, x), affine(node.b, x)]
      const join = node.op === "add" ? N.add : N.sub
      return a && b && [join(a[0], b[0]), join(a[1], b[1])]
    }
    case "mul": {
      const [scale, other] = node.a.free.includes(x) ? [node.b, node.a] : [node.a, node.b]
      const a = scale.free.includes(x) ? undefined : affine(other, x)
      return a && [N.mul(scale, a[0]), N.mul(scale, a[1])]
    }
    case "div": {
      const a = node.b.free.includes(x) ? undefined : affine(node.a, x)
      return a && [N.div(a[0], node.b), N.div(a[1], node.b)]
    }
    default:
      return undefined
  }
})

/** The body as a function of t, x = origin + side t, under the same name: rational affine subexpressions are folded, so x - origin becomes exactly t. */
export const rebase = (body: Node, x: string, origin: Rational, side: 1 | -1): Node => {
  if (origin.n === 0n && side === 1) return body
  const t = N.variable(x)
  const memo = new Map<Node, Node>()
  /** The affine n + by as a function of t. */
  const along = (n: Node, by = Q.ZERO): Node | undefined => {
    const line = linearIn(n, x)
    return line && written(Q.add(by, Q.add(line[0], Q.mul(line[1], origin))), side === 1 ? line[1] : Q.neg(line[1]), t)
  }
  // log1p(-1 + a t) would lose a small t beside the 1.
  const logarithm = (n: Node): Node | undefined => {
    const inside = n.op === "call" && n.f === "log1p" ? along(n.a, Q.ONE) : undefined
    return inside && inside.op !== "add" ? N.call("log", inside) : undefined
  }
  const go = (n: Node): Node => {
    if (!n.free.includes(x)) return n
    const known = memo.get(n)
    if (known !== undefined) return known
    const value = along(n) ?? logarithm(n) ?? mapChildren(n, go)
    memo.set(n, value)
    return value
  }
  return go(body)
}

/** b + a t, with as few operations as it takes. */
const written = (b: Rational, a: Rational, t: Node): Node => {
  const term = Q.equals(a, Q.ONE) ? t : Q.equals(a, Q.rational(-1)) ? N.neg(t) : N.mul(N.constant(a), t)
  return b.n === 0n ? term : a.n === 0n ? N.constant(b) : N.add(N.constant(b), term)
}
