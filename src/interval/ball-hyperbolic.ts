/**
 * sinh, cosh, tanh, the logistic sigmoid 1/(1 + exp(-x)) and softplus log(1 + exp x) on balls, as compositions of exp, expm1 and log1p.
 *
 * With u = expm1 |x|: sinh |x| = (u + u/(1 + u))/2; with v = expm1(-2 |x|): tanh |x| = -v/(2 + v). All terms have one sign, so that relative accuracy
 * survives, and to first order the radii add up to the true slope. Wide balls are evaluated at both ends.
 */
import type { Ball } from "./ball.ts"
import {
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
  top,
  upper,
  widen,
} from "./ball.ts"
import { TINY, exp, expm1, log1p } from "./ball-exp.ts"
import { approximate, enlarge, radius, spread } from "./ball-radius.ts"
import { abs, add, div, finish, neg, scale } from "./ball-ring.ts"

const ONE = exact(1n)
const TWO = exact(2n)

/** Extends f from x >= 0 to an odd increasing function. */
const odd = (f: (x: Ball, p: number) => Ball) =>
  monotone((a, p) => (isWhole(a) ? a : isExactZero(a) ? a : isNegative(a) ? neg(f(neg(a), p)) : f(a, p)))

export const sinh = odd((a, p) => {
  const u = expm1(a, p + 4)
  return isWhole(u) ? u : scale(add(u, div(u, add(ONE, u, p + 4), p + 4), p), -1)
})

export const cosh = (a: Ball, p: number): Ball => {
  if (isWhole(a)) return a
  if (!isThin(a, p) && !isNarrow(a, p)) {
    const x = abs(a, p + 4)
    return hull(cosh(lower(x), p), cosh(upper(x), p), p)
  }
  // exp(-|x|) is below 2^-900 exp |x| there.
  if (top(a) > 31) return spread(scale(exp(abs(a, p), p), -1), 2 ** -900, p)
  const y = exp(top(a) > 8 ? a : middle(a), p + 4)
  const value = scale(add(y, div(ONE, y, p + 4), p), -1)
  if (a.r === 0n || top(a) > 8) return value
  // Near 0 the radii of y and 1/y cancel: the slope is |sinh| within d cosh.
  const [x, d] = [approximate(y), radius(a)]
  return enlarge(value, d * (Math.abs(x - 1 / x) / 2 + (d + 2 ** -40) * (x + 1 / x)), p)
}

const tanhPositive = odd((a, p) => {
  const v = expm1(scale(neg(a), 1), p + 4)
  return neg(div(v, add(TWO, v, p + 4), p))
})
export const tanh = (a: Ball, p: number): Ball => clip(tanhPositive(a, p), -1, 1, p)

/** Functions with a horizontal or linear asymptote: `left` and `right` give the values beyond |x| = 2^31. */
const guarded = (f: (x: Ball, p: number) => Ball, left: (x: Ball, p: number) => Ball, right: (x: Ball, p: number) => Ball) =>
  monotone((a, p) => (top(a) <= 31 ? f(a, p) : isNegative(a) ? left(a, p) : right(a, p)))

const tiny = (a: Ball): Ball => restrict(TINY, a.status)

const sigmoidBounded = guarded(
  (a, p) => div(ONE, add(ONE, exp(neg(a), p + 4), p + 4), p),
  tiny,
  (a, p) => add(ONE, neg(tiny(a)), p),
)
export const sigmoid = (a: Ball, p: number): Ball => (isWhole(a) ? clip(a, 0, 1, p) : clip(sigmoidBounded(a, p), 0, 1, p))

const softplusBounded = guarded(
  (a, p) => finish(log1p(exp(a, p + 8), p + 4), p),
  tiny,
  (a, p) => finish(widen(a, 1n, -(2 ** 31), p), p),
)
export const softplus = (a: Ball, p: number): Ball => (isWhole(a) ? a : softplusBounded(a, p))
