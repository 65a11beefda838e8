/**
 * Enclosure of a node on a whole box of parameters (one to three of them), without losing identities to dependency.
 *
 * On a sub-box, scaled to [-1, 1]^d, f is interpolated at the tensor grid of n+1 Chebyshev points per variable (thin evaluations, so an f that is
 * identically 0 is seen to be 0 up to rounding). With |f| <= M on the product of ellipses of parameter rho, |a_k| <= 2^d M rho^-|k|, and since aliasing
 * maps every T_k outside the grid to +-T_k' or 0 inside,
 *   |f - p| <= 2^(d+1) M ((1 - 1/rho)^-d - ((1 - rho^-(n+1)) / (1 - 1/rho))^d) <= 2^(d+1) M d rho^-(n+1) (1 - 1/rho)^-d.
 * The range of p lies in c_0 +- sum |c_k|. Sub-boxes without a continuation or with a poor bound are halved along their widest side.
 */
import type { Rational } from "../core/rational.ts"
import type { Status } from "../interval/arithmetic.ts"
import { above, magnitude, make } from "../interval/complex.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import { context, continueFrom, evaluator } from "./evaluate.ts"
import type { Context } from "./context.ts"
import { charge } from "./meter.ts"
import type { Node } from "./node.ts"

export interface BoxOptions {
  /** Evaluations that may be spent; 100 000 when absent. */
  readonly evaluations?: number
  /** When a sub-box needs no more halving; when absent, as soon as its interpolation error is a small part of its enclosure or below 2^-40 M. */
  readonly accept?: (lo: number, hi: number) => boolean
}

export interface BoxEnclosure {
  readonly lo: number
  readonly hi: number
  readonly status: Status
  /** Bound of |f| near the box, dependency included: the scale against which an identity is seen. */
  readonly size: number
  readonly boxes: number
  readonly evaluations: number
  readonly reason?: string
}

type Side = readonly [lo: number, hi: number]
type At = (node: Node, point: ReadonlyMap<string, Interval>) => Interval
interface Look {
  readonly lo: number
  readonly hi: number
  readonly status: Status
  readonly size: number
  readonly done: boolean
}

/** Ellipses that are tried, from small to large, for as long as the error bound falls. */
const RHOS: ReadonlyArray<number> = [3, 6, 12, 24, 48]
/** Most points per variable minus one, by the number of variables. */
const DEGREES: ReadonlyArray<number> = [0, 32, 18, 10]

/** Encloses { node(x) : x in box }; every free variable of the node needs a side (a RangeError names a missing one). */
export const encloseOnBox = (
  node: Node,
  box: ReadonlyMap<string, readonly [Rational | number, Rational | number]>,
  options: BoxOptions = {},
): BoxEnclosure => {
  const names = node.free
  if (names.length > 3) throw new RangeError(`a box of ${names.length} variables; at most 3`)
  const evaluations = options.evaluations ?? 100_000
  const shared = context({ evaluations })
  const at = evaluator(I, shared)
  const sides = names.map((name): Side => {
    const side = box.get(name)
    if (side === undefined) throw new RangeError(`no side for ${name}`)
    return [outward(side[0])[0], outward(side[1])[1]]
  })
  const queue: Array<{ readonly part: ReadonlyArray<Side>; readonly outer: Look | undefined }> = [{ part: sides, outer: undefined }]
  const total = { lo: Infinity, hi: -Infinity, status: "defined" as Status, size: 0, boxes: 0 }
  let reason: string | undefined
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    // Without budget a half inherits what is known of the whole.
    const exhausted = next.outer !== undefined && shared.budget.left <= 0
    const found = exhausted ? next.outer! : look(node, names, next.part, shared, options.accept, at)
    const halves = found.done || exhausted || found.status === "undefined" ? undefined : halve(next.part)
    if (halves !== undefined) {
      queue.push(...halves.map((part) => ({ part, outer: found })))
      continue
    }
    if (!found.done && reason === undefined) reason = exhausted ? "the budget is spent" : "the enclosure does not improve"
    total.lo = Math.min(total.lo, found.lo)
    total.hi = Math.max(total.hi, found.hi)
    total.size = Math.max(total.size, found.size)
    total.status = worst(total.status, found.status)
    total.boxes++
    if (found.status === "undefined") break
  }
  const { lo, hi, status, size, boxes } = total
  return { lo, hi, status, size, boxes, evaluations: evaluations - shared.budget.left, ...(reason === undefined ? {} : { reason }) }
}

const outward = (end: Rational | number): Side => {
  if (typeof end === "number") return [end, end]
  const x = I.rational(end)
  return [x.lo, x.hi]
}

const worst = (a: Status, b: Status): Status =>
  a === "undefined" || b === "undefined" ? "undefined" : a === "unknown" || b === "unknown" ? "unknown" : "defined"

/** Plain interval evaluation. */
const crude = (node: Node, names: ReadonlyArray<string>, part: ReadonlyArray<Side>, at: At, shared: Context): Look => {
  shared.budget.left--
  const value = at(node, new Map(names.map((name, i) => [name, I.range(...part[i]!)])))
  const [lo, hi] = I.bounds(value)
  return { lo, hi, status: I.status(value), size: Math.max(Math.abs(lo), Math.abs(hi)), done: false }
}

const look = (node: Node, names: ReadonlyArray<string>, part: ReadonlyArray<Side>, shared: Context, accept: BoxOptions["accept"], at: At): Look => {
  const d = names.length
  const plain = crude(node, names, part, at, shared)
  if (d === 0 || plain.status === "undefined") return { ...plain, done: true }
  if (plain.status === "defined" && accept?.(plain.lo, plain.hi) === true) return { ...plain, done: true }
  const ellipses = continuations(node, names, part, shared)
  if (ellipses.length === 0) return plain
  const size = Math.min(...ellipses.map((e) => e.bound))
  // Points are worth their price once the error is small against the variation, or invisible (an identity).
  const wanted = Math.max(0.02 * variation(names, part, (point) => at(node, point)), size * 2 ** -40)
  const n = Array.from({ length: DEGREES[d]! - 1 }, (_, i) => i + 2).find((k) => errorOf(ellipses, d, k) <= wanted)
  if (n === undefined) return plain
  const c = coefficients(node, names, part, n, shared, at)
  const reach = above(c.rest + errorOf(ellipses, d, n))
  const range = I.add(c.constant, I.range(-reach, reach))
  const [lo, hi] = [Math.max(range.lo, plain.lo), Math.min(range.hi, plain.hi)]
  return { lo, hi, status: c.status, size, done: accept === undefined || accept(lo, hi) }
}

interface Ellipse {
  readonly rho: number
  /** |f| is at most this on the product of the ellipses. */
  readonly bound: number
}

/** Bounds on growing ellipses, for as long as they help. */
const continuations = (node: Node, names: ReadonlyArray<string>, part: ReadonlyArray<Side>, shared: Context): ReadonlyArray<Ellipse> => {
  const box = new Map(names.map((name, i) => [name, I.range(...part[i]!)]))
  const found: Array<Ellipse> = []
  for (const rho of RHOS) {
    shared.budget.left--
    const z = continueFrom(node, new Map(names.map((name, i) => [name, ellipse(part[i]!, rho)])), box, shared)
    const next: Ellipse = { rho, bound: magnitude(z) }
    const n = DEGREES[names.length]!
    if (z.state !== 2 || !(errorOf([next], names.length, n) < errorOf(found, names.length, n))) break
    found.push(next)
  }
  return found
}

/** The interpolation error for n + 1 points per variable, by the best of the ellipses. */
const errorOf = (ellipses: ReadonlyArray<Ellipse>, d: number, n: number): number =>
  ellipses.reduce((best, { rho, bound }) => {
    let error = above(2 ** (d + 1) * d * bound)
    for (let i = 0; i < d; i++) error = above(error * above(rho / (rho - 1)))
    for (let i = 0; i <= n; i++) error = above(error / rho)
    return Math.min(best, error)
  }, Infinity)

/** Width of the hull of a few values. */
const variation = (names: ReadonlyArray<string>, part: ReadonlyArray<Side>, f: (point: ReadonlyMap<string, Interval>) => Interval): number => {
  const middle = part.map(([lo, hi]) => lo + (hi - lo) / 2)
  const corners = Array.from({ length: 2 ** names.length }, (_, bits) => part.map((side, i) => side[(bits >> i) & 1]!))
  const values = [middle, ...corners].map((p) => f(new Map(names.map((name, i) => [name, I.range(p[i]!, p[i]!)])))).map((v) => v.lo / 2 + v.hi / 2)
  const width = Math.max(...values) - Math.min(...values)
  return width < Infinity ? width : 0
}

/** The rectangle around the ellipse of a side: half-axes (rho +- 1/rho)/2 of the half-width. */
const ellipse = ([lo, hi]: Side, rho: number): ReturnType<typeof make> => {
  const c = lo / 2 + hi / 2
  const h = above(Math.max(hi - c, c - lo))
  const x = above(h * ((rho + 1 / rho) / 2))
  const y = above(h * ((rho - 1 / rho) / 2))
  return make(c - x - Math.abs(c) * 4e-16, c + x + Math.abs(c) * 4e-16, -y, y, 2)
}

/** c_0 and an upper bound of the sum of the other |c_k|. */
const coefficients = (
  node: Node,
  names: ReadonlyArray<string>,
  part: ReadonlyArray<Side>,
  n: number,
  shared: Context,
  at: At,
): { constant: Interval; rest: number; status: Status } => {
  const m = n + 1
  const cosines = table(m)
  const points = part.map(([lo, hi]) => {
    const half = I.mul(I.range(0.5, 0.5), I.sub(I.range(hi, hi), I.range(lo, lo)))
    const centre = I.add(I.range(lo, lo), half)
    return Array.from({ length: m }, (_, j) => I.add(centre, I.mul(half, cosines[1]![j]!)))
  })
  let status: Status = "defined"
  const count = m ** names.length
  let values = Array.from({ length: count }, (_, index) => {
    let rest = index
    const point = new Map<string, Interval>()
    for (const [i, name] of names.entries()) {
      point.set(name, points[i]![rest % m]!)
      rest = Math.floor(rest / m)
    }
    shared.budget.left--
    const value = at(node, point)
    status = worst(status, I.status(value))
    return value
  })
  // One cosine transform per variable: c_k = (2 - [k = 0])/m sum_j f_j cos(k (j + 1/2) pi / m).
  for (let axis = 0, stride = 1; axis < names.length; axis++, stride *= m) values = transform(values, m, stride, cosines)
  const rest = values.reduce((s, v, i) => (i === 0 ? s : above(s + Math.max(Math.abs(v.lo), Math.abs(v.hi)))), 0)
  return { constant: values[0]!, rest, status }
}

const transform = (values: ReadonlyArray<Interval>, m: number, stride: number, cosines: ReadonlyArray<ReadonlyArray<Interval>>): Array<Interval> =>
  values.map((_, index) => {
    const k = Math.floor(index / stride) % m
    const start = index - k * stride
    let sum = I.range(0, 0)
    charge(2 * m)
    for (let j = 0; j < m; j++) sum = I.add(sum, I.mul(values[start + j * stride]!, cosines[k]![j]!))
    return I.div(I.mul(I.range(k === 0 ? 1 : 2, k === 0 ? 1 : 2), sum), I.range(m, m))
  })

const tables = new Map<number, ReadonlyArray<ReadonlyArray<Interval>>>()
/** cos(k (j + 1/2) pi / m). */
const table = (m: number): ReadonlyArray<ReadonlyArray<Interval>> => {
  let known = tables.get(m)
  if (known === undefined) {
    const unit = I.div(I.pi(), I.range(2 * m, 2 * m))
    known = Array.from({ length: m }, (_, k) =>
      Array.from({ length: m }, (_, j) => I.call("cos", I.mul(I.range(k * (2 * j + 1), k * (2 * j + 1)), unit))),
    )
    tables.set(m, known)
  }
  return known
}

/** Two halves along the side that is widest relative to its place; undefined when doubles are used up. */
const halve = (part: ReadonlyArray<Side>): ReadonlyArray<ReadonlyArray<Side>> | undefined => {
  const widths = part.map(([lo, hi]) => hi - lo)
  const i = widths.indexOf(Math.max(...widths))
  const [lo, hi] = part[i] ?? [0, 0]
  const middle = lo + (hi - lo) / 2
  if (!(middle > lo && middle < hi)) return undefined
  const put = (side: Side): ReadonlyArray<Side> => part.map((s, j) => (j === i ? side : s))
  return [put([lo, middle]), put([middle, hi])]
}
