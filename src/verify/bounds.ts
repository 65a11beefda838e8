/**
 * Sums and differences of double enclosures, rounded outward: enough to combine finished estimates.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { addDown, addUp, nextDown, nextUp } from "../interval/rounding.ts"

export type Bounds = readonly [lo: number, hi: number]

export const entire: Bounds = [-Infinity, Infinity]

/** The tightest enclosure of a rational. */
export const around = (value: Rational): Bounds => {
  const x = Q.toNumber(value)
  if (!Number.isFinite(x)) return x > 0 ? [Number.MAX_VALUE, Infinity] : [-Infinity, -Number.MAX_VALUE]
  const order = Q.compare(Q.fromNumber(x), value)
  return order === 0 ? [x, x] : order < 0 ? [x, nextUp(x)] : [nextDown(x), x]
}

export const add = (a: Bounds, b: Bounds): Bounds => {
  const [lo, hi] = [addDown(a[0], b[0]), addUp(a[1], b[1])]
  return Number.isNaN(lo) || Number.isNaN(hi) ? entire : [lo, hi]
}

export const sub = (a: Bounds, b: Bounds): Bounds => add(a, [-b[1], -b[0]])
