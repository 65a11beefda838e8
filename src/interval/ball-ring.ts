/**
 * Ring operations, division, roots, order and rounding to integers on balls (`ball.ts`), each rounded outward to p bits.
 *
 * Thin operands use mid-radius formulas, e.g. |xy - ab| <= |a| v + |b| u + u v for |x - a| <= u, |y - b| <= v, with the radius computed in doubles
 * and raised by `UP`. Everything else works on the exact integer ends.
 */
import type { Ball } from "./ball.ts"
import {
  KEEP,
  UP,
  align,
  bigAbs,
  bitLength,
  containsZero,
  exact,
  exponentOf,
  hull,
  isExactZero,
  isNegative,
  isNonNegative,
  isPositive,
  isThin,
  isWhole,
  lower,
  pow2,
  restrict,
  round,
  roundEnds,
  scaleDown,
  shiftCount,
  upper,
  whole,
  worst,
} from "./ball.ts"
import { portion, ratio } from "./ball-radius.ts"

export const neg = (a: Ball): Ball => ({ m: -a.m, r: a.r, e: a.e, status: a.status })

export const add = (a: Ball, b: Ball, p: number): Ball => {
  const status = worst(a.status, b.status)
  if (a.r < 0n || b.r < 0n) return whole(status)
  const gap = a.e - b.e
  if (gap === 0) return round(a.m + b.m, a.r + b.r, a.e, status, p)
  if (isExactZero(a)) return round(b.m, b.r, b.e, status, p)
  if (isExactZero(b)) return round(a.m, a.r, a.e, status, p)
  if (gap > 0 && gap <= p + KEEP) {
    const k = shiftCount(gap)
    return round((a.m << k) + b.m, (a.r === 0n ? 0n : a.r << k) + b.r, b.e, status, p)
  }
  if (gap < 0 && -gap <= p + KEEP) {
    const k = shiftCount(-gap)
    return round(a.m + (b.m << k), a.r + (b.r === 0n ? 0n : b.r << k), a.e, status, p)
  }
  const { al, ah, bl, bh, e } = align(a, b, p)
  return roundEnds(al + bl, ah + bh, e, status, p)
}

export const sub = (a: Ball, b: Ball, p: number): Ball => add(a, neg(b), p)

export const mul = (a: Ball, b: Ball, p: number): Ball => {
  const status = worst(a.status, b.status)
  if (a.r === 0n && b.r === 0n) return round(a.m * b.m, 0n, a.e + b.e, status, p)
  if (isExactZero(a) || isExactZero(b)) return { m: 0n, r: 0n, e: 0, status }
  if (a.r < 0n || b.r < 0n) return whole(status)
  const x = Math.abs(Number(a.m))
  const y = Math.abs(Number(b.m))
  const u = Number(a.r)
  const v = Number(b.r)
  const tiny = pow2(-(p >> 1))
  if (u <= x * tiny && v <= y * tiny && x < Infinity && y < Infinity) {
    const size = x * y
    const s = (size < Infinity ? exponentOf(size) + 1 : exponentOf(x) + exponentOf(y) + 2) - p
    if (s > 0 && s < 1000) {
      const scale = pow2(-s)
      const radius = Math.ceil((x * scale * v + y * scale * u + u * v * scale) * UP) + 1
      return round((a.m * b.m) >> shiftCount(s), BigInt(radius), a.e + b.e + s, status, p + 1)
    }
  }
  return mulEnds(a, b, status, p)
}

const mulEnds = (a: Ball, b: Ball, status: Ball["status"], p: number): Ball => {
  const [al, ah, bl, bh] = [a.m - a.r, a.m + a.r, b.m - b.r, b.m + b.r]
  const e = a.e + b.e
  if (al >= 0n) return roundEnds((bl >= 0n ? al : ah) * bl, (bh >= 0n ? ah : al) * bh, e, status, p)
  if (ah <= 0n) return roundEnds((bh >= 0n ? al : ah) * bh, (bl >= 0n ? ah : al) * bl, e, status, p)
  if (bl >= 0n) return roundEnds(al * bh, ah * bh, e, status, p)
  if (bh <= 0n) return roundEnds(ah * bl, al * bl, e, status, p)
  const [p1, p2, q1, q2] = [al * bh, ah * bl, al * bl, ah * bh]
  return roundEnds(p1 < p2 ? p1 : p2, q1 > q2 ? q1 : q2, e, status, p)
}

/** The square, without the dependency that `mul(a, a)` has around 0. */
export const sqr = (a: Ball, p: number): Ball => {
  if (isWhole(a)) return a
  if (isThin(a, p)) return mul(a, a, p)
  const [l, h] = [a.m - a.r, a.m + a.r]
  const [l2, h2] = [l * l, h * h]
  const low = l < 0n && h > 0n ? 0n : l2 < h2 ? l2 : h2
  return roundEnds(low, l2 > h2 ? l2 : h2, 2 * a.e, a.status, p)
}

/** a / b; undefined where b is exactly 0, the whole line (unknown) where b contains 0. */
export const div = (a: Ball, b: Ball, p: number): Ball => {
  const status = worst(a.status, b.status)
  if (isExactZero(b)) return whole("undefined")
  if (containsZero(b)) return whole(worst(status, "unknown"))
  if (isExactZero(a)) return { m: 0n, r: 0n, e: 0, status }
  if (isWhole(a)) return whole(status)
  if (a.r === 0n && b.r === 0n && a.m % b.m === 0n) return round(a.m / b.m, 0n, a.e - b.e, status, p)
  if (isThin(a, p) && isThin(b, p)) {
    const k = Math.max(0, p + 6 - bitLength(a.m) + bitLength(b.m))
    const q = (a.m << BigInt(k)) / b.m
    // |x/y - a/b| <= |a/b| (rho_a + rho_b) / (1 - rho_b), and 1/(1 - rho) <= 1 + 2 rho for rho <= 1/2.
    const rho = ratio(b.r, b.m)
    const radius = portion(q, (ratio(a.r, a.m) + rho) * (1 + 2 * rho))
    return round(q, radius + 1n, a.e - b.e - k, status, p)
  }
  return divEnds(a, b, status, p)
}

const divEnds = (a: Ball, b: Ball, status: Ball["status"], p: number): Ball => {
  if (isNegative(b)) return divEnds(neg(a), neg(b), status, p)
  const [al, ah, bl, bh] = [a.m - a.r, a.m + a.r, b.m - b.r, b.m + b.r]
  // The smaller quotient may need the extra bits that keep its sign.
  const k = BigInt(Math.max(0, p + bitLength(bh) - Math.min(bitLength(al === 0n ? ah : al), bitLength(ah === 0n ? al : ah))))
  const low = floorDiv(al << k, al >= 0n ? bh : bl)
  const high = -floorDiv(-(ah << k), ah >= 0n ? bl : bh)
  return roundEnds(low, high, a.e - b.e - Number(k), status, p)
}

const floorDiv = (n: bigint, d: bigint): bigint => {
  const q = n / d
  return n < 0n && q * d !== n ? q - 1n : q
}

/** a^n for an integer n; 0^0 = 1, even powers are never negative, negative powers of balls around 0 are the whole line. */
export const powi = (a: Ball, n: number, p: number): Ball => {
  if (n === 0) return restrict(exact(1n), a.status)
  if (n === 1) return isWhole(a) ? a : round(a.m, a.r, a.e, a.status, p)
  if (n < 0) return div(exact(1n), powi(a, -n, p + 8), p)
  if (isWhole(a)) return a
  // Squarings double the relative rounding error: log2 n extra bits make up for it.
  const w = p + 4 + exponentOf(n)
  if (isThin(a, p)) return finish(power(a, n, w), p)
  if (n % 2 === 0 && containsZero(a)) {
    const h = power(upper(abs(a, w)), n, w)
    return hull(restrict(exact(0n), a.status), h, p)
  }
  return hull(power(lower(a), n, w), power(upper(a), n, w), p)
}

const power = (a: Ball, n: number, w: number): Ball => {
  let result = a
  for (let bit = 2 ** (exponentOf(n) - 1); bit >= 1; bit /= 2) {
    result = mul(result, result, w)
    if (Math.floor(n / bit) % 2 === 1) result = mul(result, a, w)
  }
  return result
}

/** The same ball rounded to p bits. */
export const finish = (a: Ball, p: number): Ball => (isWhole(a) ? a : round(a.m, a.r, a.e, a.status, p))

/** a 2^k. */
export const scale = (a: Ball, k: number): Ball => (a.m === 0n && a.r <= 0n ? a : { m: a.m, r: a.r, e: a.e + k, status: a.status })

/** The square root; the enclosure of the defined part with status unknown where a reaches below 0. */
export const sqrt = (a: Ball, p: number): Ball => {
  if (isWhole(a)) return restrict(a, "unknown")
  if (isNegative(a)) return whole("undefined")
  if (!isNonNegative(a)) return hull(restrict(exact(0n), worst(a.status, "unknown")), sqrt(upper(a), p), p)
  if (!isThin(a, p)) return hull(sqrt(lower(a), p), sqrt(upper(a), p), p)
  if (a.m === 0n) return a
  if (a.r === 0n && a.e % 2 === 0) {
    const root = rootFloor(a.m)
    if (root * root === a.m) return round(root, 0n, a.e / 2, a.status, p)
  }
  let k = Math.max(0, 2 * p + 10 - bitLength(a.m))
  if ((a.e - k) % 2 !== 0) k += 1
  const root = rootFloor(a.m << BigInt(k))
  // |sqrt(1 + t) - 1| <= (rho / 2)(1 + rho) for |t| <= rho <= 1.
  const rho = ratio(a.r, a.m)
  return round(root, portion(root, (rho / 2) * (1 + rho)) + 1n, (a.e - k) / 2, a.status, p)
}

/** floor(sqrt n) for n >= 0: Newton from a double, from above after the first step, falling until it stands. */
export const rootFloor = (n: bigint): bigint => {
  if (n < 2n) return n
  const cut = bitLength(n) > 1000 ? BigInt(bitLength(n) >> 2) : 0n
  let x = cut > 0n ? (rootFloor(n >> (2n * cut)) + 1n) << cut : BigInt(Math.ceil(Math.sqrt(Number(n))))
  x = (x + n / x) >> 1n
  for (;;) {
    const y = (x + n / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

export const abs = (a: Ball, p: number): Ball => {
  if (isWhole(a) || isNonNegative(a)) return a
  if (a.m <= -a.r) return neg(a)
  const high = bigAbs(a.m) + a.r
  return roundEnds(0n, high, a.e, a.status, p)
}

export const min = (a: Ball, b: Ball, p: number): Ball => neg(max(neg(a), neg(b), p))
export const max = (a: Ball, b: Ball, p: number): Ball => {
  const status = worst(a.status, b.status)
  if (isWhole(a) || isWhole(b)) return whole(status)
  const { al, ah, bl, bh, e } = align(a, b, p)
  if (al >= bh) return restrict(a, status)
  if (bl >= ah) return restrict(b, status)
  return roundEnds(al > bl ? al : bl, ah > bh ? ah : bh, e, status, p)
}

/** True for a < b everywhere, false for a >= b everywhere, else undefined. */
export const less = (a: Ball, b: Ball): boolean | undefined => {
  if (a.status === "undefined" || b.status === "undefined" || isWhole(a) || isWhole(b)) return undefined
  if (compare(a.m + a.r, a.e, b.m - b.r, b.e) < 0) return true
  return compare(a.m - a.r, a.e, b.m + b.r, b.e) >= 0 ? false : undefined
}

/** The order of m 2^e and n 2^f, exactly. */
export const compare = (m: bigint, e: number, n: bigint, f: number): number => {
  const [sm, sn] = [m > 0n ? 1 : m < 0n ? -1 : 0, n > 0n ? 1 : n < 0n ? -1 : 0]
  if (sm !== sn || sm === 0) return sm - sn
  const [tm, tn] = [e + bitLength(m), f + bitLength(n)]
  if (Math.abs(tm - tn) > 2) return tm > tn ? sm : -sm
  const d = e >= f ? (m << BigInt(e - f)) - n : m - (n << BigInt(f - e))
  return d > 0n ? 1 : d < 0n ? -1 : 0
}

/** -1, 0 or 1; unknown where the sign changes inside the ball. */
export const sign = (a: Ball, p: number): Ball => {
  if (isExactZero(a)) return a
  if (isPositive(a)) return restrict(exact(1n), a.status)
  if (isNegative(a)) return restrict(exact(-1n), a.status)
  const status = worst(a.status, "unknown")
  const [lo, hi] = isWhole(a) || (a.m < a.r && -a.m < a.r) ? [-1n, 1n] : isNonNegative(a) ? [0n, 1n] : [-1n, 0n]
  return roundEnds(lo, hi, 0, status, p)
}

/** floor, the hull of the floors of both ends. */
export const floor = (a: Ball, p: number): Ball => {
  if (isWhole(a)) return a
  if (a.e >= 0) return finish(a, p)
  return roundEnds(scaleDown(a.m - a.r, a.e), scaleDown(a.m + a.r, a.e), 0, a.status, p)
}
