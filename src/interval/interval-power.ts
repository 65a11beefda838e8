/**
 * Integer and real powers of intervals.
 *
 * |x|^n: with x = 2^e m, m in [1, 2[, binary powering in double-double on mantissas kept in [1, 2[ and exponents kept apart, so that nothing over-
 * or underflows. Squaring turns a relative error E into 2E + 7u^2 and a multiplication by m adds 3u^2/2, so E <= 7 (n - 1) u^2 (u = 2^-53);
 * the bounds allow 16 n u^2. While every low part is 0 the products are exact, and so are representable powers (3^2 = 9).
 *
 * x^y = e^(y log x): y log x errs by at most 746 * 2^-83.5 absolutely and e^ adds 2^-91; the bounds allow 2^-72. Where they leave two doubles
 * possible, x^y may itself be a double; then y = n / 2^j and x is a 2^j-th power, which exact square roots find.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { aroundScaled, ddDiv, ddMul, ddMulNumber } from "./double-double.ts"
import { expScaled } from "./elementary-exponential.ts"
import { evenIncreasing, increasing } from "./elementary-monotone.ts"
import { logPair, logSubnormal } from "./elementary-logarithm.ts"
import type { Interval } from "./interval.ts"
import { EMPTY, emptyOf, make, recip, sqr, TRV, weaker } from "./interval.ts"
import { exponent, MAX, MIN, nextUp, power2, scaleDown, scaleUp, sqrtDown, sqrtRemainder, sqrtUp } from "./rounding.ts"

const UNIT_SQUARED = power2(-106)
const EPS_POW = power2(-72)
const ONE: DoubleDouble = { hi: 1, lo: 0 }

/** Bounds of x^n for 0 <= x <= Infinity and an integer n != 0, |n| <= 2^31. */
const powiBounds = (x: number, n: number): Bounds => {
  if (x === 0 || x === Infinity) return x > 0 === n > 0 ? { lo: Infinity, hi: Infinity } : { lo: 0, hi: 0 }
  const e = exponent(x)
  const m = x * power2(-(e >> 1)) * power2((e >> 1) - e)
  if (m === 1) return { lo: scaleDown(1, 0, e * n), hi: scaleUp(1, 0, e * n) }
  const count = Math.abs(n)
  let y: DoubleDouble = { hi: m, lo: 0 }
  let k = e
  let exact = true
  for (let bit = power2(31 - Math.clz32(count)) / 2; bit >= 1; bit /= 2) {
    exact = exact && y.lo === 0
    y = ddMul(y, y)
    k *= 2
    if (y.hi >= 2) [y, k] = [{ hi: y.hi * 0.5, lo: y.lo * 0.5 }, k + 1]
    if (Math.floor(count / bit) % 2 === 1) {
      exact = exact && y.lo === 0
      y = ddMulNumber(y, m)
      k += e
      if (y.hi >= 2) [y, k] = [{ hi: y.hi * 0.5, lo: y.lo * 0.5 }, k + 1]
    }
  }
  const eps = 16 * count * UNIT_SQUARED
  if (n > 0) return exact ? { lo: scaleDown(y.hi, y.lo, k), hi: scaleUp(y.hi, y.lo, k) } : aroundScaled(y.hi, y.lo, eps, k)
  const inverse = ddDiv(ONE, y)
  return aroundScaled(inverse.hi, inverse.lo, eps + 32 * UNIT_SQUARED, -k)
}

/** Bounds of x^n for odd n. */
const oddBounds = (x: number, n: number): Bounds => {
  const b = powiBounds(Math.abs(x), n)
  return x < 0 ? { lo: -b.hi, hi: -b.lo } : b
}

/** a^n for an integer n, |n| <= 2^31; 0^0 = 1; a pole at 0 for n < 0. */
export const powi = (a: Interval, n: number): Interval => {
  if (!(a.lo <= a.hi) || n === 1) return a
  if (n === 2) return sqr(a)
  if (n === 0) return { lo: 1, hi: 1, dec: a.dec }
  if (n === -1) return recip(a)
  const even = n % 2 === 0
  if (n > 0) return even ? evenIncreasing((x) => powiBounds(Math.abs(x), n), a) : increasing((x) => oddBounds(x, n), a)
  return negativePower(a, n, even)
}

const negativePower = (a: Interval, n: number, even: boolean): Interval => {
  if (a.lo > 0 || a.hi < 0) {
    const first = even ? powiBounds(Math.abs(a.hi), n) : oddBounds(a.hi, n)
    const last = a.lo === a.hi ? first : even ? powiBounds(Math.abs(a.lo), n) : oddBounds(a.lo, n)
    return even && a.hi < 0 ? make(last.lo, first.hi, a.dec) : make(first.lo, last.hi, a.dec)
  }
  const dec = weaker(a.dec, TRV)
  if (a.lo === 0 && a.hi === 0) return EMPTY
  if (even) return { lo: powiBounds(Math.max(-a.lo, a.hi), n).lo, hi: Infinity, dec }
  if (a.lo === 0) return { lo: oddBounds(a.hi, n).lo, hi: Infinity, dec }
  if (a.hi === 0) return { lo: -Infinity, hi: oddBounds(a.lo, n).hi, dec }
  return { lo: -Infinity, hi: Infinity, dec }
}

/** Bounds of x^y for 0 <= x <= Infinity and real or infinite y, limits included; x^0 = 1. */
const powBounds = (x: number, y: number): Bounds => {
  if (y === 0 || x === 1) return { lo: 1, hi: 1 }
  const grows = x > 1 === y > 0
  if (x === 0 || x === Infinity || y - y !== 0) return grows ? { lo: Infinity, hi: Infinity } : { lo: 0, hi: 0 }
  if (Number.isInteger(y) && Math.abs(y) <= 2147483648) return powiBounds(x, y)
  if (y === 0.5) return { lo: sqrtDown(x), hi: sqrtUp(x) }
  const log = x < power2(-1022) ? logSubnormal(x) : logPair(x, 0)
  const size = log.hi * y
  if (size > 746) return { lo: MAX, hi: Infinity }
  if (size < -746) return { lo: 0, hi: MIN }
  const z = ddMulNumber(log, y)
  const e = expScaled(z.hi, z.lo)
  const b = aroundScaled(e.hi, e.lo, EPS_POW, e.k)
  if (nextUp(b.lo) >= b.hi) return b
  if (b.lo < 1 && b.hi > 1) return grows ? { lo: 1, hi: b.hi } : { lo: b.lo, hi: 1 }
  return rootBounds(x, y) ?? b
}

/** x^y through exact square roots of x, while there are any. */
const rootBounds = (x: number, y: number): Bounds | undefined => {
  let [root, power] = [x, y]
  for (let j = 0; j < 6; j++) {
    const s = Math.sqrt(root)
    if (sqrtRemainder(root, s) !== 0) return undefined
    ;[root, power] = [s, power * 2]
    if (Number.isInteger(power)) return Math.abs(power) <= 2147483648 ? powiBounds(root, power) : undefined
  }
  return undefined
}

/**
 * a^b on { x > 0 } and { x = 0, y > 0 }. x^y is monotone in each variable with the sign of y and of x - 1, so the extremes are at corners.
 */
export const pow = (a: Interval, b: Interval): Interval => {
  if (!(a.hi >= 0 && b.lo <= b.hi)) return emptyOf(a, b)
  const dec = weaker(weaker(a.dec, b.dec), a.lo > 0 || (a.lo === 0 && b.lo > 0) ? a.dec : TRV)
  const lo = Math.max(a.lo, 0)
  if (a.hi === 0) return b.hi > 0 ? { lo: 0, hi: 0, dec } : emptyOf(a, b)
  if (lo === a.hi && b.lo === b.hi) {
    const r = powBounds(lo, b.lo)
    return make(r.lo, r.hi, dec)
  }
  if (b.lo >= 0) return make(powBounds(lo, lo >= 1 ? b.lo : b.hi).lo, powBounds(a.hi, a.hi >= 1 ? b.hi : b.lo).hi, dec)
  if (b.hi <= 0) return make(powBounds(a.hi, a.hi >= 1 ? b.lo : b.hi).lo, powBounds(lo, lo >= 1 ? b.hi : b.lo).hi, dec)
  const least = Math.min(powBounds(lo, b.hi).lo, powBounds(a.hi, b.lo).lo)
  return make(least, Math.max(powBounds(lo, b.lo).hi, powBounds(a.hi, b.hi).hi), dec)
}
