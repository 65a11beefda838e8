/**
 * Tails: a distance R and a proved bound of the integral of |g| beyond it, or a proof that the integral is infinite.
 *
 * Far ends are walked along x = origin +- u, u >= R; singular finite ends along x = +-1/u with the Jacobian u^-2. Where that shows nothing (powers of
 * log x, as in log-normal laws), the walk is repeated along x = +-e^(+-u), on which logarithms are linear.
 */
import type { Complex } from "../interval/complex.ts"
import { isReal } from "../interval/complex.ts"
import { addDown, addUp } from "../interval/rounding.ts"
import type { Form } from "./growth-form.ts"
import { divergesBelow, expDown, expUp, form, integrateTail, logDown, plus, supremum } from "./growth-form.ts"
import { FUNCTIONS } from "./growth-functions.ts"
import { approach, distance, sizeOf } from "./growth-limit.ts"
import { growth } from "./growth-walk.ts"
import type { Growth } from "./growth.ts"
import { complete, exactly, negate, rangeOf } from "./growth.ts"
import { charge } from "./meter.ts"
import type { Node } from "./node.ts"
import { BOUND } from "./price.ts"

/** `far`: x to +-infinity. `near`: x to 0 from the side given. */
export type End = "far" | "near"

export type Tail =
  | { readonly kind: "bounded"; readonly from: number; readonly bound: number }
  | { readonly kind: "divergent"; readonly sign: 1 | -1 }
  | { readonly kind: "unknown" }

/** Where a tail lies: along x = origin + side * u (far) or x = side / u (near). */
export interface Ray {
  readonly end: End
  readonly side: 1 | -1
  readonly origin?: Complex | undefined
  /** The greatest u to cut at; 2^900 when absent. */
  readonly farthest?: number | undefined
}

/** A way along the ray, by a parameter w. */
interface Path {
  readonly starts: ReadonlyArray<number>
  readonly farthest: number
  /** Growth of x for w >= R. */
  readonly variable: (R: number) => Growth
  /** log |dx/dw| as a form; exact. */
  readonly jacobian: Form
  /** The u of a w, rounded up. */
  readonly distance: (w: number) => number
}

const STARTS: ReadonlyArray<number> = [4, 16, 64, 256, 1024, 2 ** 14, 2 ** 20, 2 ** 30, 2 ** 50, 2 ** 80]

const straight = ({ end, side, origin, farthest = 2 ** 900 }: Ray): Path => {
  const shared = { starts: STARTS, farthest, distance: (w: number) => w }
  const far = (R: number): Growth =>
    complete({ real: origin === undefined || isReal(origin), sign: 0, poly: [origin ?? exactly(0), exactly(side)] }, R)
  const near = (R: number): Growth =>
    complete({ real: true, sign: side, mag: form({ 3: -1 }), floor: form({ 3: 1 }), limit: approach(0, form({ 3: -1 })) }, R)
  return end === "far" ? { ...shared, variable: far, jacobian: form({}) } : { ...shared, variable: near, jacobian: form({ 3: -2 }) }
}

/** x = side * e^w or side * e^-w. */
const exponential = ({ end, side, farthest = 2 ** 900 }: Ray): Path => {
  const sign = end === "far" ? 1 : -1
  const variable = (R: number): Growth => {
    const x = FUNCTIONS.exp(complete({ real: true, sign: 0, poly: [exactly(0), exactly(sign)] }, R), R)
    return side === 1 ? x : negate(x)
  }
  return { starts: [1, 2, 4, 8, 16, 64, 256], farthest: Math.min(600, logDown(farthest)), variable, jacobian: form({ 2: sign }), distance: expUp }
}

/** The rest of the integral of `body` over x along a ray: `from` is the u with bound <= wanted, if there is one; `coefficient` encloses nodes free of x. */
export const tail = (body: Node, x: string, ray: Ray, coefficient: (node: Node) => Complex, wanted: number): Tail => {
  const known = new Map<Node, Complex>()
  const constant = (node: Node): Complex => {
    let z = known.get(node)
    if (z === undefined) known.set(node, (z = coefficient(node)))
    return z
  }
  const look = (path: Path, R: number): Growth =>
    growth(body, { R, variables: new Map([[x, path.variable(R)]]), coefficient: constant, memo: new Map() })
  const found = follow(straight(ray), look, wanted)
  return found.kind !== "unknown" || ray.origin !== undefined ? found : follow(exponential(ray), look, wanted)
}

/** Bounds of a real function beyond a distance; infinite where none is known, `divergent` when it certainly tends to +infinity. */
export interface Beyond {
  readonly lo: number
  readonly hi: number
  readonly divergent: boolean
}

/** Bounds of `body` for all u >= R along a ray. */
export const beyond = (body: Node, x: string, ray: Ray, coefficient: (node: Node) => Complex, R: number): Beyond => {
  let [lo, hi] = [-Infinity, Infinity]
  const paths: ReadonlyArray<readonly [Path, number]> = [
    [straight(ray), R],
    ...(ray.origin === undefined && R > 3 ? [[exponential(ray), logDown(R)] as const] : []),
  ]
  for (const [path, start] of paths) {
    const g = growth(body, { R: start, variables: new Map([[x, path.variable(start)]]), coefficient, memo: new Map() })
    // A bound of the modulus exists only where every operation is defined.
    if (!g.real || g.mag === undefined) continue
    const deepest = g.floor === undefined ? Infinity : supremum(g.floor, start)
    const least = deepest < Infinity ? expDown(-deepest) : 0
    const [l, h] = rangeOf(g, start)
    lo = Math.max(lo, l, g.sign === 1 ? least : -Infinity)
    hi = Math.min(hi, h, g.sign === -1 ? -least : Infinity)
    if (g.limit !== undefined) {
      const far = distance(g.limit, start)
      const { most, least: small } = sizeOf(g.limit)
      const sign = g.limit.value.n > 0n ? 1 : g.limit.value.n < 0n ? -1 : 0
      lo = Math.max(lo, addDown(sign === 1 ? small : sign === -1 ? -most : 0, -far))
      hi = Math.min(hi, addUp(sign === 1 ? most : sign === -1 ? -small : 0, far))
    }
    if (g.sign === 1 && g.floor !== undefined && falls(g.floor)) return { lo, hi, divergent: true }
    if (hi < Infinity) break
  }
  return { lo, hi, divergent: false }
}

/** Whether F certainly tends to -infinity. */
const falls = (f: Form): boolean => f.slice(4, 8).every((x) => x === 0) && (f.slice(0, 4).find((x) => x !== 0) ?? 0) < 0

/** A bound of the integral of |body| over u >= R along a straight ray, valid for every origin in the ray's rectangle. */
export const tailFrom = (body: Node, x: string, ray: Ray, coefficient: (node: Node) => Complex, R: number): number | undefined => {
  const { mag } = growth(body, { R, variables: new Map([[x, straight(ray).variable(R)]]), coefficient, memo: new Map() })
  const bound = mag === undefined ? Infinity : integrateTail(mag, R)
  return bound < Infinity ? bound : undefined
}

const follow = (path: Path, look: (path: Path, R: number) => Growth, wanted: number): Tail => {
  let best: Extract<Tail, { kind: "bounded" }> | undefined
  const opposite = path.jacobian.map((t) => -t)
  for (const R of path.starts) {
    if (R > path.farthest || (best !== undefined && R >= best.from)) break
    const g = look(path, R)
    const found = g.mag && cut(plus(g.mag, path.jacobian), R, wanted, path.farthest)
    if (found !== undefined && (best === undefined || found.from < best.from)) best = found
    if (best === undefined && g.real && g.sign !== 0 && g.floor !== undefined && divergesBelow(plus(g.floor, opposite)))
      return { kind: "divergent", sign: g.sign }
  }
  if (best === undefined) return { kind: "unknown" }
  // Farther out the same bounds are tighter, and a shorter range is left to integrate.
  const closer = Math.max(1, best.from * 0.6)
  const again = look(path, closer).mag
  const shorter = again && cut(plus(again, path.jacobian), closer, wanted, path.farthest)
  const { from, bound } = shorter !== undefined && shorter.bound <= wanted && shorter.from < best.from ? shorter : best
  return { kind: "bounded", from: path.distance(from), bound }
}

/** The least distance (within some percent) at which the integral of e^F beyond it is at most `wanted`; the farthest one tried if none is. */
const cut = (f: Form, R: number, wanted: number, farthest: number): Extract<Tail, { kind: "bounded" }> | undefined => {
  const bound = (x: number): number => {
    charge(BOUND)
    return integrateTail(f, x)
  }
  let [low, high] = [R, R]
  while (!(bound(high) <= wanted) && high < farthest) {
    low = high
    high = Math.min(farthest, high * (high < 64 ? 1.5 : 4))
  }
  if (!(bound(high) < Infinity)) return undefined
  for (let i = 0; i < 12 && high > low * 1.05; i++) {
    const middle = Math.sqrt(low) * Math.sqrt(high)
    if (bound(middle) <= wanted) high = middle
    else low = middle
  }
  return { kind: "bounded", from: high, bound: bound(high) }
}
