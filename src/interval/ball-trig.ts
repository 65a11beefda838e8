/**
 * sin, cos, tan and atan on balls.
 *
 * Points: x = q pi/2 + y with 0 <= y <= pi/2, at a working precision that covers the bits of q; where the result of an exact point is small the
 * precision is raised until it has p good bits (at most three times). Narrow balls add slope times radius: |sin(x + t) - sin x| <= d (|cos x| + d),
 * |tan(x + t) - T| <= tan d (1 + T^2)/(1 - |T| tan d), atan by 1/(1 + x^2). Wide balls take both ends and the extrema between.
 */
import type { Ball } from "./ball.ts"
import {
  bigAbs,
  bitLength,
  clip,
  exact,
  hull,
  monotone,
  isExactZero,
  isNarrow,
  isNegative,
  isThin,
  isWhole,
  lower,
  middle,
  restrict,
  round,
  roundEnds,
  scaleDown,
  top,
  topRadius,
  upper,
  whole,
  widen,
  worst,
} from "./ball.ts"
import { pi, piFixed, working } from "./ball-constants.ts"
import { atanFixed, sinCosFixed, SLACK } from "./ball-fixed.ts"
import { approximate, enlarge, radius } from "./ball-radius.ts"
import { div, finish, floor, neg, scale, sub } from "./ball-ring.ts"

/** Arguments beyond 2^8192 are not reduced: sin and cos are then only known to lie in [-1, 1]. */
const LARGEST = 8192

interface SinCos {
  readonly sin: bigint
  readonly cos: bigint
  readonly w: number
  /** Error of both, in units of 2^-w. */
  readonly error: bigint
}

/** pi/2 is within 2 of its fixed-point value, q <= 2^t: the reduction errs by at most 4 units of 2^-w. */
const sinCosPoint = (a: Ball, w: number): SinCos => {
  const extra = Math.ceil(Math.max(1, bitLength(a.m) + a.e + 1) / 64) * 64
  const half = piFixed(w + extra) >> 1n
  const x = scaleDown(a.m, a.e + w + extra)
  let q = x / half
  if (q * half > x) q -= 1n
  const [s, c] = sinCosFixed((x - q * half) >> BigInt(extra), w)
  const error = SLACK + 4n
  switch (Number(BigInt.asUintN(2, q))) {
    case 0:
      return { sin: s, cos: c, w, error }
    case 1:
      return { sin: c, cos: -s, w, error }
    case 2:
      return { sin: -s, cos: -c, w, error }
    default:
      return { sin: -c, cos: s, w, error }
  }
}

/** Raises the precision of an exact point until `of` the result has p + 4 good bits; inexact balls are limited by their radius instead. */
const climb = (a: Ball, p: number, of: (r: SinCos) => bigint): SinCos => {
  let w = working(p + 4 - Math.max(-2 * p, Math.min(0, top(middle(a)))))
  let result = sinCosPoint(a, w)
  for (let i = 0; i < 3 && a.r === 0n; i++) {
    const good = bitLength(of(result)) - bitLength(result.error)
    if (good >= p + 4) break
    w = working(w + p + 4 - good)
    result = sinCosPoint(a, w)
  }
  return result
}

const narrowSin = (a: Ball, p: number): Ball => {
  if (isExactZero(a)) return a
  const t = top(a)
  // |sin x - x| <= |x|^3/6
  if (2 * t < -p - 4) return finish(widen(a, bigAbs(a.m) + a.r, a.e + 2 * t - 2, p), p)
  const v = climb(a, p, (r) => r.sin)
  return slope(a, round(v.sin, v.error, -v.w, a.status, p), v.cos, v.w, p)
}
const narrowCos = (a: Ball, p: number): Ball => {
  if (isExactZero(a)) return restrict(exact(1n), a.status)
  const v = climb(a, p, (r) => r.cos)
  return slope(a, round(v.cos, v.error, -v.w, a.status, p), v.sin, v.w, p)
}
/** derivative 2^-w is within 2^-40 of the slope; the second derivative is at most 1. */
const slope = (a: Ball, value: Ball, derivative: bigint, w: number, p: number): Ball => {
  if (a.r === 0n) return value
  const d = radius(a)
  return enlarge(value, d * (Math.abs(Number(scaleDown(derivative, 60 - w))) * 2 ** -60 + d + 2 ** -40 * d + 2 ** -55), p)
}

/** floor(x/pi - shift) at both ends, as an outward ball of integers: which extrema or poles (k + shift) pi may lie inside. */
const periods = (a: Ball, shift: Ball, p: number): readonly [first: bigint, last: bigint] => {
  const w = p + 8 + Math.max(0, top(a))
  const k = floor(sub(div(a, pi(w), w), shift, w), w)
  return [scaleDown(k.m - k.r, k.e), scaleDown(k.m + k.r, k.e)]
}

const oscillate =
  (f: (x: Ball, p: number) => Ball, shift: Ball) =>
  (a: Ball, p: number): Ball => {
    if (isWhole(a) || top(a) > LARGEST) return roundEnds(-1n, 1n, 0, a.status, p)
    // Where sin is small its relative accuracy and its sign matter: only thin balls stay in mid-radius form.
    if (isNarrow(a, p) && (isThin(a, p) || top(a) > -10)) return clip(f(a, p), -1, 1, p)
    if (topRadius(a) > 2) return roundEnds(-1n, 1n, 0, a.status, p)
    const [first, last] = periods(a, shift, p)
    let value = hull(f(lower(a), p), f(upper(a), p), p)
    // Maxima at even k, minima at odd k, with first < k <= last.
    for (let k = first + 1n; k <= last; k++) value = hull(value, restrict(exact(BigInt.asUintN(1, k) === 0n ? 1n : -1n), a.status), p)
    return clip(value, -1, 1, p)
  }

const HALF: Ball = exact(1n, -1)
export const sin: (a: Ball, p: number) => Ball = oscillate(narrowSin, HALF)
export const cos: (a: Ball, p: number) => Ball = oscillate(narrowCos, exact(0n))

/** The tangent; the whole line (unknown) on balls that may contain a pole. */
export const tan = (a: Ball, p: number): Ball => {
  if (isWhole(a) || top(a) > LARGEST) return whole(worst(a.status, "unknown"))
  if (isExactZero(a)) return a
  if (isNarrow(a, p) && (isThin(a, p) || top(a) > -10)) {
    const t = top(a)
    // |tan x - x| <= |x|^3/2 for |x| <= 1/2
    if (2 * t < -p - 4) return finish(widen(a, bigAbs(a.m) + a.r, a.e + 2 * t - 1, p), p)
    const v = climb(a, p, (r) => (bitLength(r.sin) < bitLength(r.cos) ? r.sin : r.cos))
    const value = div(round(v.sin, v.error, -v.w, a.status, p + 4), round(v.cos, v.error, -v.w, a.status, p + 4), p)
    const [slopeAt, d] = [Math.abs(approximate(value)), radius(a)]
    if (a.r === 0n) return value
    // tan d <= d (1 + d^2) for d <= 1/2, and 1/(1 - u) <= 1 + 2 u for u <= 1/2.
    if (slopeAt < 2 ** 400 && slopeAt * d < 2 ** -8)
      return enlarge(value, d * (1 + d * d) * (1 + slopeAt * slopeAt * (1 + 2 ** -40)) * (1 + 4 * slopeAt * d), p)
  }
  if (a.r === 0n || topRadius(a) > 1) return whole(worst(a.status, "unknown"))
  const [first, last] = periods(a, HALF, p)
  if (first !== last) return whole(worst(a.status, "unknown"))
  return hull(tan(lower(a), p), tan(upper(a), p), p)
}

const atanPoint = (a: Ball, p: number): Ball => {
  if (isNegative(a)) return neg(atanPoint(neg(a), p))
  const t = bitLength(a.m) + a.e
  if (t <= 0) {
    const w = working(p + 4 - t)
    return round(atanFixed(scaleDown(a.m, a.e + w), w), SLACK + 1n, -w, a.status, p)
  }
  const w = working(p + 4)
  const one = 1n << BigInt(w)
  // 1/x to one unit; numbers between 1 and 2 whose inverse rounds above 1 cannot occur, but x slightly below 1 (t one too many) can.
  const inverse = w - a.e >= 0 ? (1n << BigInt(w - a.e)) / a.m : 0n
  const [y, base] = inverse <= one ? [-atanFixed(inverse, w), piFixed(w) >> 1n] : [atanFixed(scaleDown(a.m, a.e + w), w), 0n]
  return round(base + y, SLACK + 4n, -w, a.status, p)
}

const atanBounded = monotone((a, p) => {
  if (isExactZero(a)) return a
  const t = top(a)
  // |atan x - x| <= |x|^3/3
  if (2 * t < -p - 4) return finish(widen(a, bigAbs(a.m) + a.r, a.e + 2 * t - 1, p), p)
  const value = atanPoint(middle(a), p)
  if (a.r === 0n) return value
  const x = Math.abs(approximate(a))
  // 1/(1 + y^2) changes by a factor of at most 1 + 2 d within d <= 1/2; for large x the slope is below 4^(2 - t).
  if (t < 200) return enlarge(value, (radius(a) * (1 + 2 * radius(a)) * (1 + 2 ** -40)) / (1 + x * x), p)
  return widen(value, a.r, a.e + 2 * (3 - t), p)
})

/** atan of the whole line is [-pi/2, pi/2]. */
export const atan = (a: Ball, p: number): Ball => {
  if (!isWhole(a)) return atanBounded(a, p)
  const half = scale(pi(p), -1)
  return restrict(hull(neg(half), half, p), a.status)
}
