/**
 * Elementary functions and an `Arithmetic` in plain doubles, for heuristics and sampling only: nothing here is enclosed, nothing supports a verdict.
 *
 * erf: the series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1)/(2n+1)!! (all terms of one sign) for |x| < 2.5, else the continued fraction of erfc.
 * lgamma and digamma: Stirling's series after shifting the argument above 8.
 */
import * as Q from "../core/rational.ts"
import type { Arithmetic, Elementary } from "../interval/arithmetic.ts"

const ROOT_PI = Math.sqrt(Math.PI)

const erfSeries = (x: number): number => {
  let term = x
  let sum = x
  for (let n = 1; n < 60; n++) sum += term *= (2 * x * x) / (2 * n + 1)
  return (2 / ROOT_PI) * sum * Math.exp(-x * x)
}

/** e^(x^2) erfc(x) for x >= 1: 1/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ..)))). */
const scaledErfc = (x: number): number => {
  let t = x
  for (let k = x < 2.5 ? 250 : 60; k >= 1; k--) t = x + k / 2 / t
  return 1 / (ROOT_PI * t)
}

export const erf = (x: number): number => (Math.abs(x) < 2.5 ? erfSeries(x) : Math.sign(x) * (1 - Math.exp(-x * x) * scaledErfc(Math.abs(x))))
export const erfc = (x: number): number => (x < 1 ? 1 - erf(x) : Math.exp(-x * x) * scaledErfc(x))
const normcdf = (x: number): number => erfc(-x / Math.SQRT2) / 2
const lognormcdf = (x: number): number =>
  x > 0 ? Math.log1p(-normcdf(-x)) : x > -3.6 ? Math.log(normcdf(x)) : (-x * x) / 2 + Math.log(scaledErfc(-x / Math.SQRT2) / 2)

export const lgamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x)
  let shift = 0
  let z = x
  for (; z < 8; z++) shift += Math.log(z)
  const r = 1 / (z * z)
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z - shift
}

export const digamma = (x: number): number => {
  if (x <= 0 && Number.isInteger(x)) return NaN
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x)
  let shift = 0
  let z = x
  for (; z < 8; z++) shift += 1 / z
  const r = 1 / (z * z)
  return Math.log(z) - 0.5 / z - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132)))) - shift
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

export const FUNCTIONS: Readonly<Record<Elementary, (x: number) => number>> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  erf,
  erfc,
  lgamma,
  digamma,
  sigmoid,
  softplus,
  normcdf,
  lognormcdf,
}

export const logsumexp = (args: ReadonlyArray<number>): number => {
  const top = Math.max(...args)
  return top === -Infinity ? top : top + Math.log(args.reduce((s, a) => s + Math.exp(a - top), 0))
}

/** Doubles as if they were exact, so that typed functions can be sampled. */
export const floatArithmetic: Arithmetic<number> = {
  bits: 53,
  rational: Q.toNumber,
  range: (lo, hi) => lo + (hi - lo) / 2,
  pi: () => Math.PI,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  powi: (a, n) => a ** n,
  pow: (a, b) => a ** b,
  call: (f, a) => FUNCTIONS[f](a),
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
  sign: Math.sign,
  floor: Math.floor,
  logsumexp,
  less: (a, b) => (a !== a || b !== b ? undefined : a < b),
  hull: (a, b) => a + (b - a) / 2,
  status: (a) => (Number.isNaN(a) ? "undefined" : "defined"),
  restrict: (a, status) => (status === "undefined" ? NaN : a),
  bounds: (a) => (Number.isNaN(a) ? [-Infinity, Infinity] : [a, a]),
}
