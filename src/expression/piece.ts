/**
 * One piece of an integral: between two kinks, with at most one infinite or singular end after splitting.
 *
 * A finite end at which the integrand is not defined is approached in the variable t = |x - end|, in which every rational affine subexpression is exact;
 * the last [0, 1/R] and the far [R, inf[ enter through proved bounds.
 */
import type { Rational } from "../core/rational.ts"
import * as Q from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Complex } from "../interval/complex.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import { quadrature } from "../interval/quadrature.ts"
import type { Integrand } from "../interval/quadrature.ts"
import { costOf } from "./cost.ts"
import { rebase } from "./kinks.ts"
import { charge } from "./meter.ts"
import type { Node } from "./node.ts"
import { weight } from "./once.ts"
import { PANEL, unit } from "./price.ts"
import { lineBetween, rationalEnd, scopesOf, STRAIGHT } from "./run.ts"
import type { End, Line, Run } from "./run.ts"
import { tail } from "./tail.ts"
import { smoothParts } from "./zeros.ts"
import type { Part } from "./zeros.ts"

/** Below this nothing is resolved: products of doubles underflow. */
const FLOOR = 1e-290
/** Operations of an integrand that count as one evaluation; one with more counts for several. */
const LIGHT = 512
/** Evaluations that one of `body` counts for, besides itself. A ball costs several doubles: a large integrand is not worth as many of them. */
export const surcharge = <T>(A: Arithmetic<T>, body: Node, x: string): number => Math.floor(weight(body, x) / LIGHT) * (A.bits > 53 ? 4 : 1)

/** Evaluations for one continuation of an inner integral. */
const CONTINUATION = 600

/** Adds the integral of `body` from lo to hi (`undefined`: infinite) to the run. */
export const integratePiece = <T>(run: Run<T>, body: Node, lo: End<T> | undefined, hi: End<T> | undefined): void => {
  if (body.op === "const" && body.value.n === 0n) return
  const start = lo?.rational === undefined || regular(run, body, lo) ? lo : approach(run, body, lo.rational, 1, hi)
  const stop = hi?.rational === undefined || regular(run, body, hi) ? hi : approach(run, body, hi.rational, -1, start)
  if (run.trouble?.lost === true) return
  const [a, b] = [start === undefined ? -Infinity : exact(start), stop === undefined ? Infinity : exact(stop)]
  if (a !== undefined && b !== undefined && a < b) over(run, body, STRAIGHT, a, b)
  else if (start !== undefined && stop !== undefined) over(run, body, lineBetween(run.arithmetic, start, stop), 0, 1)
  else if (start !== undefined) over(run, body, lineBetween(run.arithmetic, start, undefined), 0, Infinity)
  else over(run, body, lineBetween(run.arithmetic, stop!, undefined), -Infinity, 0)
}

const exact = <T>(end: End<T>): number | undefined => {
  if (end.rational === undefined) return undefined
  const x = Q.toNumber(end.rational)
  return Number.isFinite(x) && Q.equals(Q.fromNumber(x), end.rational) ? x : undefined
}

const regular = <T>(run: Run<T>, body: Node, end: End<T>): boolean => {
  const A = run.arithmetic
  const { values, trace } = scopesOf(run, body)
  run.shared.budget.left--
  values.assign(end.value)
  trace.assign(end.trace)
  const value = values.evaluate(body)
  const [lo, hi] = A.bounds(value)
  return A.status(value) === "defined" && lo > -Infinity && hi < Infinity
}

/** Integrates from a singular end as far as a quarter of the way to the other and returns where the rest begins. */
const approach = <T>(run: Run<T>, body: Node, end: Rational, side: 1 | -1, other: End<T> | undefined): End<T> => {
  const A = run.arithmetic
  const reach = other === undefined ? 1 : step(intervalArithmetic.sub(other.trace, intervalArithmetic.rational(end)), side)
  const here = rationalEnd(A, end)
  if (!(reach > 0)) return here
  const near = rebase(body, run.x, end, side)
  const cut = tail(near, run.x, { end: "near", side: 1 }, scopesOf(run, near).continued.evaluate, wanted(run, near, 0, reach))
  if (cut.kind === "unknown") return here
  if (cut.kind === "divergent") run.infinite.add(cut.sign)
  else {
    over(run, near, STRAIGHT, Math.min(reach / 2, (1 / cut.from) * (1 - 1e-15)), reach)
    run.total = run.bridge.inflate(run.total, cut.bound)
  }
  return rationalEnd(A, Q.add(end, Q.mul(Q.rational(side), Q.fromNumber(reach))))
}

/** A power of two at most a quarter of the distance; 0 when the direction is wrong or open. */
const step = (distance: Interval, side: 1 | -1): number => {
  const least = side === 1 ? distance.lo : -distance.hi
  let reach = 1
  if (!(least > 0)) return 0
  while (reach * 4 > least) reach /= 2
  // A distance among the smallest subnormal doubles.
  if (reach === 0) return 0
  while (reach * 8 <= least && reach < 2 ** 60) reach *= 2
  return reach
}

/** The integral over t in [a, b] on a line; infinite ends are cut off first. */
const over = <T>(run: Run<T>, body: Node, line: Line<T>, from: number, to: number): void => {
  const { continued } = scopesOf(run, body)
  let [a, b] = [from, to]
  let rest = 0
  const target = a === -Infinity || b === Infinity ? wanted(run, body, a, b, line) : 0
  for (const side of [-1, 1] as const) {
    if (side === 1 ? b < Infinity : a > -Infinity) continue
    const found = tail(body, run.x, { end: "far", side, origin: line.origin && run.bridge.embed(line.origin) }, continued.evaluate, target)
    if (found.kind === "divergent") run.infinite.add(found.sign)
    else if (found.kind === "unknown")
      run.trouble = isUndefinedTowards(run, body, line, side, a, b)
        ? { kind: "undefined", reason: "the integrand is undefined on a part of the range" }
        : { kind: "immovable", reason: `no bound of the integrand near ${side === 1 ? "" : "-"}infinity`, lost: true }
    else {
      rest += found.bound
      if (side === 1) b = Math.max(found.from, a + 1)
      else a = Math.min(-found.from, b - 1)
    }
  }
  if (run.infinite.size > 0 || run.trouble?.lost === true || run.trouble?.kind === "undefined") return
  if (rest > 0) run.total = run.bridge.inflate(run.total, rest * (1 + 1e-15))
  const parts = smoothParts(run, body, line, a, b, () => (target > 0 ? target : wanted(run, body, a, b, line)))
  // The largest part first: the others need no more accuracy than it has.
  const sized = parts.length === 1 ? [{ part: parts[0]!, size: 0 }] : parts.map((part) => ({ part, size: sizeOf(run, part) }))
  for (const { part } of sized.sort((p, q) => q.size - p.size)) finite(run, part.body, part.line, part.a, part.b)
}

/** Whether the integrand is certainly undefined on one of the panels [2^k, 2^(k + 1)] of that side. */
const isUndefinedTowards = <T>(run: Run<T>, body: Node, line: Line<T>, side: 1 | -1, a: number, b: number): boolean => {
  const f = integrand(run, body, line)
  return Array.from({ length: 16 }, (_, k) => 2 ** (k - 4)).some((t) => {
    const [lo, hi] = side === 1 ? [t, 2 * t] : [-2 * t, -t]
    return lo > a && hi < b && f.arithmetic.status(f.at(f.arithmetic.range(lo, hi))) === "undefined"
  })
}

/** Height in the middle times width. */
const sizeOf = <T>(run: Run<T>, { body, line, a, b }: Part<T>): number => {
  run.shared.budget.left--
  const middle = a + (b - a) / 2
  const height = run.bridge.height(integrand(run, body, line).at(run.arithmetic.range(middle, middle))) * (b - a)
  return line.slope === undefined ? height : height * run.bridge.height(line.slope)
}

const finite = <T>(run: Run<T>, body: Node, line: Line<T>, a: number, b: number): void => {
  const A = run.arithmetic
  const f = integrand(run, body, line)
  // A continuation that costs more than this is a poor one: a smaller rectangle will do better.
  const cost = costOf(body, run.x)
  const most = (A as unknown) === complexArithmetic ? CONTINUATION * cost : Infinity
  const absolute = Math.max(FLOOR, (run.relative * run.scale) / 16)
  const { value, scale, trouble } = quadrature(f, a, b, { relative: run.relative, absolute, budget: run.shared.budget, cost, most })
  const part = line.slope === undefined ? value : A.mul(line.slope, value)
  run.total = A.add(run.total, part)
  run.scale += line.slope === undefined ? scale : scale * run.bridge.height(line.slope)
  if (trouble === "undefined") run.trouble = { kind: "undefined", reason: "the integrand is undefined on a part of the range" }
  else if (trouble !== undefined && run.trouble === undefined)
    run.trouble = { kind: trouble, reason: trouble === "budget" ? "the budget is spent" : "the integrand is unbounded or its domain is not decided" }
}

export const integrand = <T>(run: Run<T>, body: Node, line: Line<T>): Integrand<T> => {
  const { values, continued, trace } = scopesOf(run, body)
  const { embed } = run.bridge
  const on = along(run.arithmetic, line.origin, line.slope, line.within)
  const beside = along(complexArithmetic, line.origin && embed(line.origin), line.slope && embed(line.slope))
  const below = along(intervalArithmetic, line.real.origin, line.real.slope)
  const nested = (run.arithmetic as unknown) === complexArithmetic
  const extra = surcharge(run.arithmetic, body, run.x)
  const { budget } = run.shared
  // The place on the line, the weight and the sum.
  const point = 6 * unit(run.arithmetic)
  return {
    arithmetic: run.arithmetic,
    bridge: run.bridge,
    at: (t) => {
      charge(point)
      budget.left -= extra
      values.assign(on(t))
      if (nested) trace.assign(below(traceOfReal(t as unknown as Complex)))
      return values.evaluate(body)
    },
    continued: (t, a, b) => {
      charge(PANEL)
      budget.left -= extra
      continued.assign(beside(t))
      trace.assign(below(intervalArithmetic.range(a, b)))
      return continued.evaluate(body)
    },
  }
}

const traceOfReal = (z: Complex): Interval => intervalArithmetic.range(z.reLo, z.reHi)

const along = <T>(A: Arithmetic<T>, origin: T | undefined, slope: T | undefined, within?: readonly [T, T]): ((t: T) => T) => {
  if (origin === undefined) return slope === undefined ? (t) => t : (t) => A.mul(slope, t)
  if (slope === undefined) return (t) => A.add(origin, t)
  const point = (t: T): T => A.add(origin, A.mul(slope, t))
  return within === undefined ? point : (t) => A.min(A.max(point(t), within[0]), within[1])
}

/** Size of a rest that does not matter: from a guess of the integral of |f| at dyadic points, or from the pieces that are done. */
const wanted = <T>(run: Run<T>, body: Node, a: number, b: number, line: Line<T> = STRAIGHT): number => {
  const A = run.arithmetic
  const f = integrand(run, body, line)
  let sum = 0
  for (const sign of [-1, 1])
    for (let k = -6; k <= 12; k++) {
      const t = sign * 2 ** k
      if (t <= a || t >= b) continue
      const height = run.bridge.height(f.at(A.range(t, t))) * Math.abs(t)
      if (height < Infinity) sum += height
    }
  return Math.max(FLOOR, (run.relative * Math.max(sum, run.scale)) / 16)
}
