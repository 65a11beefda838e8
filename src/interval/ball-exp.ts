/**
 * exp, expm1, log, log1p and real powers on balls.
 *
 * Points are exact dyadic numbers. exp x = 2^k exp(x - k log 2); log x = k log 2 + log(x / 2^k) with x / 2^k in [3/4, 3/2[; the kernels are those of
 * `ball-fixed.ts` with their proved errors. Thin balls add |exp(x + t) - exp x| <= exp(x) d (1 + d) for |t| <= d <= 1 and
 * |log(x + t) - log x| <= rho (1 + 2 rho) for |t| <= rho x, rho <= 1/2; wide ones are evaluated at both ends.
 */
import type { Ball } from "./ball.ts"
import {
  bigAbs,
  bitLength,
  exact,
  exactBitLength,
  hull,
  monotone,
  isExactZero,
  isNarrow,
  isNegative,
  isNonNegative,
  isPositive,
  isThin,
  isWhole,
  lower,
  middle,
  restrict,
  round,
  scaleDown,
  top,
  upper,
  whole,
  widen,
  worst,
} from "./ball.ts"
import { log2Fixed, working } from "./ball-constants.ts"
import { expFixed, logFixed, SLACK } from "./ball-fixed.ts"
import { approximate, enlarge, radius, ratio, spread } from "./ball-radius.ts"
import { add, finish, mul, sub } from "./ball-ring.ts"

const ONE = exact(1n)
/** exp(x) for x <= -2^31 lies in [0, 2^(-2^31)]. */
export const TINY: Ball = { m: 1n, r: 1n, e: -(2 ** 31) - 1, status: "defined" }

/**
 * exp(m 2^e) = y 2^(k - w) for |m 2^e| < 2^32, y within SLACK + 6 units: with 64 guard bits the reduction errs by less than 2^35 units of 2^-(w+64),
 * hence 2 units of 2^-w, which exp enlarges by less than 2.1.
 */
const expPair = (m: bigint, e: number, w: number): readonly [y: bigint, k: number] => {
  const l = log2Fixed(w + 64)
  const x = scaleDown(m, e + w + 64)
  let k = x / l
  if (k * l > x) k -= 1n
  return [expFixed((x - k * l) >> 64n, w), Number(k)]
}

const expPoint = (a: Ball, p: number): Ball => {
  if (a.m === 0n) return restrict(ONE, a.status)
  if (bitLength(a.m) + a.e > 32) return a.m > 0n ? whole(a.status) : restrict(TINY, a.status)
  const w = working(p)
  const [y, k] = expPair(a.m, a.e, w)
  return round(y, SLACK + 6n, k - w, a.status, p)
}

export const exp = (a: Ball, p: number): Ball => {
  if (isWhole(a)) return a
  if (!isNarrow(a, p)) return hull(expPoint(lower(a), p), expPoint(upper(a), p), p)
  const d = radius(a)
  return spread(expPoint(middle(a), p), d * (1 + d), p)
}

/** f(x) = x + t with |t| <= x^2, for |x| below 2^-(p+4): expm1 and log1p. */
const nearlyLinear = (a: Ball, p: number): Ball => finish(widen(a, bigAbs(a.m) + a.r, a.e + top(a), p), p)

const expm1Point = (a: Ball, p: number): Ball => {
  const t = bitLength(a.m) + a.e
  const w = working(p + 2 - Math.min(0, t))
  const [y, k] = expPair(a.m, a.e, w)
  return k >= 0
    ? round((y << BigInt(k)) - (1n << BigInt(w)), (SLACK + 6n) << BigInt(k), -w, a.status, p)
    : round(y - (1n << BigInt(w - k)), SLACK + 6n, k - w, a.status, p)
}

export const expm1: (a: Ball, p: number) => Ball = monotone((a, p) => {
  if (isExactZero(a)) return a
  const t = top(a)
  if (t > 1) return sub(exp(a, p + 4), ONE, p)
  if (t < -p - 4) return nearlyLinear(a, p)
  const value = expm1Point(middle(a), p)
  // The slope exp(x) = 1 + value, known to 2^-50, times exp(d) <= 1 + 2 d.
  const d = radius(a)
  return enlarge(value, (1 + approximate(value) + 2 ** -45) * d * (1 + 2 * d), p)
})

/** log(m 2^e) for m > 0. With k = 0 the result is of the size of |x - 1|, and the working precision grows to match. */
const logPoint = (m: bigint, e: number, p: number): Ball => {
  const size = exactBitLength(m)
  const doubled = (size >= 2 ? m >> BigInt(size - 2) : m << 1n) === 2n ? 1 : 0
  const k = size + e - doubled
  let w = working(p + 2)
  if (k === 0) {
    const distance = m - (1n << BigInt(-e))
    if (distance === 0n) return exact(0n)
    const t = bitLength(distance) + e
    // log(1 + x) = x + t, |t| <= x^2 for |x| <= 1/2
    if (t < -p - 4) return finish(widen(exact(distance, e), bigAbs(distance), e + t, p), p)
    w = working(p + 4 - t)
  }
  const y = logFixed(scaleDown(m, e - k + w), w)
  // The floor of x costs 1.4 units, k log 2 (64 guard bits, |k| < 2^60) less than 2.
  const shift = k === 0 ? 0n : (BigInt(k) * log2Fixed(w + 64)) >> 64n
  return round(y + shift, SLACK + 4n, -w, "defined", p)
}

/** The logarithm; undefined on balls <= 0, the whole line (unknown) where a reaches 0. */
export const log = (a: Ball, p: number): Ball => {
  if (!isPositive(a)) return isWhole(a) || a.m + a.r > 0n ? whole(worst(a.status, "unknown")) : whole("undefined")
  if (!isThin(a, p)) return hull(log(lower(a), p), log(upper(a), p), p)
  const rho = ratio(a.r, a.m)
  return restrict(enlarge(logPoint(a.m, a.e, p), rho * (1 + 2 * rho), p), a.status)
}

/** log(1 + a) with relative accuracy near 0; undefined on balls <= -1, the whole line (unknown) where a reaches -1. */
export const log1p = (a: Ball, p: number): Ball => {
  if (isWhole(a)) return whole(worst(a.status, "unknown"))
  if (isExactZero(a)) return a
  if (!isThin(a, p)) {
    const l = log1p(lower(a), p)
    if (!isWhole(l)) return hull(l, log1p(upper(a), p), p)
    return whole(worst(a.status, log1p(upper(a), p).status === "undefined" ? "undefined" : "unknown"))
  }
  const t = top(a)
  if (t < -p - 4) return nearlyLinear(a, p)
  // log(1 + x) = log x + s with 0 <= s <= 1/x
  if (t > 4 * p + 64) return widen(log(a, p), 1n, 3 - t, p)
  return log(plusOne(a), p)
}

/** 1 + a, exactly. */
const plusOne = (a: Ball): Ball =>
  a.e <= 0
    ? { m: a.m + (1n << BigInt(-a.e)), r: a.r, e: a.e, status: a.status }
    : { m: (a.m << BigInt(a.e)) + 1n, r: a.r << BigInt(a.e), e: 0, status: a.status }

/** a^b = exp(b log a) for a > 0, 0 at a = 0 < b; each argument occurs once, so that wide balls lose nothing. */
export const pow = (a: Ball, b: Ball, p: number): Ball => {
  const status = worst(a.status, b.status)
  if (isWhole(a)) return whole(worst(status, "unknown"))
  if (isPositive(a)) {
    const rough = mul(b, log(a, 40), 40)
    if (isWhole(rough)) return whole(status)
    const w = p + 8 + Math.max(0, Math.min(40, top(rough)))
    return finish(exp(mul(b, log(a, w), w), p + 4), p)
  }
  if (isNegative(a)) return whole("undefined")
  if (!isPositive(b)) return isExactZero(a) && !isWhole(b) && b.m + b.r <= 0n ? whole("undefined") : whole(worst(status, "unknown"))
  if (isExactZero(a)) return { m: 0n, r: 0n, e: 0, status }
  const value = hull(exact(0n), pow(upper(a), b, p), p)
  return restrict(value, isNonNegative(a) ? status : "unknown")
}

/** log(sum of exp), as s + log(sum of exp(a - s)) with s the largest midpoint: each argument occurs once. */
export const logsumexp = (args: ReadonlyArray<Ball>, p: number): Ball => {
  const status = args.reduce((s, a) => worst(s, a.status), "defined" as Ball["status"])
  if (args.length === 0 || args.some(isWhole)) return whole(args.length === 0 ? "undefined" : status)
  const s = middle(args.reduce((x, a) => (approximateOrder(a, x) ? a : x)))
  const shift = { ...s, status: "defined" as const }
  const w = p + 8
  const total = args.map((a) => exp(sub(a, shift, w + Math.max(0, Math.min(64, top(a)))), w)).reduce((x, y) => add(x, y, w))
  return restrict(add(shift, log(total, w), p), status)
}

const approximateOrder = (a: Ball, b: Ball): boolean => approximate(a) > approximate(b)
