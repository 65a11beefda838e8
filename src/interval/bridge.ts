/**
 * From any arithmetic to the complex plane and back: how a value enters a bound of an analytic continuation, and how that bound enters a value.
 *
 * Real enclosures embed as segments of the real axis. Jets in a parameter embed as the image of a disc |s| <= r (they register themselves), and an error
 * bound e that holds on the whole disc bounds their k-th coefficient by e r^-k (Cauchy).
 */
import type { Arithmetic } from "./arithmetic.ts"
import { complexArithmetic } from "./complex-arithmetic.ts"
import type { Complex } from "./complex.ts"
import { above, add, lower, magnitude, make, radius, real } from "./complex.ts"

export interface Bridge<T> {
  readonly embed: (value: T) => Complex
  /** value + an error of absolute value at most e. */
  readonly inflate: (value: T, e: number) => T
  /** Whether embedded values are symmetric under complex conjugation. */
  readonly symmetric: boolean
  /** Whether values are enclosures of real numbers, and nothing more (no derivatives, no continuation). */
  readonly pointwise: boolean
  /** A thin value inside an enclosure. */
  readonly middle: (value: T) => T
  /** The size of a value, to choose tolerances by. */
  readonly height: (value: T) => number
  /** An upper bound of the width of an enclosure. */
  readonly spread: (value: T) => number
}

const bridges = new WeakMap<object, Bridge<unknown>>()

/** Tells how values of an arithmetic embed; arithmetics of real enclosures need not. */
export const registerBridge = <T>(arithmetic: Arithmetic<T>, bridge: Bridge<T>): void => {
  bridges.set(arithmetic, bridge as unknown as Bridge<unknown>)
}

/** The bridge of an arithmetic, made for real enclosures where none is registered. */
export const bridgeOf = <T>(A: Arithmetic<T>): Bridge<T> => {
  const known = bridges.get(A) as unknown as Bridge<T> | undefined
  if (known !== undefined) return known
  const bridge = realBridge(A)
  registerBridge(A, bridge)
  return bridge
}

/** The bridge of an arithmetic of real enclosures, from its bounds. */
export const realBridge = <T>(A: Arithmetic<T>): Bridge<T> => ({
  embed: (value) => {
    const [lo, hi] = A.bounds(value)
    const status = A.status(value)
    return lower(real(lo, hi), status === "defined" ? 2 : status === "unknown" ? 1 : 0)
  },
  inflate: (value, e) => A.add(value, A.range(-e, e)),
  symmetric: true,
  pointwise: true,
  middle: (value) => {
    const [lo, hi] = A.bounds(value)
    return A.range(lo / 2 + hi / 2, lo / 2 + hi / 2)
  },
  height: (value) => {
    const [lo, hi] = A.bounds(value)
    return Math.abs(lo) / 2 + Math.abs(hi) / 2
  },
  spread: (value) => {
    const [lo, hi] = A.bounds(value)
    return above(hi - lo)
  },
})

registerBridge<Complex>(complexArithmetic, {
  embed: (z) => z,
  inflate: (z, e) => add(z, make(-e, e, -e, e, 2)),
  symmetric: false,
  pointwise: false,
  middle: (z) => make((z.reLo + z.reHi) / 2, (z.reLo + z.reHi) / 2, (z.imLo + z.imHi) / 2, (z.imLo + z.imHi) / 2, z.state),
  height: magnitude,
  spread: (z) => 2 * radius(z),
})
