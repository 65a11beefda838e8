/**
 * sigmoid x = 1/(1 + e^-x), softplus x = log(1 + e^x) and logsumexp(x_1, ..., x_n) = log(sum e^(x_i)), accurate in both tails.
 *
 * With E = e^x (relative error 2^-91): sigmoid x = E/(1 + E), and softplus x = log1p(E) for x < 0, x + log1p(e^-x) for x >= 0; neither amplifies
 * the error of E. Below x = -64 both are E (1 - E + ...), within 2^-92 of E. The bounds allow 2^-88 and 2^-82.
 * logsumexp = m + log1p(T), m the maximum, T the sum of e^(x_i - m) over the others with x_i - m exact in double-double; terms below e^-600
 * are left out and enter the upper bound only (except that log(1 + e^x) keeps its left tail). It increases in every argument, so the ends of
 * an interval come from the ends of the arguments.
 */
import type { Bounds, DoubleDouble } from "./double-double.ts"
import { above, around, aroundScaled, below, ddAdd, ddAddNumber, ddDiv, twoSum } from "./double-double.ts"
import type { Scaled } from "./elementary-exponential.ts"
import { expScaled } from "./elementary-exponential.ts"
import { log1pPair } from "./elementary-logarithm.ts"
import { increasing } from "./elementary-monotone.ts"
import type { Decoration, Interval } from "./interval.ts"
import { COM, EMPTY, make, NAI, weaker } from "./interval.ts"
import { MIN, nextDown, nextUp, power2 } from "./rounding.ts"

const EPS = power2(-88)
const EPS_LOG = power2(-82)
const EPS_TERM = power2(-103)
const TINY = power2(-53)
const LEFT_OUT = power2(-860)
const NOTHING: DoubleDouble = { hi: 0, lo: 0 }

/** A moderate Scaled as a plain double-double. */
const plain = (e: Scaled): DoubleDouble => {
  const scale = power2(e.k)
  return { hi: e.hi * scale, lo: e.lo * scale }
}

/** e^x for x <= -64, which sigmoid and softplus equal there up to the factor 1 - e^x. */
const leftTail = (x: number): Bounds => {
  if (x < -746) return { lo: 0, hi: x === -Infinity ? 0 : MIN }
  const e = expScaled(x, 0)
  return aroundScaled(e.hi, e.lo, EPS, e.k)
}

/** Bounds of 1/(1 + e^-x), between 1/2 and 1/2 + x/4; for x > 40, 1 - sigmoid x < 2^-57. */
const sigmoidBounds = (x: number): Bounds => {
  if (x < -64) return leftTail(x)
  if (x > 40) return { lo: x === Infinity ? 1 : nextDown(1), hi: 1 }
  if (Math.abs(x) < TINY) return { lo: x < 0 ? nextDown(0.5) : 0.5, hi: x > 0 ? nextUp(0.5) : 0.5 }
  const s = sigmoidPair(x)
  return around(s.hi, s.lo, EPS)
}

/** 1/(1 + e^-x) for |x| <= 64. */
export const sigmoidPair = (x: number): DoubleDouble => {
  const e = plain(expScaled(x, 0))
  return ddDiv(e, ddAddNumber(e, 1))
}

/** Bounds of log(1 + e^x); for x > 64, e^-x < 2^-92 is far below an ulp of x. */
const softplusBounds = (x: number): Bounds => {
  if (x < -64) return leftTail(x)
  if (x > 64) return { lo: x, hi: nextUp(x) }
  const s = softplusOfNegative(-Math.abs(x))
  if (x <= 0) return around(s.hi, s.lo, EPS_LOG)
  const r = ddAddNumber(s, x)
  const err = EPS_LOG * s.hi + EPS_TERM * r.hi
  return { lo: below(r.hi, r.lo, err), hi: above(r.hi, r.lo, err) }
}

/** log(1 + e^x) for -64 <= x <= 0. */
export const softplusOfNegative = (x: number): DoubleDouble => {
  const e = plain(expScaled(x, 0))
  return log1pPair(e.hi, e.lo)
}

export const sigmoid = (a: Interval): Interval => increasing(sigmoidBounds, a)
export const softplus = (a: Interval): Interval => increasing(softplusBounds, a)

/** Bounds of log(sum e^x_i); -Infinity contributes nothing. */
const logsumexpBounds = (xs: ReadonlyArray<number>): Bounds => {
  const m = xs.reduce((a, b) => Math.max(a, b))
  if (m - m !== 0) return { lo: m, hi: m }
  let sum = NOTHING
  let tops = 0
  let leftOut = 0
  let last = -Infinity
  for (const x of xs) {
    const d = twoSum(x, -m)
    if (x === m && tops++ === 0) continue
    if (d.hi >= -600) sum = ddAdd(sum, plain(expScaled(d.hi, d.lo)))
    else if (x > -Infinity) [leftOut, last] = [leftOut + 1, x]
  }
  const rest = leftOut * LEFT_OUT
  if (sum.hi === 0 && m === 0 && leftOut === 1) return leftTail(last)
  if (sum.hi === 0) return { lo: m, hi: leftOut === 0 ? m : above(m, 0, rest) }
  const s = log1pPair(sum.hi, sum.lo)
  const r = ddAddNumber(s, m)
  const err = (EPS_LOG + xs.length * EPS_TERM) * s.hi + EPS_TERM * Math.abs(r.hi)
  return { lo: Math.max(m, below(r.hi, r.lo, err)), hi: above(r.hi, r.lo, err + rest) }
}

/** log(sum of exp) of a non-empty list. */
export const logsumexp = (args: ReadonlyArray<Interval>): Interval => {
  let dec: Decoration = COM
  let thin = true
  for (const a of args) {
    dec = weaker(dec, a.dec)
    thin = thin && a.lo === a.hi
    if (a.dec === 0 || args.length === 0) return NAI
  }
  if (!args.every((a) => a.lo <= a.hi)) return EMPTY
  const lo = logsumexpBounds(args.map((a) => a.lo))
  const hi = thin ? lo : logsumexpBounds(args.map((a) => a.hi))
  return make(lo.lo, hi.hi, dec)
}
