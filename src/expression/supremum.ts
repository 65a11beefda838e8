/**
 * Supremum nodes: the least upper bound of a function of one variable over an interval, by branch and bound.
 *
 *   sup over a panel X:  f(X), and f(m) + f'(X) (X - m);  the value at an end where f' keeps its sign;  where f'' < 0 on X, the value at the zero of f',
 *   which Newton's interval operator encloses, so that the error is quadratic in the width of that zero
 *   sup beyond R:        growth forms (`tail.ts`), for infinite ends and for finite ends at which f is not defined
 *
 * f, f', f'' come from one jet. The panel with the largest bound is looked at first; what lies below a value of f is dropped. Single points at the ends
 * do not matter to a continuous function; a jump at an end makes the enclosure wide, never wrong.
 */
import { bridgeOf } from "../interval/bridge.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Complex } from "../interval/complex.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import type { Jet } from "../interval/jet.ts"
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { Search, jetsOf } from "./branch-and-bound.ts"
import type { Region } from "./branch-and-bound.ts"
import type { Context, Report } from "./context.ts"
import { nothing, worse } from "./context.ts"
import { costOf } from "./cost.ts"
import { rebase } from "./kinks.ts"
import { definedInside } from "./open-end.ts"
import type { Node } from "./node.ts"
import { lineBetween, rationalEnd, scopesAt } from "./run.ts"
import type { End, Scopes } from "./run.ts"
import { innerScope, traceOf } from "./scope.ts"
import type { Cell, Inner, Scope } from "./scope.ts"
import { beyond } from "./tail.ts"

type Supremum = Extract<Node, { op: "sup" }>

export const supremum = <T>(node: Supremum, scope: Scope<T>, cell: Cell<T>, shared: Context): T => {
  const A = scope.arithmetic
  const report = (kind: Report["kind"], reason: string): void => {
    if ((A as unknown) !== complexArithmetic) shared.report({ kind, node, reason })
  }
  if (!bridgeOf(A).pointwise) {
    report("unsupported", "the Taylor series of a supremum")
    return nothing(A, "unknown")
  }
  const [lo, hi] = [node.lo && endOf(node.lo, scope), node.hi && endOf(node.hi, scope)]
  const status = worse(lo === undefined ? "defined" : A.status(lo.value), hi === undefined ? "defined" : A.status(hi.value))
  if (status !== "defined") return nothing(A, status)
  if (lo !== undefined && hi !== undefined && !(lo.trace.hi <= hi.trace.lo)) {
    report("immovable", "the ends of a supremum are not in order")
    return nothing(A, "unknown")
  }
  const kept = ((cell.inner as Kept<T> | undefined) ??= { scopes: new Map(), jets: new Map() })
  cell.inner = kept
  const search = new Search(A, shared)
  const fresh = new Set<Node>()
  const region: Make<T> = (body, place, open = []) => regionOf({ x: node.x, body, place, open, scope, shared, kept, fresh })
  const whole = region(node.body, (t) => t)
  const start = (end: End<T> | undefined, side: 1 | -1, other: End<T> | undefined): End<T> | undefined =>
    end?.rational === undefined || search.regular(whole, end.value) ? end : nearEnd(search, region, node, end.rational, side, other)
  between(search, region, whole, node, start(lo, 1, hi), start(hi, -1, lo))
  const found = search.run()
  if (found === "divergent") report("divergent", "infinite: the function is unbounded")
  else if (found === "undefined") report("undefined", "the function under a supremum is undefined on a part of the interval")
  else if (found === "unknown") report("immovable", "no bound of the function under a supremum")
  else if (search.spent) report("budget", "the budget is spent")
  return typeof found === "string" ? nothing(A, found === "unknown" ? "unknown" : "undefined") : found
}

const endOf = <T>(node: Node, scope: Scope<T>): End<T> => ({
  value: scope.evaluate(node),
  trace: traceOf(scope, node),
  rational: node.op === "const" ? node.value : undefined,
})

const exact = <T>(end: End<T>): number | undefined => {
  if (end.rational === undefined) return undefined
  const x = Q.toNumber(end.rational)
  return Number.isFinite(x) && Q.equals(Q.fromNumber(x), end.rational) ? x : undefined
}

/** How far the first panel reaches towards an infinite end. */
const FIRST = 4

/** Pieces from one end to the other, in x itself where the ends are doubles, else in t with x = end + t or x = lo + (hi - lo) t. */
const between = <T>(search: Search<T>, region: Make<T>, whole: Region<T>, node: Supremum, lo: End<T> | undefined, hi: End<T> | undefined): void => {
  const { A } = search
  const [a, b] = [lo === undefined ? -Infinity : exact(lo), hi === undefined ? Infinity : exact(hi)]
  if (a !== undefined && b !== undefined) {
    const reach = FIRST + 2 * Math.max(Math.abs(a < -1e300 ? 0 : a), Math.abs(b > 1e300 ? 0 : b))
    const [left, right] = [a === -Infinity ? -reach : a, b === Infinity ? reach : b]
    search.panel(whole, left, right)
    if (a === -Infinity) search.ray(whole, { end: "far", side: -1 }, reach)
    if (b === Infinity) search.ray(whole, { end: "far", side: 1 }, reach)
    return
  }
  const { body } = node
  const open = (end: Node | undefined, t: number, side: 1 | -1): ReadonlyArray<OpenEnd> => (end === undefined ? [] : [{ end, t, side }])
  const origin = (lo ?? hi!).value
  if (lo !== undefined && hi !== undefined) {
    const { slope } = lineBetween(A, lo, hi)
    const place = (t: T): T => A.min(A.max(A.add(origin, A.mul(slope!, t)), lo.value), hi.value)
    search.panel(region(body, place, [...open(node.lo, 0, 1), ...open(node.hi, 1, -1)]), 0, 1)
    return
  }
  const side = lo !== undefined ? 1 : -1
  const half = region(body, (t) => A.add(origin, t), open(node.lo ?? node.hi, 0, side))
  search.panel(half, side === 1 ? 0 : -FIRST, side === 1 ? FIRST : 0)
  search.ray(half, { end: "far", side, origin: bridgeOf(A).embed(origin) }, FIRST)
}

/** The stretch next to a finite end at which f is not defined, in t = |x - end|; returns where the rest begins. */
const nearEnd = <T>(search: Search<T>, region: Make<T>, node: Supremum, end: Rational, side: 1 | -1, other: End<T> | undefined): End<T> => {
  const { A } = search
  let reach = 1
  if (other !== undefined) {
    const distance = I.sub(other.trace, I.rational(end))
    const least = side === 1 ? distance.lo : -distance.hi
    if (!(least > 0)) return rationalEnd(A, end)
    while (reach * 4 > least) reach /= 2
    while (reach * 8 <= least && reach < 2 ** 60) reach *= 2
  }
  const near = region(rebase(node.body, node.x, end, side), (t) => t)
  search.ray(near, { end: "near", side: 1 }, 1 / reach)
  return rationalEnd(A, Q.add(end, Q.mul(Q.rational(side), Q.fromNumber(reach))))
}

/** Scopes kept from one evaluation of the supremum to the next. */
interface Kept<T> {
  readonly scopes: Map<Node, Scopes<T>>
  readonly jets: Map<Node, Inner<Jet<T>>>
}

interface OpenEnd {
  readonly end: Node
  readonly t: number
  readonly side: 1 | -1
}

type Make<T> = (body: Node, place: Region<T>["place"], open?: ReadonlyArray<OpenEnd>) => Region<T>

interface Setting<T> {
  readonly x: string
  readonly body: Node
  readonly place: Region<T>["place"]
  readonly open: ReadonlyArray<OpenEnd>
  readonly scope: Scope<T>
  readonly shared: Context
  readonly kept: Kept<T>
  /** Bodies whose scopes have been refreshed in this evaluation. */
  readonly fresh: Set<Node>
}

const regionOf = <T>({ x, body, place, open, scope, shared, kept, fresh }: Setting<T>): Region<T> => {
  const A = scope.arithmetic
  const jets = jetsOf(A)
  let scopes = kept.scopes.get(body)
  if (scopes === undefined) kept.scopes.set(body, (scopes = scopesAt(x, scope, shared)))
  let slopes = kept.jets.get(body)
  if (slopes === undefined) kept.jets.set(body, (slopes = innerScope(jets, shared.quiet.prepare, x, (n) => jets.lift(scope.evaluate(n)))))
  if (!fresh.has(body)) {
    scopes.values.refresh()
    scopes.continued.refresh()
    slopes.refresh()
  }
  fresh.add(body)
  const { values, continued } = scopes
  const cost = costOf(body, x)
  return {
    place,
    at: (at) => {
      shared.budget.left -= cost
      values.assign(at)
      return values.evaluate(body)
    },
    jet: (at) => {
      // A jet of order 2 costs a few evaluations.
      shared.budget.left -= 3 * cost
      slopes.assign(jets.variable(at))
      return slopes.evaluate(body)
    },
    beyond: (ray, R) => beyond(body, x, ray, (n): Complex => continued.evaluate(n), R),
    definedInside: (panel, l, r) => {
      const next = open.find(({ t, side }) => (side === 1 ? l : r) === t)
      if (next === undefined) return false
      slopes.assign(jets.variable(panel))
      return definedInside(body, x, next.end, next.side, A, jets, (n) => slopes.evaluate(n), scope.evaluate)
    },
  }
}
