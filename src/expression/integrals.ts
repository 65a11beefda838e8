/**
 * Integrals with known kinks: the range is split at every rational point where a condition, an absolute value, a minimum or a maximum that is linear in
 * the integration variable changes, and on each piece that choice is made once and for all. What is left for quadrature is smooth wherever it can be.
 *
 * A condition that holds only at single points ("x == c") is false under an integral.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { mapChildren } from "./map-children.ts"
import { once, onceIn } from "./once.ts"

const LEVEL = /~(\d+)$/
const levelOf = (name: string): number => Number(LEVEL.exec(name)?.[1] ?? 0)

// The level of the innermost binder whose body is being written out. Bodies are built by callbacks, so their free names are not known when the name
// of a new bound variable is chosen; this is the dynamic extent of the callbacks, restored on the way out.
let floorLevel = 0

/** Runs `build` so that every name made by `fresh` inside it differs from the free names of `nodes`. */
export const avoiding = <A>(nodes: ReadonlyArray<Node>, build: () => A): A => {
  const before = floorLevel
  for (const node of nodes) for (const name of node.free) floorLevel = Math.max(floorLevel, levelOf(name))
  try {
    return build()
  } finally {
    floorLevel = before
  }
}

/** A variable name that is free in none of the nodes: `prefix~k` with the smallest k above every level in use, so equal surroundings give equal names. */
export const fresh = (prefix: string, ...nodes: ReadonlyArray<Node | undefined>): string => {
  let level = floorLevel
  for (const node of nodes) for (const name of node?.free ?? []) level = Math.max(level, levelOf(name))
  return `${prefix}~${level + 1}`
}

/** a + b x when the node is that polynomial in x with rational coefficients. */
export const linearIn: (node: Node, x: string) => readonly [Rational, Rational] | undefined = onceIn((node, x) => {
  if (node.op === "const") return [node.value, Q.ZERO]
  if (node.op === "var") return node.name === x ? [Q.ZERO, Q.ONE] : undefined
  if (node.op === "neg") {
    const a = linearIn(node.a, x)
    return a && [Q.neg(a[0]), Q.neg(a[1])]
  }
  if (node.op !== "add" && node.op !== "sub" && node.op !== "mul" && node.op !== "div") return undefined
  const [a, b] = [linearIn(node.a, x), linearIn(node.b, x)]
  if (a === undefined || b === undefined) return undefined
  if (node.op === "add") return [Q.add(a[0], b[0]), Q.add(a[1], b[1])]
  if (node.op === "sub") return [Q.sub(a[0], b[0]), Q.sub(a[1], b[1])]
  if (node.op === "mul" && a[1].n === 0n) return [Q.mul(a[0], b[0]), Q.mul(a[0], b[1])]
  if (b[1].n !== 0n || (node.op === "div" && b[0].n === 0n)) return undefined
  return node.op === "mul" ? [Q.mul(a[0], b[0]), Q.mul(a[1], b[0])] : [Q.div(a[0], b[0]), Q.div(a[1], b[0])]
})

/** The difference whose sign decides a kinked node. */
const switching = (n: Node): Node | undefined =>
  n.op === "if" || n.op === "min" || n.op === "max" ? N.sub(n.a, n.b) : n.op === "abs" || n.op === "sign" ? n.a : undefined

const kinks = (body: Node, x: string): Array<Rational> => {
  const found = new Map<string, Rational>()
  const seen = new Set<Node>()
  const walk = (n: Node): void => {
    if (seen.has(n) || !n.free.includes(x)) return
    seen.add(n)
    const difference = switching(n)
    const line = difference && linearIn(difference, x)
    if (line !== undefined && line[1].n !== 0n) {
      const at = Q.div(Q.neg(line[0]), line[1])
      found.set(Q.toText(at), at)
    }
    N.children(n).forEach(walk)
  }
  walk(body)
  return [...found.values()].sort(Q.compare)
}

/** The body with every choice that is linear in x made as it is at the point `at`, which is no kink. */
const choose = (body: Node, x: string, at: Rational): Node => {
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!n.free.includes(x)) return n
    const known = memo.get(n)
    if (known !== undefined) return known
    const difference = switching(n)
    const line = difference && linearIn(difference, x)
    const value = line === undefined ? mapChildren(n, go) : pick(n, Q.sign(Q.add(line[0], Q.mul(line[1], at))), go)
    memo.set(n, value)
    return value
  }
  return go(body)
}

const pick = (n: Node, s: -1 | 0 | 1, go: (n: Node) => Node): Node => {
  switch (n.op) {
    case "if":
      return go((n.rel === "<" ? s < 0 : n.rel === "<=" ? s <= 0 : n.rel === "==" ? s === 0 : s !== 0) ? n.then : n.else)
    case "min":
      return go(s <= 0 ? n.a : n.b)
    case "max":
      return go(s >= 0 ? n.a : n.b)
    case "abs":
      return s >= 0 ? go(n.a) : N.neg(go(n.a))
    default:
      return N.integer(s)
  }
}

/** Integral of body over x from lo to hi (`undefined`: infinite end), split at its rational kinks. lo > hi gives the negative of the swapped one. */
export const makeIntegral = (x: string, lo: Node | undefined, hi: Node | undefined, body: Node): Node => {
  if (body.op === "undefined" || (body.op === "const" && body.value.n === 0n)) return body
  const [a, b] = [lo, hi].map((end) => (end === undefined ? null : end.op === "const" ? end.value : undefined))
  if (a === undefined || b === undefined) return body.op === "infinite" ? body : N.integral(x, lo, hi, body)
  if (a !== null && b !== null) {
    const order = Q.compare(a, b)
    if (order === 0) return N.integer(0)
    if (order > 0) return N.neg(makeIntegral(x, hi, lo, body))
  }
  const inner = kinks(body, x).filter((k) => (a === null || Q.compare(a, k) < 0) && (b === null || Q.compare(k, b) < 0))
  const ends: Array<Rational | null> = [a ?? null, ...inner, b ?? null]
  const pieces = ends.slice(1).map((right, i) => piece(x, ends[i] ?? null, right, body))
  const worst = pieces.find((p) => p.op === "undefined") ?? pieces.find((p) => p.op === "infinite")
  if (worst !== undefined) {
    const opposite = worst.op === "infinite" && pieces.some((p) => p.op === "infinite" && p.sign !== worst.sign)
    return opposite ? N.undefinedNode("infinity minus infinity in an integral") : worst
  }
  return (
    pieces
      .filter((p) => !(p.op === "const" && p.value.n === 0n))
      .reduce<Node | undefined>((s, p) => (s === undefined ? p : N.add(s, p)), undefined) ?? N.integer(0)
  )
}

const piece = (x: string, a: Rational | null, b: Rational | null, body: Node): Node => {
  const middle = a === null ? (b === null ? Q.ZERO : Q.sub(b, Q.ONE)) : b === null ? Q.add(a, Q.ONE) : Q.div(Q.add(a, b), Q.rational(2))
  const chosen = dropZeros(choose(body, x, middle))
  if (chosen.op === "undefined" || chosen.op === "infinite") return chosen
  if (!chosen.free.includes(x)) {
    if (chosen.op === "const" && chosen.value.n === 0n) return chosen
    if (a !== null && b !== null) return N.mul(chosen, N.constant(Q.sub(b, a)))
  }
  return N.integral(x, a === null ? undefined : N.constant(a), b === null ? undefined : N.constant(b), chosen)
}

const EVERYWHERE = new Set([
  "exp",
  "expm1",
  "sin",
  "cos",
  "tanh",
  "atan",
  "sinh",
  "cosh",
  "sigmoid",
  "softplus",
  "erf",
  "erfc",
  "normcdf",
  "lognormcdf",
])

/** Defined for all real values of its variables, as far as that shows at a glance. */
const total: (n: Node) => boolean = once((n) => {
  const own =
    n.op === "const" ||
    n.op === "pi" ||
    n.op === "var" ||
    n.op === "add" ||
    n.op === "sub" ||
    n.op === "mul" ||
    n.op === "neg" ||
    n.op === "abs" ||
    n.op === "min" ||
    n.op === "max" ||
    n.op === "logsumexp" ||
    (n.op === "powi" && n.n >= 0) ||
    (n.op === "call" && EVERYWHERE.has(n.f)) ||
    (n.op === "div" && n.b.op === "const")
  return own && N.children(n).every(total)
})

/** Outside a support the density leaves factors 0: drops the products that they kill, where the other factor is certainly defined. */
const dropZeros: (body: Node) => Node = once((body) => {
  if (body.op === "neg") return N.neg(dropZeros(body.a))
  if (body.op !== "mul" && body.op !== "add" && body.op !== "sub" && body.op !== "div") return body
  const zero = (n: Node): boolean => n.op === "const" && n.value.n === 0n
  const [a, b] = [dropZeros(body.a), dropZeros(body.b)]
  if (body.op === "mul") return (zero(a) && total(b)) || (zero(b) && total(a)) ? N.integer(0) : N.mul(a, b)
  if (body.op === "div") return N.div(a, b)
  return zero(b) ? a : body.op === "add" ? (zero(a) ? b : N.add(a, b)) : zero(a) ? N.neg(b) : N.sub(a, b)
})

/** Integral of body for a dummy variable: `body` builds the integrand from the variable's node. */
export const integrate = (
  prefix: string,
  lo: Node | undefined,
  hi: Node | undefined,
  surroundings: ReadonlyArray<Node>,
  body: (x: Node) => Node,
): Node => {
  const x = fresh(prefix, lo, hi, ...surroundings)
  return makeIntegral(x, lo, hi, body(N.variable(x)))
}
