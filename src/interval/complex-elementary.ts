/**
 * Elementary functions on complex rectangles, by their real and imaginary parts from the real functions on intervals.
 *
 * Beyond the textbook formulas, for z = x + iy and the standard normal law:
 * erf z = erf x + i y g(x + i[0, y]) with g = erf' (mean value theorem for the integral along the vertical segment),
 * Mills' ratio R(z) = int_0^inf exp(-z t - t^2/2) dt has |R(z) - R(x)| <= |y| |R'(x)| and |R'(x)| = 1 - x R(x) <= min(1, 1/x^2) for x >= 0,
 * log normcdf(z) = -z^2/2 - log(2 pi)/2 + log R(-z), |psi(z) - psi(x)| <= |y| psi'(x) and psi'(x) <= 1/x + 1/x^2 for x > 0.
 */
import type { Elementary } from "./arithmetic.ts"
import type { Complex } from "./complex.ts"
import { above, add, below, div, isReal, lower, make, mul, neg, PLANE, real, recip, sqr, sub } from "./complex.ts"
import { intervalArithmetic as I } from "./interval-arithmetic.ts"
import type { Interval } from "./interval.ts"

const re = (z: Complex): Interval => I.range(z.reLo, z.reHi)
const im = (z: Complex): Interval => I.range(z.imLo, z.imHi)
const join = (x: Interval, y: Interval, z: Complex): Complex => make(x.lo, x.hi, y.lo, y.hi, z.state)
const onAxis = (f: Elementary, z: Complex): Complex => {
  const value = I.call(f, re(z))
  const status = I.status(value)
  if (status === "undefined") return { ...PLANE, state: 0 }
  return lower(make(value.lo, value.hi, 0, 0, z.state), status === "defined" ? 2 : 1)
}

const ONE = real(1, 1)
const HALF = real(0.5, 0.5)
const MINUS_I: Complex = { reLo: 0, reHi: 0, imLo: -1, imHi: -1, state: 2 }
const PLUS_I: Complex = { reLo: 0, reHi: 0, imLo: 1, imHi: 1, state: 2 }

const entire = (f: Elementary, z: Complex): Complex => (z.state === 0 || z === PLANE ? z : COMPLEX[f](z))

const exp = (z: Complex): Complex => {
  const r = I.call("exp", re(z))
  return join(I.mul(r, I.call("cos", im(z))), I.mul(r, I.call("sin", im(z))), z)
}

/** e^x cos y - 1 = expm1(x) cos y - 2 sin(y/2)^2. */
const expm1 = (z: Complex): Complex => {
  const y = im(z)
  const s = I.call("sin", I.mul(y, I.range(0.5, 0.5)))
  const x = I.sub(I.mul(I.call("expm1", re(z)), I.call("cos", y)), I.mul(I.range(2, 2), I.powi(s, 2)))
  return join(x, I.mul(I.call("exp", re(z)), I.call("sin", y)), z)
}

/** arg z on a rectangle that does not meet ]-inf, 0]. */
const argument = (z: Complex): Interval => {
  if (z.reLo > 0) return I.call("atan", corners(z.imLo, z.imHi, z.reLo, z.reHi))
  const half = I.mul(I.pi(), I.range(0.5, 0.5))
  if (z.imLo > 0) return I.sub(half, I.call("atan", corners(z.reLo, z.reHi, z.imLo, z.imHi)))
  return I.sub(I.neg(half), I.call("atan", corners(z.reLo, z.reHi, z.imLo, z.imHi)))
}
const corners = (a: number, b: number, c: number, d: number): Interval => I.div(I.range(a, b), I.range(c, d))

const cut = (z: Complex): boolean => z.reLo <= 0 && z.imLo <= 0 && z.imHi >= 0

const log = (z: Complex): Complex => {
  if (cut(z)) return PLANE
  const square = I.add(I.powi(re(z), 2), I.powi(im(z), 2))
  return join(I.mul(I.range(0.5, 0.5), I.call("log", square)), argument(z), z)
}

/** Re log(1 + z) = log1p(x (2 + x) + y^2)/2. */
const log1p = (z: Complex): Complex => {
  const w = add(ONE, z)
  if (cut(w)) return PLANE
  const x = re(z)
  const s = I.add(I.mul(x, I.add(I.range(2, 2), x)), I.powi(im(z), 2))
  return s.lo > -1 ? join(I.mul(I.range(0.5, 0.5), I.call("log1p", s)), argument(w), z) : log(w)
}

const sqrt = (z: Complex): Complex => (cut(z) ? PLANE : exp(mul(HALF, log(z))))

const cosh = (z: Complex): Complex => join(I.mul(I.call("cosh", re(z)), I.call("cos", im(z))), I.mul(I.call("sinh", re(z)), I.call("sin", im(z))), z)
const sinh = (z: Complex): Complex => join(I.mul(I.call("sinh", re(z)), I.call("cos", im(z))), I.mul(I.call("cosh", re(z)), I.call("sin", im(z))), z)
const cos = (z: Complex): Complex => cosh(mul(PLUS_I, z))
const sin = (z: Complex): Complex => mul(MINUS_I, sinh(mul(PLUS_I, z)))

/** tanh z = (1 - u)/(1 + u), u = exp(-2z), for Re z >= 0. */
const tanh = (z: Complex): Complex => {
  if (z.reHi + z.reLo < 0) return neg(tanh(neg(z)))
  if (Math.abs(z.reLo) < 1 && Math.abs(z.reHi) < 1) return div(sinh(z), cosh(z))
  const u = exp(mul(real(-2, -2), z))
  return sub(mul(real(2, 2), recip(add(ONE, u))), ONE)
}

/** (log(1 + iz) - log(1 - iz)) / 2i. */
const atan = (z: Complex): Complex => {
  const w = mul(PLUS_I, z)
  return mul(real(0.5, 0.5), mul(MINUS_I, sub(log1p(w), log1p(neg(w)))))
}

const sigmoid = (z: Complex): Complex => {
  if (z.reLo + z.reHi >= 0) return recip(add(ONE, exp(neg(z))))
  const u = exp(z)
  return div(u, add(ONE, u))
}
const softplus = (z: Complex): Complex => (z.reLo + z.reHi > 0 ? add(z, log1p(exp(neg(z)))) : log1p(exp(z)))

/** scale exp(-z^2 / width), the derivative of the error and distribution functions. */
const gauss = (z: Complex, scale: Interval, half: boolean): Complex =>
  mul(make(scale.lo, scale.hi, 0, 0, 2), exp(neg(half ? mul(HALF, sqr(z)) : sqr(z))))

const ROOT_PI = I.call("sqrt", I.pi())
const ERF_SCALE = I.div(I.range(2, 2), ROOT_PI)
const ROOT_2PI = I.call("sqrt", I.mul(I.range(2, 2), I.pi()))
const NORMAL_SCALE = I.div(I.range(1, 1), ROOT_2PI)

const vertical = (f: Elementary, z: Complex, sign: 1 | -1, scale: Interval, half: boolean): Complex => {
  const path = make(z.reLo, z.reHi, Math.min(0, z.imLo), Math.max(0, z.imHi), z.state)
  const step: Complex = { reLo: 0, reHi: 0, imLo: z.imLo, imHi: z.imHi, state: z.state }
  const slope = mul(step, gauss(path, scale, half))
  const base = I.call(f, re(z))
  return add(make(base.lo, base.hi, 0, 0, z.state), sign === 1 ? slope : neg(slope))
}

const erf = (z: Complex): Complex => vertical("erf", z, 1, ERF_SCALE, false)

/** Mills' ratio on Re z >= 0. R(x) = exp(x^2/2) sqrt(2 pi) normcdf(-x) falls, so its ends come from the ends of x; x/(1 + x^2) <= R(x) <= 1/x far out. */
const mills = (z: Complex): Complex => {
  const at = (x: number): Interval => {
    if (x > 30) return I.range(below(below(x / above(1 + above(x * x)))), above(1 / x))
    const t = I.range(x, x)
    const two = I.range(0.5, 0.5)
    return I.mul(ROOT_2PI, I.call("exp", I.add(I.mul(two, I.powi(t, 2)), I.call("lognormcdf", I.neg(t)))))
  }
  const x = Math.max(0, z.reLo)
  const slope = Math.min(1, above(1 / (x * x)))
  const y = above(Math.max(-z.imLo, z.imHi) * slope)
  const lo = below(at(z.reHi).lo - y)
  return make(lo, above(at(x).hi + y), -y, y, z.state)
}

/** scale * normcdf(-z) with everything exponential taken out, for Re z >= 0: phi(z) R(z). */
const tail = (z: Complex): Complex => mul(gauss(z, NORMAL_SCALE, true), mills(z))
const normcdf = (z: Complex): Complex =>
  z.reHi <= -1 ? tail(neg(z)) : z.reLo >= 1 ? sub(ONE, tail(z)) : vertical("normcdf", z, 1, NORMAL_SCALE, true)
const ROOT_2 = I.call("sqrt", I.range(2, 2))
const erfc = (z: Complex): Complex => {
  if (z.reLo < 1) return vertical("erfc", z, -1, ERF_SCALE, false)
  return mul(real(2, 2), tail(mul(make(ROOT_2.lo, ROOT_2.hi, 0, 0, 2), z)))
}
const LOG_ROOT_2PI = I.call("log", ROOT_2PI)
const lognormcdf = (z: Complex): Complex => {
  if (z.reHi > -1) return log(normcdf(z))
  return sub(log(mills(neg(z))), add(mul(HALF, sqr(z)), make(LOG_ROOT_2PI.lo, LOG_ROOT_2PI.hi, 0, 0, 2)))
}

/** psi(x) and i y psi(x + i[0, y]) added up: for lgamma the slope along the vertical is psi. Needs Re z > 0. */
const digamma = (z: Complex): Complex => {
  if (!(z.reLo > 0)) return PLANE
  const base = I.call("digamma", re(z))
  const y = above(Math.max(-z.imLo, z.imHi) * above(above(1 / z.reLo) + above(1 / (z.reLo * z.reLo))))
  return make(below(base.lo - y), above(base.hi + y), -y, y, z.state)
}
const lgamma = (z: Complex): Complex => {
  if (!(z.reLo > 0)) return PLANE
  const base = I.call("lgamma", re(z))
  const path = make(z.reLo, z.reHi, Math.min(0, z.imLo), Math.max(0, z.imHi), z.state)
  const step: Complex = { reLo: 0, reHi: 0, imLo: z.imLo, imHi: z.imHi, state: z.state }
  return add(make(base.lo, base.hi, 0, 0, z.state), mul(step, digamma(path)))
}

const COMPLEX: Readonly<Record<Elementary, (z: Complex) => Complex>> = {
  exp,
  expm1,
  log,
  log1p,
  sqrt,
  sin,
  cos,
  tan: (z) => div(sin(z), cos(z)),
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

/** f on a rectangle; real arguments use the real function, so that lgamma and the like reach their whole real domain. */
export const call = (f: Elementary, z: Complex): Complex => (isReal(z) ? onAxis(f, z) : entire(f, z))
