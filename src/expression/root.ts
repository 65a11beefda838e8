/**
 * Root nodes: the zero of an increasing body, enclosed.
 *
 * On real enclosures: a bracket with proved signs (infinite ends by doubling), then interval Newton, the zero lying in m - f(m)/f'(X) for every m in X.
 * On complex rectangles: Newton's operator maps a rectangle X around the real zero into its own interior, so X holds exactly one zero for every value
 * of the outer variables, and that zero is analytic in them.
 */
import { bridgeOf } from "../interval/bridge.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Complex } from "../interval/complex.ts"
import { add, make, mul, real, sub, div } from "../interval/complex.ts"
import type { Interval } from "../interval/interval.ts"
import type { Context } from "./context.ts"
import { nothing } from "./context.ts"
import type { Node } from "./node.ts"
import { scopesAt } from "./run.ts"
import type { Scopes } from "./run.ts"
import type { Cell, Scope } from "./scope.ts"
import { newton, slopeOf } from "./zeros.ts"

type Root = Extract<Node, { op: "root" }>

export const root = <T>(node: Root, scope: Scope<T>, cell: Cell<T>, shared: Context): T => {
  const A = scope.arithmetic
  const scopes = ((cell.inner as Scopes<T> | undefined) ??= scopesAt(node.x, scope, shared))
  cell.inner = scopes
  scopes.values.refresh()
  scopes.continued.refresh()
  scopes.trace.refresh()
  if ((A as unknown) === complexArithmetic)
    return continuedRoot(node, scope as unknown as Scope<Complex>, scopes as unknown as Scopes<Complex>, shared) as unknown as T
  if (bridgeOf(A).pointwise) return realRoot(node, scope, scopes, shared)
  shared.report({ kind: "unsupported", node, reason: "the Taylor series of a root" })
  return nothing(A, "unknown")
}

const realRoot = <T>(node: Root, scope: Scope<T>, { values }: Scopes<T>, shared: Context): T => {
  const A = scope.arithmetic
  const at = (n: Node, x: T): T => {
    shared.budget.left--
    values.assign(x)
    return values.evaluate(n)
  }
  const signAt = (x: number): -1 | 0 | 1 => {
    const value = at(node.body, A.range(x, x))
    const [lo, hi] = A.bounds(value)
    return A.status(value) === "undefined" ? 0 : lo > 0 ? 1 : hi < 0 ? -1 : 0
  }
  const [lo, hi] = [node.lo && A.bounds(scope.evaluate(node.lo)), node.hi && A.bounds(scope.evaluate(node.hi))]
  const slope = slopeOf(node.body, node.x)
  let ends: readonly [number | undefined, number | undefined] = [lo?.[0], hi?.[1]]
  // Where the slope is small against its parts, Newton's operator needs a narrower bracket to begin with.
  for (const fineness of FINENESS) {
    const found = bracket(signAt, ends[0], ends[1], fineness)
    if (found === undefined) break
    ends = found
    const start = A.range(found[0], found[1])
    const value = slope === undefined ? start : newton(A, at, node.body, slope, start)
    const [[a, b], [l, r]] = [found, A.bounds(value)]
    if (r - l < 0.25 * (b - a) || fineness === FINENESS.at(-1) || shared.budget.left <= 0) return value
  }
  shared.report({ kind: "immovable", node, reason: "no bracket of a root" })
  return nothing(A, "unknown")
}

/** Relative widths of brackets that Newton's operator is tried on. */
const FINENESS = [1e-3, 1e-6, 1e-9, 1e-12]

/** Doubles a < b with f(a) < 0 < f(b), narrowed by bisection as far as signs are decided; an end of the domain counts as a bound, too. */
const bracket = (
  sign: (x: number) => -1 | 0 | 1,
  lo: number | undefined,
  hi: number | undefined,
  fineness: number,
): readonly [number, number] | undefined => {
  let [a, b] = [lo, hi]
  for (let reach = 1; a === undefined || b === undefined; reach *= 4) {
    if (reach > 2 ** 1000) return undefined
    if (a === undefined) {
      const x: number = (b ?? reach) - reach - (b === undefined ? reach : 0)
      const s = sign(x)
      if (s < 0) a = x
      else if (s > 0) b = x
    }
    if (b === undefined) {
      const x: number = (a ?? -reach) + reach
      const s = sign(x)
      if (s > 0) b = x
      else if (s < 0 && (a === undefined || x > a)) a = x
    }
  }
  // Close enough for Newton, far from the last bits, where signs are no longer decided.
  for (let i = 0; i < 60 && b - a > fineness * Math.max(1e-3, Math.min(Math.abs(a), Math.abs(b))); i++) {
    // Off the middle, too: by symmetry it may be the zero itself.
    const [from, width]: [number, number] = [a, b - a]
    const m: number = [0.5, 0.375, 0.625].map((share) => from + width * share).find((x) => sign(x) !== 0) ?? from
    const s = m === from ? 0 : sign(m)
    if (s === 0) break
    if (s < 0) a = m
    else b = m
  }
  return [a, b]
}

const continuedRoot = (node: Root, scope: Scope<Complex>, { values, trace }: Scopes<Complex>, shared: Context): Complex => {
  const behind: Interval | undefined = scope.trace?.evaluate(node)
  const slope = slopeOf(node.body, node.x)
  if (behind === undefined || slope === undefined || !(behind.hi - behind.lo < Infinity)) return nothing(complexArithmetic, "unknown")
  const at = (n: Node, x: Complex): Complex => {
    shared.budget.left--
    values.assign(x)
    trace.assign(behind)
    return values.evaluate(n)
  }
  const centre = (behind.lo + behind.hi) / 2
  const m = real(centre, centre)
  let X = make(behind.lo, behind.hi, 0, 0, 2)
  for (let i = 0; i < 6; i++) {
    const step = div(at(node.body, m), at(slope, X))
    if (step.state !== 2) return nothing(complexArithmetic, "unknown")
    const next = sub(m, step)
    if (next.reLo > X.reLo && next.reHi < X.reHi && next.imLo > X.imLo && next.imHi < X.imHi) return next
    // Room to map into: the new rectangle and the old segment, a little larger.
    const [w, h] = [next.reHi - next.reLo, next.imHi - next.imLo]
    const margin = mul(real(0.1, 0.1), make(-w, w, -h, h, 2))
    const wide = make(Math.min(next.reLo, behind.lo), Math.max(next.reHi, behind.hi), Math.min(next.imLo, 0), Math.max(next.imHi, 0), 2)
    X = add(wide, add(margin, make(-1e-300, 1e-300, -1e-300, 1e-300, 2)))
  }
  return nothing(complexArithmetic, "unknown")
}
