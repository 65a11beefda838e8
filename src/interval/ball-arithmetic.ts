/**
 * The `Arithmetic` of balls at a fixed precision: the rung above double intervals.
 *
 * Every operation rounds to `bits` bits, outward; functions with a cancellation of their own work with guard bits inside.
 */
import type { Arithmetic, Elementary } from "./arithmetic.ts"
import type { Ball } from "./ball.ts"
import { hull, restrict } from "./ball.ts"
import { pi } from "./ball-constants.ts"
import { bounds, fromRange, fromRational } from "./ball-convert.ts"
import { exp, expm1, log, log1p, logsumexp, pow } from "./ball-exp.ts"
import { digamma, lgamma } from "./ball-gamma.ts"
import { cosh, sigmoid, sinh, softplus, tanh } from "./ball-hyperbolic.ts"
import { erf, erfc, lognormcdf, normcdf } from "./ball-normal.ts"
import * as R from "./ball-ring.ts"
import { atan, cos, sin, tan } from "./ball-trig.ts"

const functions: Record<Elementary, (a: Ball, p: number) => Ball> = {
  exp,
  expm1,
  log,
  log1p,
  sqrt: R.sqrt,
  sin,
  cos,
  tan,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  erfc,
  lgamma,
  digamma,
  sigmoid,
  softplus,
  normcdf,
  lognormcdf,
}

/** The value of an elementary function on a ball, to p bits. */
export const callBall = (f: Elementary, a: Ball, p: number): Ball => functions[f](a, p)

/** Ball arithmetic with `bits` bits, bits >= 24. */
export const ballArithmetic = (bits: number): Arithmetic<Ball> => ({
  bits,
  rational: (value) => fromRational(value, bits),
  range: (lo, hi) => fromRange(lo, hi, bits),
  pi: () => pi(bits),
  add: (a, b) => R.add(a, b, bits),
  sub: (a, b) => R.sub(a, b, bits),
  mul: (a, b) => (a === b ? R.sqr(a, bits) : R.mul(a, b, bits)),
  div: (a, b) => R.div(a, b, bits),
  neg: R.neg,
  powi: (a, n) => R.powi(a, n, bits),
  pow: (a, b) => pow(a, b, bits),
  call: (f, a) => functions[f](a, bits),
  abs: (a) => R.abs(a, bits),
  min: (a, b) => R.min(a, b, bits),
  max: (a, b) => R.max(a, b, bits),
  sign: (a) => R.sign(a, bits),
  floor: (a) => R.floor(a, bits),
  logsumexp: (args) => logsumexp(args, bits),
  less: R.less,
  hull: (a, b) => hull(a, b, bits),
  status: (a) => a.status,
  restrict,
  bounds,
})
