/**
 * Intervals from exact rationals: literals n/d, and a b + c rounded once.
 *
 * The nearest double is compared exactly with the rational, so the enclosure is the tightest: thin where n/d is a double.
 */
import type { Rational } from "../core/rational.ts"
import * as Q from "../core/rational.ts"
import type { Interval } from "./interval.ts"
import { COM, emptyOf, make, weaker } from "./interval.ts"
import { divDown, divUp, MAX, nextDown, nextUp } from "./rounding.ts"

/** The largest double <= value. */
export const rationalDown = (value: Rational): number => {
  const x = Q.toNumber(value)
  if (x - x !== 0) return x > 0 ? MAX : x
  return Q.compare(Q.fromNumber(x), value) > 0 ? nextDown(x) : x
}

/** The smallest double >= value. */
export const rationalUp = (value: Rational): number => {
  const x = Q.toNumber(value)
  if (x - x !== 0) return x < 0 ? -MAX : x
  return Q.compare(Q.fromNumber(x), value) < 0 ? nextUp(x) : x
}

/** Integers up to here are doubles. */
const SAFE = 1n << 53n

/** The tightest interval around n/d; where n and d are doubles, directed division gives it. */
export const fromRational = ({ n, d }: Rational): Interval => {
  if (n === 0n || n > SAFE || n < -SAFE || d > SAFE) return make(rationalDown({ n, d }), rationalUp({ n, d }), COM)
  const [a, b] = [Number(n), Number(d)]
  return { lo: divDown(a, b), hi: divUp(a, b), dec: COM }
}

/** x y + z rounded down, with 0 * Infinity = 0; z < Infinity. */
const fmaDown = (x: number, y: number, z: number): number => {
  const p = x === 0 || y === 0 ? 0 : x * y
  if (z === -Infinity) return z
  if (x - x !== 0 || y - y !== 0) return p === 0 ? z : p
  return rationalDown(Q.add(Q.mul(Q.fromNumber(x), Q.fromNumber(y)), Q.fromNumber(z)))
}

/** x y + z rounded up, with 0 * Infinity = 0; z > -Infinity. */
const fmaUp = (x: number, y: number, z: number): number => -fmaDown(-x, y, -z)

/** a b + c with one rounding at each end. */
export const fma = (a: Interval, b: Interval, c: Interval): Interval => {
  const dec = weaker(weaker(a.dec, b.dec), c.dec)
  if (!(a.lo <= a.hi && b.lo <= b.hi && c.lo <= c.hi)) return emptyOf({ ...a, dec }, b)
  const lo = Math.min(fmaDown(a.lo, b.lo, c.lo), fmaDown(a.lo, b.hi, c.lo), fmaDown(a.hi, b.lo, c.lo), fmaDown(a.hi, b.hi, c.lo))
  const hi = Math.max(fmaUp(a.lo, b.lo, c.hi), fmaUp(a.lo, b.hi, c.hi), fmaUp(a.hi, b.lo, c.hi), fmaUp(a.hi, b.hi, c.hi))
  return make(lo, hi, dec)
}
