/**
 * log|Gamma| and digamma on balls, from Stirling's series (`ball-stirling.ts`).
 *
 * Reflection: log|Gamma(x)| = log(pi / |sin pi x|) - log Gamma(1 - x), psi(x) = psi(1 - x) - pi cot(pi x), with x reduced exactly by the nearest
 * integer.
 * Thin balls: slopes |psi| of log|Gamma| and psi'(y) <= 1/y + min(1/y^2, 1/(2 y^2) + 1/(6 y^3)) of psi on y > 0.
 * Wide balls between two poles: psi increases; log|Gamma| is convex, so that its minimum is bounded below by a tangent near psi = 0.
 * Exact poles are undefined, balls that may contain one are the whole line (unknown).
 */
import type { Ball } from "./ball.ts"
import {
  exact,
  hull,
  isNegative,
  isPositive,
  isThin,
  isWhole,
  lower,
  middle,
  monotone,
  scaleDown,
  top,
  topRadius,
  upper,
  whole,
  widen,
  worst,
} from "./ball.ts"
import { pi, working } from "./ball-constants.ts"
import { log } from "./ball-exp.ts"
import { approximate, radius, sloped } from "./ball-radius.ts"
import { abs, add, compare, div, finish, mul, neg, scale, sub } from "./ball-ring.ts"
import { digammaRight, lgammaRight } from "./ball-stirling.ts"
import { cos, sin } from "./ball-trig.ts"

const ONE = exact(1n)

/** a - n for the integer n nearest to the midpoint, exactly. */
const fraction = (a: Ball): Ball => {
  const n = scaleDown(a.m, a.e + 1) + 1n
  return { m: a.m - ((n >> 1n) << BigInt(-a.e)), r: a.r, e: a.e, status: a.status }
}

/**
 * f at the midpoint of a with p good bits where possible: near its zeros the working precision is raised, at most three times, and not beyond the
 * radius of a.
 */
const climb = (f: (x: Ball, w: number) => Ball, a: Ball, p: number): Ball => {
  const x = middle(a)
  let w = working(p + 16)
  let value = f(x, w)
  for (let i = 0; i < 3; i++) {
    const good = top(value) - topRadius(value)
    if (!(good < p + 2) || topRadius(value) < topRadius(a) - 8) break
    w = working(w + p + 2 - good)
    value = f(x, w)
  }
  return finish(value, p)
}

/** 0 or the upper bound of |x| over a low-precision ball, as a double. */
const size = (a: Ball): number => Math.abs(approximate(a)) * (1 + 2 ** -20) + radius(a)

const digammaPoint = (x: Ball, w: number): Ball => {
  if (isNegative(x)) {
    const y = mul(pi(w), fraction(x), w)
    return sub(digammaThin(add(ONE, neg(x), w), w), mul(pi(w), div(cos(y, w), sin(y, w), w), w), w)
  }
  return digammaRight(x, w)
}

/** psi on a thin ball without poles. */
const digammaThin = (a: Ball, p: number): Ball => {
  // psi(x) = psi(1 + x) - 1/x: the slopes have one sign.
  if (top(a) < -2 || (top(a) < 0 && !isNegative(a))) return sub(digammaThin(add(ONE, a, p + 8), p + 8), div(ONE, a, p + 8), p)
  if (a.r === 0n) return climb(digammaPoint, a, p)
  if (isNegative(a)) return finish(digammaPoint(a, p + 16), p)
  // psi' <= 2/x <= 2^(3 - t)
  if (top(a) > 200) return widen(climb(digammaRight, a, p), a.r, a.e + 3 - top(a), p)
  const inverse = 1 / (approximate(a) * (1 - 2 ** -8))
  const slope = inverse + inverse * inverse * Math.min(1, 0.5 + inverse / 6)
  return sloped(climb(digammaRight, a, p), a, slope, p)
}

const lgammaPoint = (x: Ball, w: number): Ball => {
  if (isNegative(x)) {
    const s = abs(sin(mul(pi(w), fraction(x), w), w), w)
    return sub(log(div(pi(w), s, w), w), lgammaThin(add(ONE, neg(x), w), w), w)
  }
  return lgammaRight(x, w)
}

/** log|Gamma| on a thin ball without poles. */
const lgammaThin = (a: Ball, p: number): Ball => {
  if (top(a) < -2) return sub(lgammaThin(add(ONE, a, p + 8), p + 8), log(abs(a, p + 8), p + 8), p)
  const x = middle(a)
  const root = compare(x.m, x.e, 1n, 0) === 0 || compare(x.m, x.e, 1n, 1) === 0
  const value = root ? { ...exact(0n), status: a.status } : climb(lgammaPoint, a, p)
  return a.r === 0n ? value : sloped(value, a, size(digammaThin(a, 32)), p)
}

type Place = "right" | "left" | "pole" | "many"
/** Where a bounded ball lies: right of 0, between two poles left of 0, at a pole, or across poles. */
const place = (a: Ball): Place => {
  if (isPositive(a)) return "right"
  if (isWhole(a) || !isNegative(a)) return a.r === 0n ? "pole" : "many"
  if (a.e >= 0) return a.r === 0n ? "pole" : "many"
  const [l, h] = [a.m - a.r, a.m + a.r]
  const first = scaleDown(l, a.e)
  if (compare(first, 0, l, a.e) === 0) return a.r === 0n ? "pole" : "many"
  return scaleDown(h, a.e) === first && compare(first + 1n, 0, h, a.e) !== 0 ? "left" : "many"
}

const between =
  (f: (a: Ball, p: number) => Ball) =>
  (a: Ball, p: number): Ball => {
    const at = place(a)
    if (at === "pole") return whole("undefined")
    return at === "many" ? whole(worst(a.status, "unknown")) : f(a, p)
  }

export const digamma: (a: Ball, p: number) => Ball = between(monotone(digammaThin))

/** A point near the zero of psi in a ball where psi changes sign: the known one right of 0, bisection and a chord left of it. */
const minimiser = (a: Ball, p: number): Ball => {
  if (isPositive(a)) return positiveMinimiser(p)
  let [l, h] = [lower(a), upper(a)]
  for (let i = 0; i < 30; i++) {
    const c = scale(add(l, h, 128 + Math.max(0, top(a))), -1)
    if (isNegative(digammaThin(middle(c), 40))) l = middle(c)
    else h = middle(c)
  }
  const [left, right] = [digammaThin(l, p), digammaThin(h, p)]
  const chord = div(mul(left, sub(h, l, p), p), sub(right, left, p), p)
  const c = isWhole(chord) ? l : middle(sub(l, chord, p))
  return compare(c.m, c.e, l.m, l.e) >= 0 && compare(c.m, c.e, h.m, h.e) <= 0 ? c : l
}

const minimisers = new Map<number, Ball>()
/** 1.4616321449683623... to about p bits, by chords of slope psi' = 0.967672...: each step gains about 50 bits. */
const positiveMinimiser = (p: number): Ball => {
  let c = minimisers.get(p)
  if (c === undefined) {
    c = exact(BigInt(Math.round(1.4616321449683623 * 2 ** 52)), -52)
    const slope = exact(BigInt(Math.round(0.9676720454471176 * 2 ** 52)), -52)
    for (let bits = 50; bits < p; bits += 48) c = middle(sub(c, div(digammaThin(c, p), slope, p), p))
    minimisers.set(p, c)
  }
  return c
}

export const lgamma: (a: Ball, p: number) => Ball = between((a, p) => {
  if (isThin(a, p)) return lgammaThin(a, p)
  const [l, h] = [lower(a), upper(a)]
  const ends = hull(lgammaThin(l, p), lgammaThin(h, p), p)
  if (isPositive(a) ? compare(l.m, l.e, 3n, -1) >= 0 : false) return ends
  if (isPositive(digammaThin(l, 40)) || isNegative(digammaThin(h, 40))) return ends
  // Convexity: log|Gamma(y)| >= log|Gamma(c)| - |psi(c)| |y - c|.
  const c = minimiser(a, p)
  const tangent = mul(abs(digammaThin(c, p), p), sub(h, l, p), p)
  const bottom = sub(lgammaThin(c, p), tangent, p)
  return hull(ends, { ...bottom, status: a.status }, p)
})
