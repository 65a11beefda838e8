/**
 * Jets: truncated Taylor series c_0 + c_1 s + ... + c_n s^n over any arithmetic, coefficients normalised (f^(k)/k!).
 *
 * Coefficients that are missing are exactly 0, so constants cost what they cost in the base. A jet is `defined` when the function is analytic on the
 * whole set of its constant coefficient; choices (abs, min, max, sign, floor) are made by the constant coefficient and are `unknown` where it does not
 * decide. Jets nest: jets of jets carry mixed derivatives.
 */
import type { Arithmetic, Status } from "./arithmetic.ts"
import { bridgeOf, registerBridge } from "./bridge.ts"
import { above, add as joinRectangles, magnitude, make } from "./complex.ts"
import type { Complex } from "./complex.ts"
import { intervalArithmetic } from "./interval-arithmetic.ts"
import { series } from "./jet-functions.ts"
import type { Convolution } from "./jet-functions.ts"
import { intervalConvolution } from "./jet-interval.ts"

export interface Jet<T> {
  readonly c: ReadonlyArray<T>
  readonly status: Status
}

export interface JetArithmetic<T> extends Arithmetic<Jet<T>> {
  readonly order: number
  /** center + s. */
  readonly variable: (center: T) => Jet<T>
  readonly lift: (constant: T) => Jet<T>
  /** f^(k)/k!. */
  readonly coefficient: (jet: Jet<T>, k: number) => T
}

const RANK: Readonly<Record<Status, number>> = { undefined: 0, unknown: 1, defined: 2 }
const weaker = (a: Status, b: Status): Status => (RANK[a] <= RANK[b] ? a : b)

/**
 * Jets of the given order, order >= 0, over `base`. `radius` is that of the disc |s| <= radius on which integrals bound their error in the parameter:
 * a fraction of the distance to the nearest singularity gives the sharpest coefficients.
 */
export const jetArithmetic = <T>(base: Arithmetic<T>, order: number, radius = 0.125): JetArithmetic<T> => {
  const B = base
  const S = series(B, order, (B as unknown) === intervalArithmetic ? (intervalConvolution as unknown as Convolution<T>) : undefined)
  const zero = B.range(0, 0)
  const jet = (c: ReadonlyArray<T>, status: Status): Jet<T> => ({ c, status: c.reduce((s, x) => weaker(s, B.status(x)), status) })
  const lift = (constant: T): Jet<T> => ({ c: [constant], status: B.status(constant) })
  const isConstant = (a: Jet<T>): boolean => a.c.length === 1
  const one = (a: Jet<T>, f: (c: ReadonlyArray<T>) => ReadonlyArray<T>): Jet<T> => jet(f(a.c), a.status)
  const two = (a: Jet<T>, b: Jet<T>, f: (x: ReadonlyArray<T>, y: ReadonlyArray<T>) => ReadonlyArray<T>): Jet<T> =>
    jet(f(a.c, b.c), weaker(a.status, b.status))
  /** One of two jets that the constant coefficients could not tell apart: nothing is known of the derivatives. */
  const open = (a: Jet<T>, b: Jet<T>, constant: T): Jet<T> =>
    isConstant(a) && isConstant(b)
      ? lift(constant)
      : { c: [constant, ...Array.from({ length: order }, () => B.range(-Infinity, Infinity))], status: weaker("unknown", weaker(a.status, b.status)) }
  const pick = (a: Jet<T>, b: Jet<T>, first: boolean | undefined, constant: () => T): Jet<T> => {
    if (first === undefined) return open(a, b, constant())
    const taken = first ? a : b
    return { c: taken.c, status: weaker(a.status, b.status) }
  }
  const strictly = (a: Jet<T>, b: Jet<T>): boolean | undefined =>
    B.less(a.c[0]!, b.c[0]!) === true ? true : B.less(b.c[0]!, a.c[0]!) === true ? false : undefined
  const neg = (a: Jet<T>): Jet<T> => one(a, (c) => c.map(B.neg))
  const step = (a: Jet<T>, f: (x: T) => T): Jet<T> => {
    const value = f(a.c[0]!)
    if (isConstant(a)) return lift(value)
    const [lo, hi] = B.bounds(a.c[0]!)
    const [l, h] = B.bounds(value)
    // The value is constant near every point of the set unless a jump lies in it or on its edge.
    const flat = l === h && lo !== l && hi !== l && B.status(value) === "defined"
    return flat ? { c: [value], status: a.status } : open(a, a, value)
  }
  const A: JetArithmetic<T> = {
    bits: B.bits,
    order,
    variable: (center) => jet(order === 0 ? [center] : [center, B.range(1, 1)], "defined"),
    lift,
    coefficient: (a, k) => a.c[k] ?? zero,
    rational: (value) => lift(B.rational(value)),
    range: (lo, hi) => lift(B.range(lo, hi)),
    pi: () => lift(B.pi()),
    add: (a, b) => two(a, b, S.add),
    sub: (a, b) => two(a, b, S.sub),
    mul: (a, b) => two(a, b, S.mul),
    div: (a, b) => two(a, b, S.div),
    neg,
    powi: (a, n) => one(a, (c) => S.powi(c, n)),
    pow: (a, b) =>
      isConstant(a) && isConstant(b)
        ? lift(B.pow(a.c[0]!, b.c[0]!))
        : isConstant(b)
          ? one(a, (c) => S.pow(c, b.c[0]!))
          : A.call("exp", A.mul(b, A.call("log", a))),
    call: (f, a) => {
      if (isConstant(a)) return jet([B.call(f, a.c[0]!)], a.status)
      if (f === "lgamma" || f === "digamma") return open(a, a, B.call(f, a.c[0]!))
      return one(a, S[f])
    },
    abs: (a) => pick(a, neg(a), strictly(lift(zero), a), () => B.abs(a.c[0]!)),
    min: (a, b) => pick(a, b, strictly(a, b), () => B.min(a.c[0]!, b.c[0]!)),
    max: (a, b) => pick(b, a, strictly(a, b), () => B.max(a.c[0]!, b.c[0]!)),
    sign: (a) => step(a, B.sign),
    floor: (a) => step(a, B.floor),
    logsumexp: (args) => {
      const top = args.reduce((best, a) => (B.bounds(a.c[0]!)[1] > B.bounds(best.c[0]!)[1] ? a : best))
      const total = args.map((a) => A.call("exp", A.sub(a, top))).reduce(A.add)
      const y = A.add(top, A.call("log", total))
      return jet([B.logsumexp(args.map((a) => a.c[0]!)), ...y.c.slice(1)], y.status)
    },
    less: (a, b) => B.less(a.c[0]!, b.c[0]!),
    hull: (a, b) => two(a, b, (x, y) => Array.from({ length: Math.max(x.length, y.length) }, (_, k) => B.hull(x[k] ?? zero, y[k] ?? zero))),
    status: (a) => a.status,
    restrict: (a, status) => ({ c: a.c, status: weaker(a.status, status) }),
    bounds: (a) => B.bounds(a.c[0]!),
  }
  bridge(A, B, order, radius)
  return A
}

/** Images of the disc |s| <= radius, and Cauchy's estimates of what an error there does to the coefficients. */
const bridge = <T>(A: JetArithmetic<T>, B: Arithmetic<T>, order: number, radius: number): void => {
  const below = bridgeOf(B)
  const powers = [1]
  for (let k = 1; k <= order; k++) powers.push(above(powers[k - 1]! * radius))
  registerBridge<Jet<T>>(A, {
    embed: (a) => {
      const state = a.status === "defined" ? 2 : a.status === "unknown" ? 1 : 0
      const reach = a.c.reduce((s, x, k) => (k === 0 ? s : above(s + above(magnitude(below.embed(x)) * powers[k]!))), 0)
      const z: Complex = below.embed(a.c[0]!)
      const wide = reach === 0 ? z : joinRectangles(z, make(-reach, reach, -reach, reach, 2))
      return { ...wide, state: Math.min(wide.state, state) as 0 | 1 | 2 }
    },
    inflate: (a, e) => ({
      c: Array.from({ length: order + 1 }, (_, k) => below.inflate(a.c[k] ?? B.range(0, 0), above((e / powers[k]!) * (1 + 1e-11)))),
      status: a.status,
    }),
    symmetric: below.symmetric,
    pointwise: false,
    middle: (a) => ({ c: a.c.map(below.middle), status: a.status }),
    height: (a) => below.height(a.c[0]!),
    spread: (a) => a.c.reduce((s, x, k) => Math.max(s, below.spread(x) * powers[k]!), 0),
  })
}
