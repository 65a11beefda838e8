/**
 * A formula in one variable cut into pieces on which every condition that is linear in the variable is decided.
 *
 * Thresholds may be symbols: P(Z > t) becomes an integral with the limit t, whose derivative in t Leibniz' rule knows, not an integrand that jumps.
 * Under an integral single points do not matter: "x == c" is false.
 */
import { compareNodes, signOf } from "../decide.ts"
import { negate, over, sum } from "../derivative.ts"
import { avoiding, fresh, makeIntegral } from "../integrals.ts"
import type { Support } from "../law.ts"
import { isConst } from "../laws/support.ts"
import { mapChildren } from "../map-children.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { asPolynomial, degreeOf } from "./polynomial.ts"

export interface Piece {
  readonly support: Support
  readonly body: Node
}

/** The difference whose sign decides a kinked node. */
const switching = (n: Node): Node | undefined =>
  n.op === "if" || n.op === "min" || n.op === "max" ? N.sub(n.a, n.b) : n.op === "abs" || n.op === "sign" ? n.a : undefined

interface Threshold {
  readonly at: Node
  /** Sign of the difference right of the threshold. */
  readonly right: 1 | -1
}

type Decide = (t: Threshold) => 1 | -1 | undefined

/**
 * Where the switching difference of n, a part of `body`, changes sign, if it is linear in x with a slope of known sign. A variable that is bound inside
 * the body has no value outside of it, so a threshold that depends on one is no end of a piece.
 */
const thresholdOf = (n: Node, x: string, body: Node): Threshold | undefined => {
  const difference = switching(n)
  if (difference === undefined || !difference.free.includes(x) || !difference.free.every((name) => body.free.includes(name))) return undefined
  const line = asPolynomial(difference, [x])
  if (line === undefined || degreeOf(line) !== 1) return undefined
  const slope = line.get("1")!
  const s = signOf(slope)
  if (s === undefined || s === 0) return undefined
  const c = line.get("0") ?? N.integer(0)
  return { at: isConst(slope, -1) ? c : over(negate(c), slope), right: s }
}

const walk = (body: Node, x: string, visit: (n: Node) => void): void => {
  const seen = new Set<Node>()
  const go = (n: Node): void => {
    if (seen.has(n) || !n.free.includes(x)) return
    seen.add(n)
    visit(n)
    N.children(n).forEach(go)
  }
  go(body)
}

/** Sign of the difference of n on the open interval, if it does not change there. */
const signOn = (t: Threshold, support: Support): 1 | -1 | undefined => {
  const below = support.lo === undefined ? undefined : compareNodes(t.at, support.lo)
  if (below !== undefined && below <= 0) return t.right
  const above = support.hi === undefined ? undefined : compareNodes(t.at, support.hi)
  if (above !== undefined && above >= 0) return t.right === 1 ? -1 : 1
  return undefined
}

/** The body with every choice made that is the same on the whole support. */
export const resolveOn = (body: Node, x: string, support: Support, decide: Decide = (t) => signOn(t, support)): Node => {
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!n.free.includes(x)) return n
    const known = memo.get(n)
    if (known !== undefined) return known
    const value = pick(n)
    memo.set(n, value)
    return value
  }
  const pick = (n: Node): Node => {
    const t = thresholdOf(n, x, body)
    if (t === undefined) return mapChildren(n, go)
    if (n.op === "if" && (n.rel === "==" || n.rel === "!=")) return go(n.rel === "==" ? n.else : n.then)
    const s = decide(t)
    if (s === undefined) return mapChildren(n, go)
    switch (n.op) {
      case "if":
        return go(s < 0 ? n.then : n.else)
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
  return go(body)
}

/** The pieces of body on the support, left to right. */
export const piecesOf = (body: Node, x: string, support: Support): ReadonlyArray<Piece> => {
  const resolved = resolveOn(body, x, support)
  const found: Array<Node> = []
  walk(resolved, x, (n) => {
    const t = thresholdOf(n, x, resolved)
    if (t !== undefined && !found.some((f) => compareNodes(f, t.at) === 0 || f === t.at)) found.push(t.at)
  })
  if (found.length === 0) return [{ support, body: resolved }]
  // Thresholds that cannot be ordered are taken one at a time.
  const sorted = sortNodes(found) ?? found.slice(0, 1)
  // A symbolic threshold is clamped to the support: outside it the piece is empty.
  const clamped = sorted.map((t) => clamp(t, support))
  const ends = [support.lo, ...clamped, support.hi]
  return ends.slice(1).flatMap((hi, i) => {
    const inner = { lo: ends[i], hi }
    // The k-th threshold lies left of piece i exactly when k < i.
    const decide: Decide = (t) => {
      const k = sorted.findIndex((s) => s === t.at || compareNodes(s, t.at) === 0)
      return k < 0 ? signOn(t, inner) : k < i ? t.right : t.right === 1 ? -1 : 1
    }
    // A choice that is made may bring conditions to light that are linear now (|x| > 1).
    const chosen = resolveOn(resolved, x, inner, decide)
    return sorted.length > 0 && chosen !== resolved ? piecesOf(chosen, x, inner) : [{ support: inner, body: chosen }]
  })
}

/** Increasing order, or undefined when a comparison stays open. */
export const sortNodes = (nodes: ReadonlyArray<Node>): ReadonlyArray<Node> | undefined => {
  const sorted: Array<Node> = []
  for (const node of nodes) {
    let at = sorted.length
    for (let i = 0; i < sorted.length; i++) {
      const c = compareNodes(node, sorted[i]!)
      if (c === undefined) return undefined
      if (c < 0 && at === sorted.length) at = i
    }
    sorted.splice(at, 0, node)
  }
  return sorted
}

const clamp = (t: Node, support: Support): Node => {
  const low = support.lo === undefined || compareNodes(support.lo, t) === -1 ? t : N.max(t, support.lo)
  return support.hi === undefined || compareNodes(low, support.hi) === -1 ? low : N.min(low, support.hi)
}

/** Integral of a body in the named variable over a support, piece by piece. */
export const integrateBody = (x: string, support: Support, body: Node): Node =>
  sum(piecesOf(body, x, support).map((p) => makeIntegral(x, p.support.lo, p.support.hi, p.body)))

/** Integral of f over a support for a new variable, piece by piece. */
export const integrateOver = (support: Support, surroundings: ReadonlyArray<Node>, f: (x: Node) => Node): Node => {
  const x = fresh("x", support.lo, support.hi, ...surroundings)
  const variable = N.variable(x)
  return integrateBody(
    x,
    support,
    avoiding([variable], () => f(variable)),
  )
}
