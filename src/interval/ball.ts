/**
 * Arbitrary-precision balls: the real set [(m - r) 2^e, (m + r) 2^e] with integers m, r >= 0 and e. The radius counts units of the last place of m.
 *
 * r = -1 marks the whole line, for results about which nothing is known. `status` is the contract of `arithmetic.ts`.
 * Every operation takes a precision p and rounds its result to p bits, outward: mid-radius form for thin balls (one evaluation), end by end
 * for wide ones, so that [0, 1] * [0, 1] stays [0, 1]. A ball is thin when its relative radius is below 2^(-p/2): then second-order terms vanish
 * below the last place, and results of sub-balls stay inside results of balls up to a few last places.
 *
 * This file holds the representation and its rounding; `ball-ring.ts` has the operations, `ball-convert.ts` the conversions.
 */
import type { Status } from "./arithmetic.ts"

export interface Ball {
  readonly m: bigint
  readonly r: bigint
  readonly e: number
  readonly status: Status
}

/** Extra bits that rounding may spend so that a wide ball keeps the sign of its smaller end: [2^-1000, 1] does not become [0, 1]. */
export const KEEP = 2048
/** Exponents stay within +-2^45, where sums and products of exponents are exact doubles. */
const EXPONENT_LIMIT = 2 ** 45

/** 2^k as an exact double for -1074 <= k <= 1023, built by exact doublings; 0 below, Infinity above. */
export const pow2 = (k: number): number => (k > 1023 ? Infinity : k < -1074 ? 0 : POWERS[k + 1074]!)
const POWERS = new Float64Array(2098)
for (let k = 0, x = Number.MIN_VALUE; k < 2098; k++, x *= 2) POWERS[k] = x

/** A factor that covers the rounding of up to 2^12 double operations on non-negative numbers. */
export const UP = 1 + 2 ** -40

const view = new Float64Array(1)
const words = new Uint32Array(view.buffer)
/** floor(log2 x) for a positive normal double. */
export const exponentOf = (x: number): number => {
  view[0] = x
  return ((words[1]! >>> 20) & 2047) - 1023
}

/** The number of bits of |n|, possibly one too many (when n rounds up to a power of two as a double); 0 for 0. */
export const bitLength = (n: bigint): number => {
  const x = Math.abs(Number(n))
  return x === 0 ? 0 : x < Infinity ? exponentOf(x) + 1 : bitLength(n >> 960n) + 960
}

/** The exact number of bits of n > 0. */
export const exactBitLength = (n: bigint): number => {
  const b = bitLength(n)
  return n >> BigInt(b - 1) === 0n ? b - 1 : b
}

const COUNTS: ReadonlyArray<bigint> = Array.from({ length: 1024 }, (_, i) => BigInt(i))
/** BigInt(k), from a table for small k >= 0: the conversion costs as much as the shift. */
export const shiftCount = (k: number): bigint => COUNTS[k] ?? BigInt(k)

export const bigAbs = (n: bigint): bigint => (n < 0n ? -n : n)
/** ceil(n / 2^k) for k >= 0. */
export const shiftUp = (n: bigint, k: bigint): bigint => -(-n >> k)
/** n 2^k rounded down; k of either sign. */
export const scaleDown = (n: bigint, k: number): bigint => (k >= 0 ? n << BigInt(k) : n >> BigInt(-k))

export const worst = (a: Status, b: Status): Status =>
  a === "defined" ? b : b === "defined" ? a : a === "undefined" || b === "undefined" ? "undefined" : "unknown"

/** The exact dyadic number m 2^e. */
export const exact = (m: bigint, e = 0): Ball => ({ m, r: 0n, e, status: "defined" })
export const whole = (status: Status): Ball => ({ m: 0n, r: -1n, e: 0, status })
export const isWhole = (a: Ball): boolean => a.r < 0n
export const isExactZero = (a: Ball): boolean => a.r === 0n && a.m === 0n
/** The ends of a bounded ball as exact balls of the same status. */
export const lower = (a: Ball): Ball => (a.r === 0n ? a : { m: a.m - a.r, r: 0n, e: a.e, status: a.status })
export const upper = (a: Ball): Ball => (a.r === 0n ? a : { m: a.m + a.r, r: 0n, e: a.e, status: a.status })
export const middle = (a: Ball): Ball => (a.r === 0n ? a : { m: a.m, r: 0n, e: a.e, status: a.status })
export const restrict = (a: Ball, status: Status): Ball => {
  const s = worst(a.status, status)
  return s === a.status ? a : { m: a.m, r: a.r, e: a.e, status: s }
}

/** Signs of the ends: all elements > 0, >= 0, < 0. False for the whole line. */
export const isPositive = (a: Ball): boolean => a.r >= 0n && a.m > a.r
export const isNonNegative = (a: Ball): boolean => a.r >= 0n && a.m >= a.r
export const isNegative = (a: Ball): boolean => a.r >= 0n && -a.m > a.r
export const containsZero = (a: Ball): boolean => a.r < 0n || (a.m <= a.r && -a.m <= a.r)

/** An integer t with |x| < 2^t for all x in the ball; -Infinity for exact zero. */
export const top = (a: Ball): number => (a.r < 0n ? Infinity : isExactZero(a) ? -Infinity : a.e + bitLength(bigAbs(a.m) + a.r))
/** An integer t with r 2^e < 2^t; -Infinity for exact balls. */
export const topRadius = (a: Ball): number => (a.r < 0n ? Infinity : a.r === 0n ? -Infinity : a.e + bitLength(a.r))
/**
 * Relative radius below 2^-(p/2): first-order error bounds lose nothing. Exact balls are thin; the whole line is not.
 * Inexact midpoints beyond 850 bits are not either: their relative radius would leave the range of doubles, and both ends are used instead.
 */
export const isThin = (a: Ball, p: number): boolean => {
  if (a.r <= 0n) return a.r === 0n
  const size = bitLength(a.m)
  return size <= 850 && bitLength(a.r) + (p >> 1) < size
}
/** Absolute radius below 2^-(p/2), for functions of bounded slope. */
export const isNarrow = (a: Ball, p: number): boolean => a.r === 0n || (a.r > 0n && bitLength(a.m) <= 850 && topRadius(a) <= -(p >> 1))

/** The ball (m, r, e) rounded outward to p bits. */
export const round = (m: bigint, r: bigint, e: number, status: Status, p: number): Ball => {
  const size = bitLength(m)
  const wide = r === 0n ? 0 : bitLength(r)
  const s = Math.max(size, wide) - p
  if (s <= 0) return size + wide === 0 ? { m, r, e: 0, status } : limit({ m, r, e, status })
  if (wide + (p >> 1) >= size) return roundEnds(m - r, m + r, e, status, p)
  const k = shiftCount(s)
  const half = 1n << shiftCount(s - 1)
  const q = (m + half) >> k
  // To nearest: half a unit of the new place, on top of r.
  const radius = r === 0n ? (q << k === m ? 0n : 1n) : (r + 3n * half - 1n) >> k
  return limit({ m: q, r: radius, e: e + s, status })
}

/** The hull of lo 2^e and hi 2^e, lo <= hi, each end rounded outward so that m has about p bits (more where `KEEP` saves a sign). */
export const roundEnds = (lo: bigint, hi: bigint, e: number, status: Status, p: number): Ball => {
  const [l, h] = [bitLength(lo), bitLength(hi)]
  let s = Math.max(l, h) - (p - 1)
  const small = lo > 0n ? l : hi < 0n ? h : Infinity
  if (s > small - 8) s = Math.min(s, Math.max(small - 16, Math.max(l, h) - p - KEEP))
  if (s <= 0) return limit({ m: lo + hi, r: hi - lo, e: e - 1, status })
  const k = BigInt(s)
  const [a, b] = [lo >> k, shiftUp(hi, k)]
  return limit({ m: a + b, r: b - a, e: e + s - 1, status })
}

const limit = (a: Ball): Ball => {
  if (a.e < EXPONENT_LIMIT && a.e > -EXPONENT_LIMIT) return a
  if (isExactZero(a)) return { m: 0n, r: 0n, e: 0, status: a.status }
  const t = top(a)
  if (t > EXPONENT_LIMIT) return whole(a.status)
  if (t > -EXPONENT_LIMIT) return a
  const side = isNonNegative(a) ? 1n : a.m <= -a.r ? -1n : 0n
  return { m: side, r: 1n, e: -EXPONENT_LIMIT + 1, status: a.status }
}

/** The ball enlarged by the radius n 2^k, n >= 0; a short midpoint is lengthened up to p bits first, so that a small n costs no more than n. */
export const widen = (a: Ball, n: bigint, k: number, p: number): Ball => {
  if (n === 0n || a.r < 0n) return a
  const d = k - a.e
  if (d >= 0) {
    if (d <= 2 * (p + KEEP)) return { m: a.m, r: a.r + (n << BigInt(d)), e: a.e, status: a.status }
    return { m: scaleDown(a.m, -d), r: shiftUp(a.r, BigInt(d)) + 1n + n, e: k, status: a.status }
  }
  const fine = Math.max(d + bitLength(n) - 8, a.m === 0n && a.r === 0n ? d : Math.max(bitLength(a.m), bitLength(a.r)) - p)
  if (fine >= 0) return { m: a.m, r: a.r + shiftUp(n, BigInt(-d)), e: a.e, status: a.status }
  const s = BigInt(-fine)
  return { m: a.m << s, r: (a.r << s) + (fine >= d ? shiftUp(n, BigInt(fine - d)) : n << BigInt(d - fine)), e: a.e + fine, status: a.status }
}

export interface Aligned {
  readonly al: bigint
  readonly ah: bigint
  readonly bl: bigint
  readonly bh: bigint
  readonly e: number
}

/** The ends of two bounded balls over one exponent; where the exponents are further apart than p + KEEP the finer ball is rounded outward. */
export const align = (a: Ball, b: Ball, p: number): Aligned => {
  if (a.e < b.e) {
    const { al, ah, bl, bh, e } = align(b, a, p)
    return { al: bl, ah: bh, bl: al, bh: ah, e }
  }
  const [al, ah, bl, bh] = [a.m - a.r, a.m + a.r, b.m - b.r, b.m + b.r]
  const gap = a.e - b.e
  if (gap === 0 || isExactZero(a)) return { al, ah, bl, bh, e: b.e }
  if (gap <= p + KEEP) {
    const k = BigInt(gap)
    return { al: al << k, ah: ah << k, bl, bh, e: b.e }
  }
  const [k, cut] = [BigInt(p + KEEP), BigInt(gap - p - KEEP)]
  return { al: al << k, ah: ah << k, bl: bl >> cut, bh: shiftUp(bh, cut), e: a.e - p - KEEP }
}

/** The smallest ball around both (the whole line if either is). */
export const hull = (a: Ball, b: Ball, p: number): Ball => {
  const status = worst(a.status, b.status)
  if (isWhole(a) || isWhole(b)) return whole(status)
  const { al, ah, bl, bh, e } = align(a, b, p)
  return roundEnds(al < bl ? al : bl, ah > bh ? ah : bh, e, status, p)
}

/** f over a ball for f monotone: f at thin balls directly, else the hull of f at both ends. The status comes from the argument and from f. */
export const monotone =
  (f: (x: Ball, p: number) => Ball) =>
  (a: Ball, p: number): Ball =>
    isThin(a, p) ? f(a, p) : hull(f(lower(a), p), f(upper(a), p), p)

/** The part of a bounded ball in [lo, hi] (small integers), for results whose range is known; the ball must meet it. */
export const clip = (a: Ball, lo: number, hi: number, p: number): Ball => {
  if (isWhole(a)) return roundEnds(BigInt(lo), BigInt(hi), 0, a.status, p)
  const { al, ah, bl, bh, e } = align(a, { m: BigInt(lo + hi), r: BigInt(hi - lo), e: -1, status: "defined" }, p)
  return al >= bl && ah <= bh ? a : roundEnds(al > bl ? al : bl, ah < bh ? ah : bh, e, a.status, p)
}
