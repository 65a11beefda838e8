/**
 * The double tier of the ladder: `Arithmetic` over decorated double intervals.
 *
 * Status from decoration: empty or ILL is `undefined`, TRV is `unknown`, anything better is `defined`. A jump inside the argument of sign or floor
 * leaves the result defined (decoration DEF): the enclosure is right, only continuity is lost.
 */
import type { Arithmetic, Elementary, Status } from "./arithmetic.ts"
import { atan } from "./elementary-arctangent.ts"
import { nearest, PI } from "./elementary-constants.ts"
import { exp, expm1 } from "./elementary-exponential.ts"
import { cosh, sinh, tanh } from "./elementary-hyperbolic.ts"
import { log, log1p } from "./elementary-logarithm.ts"
import { logsumexp, sigmoid, softplus } from "./elementary-logistic.ts"
import { cos, sin, tan } from "./elementary-trigonometric.ts"
import { pow, powi } from "./interval-power.ts"
import { fromRational } from "./interval-rational.ts"
import { floor, sign } from "./interval-steps.ts"
import type { Interval } from "./interval.ts"
import { abs, add, COM, DEF, div, emptyOf, ENTIRE, ILL, interval, lower, max, min, mul, NAI, neg, sqrt, sub, TRV, weaker } from "./interval.ts"
import { nextUp } from "./rounding.ts"
import { special } from "./special.ts"

/** The double nearest to pi, which lies below pi. */
const PI_LOW = nearest(PI)
const PI_INTERVAL: Interval = { lo: PI_LOW, hi: nextUp(PI_LOW), dec: COM }

const call = (f: Elementary, a: Interval): Interval => {
  switch (f) {
    case "exp":
      return exp(a)
    case "expm1":
      return expm1(a)
    case "log":
      return log(a)
    case "log1p":
      return log1p(a)
    case "sqrt":
      return sqrt(a)
    case "sin":
      return sin(a)
    case "cos":
      return cos(a)
    case "tan":
      return tan(a)
    case "atan":
      return atan(a)
    case "sinh":
      return sinh(a)
    case "cosh":
      return cosh(a)
    case "tanh":
      return tanh(a)
    case "sigmoid":
      return sigmoid(a)
    case "softplus":
      return softplus(a)
    default:
      return special(f, a)
  }
}

const hull = (a: Interval, b: Interval): Interval => {
  if (a.lo <= a.hi && b.lo <= b.hi) return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), dec: weaker(weaker(a.dec, b.dec), DEF) }
  if (a.lo <= a.hi) return lower(a, TRV)
  return b.lo <= b.hi ? lower(b, TRV) : emptyOf(a, b)
}

export const intervalArithmetic: Arithmetic<Interval> = {
  bits: 53,
  rational: fromRational,
  range: interval,
  pi: () => PI_INTERVAL,
  add,
  sub,
  mul,
  div,
  neg,
  powi,
  pow,
  call,
  abs,
  min,
  max,
  sign,
  floor,
  logsumexp,
  less: (a, b) => (a.hi < b.lo ? true : a.lo >= b.hi ? false : undefined),
  hull,
  status: (a) => (a.dec > TRV ? "defined" : a.lo <= a.hi && a.dec !== ILL ? "unknown" : "undefined"),
  restrict: (a, status: Status) => (status === "defined" ? a : status === "unknown" ? lower(a, TRV) : NAI),
  bounds: (a) => (a.lo <= a.hi ? [a.lo, a.hi] : [ENTIRE.lo, ENTIRE.hi]),
}
