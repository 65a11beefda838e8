/**
 * `Arithmetic` over complex rectangles: the same formula, read as an analytic function. `defined` means analytic on the whole rectangle.
 *
 * Choices (abs, min, max, sign, less) are made by the real part: where it decides on the whole rectangle, the chosen branch is the continuation;
 * where it does not, the status is `unknown`. `bounds` says nothing about a rectangle off the real axis: a value computed from bounds is no
 * analytic function of the argument.
 */
import type * as Q from "../core/rational.ts"
import type { Arithmetic } from "./arithmetic.ts"
import { call } from "./complex-elementary.ts"
import type { Complex } from "./complex.ts"
import { add, div, hull, isReal, lower, mul, neg, PLANE, powi, real, sub } from "./complex.ts"
import { intervalArithmetic } from "./interval-arithmetic.ts"

const fromRational = (value: Q.Rational): Complex => {
  const x = intervalArithmetic.rational(value)
  return real(x.lo, x.hi)
}

const decided = (a: Complex, b: Complex): boolean | undefined =>
  a.reHi < b.reLo ? true : a.reLo > b.reHi || (a.reLo === b.reHi && isReal(a) && isReal(b)) ? false : undefined

/** Either operand, where the choice between them is open: right on the real axis only. */
const either = (a: Complex, b: Complex): Complex => lower(hull(a, b), 1)

const abs = (z: Complex): Complex => (z.reLo > 0 || (z.reLo === 0 && isReal(z)) ? z : z.reHi < 0 ? neg(z) : either(z, neg(z)))
const min = (a: Complex, b: Complex): Complex => pick(a, b, decided(a, b))
const max = (a: Complex, b: Complex): Complex => pick(b, a, decided(a, b))
const pick = (a: Complex, b: Complex, first: boolean | undefined): Complex =>
  first === undefined ? either(a, b) : lower(first ? a : b, Math.min(a.state, b.state) as 0 | 1 | 2)

const constant = (x: number, z: Complex): Complex => lower(real(x, x), z.state)

const logsumexp = (args: ReadonlyArray<Complex>): Complex => {
  const middle = (z: Complex): number => z.reLo + z.reHi
  const top = args.reduce((best, z) => (middle(z) > middle(best) ? z : best))
  const rest = args.filter((z) => z !== top).map((z) => call("exp", sub(z, top)))
  const equal = real(args.length - rest.length - 1, args.length - rest.length - 1)
  return add(top, call("log1p", rest.reduce(add, equal)))
}

const status = (z: Complex): "defined" | "unknown" | "undefined" => (z.state === 2 ? "defined" : z.state === 1 ? "unknown" : "undefined")

export const complexArithmetic: Arithmetic<Complex> = {
  bits: 53,
  rational: fromRational,
  range: real,
  pi: () => {
    const x = intervalArithmetic.pi()
    return real(x.lo, x.hi)
  },
  add,
  sub,
  mul,
  div,
  neg,
  powi,
  pow: (a, b) => {
    if (isReal(a) && a.reLo === 0 && a.reHi === 0 && b.reLo > 0) return lower(a, Math.min(a.state, b.state) as 0 | 1 | 2)
    return call("exp", mul(b, call("log", a)))
  },
  call,
  abs,
  min,
  max,
  sign: (z) => (z.reLo > 0 ? constant(1, z) : z.reHi < 0 ? constant(-1, z) : lower(real(-1, 1), 1)),
  floor: (z) => {
    const k = Math.floor(z.reLo)
    return z.reLo > k && z.reHi < k + 1 ? constant(k, z) : isReal(z) ? lower(real(k, Math.floor(z.reHi)), 1) : PLANE
  },
  logsumexp,
  less: decided,
  hull,
  status,
  restrict: (z, to) => lower(z, to === "defined" ? 2 : to === "unknown" ? 1 : 0),
  bounds: (z) => (isReal(z) ? [z.reLo, z.reHi] : [-Infinity, Infinity]),
}
