/**
 * erf, erfc, the normal distribution function and its logarithm on balls, with small relative error in the tails.
 *
 * For s = 2 (erf) and s = 1 (normal) let g(u) = sqrt(s / 2 pi) exp(-s u^2 / 2), P(x) = int_0^x g, Q(x) = int_x^oo g. Then erf = 2 P_2, erfc = 2 Q_2,
 * normcdf(x) = Q_1(-x).
 *
 * Centre: P(x) = g(x) x S, S = sum_n c_n, c_n = (s x^2)^n / (2n+1)!!, all terms positive.
 * Tail (Laplace): Q(x) = g(x) / (s t_1), t_n = x + (n/s) / t_{n+1}. With T_n = (x + sqrt(x^2 + 4n/s))/2, the solution of T = x + (n/s)/T, one has
 * T_{n-1} <= t_n <= T_n: the recurrence maps [T_n, T_{n+1}] into [T_{n-1}, T_n] because n sqrt(A - 4/s) >= (n - 1) sqrt(A + 4/s) for A = x^2 + 4n/s.
 * Thin balls add the relative errors g/P d and g/Q d, times exp(s x d) <= 1 + 2 s x d for the change of g.
 */
import type { Ball } from "./ball.ts"
import { UP, clip, exact, hull, isExactZero, isNegative, isWhole, lower, middle, monotone, restrict, scaleDown, top, upper, widen } from "./ball.ts"
import { pi, sqrtPi, working } from "./ball-constants.ts"
import { exp, log, log1p } from "./ball-exp.ts"
import { approximate, radius, ratio, spread } from "./ball-radius.ts"
import { add, div, finish, mul, neg, scale, sqr, sqrt, sub } from "./ball-ring.ts"

type Scale = 1 | 2
const ONE = exact(1n)
const HALF = exact(1n, -1)

/** sqrt(2 pi / s). */
const norm = (s: Scale, p: number): Ball => (s === 2 ? sqrtPi(p) : sqrtTwoPi(p))
const twoPi = new Map<number, Ball>()
const sqrtTwoPi = (p: number): Ball => {
  let value = twoPi.get(p)
  if (value === undefined) twoPi.set(p, (value = sqrt(scale(pi(p + 4), 1), p)))
  return value
}

/** s x^2 / 2 as a double, for choices of method only. */
const decay = (x: Ball, s: Scale): number => (s / 2) * approximate(x) ** 2
/** The tail fraction needs about (w log 2 / 2x)^2 / s divisions, the central series about w/4 terms with decay/log 2 bits more: they meet here. */
const inTail = (x: Ball, s: Scale, w: number): boolean => decay(x, s) > 0.11 * w + 1

/** exp(-s x^2 / 2) for exact x. */
const density = (x: Ball, s: Scale, p: number): Ball => exp({ m: -x.m * x.m, r: 0n, e: 2 * x.e + s - 2, status: x.status }, p)

/**
 * S for exact x, s x^2 <= w. Floors cost the N computed terms c_k at most 1 unit of 2^-w each and y = s x^2 one unit; an error in c_k passes on to
 * c_n as c_n/c_k <= c_{n-k}, and the error of y adds n c_n / y <= c_{n-1}/2, so that the sum errs by at most (N + 1) S units, its cut tail included.
 */
export const centralSum = (x: Ball, s: Scale, w: number): Ball => {
  const shift = BigInt(w)
  const y = scaleDown(x.m * x.m, 2 * x.e + s - 1 + w)
  let term = 1n << shift
  let sum = term
  let n = 0
  while (term > 0n) {
    n += 1
    term = ((term * y) >> shift) / BigInt(2 * n + 1)
    sum += term
  }
  return { m: sum, r: BigInt(n + 2) * ((sum >> shift) + 1n), e: -w, status: "defined" }
}

/** P(a) for thin a > 0. */
const central = (a: Ball, s: Scale, p: number): Ball => {
  const w = working(p + 4)
  const x = middle(a)
  const sum = centralSum(x, s, w)
  const value = div(mul(mul(density(x, s, w), sum, w), x, w), norm(s, w), p)
  if (a.r === 0n) return value
  return spread(value, (ratio(a.r, a.m) / approximate(sum)) * (1 + 2 * s * approximate(x) * radius(a)) * (1 + 2 ** -30), p)
}

/** t_1 for exact x > 0: error at most 2n units from the floors (x and quotient; each step contracts) and the contracted starting bracket. */
export const tailFraction = (a: Ball, s: Scale, w: number): Ball => {
  const t = top(a)
  // x <= t_1 <= x + 1/(s x)
  if (t > 450 || t > w) return widen(a, 1n, 3 - t, w)
  const x = approximate(a)
  const fixed = scaleDown(a.m, a.e + w)
  for (let steps = expectedSteps(x, s, w); ; steps = Math.ceil(steps * 1.1) + 1) {
    const [from, to] = [bracket(x, steps - 1, s), bracket(x, steps, s)]
    let y = BigInt(Math.floor(((from + to) / 2) * 2 ** 40)) << BigInt(w - 40)
    // |t_n - y| <= h 2^k
    let [h, k] = [((to - from) / 2 + to * 2 ** -38) * UP, 0]
    for (let n = steps - 1; n >= 1; n--) {
      const least = Number(y >> BigInt(w - 60)) * 2 ** -60 * (1 - 2 ** -40) - (k === 0 ? h : 2 ** -100)
      h = (h * n * UP) / (s * least * least)
      if (h < 2 ** -200) [h, k] = [h * 2 ** 200, k - 200]
      y = fixed + (BigInt(n) << BigInt(2 * w + 1 - s)) / y
    }
    const cut = w + k
    const bound = cut > 400 ? Infinity : h * 2 ** Math.max(-400, cut)
    if (bound < 2 ** 10) return { m: y, r: BigInt(2 * steps + 2 + Math.ceil(bound)), e: -w, status: a.status }
  }
}
/** The number of steps whose contractions (n/s)/t_n^2 should reach 2^-w; the proof is the bracket followed along. */
const expectedSteps = (x: number, s: Scale, w: number): number => {
  let n = 1
  for (let lost = 0; lost > 4 - w; n++) lost += Math.log2(n / s) - 2 * Math.log2(bracket(x, n + 0.5, s))
  return n + 1
}
const bracket = (x: number, n: number, s: Scale): number => (x + Math.sqrt(x * x + (4 * n) / s)) / 2

/** Q(a) for thin a >= 0. */
const tail = (a: Ball, s: Scale, p: number): Ball => {
  const w = working(p + 4)
  const x = middle(a)
  const far = inTail(x, s, w)
  if (!far) {
    // Q >= g / (s (x + 1)) takes decay/log 2 + log2(x + 1) + 2 bits off 1/2.
    const extra = Math.ceil(decay(x, s) * 1.4427 + Math.log2(1 + approximate(x))) + 4
    return sub(HALF, central(a, s, p + extra), p)
  }
  const t = tailFraction(x, s, w)
  const value = div(density(x, s, w), mul(scale(norm(s, w), s - 1), t, w), p)
  if (a.r === 0n || isWhole(value)) return value
  const d = radius(a)
  return spread(value, s * approximate(t) * d * (1 + 2 * s * approximate(x) * d) * (1 + 2 ** -30), p)
}

/** The slope bounds need s x d <= 1/4. */
const steep = (a: Ball, s: Scale): boolean => a.r > 0n && approximate(a) * radius(a) * s > 0.25
const bounded =
  (f: (a: Ball, s: Scale, p: number) => Ball) =>
  (a: Ball, s: Scale, p: number): Ball =>
    steep(a, s) ? hull(f(lower(a), s, p), f(upper(a), s, p), p) : f(a, s, p)
const safeTail = bounded(tail)

/** int_a^oo g for thin a of either sign. */
const survival = (a: Ball, s: Scale, p: number): Ball => {
  if (isExactZero(a)) return restrict(HALF, a.status)
  if (!isNegative(a)) return safeTail(a, s, p)
  const x = neg(a)
  const loss = lossless(x, s)
  return inTail(x, s, p) ? sub(ONE, safeTail(x, s, Math.max(16, p + 8 - loss)), p) : add(HALF, central(x, s, p + 4), p)
}
/** Bits of 1 that Q(x) does not reach. */
const lossless = (x: Ball, s: Scale): number => Math.min(2 ** 40, Math.floor(decay(x, s) * 1.4426))

const erfThin = (a: Ball, p: number): Ball => {
  if (isExactZero(a)) return a
  if (isNegative(a)) return neg(erfThin(neg(a), p))
  return inTail(a, 2, p) ? sub(ONE, scale(safeTail(a, 2, Math.max(16, p + 8 - lossless(a, 2))), 1), p) : scale(erfCentral(a, p), 1)
}
/** erf x = 2 x / sqrt(pi) (1 + t), |t| <= x^2, where x^2 is below the last place. */
const erfCentral = (a: Ball, p: number): Ball => {
  const t = top(a)
  return 2 * t < -p - 4 ? spread(div(a, sqrtPi(p + 4), p), 2 ** Math.max(-900, 2 * t), p) : central(a, 2, p)
}

const erfAny = monotone(erfThin)
const erfcAny = monotone((a, p) => scale(survival(a, 2, p), 1))
const normcdfAny = monotone((a, p) => survival(neg(a), 1, p))

export const erf = (a: Ball, p: number): Ball => clip(isWhole(a) ? a : erfAny(a, p), -1, 1, p)
export const erfc = (a: Ball, p: number): Ball => clip(isWhole(a) ? a : erfcAny(a, p), 0, 2, p)
export const normcdf = (a: Ball, p: number): Ball => clip(isWhole(a) ? a : normcdfAny(a, p), 0, 1, p)

/**
 * log normcdf. In the left tail, x = -y: -y^2/2 - log(sqrt(2 pi) t_1(y)) with |t_1'| <= 1, so that radii add to y + 1/t_1, the slope to first order;
 * right of 0 log1p(-Q(x)).
 */
const lognormcdfAny = monotone((a, p) => {
  if (!isNegative(a)) return isExactZero(a) ? log(restrict(HALF, a.status), p) : finish(log1p(neg(safeTail(a, 1, p + 8)), p + 4), p)
  const y = neg(a)
  const w = working(p + 4)
  if (!inTail(y, 1, w)) return finish(log(safeTail(y, 1, p + 8), p + 4), p)
  const t = finish(widen(tailFraction(middle(y), 1, w), y.r, y.e, w), w)
  return neg(add(scale(sqr(y, w), -1), log(mul(sqrtTwoPi(w), t, w), w), p))
})
export const lognormcdf = (a: Ball, p: number): Ball => (isWhole(a) ? a : lognormcdfAny(a, p))
