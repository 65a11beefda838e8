/**
 * Rigorous adaptive quadrature over a finite range.
 *
 * A panel [a, b] whose integrand continues analytically to a rectangle around its Bernstein ellipse is integrated by Gauss-Legendre with the proved
 * error of `gauss-legendre.ts`: node values in the caller's arithmetic (any precision), the bound M from the continuation. A panel without one (a kink,
 * a jump, an end of the domain) is halved until its range times its width is small enough or cannot improve.
 * The panel that can contribute most goes first, so the scale of the integral is known early; order depends on nothing but the integrand.
 * What is left when the budget is spent enters with its range: the result is wide, never wrong.
 */
import type { Arithmetic } from "./arithmetic.ts"
import type { Bridge } from "./bridge.ts"
import type { Complex } from "./complex.ts"
import { above, hull, magnitude, make, radius } from "./complex.ts"
import { rule, SIZES } from "./gauss-legendre.ts"
import { heap } from "./heap.ts"

export interface Integrand<T> {
  readonly arithmetic: Arithmetic<T>
  /** f(x), for points and for whole panels. */
  readonly at: (x: T) => T
  /** The continuation of f from [a, b] to a rectangle around it; `state` 2 only where it is analytic. */
  readonly continued: (x: Complex, a: number, b: number) => Complex
  readonly bridge: Bridge<T>
}

export interface Goal {
  /** Error aimed at, relative to the integral of |f|. */
  readonly relative: number
  /** Error that is always good enough. */
  readonly absolute: number
  /** Evaluations left, counted down. */
  readonly budget: { left: number }
  /** What one evaluation counts for. */
  readonly cost: number
  /** Evaluations that this integral may take of the budget. */
  readonly most: number
}

export interface Quadrature<T> {
  readonly value: T
  /** Estimate of the integral of |f|. */
  readonly scale: number
  /** Why the goal was missed; absent when it was met (rounding errors excepted). */
  readonly trouble?: "budget" | "immovable" | "undefined"
}

interface Panel<T> {
  readonly a: number
  readonly b: number
  /** Bound of the panel's contribution, or Infinity. */
  readonly key: number
  /** Error of n points is the least factor * decay^n; none where there is no continuation. */
  readonly bounds: ReadonlyArray<{ readonly factor: number; readonly decay: number }>
  /** Range times width, where there is no continuation. */
  readonly crude: T | undefined
}

/** Sums of the semi-axes of the ellipses, relative to half the panel; the larger one where points are dear. */
const RHOS: ReadonlyArray<number> = [2.7, 4]
const STRIPS = 3

/** Share of the goal that one panel may spend: panels are tens, and most err by far less than they may. */
const SHARE = 1 / 16

/** The integral of f from a to b, a < b both finite. */
export const quadrature = <T>(f: Integrand<T>, a: number, b: number, goal: Goal): Quadrature<T> => {
  const A = f.arithmetic
  const { height, spread } = f.bridge
  const reserve = Math.max(0, goal.budget.left - goal.most)
  const limit = largest(A.bits)
  const queue = heap<Panel<T>>((p) => p.key)
  let total = A.range(0, 0)
  let scale = 0
  let trouble: Quadrature<T>["trouble"]
  // Bound of what waits in the queue; panels without a bound are counted instead.
  let pending = 0
  let unbounded = 0
  const accept = (value: T): void => {
    total = A.add(total, value)
    scale += height(value)
  }
  const wanted = (least: number): number => Math.max(goal.absolute, goal.relative * Math.max(scale, least)) * SHARE
  // What one panel may err by; never less than a part of what its values are blurred by anyway.
  const wantedOf = (p: Panel<T>, middle: number): number => {
    goal.budget.left -= goal.cost
    const value = f.at(A.range(middle, middle))
    return Math.max(wanted(height(value) * (p.b - p.a)), spread(value) * (p.b - p.a) * SHARE)
  }
  // No value of the others mends a panel on which f is undefined throughout; its turn may never come.
  let undefinedOn: T | undefined
  const push = (p: Panel<T>): void => {
    if (p.crude !== undefined && A.status(p.crude) === "undefined") undefinedOn = p.crude
    if (p.key < Infinity) pending += p.key
    else unbounded++
    queue.push(p)
  }
  push(assess(f, a, b, goal))
  for (let panel = queue.pop(); panel !== undefined; panel = queue.pop()) {
    if (undefinedOn !== undefined) return { value: undefinedOn, scale, trouble: "undefined" }
    // The running sum drifts once large keys have been subtracted, so it is trusted only after a recount.
    const settled = unbounded === 0 && pending <= wanted(0) && (pending = queue.sum() + panel.key) <= wanted(0)
    if (settled || goal.budget.left <= reserve) {
      if (!settled) trouble = "budget"
      queue.push(panel)
      break
    }
    if (panel.key < Infinity) pending = queue.size === 0 ? 0 : pending - panel.key
    else unbounded--
    const middle = panel.a + (panel.b - panel.a) / 2
    const divisible = middle > panel.a && middle < panel.b
    if (panel.crude === undefined) {
      const n = points(panel, wantedOf(panel, middle), limit)
      if (n > 0 || !divisible) {
        accept(gauss(f, panel, n > 0 ? n : limit, goal))
        continue
      }
    } else {
      const width = spread(panel.crude)
      const good = width <= wanted(0) && A.status(panel.crude) === "defined"
      if (good || !divisible) {
        accept(panel.crude)
        if (!good) trouble = "immovable"
        if (!(width < Infinity)) return { value: A.restrict(A.range(-Infinity, Infinity), "unknown"), scale, trouble: "immovable" }
        continue
      }
    }
    push(assess(f, panel.a, middle, goal))
    push(assess(f, middle, panel.b, goal))
  }
  for (let panel = queue.pop(); panel !== undefined; panel = queue.pop())
    total = A.add(total, panel.crude ?? f.bridge.inflate(A.range(0, 0), panel.key))
  return trouble === undefined ? { value: total, scale } : { value: total, scale, trouble }
}

/** Points beyond which halving is cheaper: error falls by at least 2 log2(3.2) = 3.4 bits a point. */
const largest = (bits: number): number => SIZES.find((n) => 2.2 * n >= bits) ?? SIZES[SIZES.length - 1]!

const width = <T>(A: Arithmetic<T>, a: number, b: number): T => A.sub(A.range(b, b), A.range(a, a))

/** Bounds the continuation on ellipses, or else the range on the panel. */
const assess = <T>(f: Integrand<T>, a: number, b: number, goal: Goal): Panel<T> => {
  const A = f.arithmetic
  const dear = A.bits > 53
  const h = above(b - a) / 2
  let key = Infinity
  const bounds: Array<{ readonly factor: number; readonly decay: number }> = []
  for (const rho of dear ? RHOS : RHOS.slice(0, 1)) {
    const z = around(f, a, b, rho, dear ? STRIPS : 1, goal)
    if (z === undefined) break
    // 4.3 > 64/15 leaves 0.7% for the rounding errors here and in errorOf.
    bounds.push({ factor: (h * radius(z) * 4.3) / (1 - 1 / (rho * rho)), decay: 1 / (rho * rho) })
    key = Math.min(key, above(above(magnitude(z) * 2) * h))
  }
  if (bounds.length > 0) return { a, b, key, bounds, crude: undefined }
  goal.budget.left -= goal.cost
  const crude = A.mul(width(A, a, b), f.at(A.range(a, b)))
  return { a, b, key: A.status(crude) === "undefined" ? Infinity : magnitude(f.bridge.embed(crude)), bounds, crude }
}

/** A rectangle that holds the values of the continuation on the ellipse; strips side by side are tried where one rectangle is too coarse. */
const around = <T>(f: Integrand<T>, a: number, b: number, rho: number, strips: number, goal: Goal): Complex | undefined => {
  const h = above(b - a) / 2
  const c = a + (b - a) / 2
  const x = above(above((rho + 1 / rho) / 2) * h) + Math.abs(c) * 4e-16
  const y = above(above((rho - 1 / rho) / 2) * h)
  const below = f.bridge.symmetric ? 0 : -y
  for (const count of strips === 1 ? [1] : [1, strips]) {
    let joined: Complex | undefined
    for (let k = 0; k < count; k++) {
      goal.budget.left -= goal.cost
      // Wider than the rounding errors of its ends, so that strips meet.
      const slack = (Math.abs(c) + x) * 8e-16
      const left = c - x + (2 * x * k) / count
      const strip = f.continued(make(left - slack, left + (2 * x) / count + slack, below, y, 2), a, b)
      joined = joined === undefined ? strip : hull(joined, strip)
      if (strip.state !== 2) break
    }
    if (joined!.state === 2) return joined
  }
  return undefined
}

/** The least size whose error is at most `wanted`; 0 when none up to `limit` is. */
const points = <T>(p: Panel<T>, wanted: number, limit: number): number => {
  for (const n of SIZES) {
    if (n > limit) return 0
    if (errorOf(p, n) <= wanted) return n
  }
  return 0
}

const errorOf = <T>(p: Panel<T>, n: number): number =>
  p.bounds.reduce((least, { factor, decay }) => {
    let e = factor
    for (let i = 0; i < n; i++) e *= decay
    return Math.min(least, e)
  }, Infinity) +
  Number.MIN_VALUE * 1024

const gauss = <T>(f: Integrand<T>, p: Panel<T>, n: number, goal: Goal): T => {
  const A = f.arithmetic
  const { nodes, weights } = rule(A, n)
  const w = width(A, p.a, p.b)
  const start = A.range(p.a, p.a)
  let sum: T | undefined
  for (let i = 0; i < n; i++) {
    const term = A.mul(weights[i]!, f.at(A.add(start, A.mul(w, nodes[i]!))))
    sum = sum === undefined ? term : A.add(sum, term)
  }
  goal.budget.left -= n * goal.cost
  return f.bridge.inflate(A.mul(w, sum!), errorOf(p, n))
}
