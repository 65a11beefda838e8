/**
 * Kinks at places that no formula gives: the zeros of the differences that decide abs, min, max, sign and if, enclosed by interval Newton.
 *
 * A panel on which all differences but one have a decided sign, and that one is monotone with a change of sign, holds exactly one kink; its enclosure
 * (as tight as the arithmetic allows) becomes an end of two integrals with analytic integrands. Only for enclosures of real numbers: elsewhere, and
 * where differences touch zero or cannot be told apart from it, the body stays as it is and quadrature bisects.
 */
import type { Arithmetic } from "../interval/arithmetic.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import { derivative } from "./derivative.ts"
import { force, spread, switches } from "./kinks.ts"
import type { Switch } from "./kinks.ts"
import type { Node } from "./node.ts"
import type { End, Line, Run } from "./run.ts"
import { lineBetween, scopesOf } from "./run.ts"
import { Unsupported } from "./value.ts"

export interface Part<T> {
  readonly body: Node
  readonly line: Line<T>
  readonly a: number
  readonly b: number
}

/** Widths below this share of the range are left to quadrature, and so is everything when the count of panels runs out. */
const FINEST = 1 / 4096
const PANELS = 400
/** Relative width of a zero from which on it counts as poorly known. */
const BLUR = 2 ** -49

interface Leaf<T> {
  readonly a: number
  readonly b: number
  readonly signs: ReadonlyMap<Node, -1 | 1>
  /** A zero between a and b, where the node's sign turns to `right`. */
  readonly zero?: { readonly at: T; readonly node: Node; readonly right: -1 | 1 }
}

/** The range [a, b] of t cut at its kinks, each part with the choices made; what contributes less than `negligible` is not looked into. */
export const smoothParts = <T>(run: Run<T>, body: Node, line: Line<T>, a: number, b: number, negligible: () => number): ReadonlyArray<Part<T>> => {
  const open = run.bridge.pointwise ? switches(body, run.x) : []
  if (open.length === 0) return [{ body, line, a, b }]
  return join(run, body, line, search(run, body, line, a, b, open, negligible()), open)
}

interface Panel {
  readonly l: number
  readonly r: number
  readonly signs: ReadonlyMap<Node, -1 | 1>
  readonly open: ReadonlyArray<Switch>
}

/** Halves panels, all of one width before the next, until each has at most one zero or is not worth it. */
const search = <T>(
  run: Run<T>,
  body: Node,
  line: Line<T>,
  a: number,
  b: number,
  all: ReadonlyArray<Switch>,
  negligible: number,
): ReadonlyArray<Leaf<T>> => {
  const A = run.arithmetic
  const { values } = scopesOf(run, body)
  const slopes = new Map<Node, Node | undefined>(all.map((s) => [s.node, slopeOf(s.difference, run.x)]))
  const position = (t: T): T => {
    const s = line.slope === undefined ? t : A.mul(line.slope, t)
    return line.origin === undefined ? s : A.add(line.origin, s)
  }
  const at = (node: Node, x: T): T => {
    values.assign(x)
    run.shared.budget.left--
    return values.evaluate(node)
  }
  const signOf = (v: T): -1 | 0 | 1 => {
    const [lo, hi] = A.bounds(v)
    return A.status(v) !== "defined" ? 0 : lo > 0 ? 1 : hi < 0 ? -1 : 0
  }
  /** The leaves of a panel on which one switch is open, if that is monotone. */
  const single = ({ l, r }: Panel, signs: ReadonlyMap<Node, -1 | 1>, { node, difference }: Switch, x: T): ReadonlyArray<Leaf<T>> | undefined => {
    const slope = slopes.get(node)
    if (slope === undefined || signOf(at(slope, x)) === 0) return undefined
    const [left, right] = [signOf(at(difference, position(A.range(l, l)))), signOf(at(difference, position(A.range(r, r))))]
    if (left === 0 || right === 0) return undefined
    const before = new Map([...signs, [node, left] as const])
    if (left === right) return [{ a: l, b: r, signs: before }]
    const zero = newton(A, at, difference, slope, x)
    const [lo, hi] = A.bounds(zero)
    // A zero that is known poorly would blur all of its two parts: leave the gap open instead, where the difference is small anyway.
    if (hi - lo > BLUR * Math.abs(hi) && lo > l && hi < r && line.origin === undefined && line.slope === undefined) {
      return [
        { a: l, b: lo, signs: before },
        { a: lo, b: hi, signs },
        { a: hi, b: r, signs: new Map([...signs, [node, right] as const]) },
      ]
    }
    return [{ a: l, b: r, signs: before, zero: { at: zero, node, right } }]
  }
  const leaves: Array<Leaf<T>> = []
  const queue: Array<Panel> = [{ l: a, r: b, signs: new Map(), open: all }]
  let panels = 0
  for (let panel = queue.shift(); panel !== undefined; panel = queue.shift()) {
    const { l, r } = panel
    const x = position(A.range(l, r))
    const signs = new Map(panel.signs)
    const open = panel.open.filter((s) => {
      const sign = signOf(at(s.difference, x))
      if (sign !== 0) signs.set(s.node, sign)
      return sign === 0
    })
    const m = l + (r - l) / 2
    const found: ReadonlyArray<Leaf<T>> | undefined =
      open.length === 0 ? [{ a: l, b: r, signs }] : open.length === 1 ? single(panel, signs, open[0]!, x) : undefined
    const fine = r - l <= (b - a) * FINEST || panels++ > PANELS || !(m > l && m < r) || run.shared.budget.left <= 0
    if (found !== undefined) leaves.push(...found)
    else if (fine || run.bridge.height(at(body, x)) * (r - l) <= negligible) leaves.push({ a: l, b: r, signs })
    else queue.push({ l, r: m, signs, open }, { l: m, r, signs, open })
  }
  return leaves.sort((p, q) => p.a - q.a)
}

/** The derivative node, where there is one. */
export const slopeOf = (node: Node, x: string): Node | undefined => {
  try {
    return derivative(node, x)
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

/** Narrows an enclosure X of the only zero of d: the zero is in m - d(m)/d'(X) for every m in X. */
export const newton = <T>(A: Arithmetic<T>, at: (node: Node, x: T) => T, d: Node, slope: Node, start: T): T => {
  const { middle } = bridgeOf(A)
  const width = (v: T): number => {
    const [lo, hi] = A.bounds(A.sub(v, middle(v)))
    return hi - lo
  }
  let x = start
  for (let i = 0; i < 100; i++) {
    const m = middle(x)
    const step = A.div(at(d, m), at(slope, x))
    if (A.status(step) !== "defined") return x
    const next = A.sub(m, step)
    if (width(next) < 0.5 * width(x)) x = next
    else {
      // Far from quadratic convergence: keep what both enclosures share.
      const [[a, b], [lo, hi]] = [A.bounds(x), A.bounds(next)]
      const [l, r] = [Math.max(a, lo), Math.min(b, hi)]
      if (!(r - l < 0.9 * (b - a) && l <= r)) return x
      x = A.range(l, r)
    }
  }
  return x
}

/** Neighbouring leaves with equal signs become one part; parts end at zeros or at panel ends. */
const join = <T>(run: Run<T>, body: Node, line: Line<T>, leaves: ReadonlyArray<Leaf<T>>, all: ReadonlyArray<Switch>): ReadonlyArray<Part<T>> => {
  const A = run.arithmetic
  const position = (t: number): T => {
    const s = line.slope === undefined ? A.range(t, t) : A.mul(line.slope, A.range(t, t))
    return line.origin === undefined ? s : A.add(line.origin, s)
  }
  const parts: Array<Part<T>> = []
  let start: { t: number | undefined; x: T | undefined } = { t: leaves[0]!.a, x: undefined }
  const flush = (end: { t: number | undefined; x: T | undefined }, signs: ReadonlyMap<Node, -1 | 1>): void => {
    const chosen = force(body, run.x, spread(all, signs))
    if (start.t !== undefined && end.t !== undefined) {
      if (start.t < end.t) parts.push({ body: chosen, line, a: start.t, b: end.t })
    } else {
      const [from, to] = [start.x ?? position(start.t!), end.x ?? position(end.t!)].map(
        (value): End<T> => ({ value, trace: I.range(...A.bounds(value)), rational: undefined }),
      )
      parts.push({ body: chosen, line: lineBetween(A, from!, to), a: 0, b: 1 })
    }
    start = end
  }
  leaves.forEach((leaf, i) => {
    if (leaf.zero !== undefined) flush({ t: undefined, x: leaf.zero.at }, leaf.signs)
    const signs = leaf.zero === undefined ? leaf.signs : new Map([...leaf.signs, [leaf.zero.node, leaf.zero.right]])
    const next = leaves[i + 1]
    if (next === undefined || !equal(signs, next.signs)) flush({ t: leaf.b, x: undefined }, signs)
  })
  return parts
}

const equal = (a: ReadonlyMap<Node, -1 | 1>, b: ReadonlyMap<Node, -1 | 1>): boolean => a.size === b.size && [...a].every(([n, s]) => b.get(n) === s)
