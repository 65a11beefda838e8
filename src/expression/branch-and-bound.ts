/**
 * Branch and bound for the supremum of a function of one variable, in any arithmetic of real enclosures; see `supremum.ts`.
 */
import type { Arithmetic } from "../interval/arithmetic.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { heap } from "../interval/heap.ts"
import { jetArithmetic } from "../interval/jet.ts"
import type { Jet, JetArithmetic } from "../interval/jet.ts"
import type { Context } from "./context.ts"
import type { Beyond, Ray } from "./tail.ts"

/** Panels looked at for one value; a smooth function needs tens. */
const PANELS = 4000
/** Rays are pushed out this far. */
const FARTHEST = 2 ** 200

/** The function on one stretch of its variable, x = place(t). */
export interface Region<T> {
  readonly place: (t: T) => T
  readonly at: (x: T) => T
  readonly jet: (x: T) => Jet<T>
  readonly beyond: (ray: Ray, R: number) => Beyond
  /** Whether f is certainly defined on a panel that touches an end of the stretch, except at that end. */
  readonly definedInside: (x: T, l: number, r: number) => boolean
}

type Piece<T> = { readonly region: Region<T>; readonly hi: number } & (
  | {
      readonly kind: "panel"
      readonly l: number
      readonly r: number
      readonly value: T
      readonly settled: boolean
      readonly top: number
      readonly blur: number
    }
  | { readonly kind: "ray"; readonly ray: Ray; readonly R: number }
)

export type Failure = "undefined" | "divergent" | "unknown"

const jetsBy = new WeakMap<object, JetArithmetic<unknown>>()
/** Second-order jets over an arithmetic. */
export const jetsOf = <T>(A: Arithmetic<T>): JetArithmetic<T> => {
  let jets = jetsBy.get(A) as unknown as JetArithmetic<T> | undefined
  if (jets === undefined) jetsBy.set(A, (jets = jetArithmetic(A, 2)) as unknown as JetArithmetic<unknown>)
  return jets
}

/** Branch and bound over the pieces of one supremum. */
export class Search<T> {
  readonly A: Arithmetic<T>
  spent = false
  private readonly shared: Context
  private readonly queue = heap<Piece<T>>((p) => p.hi)
  private best: T | undefined
  private low = -Infinity
  private failure: Failure | undefined
  private panels = 0
  constructor(A: Arithmetic<T>, shared: Context) {
    this.A = A
    this.shared = shared
  }

  /** Defined and finite at a point. */
  regular(region: Region<T>, x: T): boolean {
    const value = region.at(x)
    const [lo, hi] = this.A.bounds(value)
    return this.A.status(value) === "defined" && lo > -Infinity && hi < Infinity
  }

  panel(region: Region<T>, l: number, r: number): void {
    const { A } = this
    this.panels++
    const x = region.place(A.range(l, r))
    const value = region.at(x)
    const inside = A.status(value) === "unknown" && region.definedInside(x, l, r)
    const status = inside ? "defined" : A.status(value)
    if (status === "undefined") {
      this.failure ??= "undefined"
      return
    }
    const middle = l + (r - l) / 2
    const m = region.place(A.range(middle, middle))
    const centre = this.sample(region, m)
    const [top, blur] = [A.bounds(centre)[1], bridgeOf(A).spread(centre)]
    this.linear = Infinity
    if (A.status(value) === "defined" && A.status(centre) === "defined") {
      const settled = this.settle(region, x, l, r, m, centre)
      if (settled !== undefined) {
        this.push({ kind: "panel", region, l, r, value: settled, settled: true, top, blur, hi: A.bounds(settled)[1] })
        return
      }
    }
    const hi = status === "defined" ? Math.min(A.bounds(value)[1], this.linear) : A.bounds(value)[1]
    this.push({ kind: "panel", region, l, r, value, settled: false, top, blur, hi: status === "defined" ? hi : Infinity })
  }

  /** The bound of the last panel by its slope. */
  private linear = Infinity

  /** The supremum over a panel as a value of the function, where slopes show where it is. */
  private settle(region: Region<T>, x: T, l: number, r: number, m: T, centre: T): T | undefined {
    const { A } = this
    const jets = jetsOf(A)
    const jet = region.jet(x)
    const end = (t: number): T => this.sample(region, region.place(A.range(t, t)))
    if (jet.status !== "defined") {
      end(l)
      end(r)
      return undefined
    }
    const slope = jets.coefficient(jet, 1)
    const [down, up] = A.bounds(slope)
    if (down >= 0) return end(r)
    if (up <= 0) return end(l)
    this.linear = A.bounds(A.add(centre, A.mul(slope, A.sub(x, m))))[1]
    const curvature = A.mul(A.range(2, 2), jets.coefficient(jet, 2))
    const [flat, bent] = A.bounds(curvature)
    if (flat >= 0) return A.max(end(l), end(r))
    if (!(bent < 0)) return undefined
    const slopeAt = (at: T): T => jets.coefficient(region.jet(at), 1)
    const [first, last] = [l, r].map((t) => A.bounds(slopeAt(region.place(A.range(t, t)))))
    if (first![1] <= 0) return end(l)
    if (last![0] >= 0) return end(r)
    if (!(first![0] > 0 && last![1] < 0)) return undefined
    const zero = this.newton((at) => region.jet(at), x)
    const z = bridgeOf(A).middle(zero)
    const value = A.add(this.sample(region, z), A.mul(slopeAt(zero), A.sub(zero, z)))
    this.linear = Math.min(this.linear, A.bounds(value)[1])
    // Where Newton's operator made no way yet, a half of the panel will do better.
    return bridgeOf(A).spread(zero) <= (r - l) / 64 ? value : undefined
  }

  /** Narrows an enclosure of the only zero of f' on a panel on which f'' < 0. */
  private newton(jetAt: (x: T) => Jet<T>, start: T): T {
    const { A } = this
    const jets = jetsOf(A)
    const { middle, spread } = bridgeOf(A)
    let x = start
    for (let i = 0; i < 100; i++) {
      const m = middle(x)
      const curvature = A.mul(A.range(2, 2), jets.coefficient(jetAt(x), 2))
      const step = A.div(jets.coefficient(jetAt(m), 1), curvature)
      if (A.status(step) !== "defined") return x
      const next = A.sub(m, step)
      if (spread(next) < 0.5 * spread(x)) x = next
      else {
        const [[a, b], [c, d]] = [A.bounds(x), A.bounds(next)]
        const [lo, hi] = [Math.max(a, c), Math.min(b, d)]
        if (!(lo <= hi && hi - lo < 0.9 * (b - a))) return x
        x = A.range(lo, hi)
      }
    }
    return x
  }

  private sample(region: Region<T>, x: T): T {
    const value = region.at(x)
    const lo = this.A.bounds(value)[0]
    if (this.A.status(value) === "defined" && lo > this.low) {
      this.low = lo
      this.best = value
    }
    return value
  }

  ray(region: Region<T>, ray: Ray, R: number): void {
    const found = region.beyond(ray, R)
    if (found.divergent) this.failure ??= "divergent"
    else if (R > FARTHEST) this.failure ??= "unknown"
    else this.push({ kind: "ray", region, ray, R, hi: found.hi })
  }

  private push(piece: Piece<T>): void {
    if (piece.hi > this.low) this.queue.push(piece)
  }

  private refine(piece: Piece<T>): void {
    if (piece.kind === "ray") {
      const { region, ray, R } = piece
      const [near, far] = ray.end === "near" ? [1 / (4 * R), 1 / R] : [R, 4 * R]
      if (ray.side === 1) this.panel(region, near, far)
      else this.panel(region, -far, -near)
      this.ray(region, ray, 4 * R)
      return
    }
    const { region, l, r } = piece
    const middle = l + (r - l) / 2
    this.panel(region, l, middle)
    this.panel(region, middle, r)
  }

  run(): T | Failure {
    const { A } = this
    const { spread, height } = bridgeOf(A)
    const found: Array<T> = []
    const fine = 2 ** (8 - A.bits)
    for (let piece = this.queue.pop(); piece !== undefined && this.failure === undefined; piece = this.queue.pop()) {
      if (piece.hi <= this.low) break
      const tight =
        piece.kind === "panel" && A.status(piece.value) === "defined" && spread(piece.value) <= fine * Math.min(height(piece.value), Number.MAX_VALUE)
      if (tight || (piece.kind === "panel" && piece.settled)) {
        found.push((piece as Extract<Piece<T>, { kind: "panel" }>).value)
        continue
      }
      const middle = piece.kind === "panel" ? piece.l + (piece.r - piece.l) / 2 : 0
      const divisible = piece.kind === "ray" || (middle > piece.l && middle < piece.r)
      // Outer variables that are ranges blur every value: halving improves nothing beyond that.
      const blurred = piece.kind === "panel" && piece.hi - piece.top <= 0.25 * piece.blur
      const close = blurred || piece.hi - this.low <= Math.max(Math.min(fine, 2 ** -45) * Math.abs(this.low), Number.MIN_VALUE)
      const exhausted = this.shared.budget.left <= 0 || this.panels > PANELS
      if (close || exhausted || !divisible) {
        this.spent ||= exhausted
        if (!(piece.hi < Infinity) || this.best === undefined) return "unknown"
        found.push(A.range(this.low, piece.hi))
        break
      }
      this.refine(piece)
    }
    if (this.failure !== undefined) return this.failure
    return this.best === undefined ? "unknown" : found.reduce(A.max, this.best)
  }
}
