/**
 * atan2(y, x), the angle of the point (x, y) in ]-pi, pi], undefined at the origin and discontinuous across the negative x axis.
 *
 * For y >= 0 with t = y/|x| in double-double: atan t for x > 0, pi - atan t for x < 0, same error bound as atan. Exponents are kept apart:
 * for t < 2^-100 atan t = t (1 - t^2/3) is t itself to 2^-201, for t > 2^100 the angle is within 2^-100 of pi/2.
 * On a box in a half plane y >= 0 the angle decreases in x and is monotone in y on either side of x = 0, so the extremes are at corners.
 */
import { atanPair } from "./elementary-arctangent.ts"
import { nearestPair, PI } from "./elementary-constants.ts"
import type { Bounds } from "./double-double.ts"
import { around, aroundScaled, ddAdd, ddDiv, ddNeg, ddScale } from "./double-double.ts"
import type { Decoration, Interval } from "./interval.ts"
import { DAC, DEF, EMPTY, emptyOf, neg, TRV, weaker } from "./interval.ts"
import { exponent, power2 } from "./rounding.ts"

const EPS = power2(-85)
const PI_PAIR = nearestPair(PI)
const STRAIGHT = around(PI_PAIR.hi, PI_PAIR.lo, EPS)
const RIGHT = around(PI_PAIR.hi / 2, PI_PAIR.lo / 2, EPS)
const ZERO: Bounds = { lo: 0, hi: 0 }

/** Bounds of atan2(y, x) for y >= 0, infinite arguments as limits; (0, 0) is left to the caller. */
const angle = (y: number, x: number): Bounds => {
  if (y === 0 || x - x !== 0) return x > 0 ? ZERO : STRAIGHT
  if (x === 0 || y === Infinity) return RIGHT
  const i = exponent(y)
  const j = exponent(x)
  const k = i - j
  if (k > 100) return RIGHT
  if (k < -100 && x < 0) return STRAIGHT
  const t = ddDiv({ hi: mantissa(y, i), lo: 0 }, { hi: Math.abs(mantissa(x, j)), lo: 0 })
  if (k < -100) return aroundScaled(t.hi, t.lo, EPS, k)
  const a = atanPair(ddScale(t, power2(k)))
  const r = x > 0 ? a : ddAdd(PI_PAIR, ddNeg(a))
  return around(r.hi, r.lo, EPS)
}

const mantissa = (x: number, e: number): number => x * power2(-(e >> 1)) * power2((e >> 1) - e)

/** The angles of the box { (x, y) : y in a, x in b }. */
export const atan2 = (a: Interval, b: Interval): Interval => {
  if (!(a.lo <= a.hi && b.lo <= b.hi)) return emptyOf(a, b)
  const origin = a.lo <= 0 && a.hi >= 0 && b.lo <= 0 && b.hi >= 0
  const dec = weaker(weaker(a.dec, b.dec), origin ? TRV : a.dec)
  if (a.lo < 0 && a.hi >= 0 && b.lo < 0) return { lo: -STRAIGHT.hi, hi: STRAIGHT.hi, dec: weaker(dec, DEF) }
  if (a.lo >= 0) return upper(a, b, a.lo === 0 && b.lo < 0 ? weaker(dec, DAC) : dec)
  if (a.hi <= 0) return neg(upper(neg(a), b, dec))
  return { lo: -angle(-a.lo, b.lo).hi, hi: angle(a.hi, b.lo).hi, dec }
}

/** The same for a in y >= 0. */
const upper = (a: Interval, b: Interval, dec: Decoration): Interval => {
  if (a.hi === 0) {
    if (b.lo === 0 && b.hi === 0) return EMPTY
    return { lo: b.hi > 0 ? 0 : STRAIGHT.lo, hi: b.lo < 0 ? STRAIGHT.hi : 0, dec }
  }
  const least = b.hi > 0 ? angle(a.lo, b.hi) : angle(a.hi, b.hi)
  const most = b.lo >= 0 ? angle(a.hi, b.lo) : angle(a.lo, b.lo)
  return { lo: least.lo, hi: most.hi, dec }
}
