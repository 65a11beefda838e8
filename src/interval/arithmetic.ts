/**
 * One interface for every number that can carry an enclosure: double intervals, arbitrary-precision balls, and Taylor jets over either.
 *
 * Contract (inclusion): if each argument encloses its real value, the result encloses the real result, wherever the real operation is defined.
 * Where it may be undefined the result says so through `status`, which is sticky: a result computed from a non-`defined` value is never `defined`.
 */
import type { Rational } from "../core/rational.ts"

/** Unary functions with their real domains; `normcdf` is the standard normal distribution function, `lognormcdf` its logarithm. */
export const ELEMENTARY = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "sqrt",
  "sin",
  "cos",
  "tan",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "erf",
  "erfc",
  "lgamma",
  "digamma",
  "sigmoid",
  "softplus",
  "normcdf",
  "lognormcdf",
] as const
export type Elementary = (typeof ELEMENTARY)[number]

/**
 * `defined`: every operation was defined (and, for jets, analytic) on the whole argument set.
 * `undefined`: at least one operation is undefined on its whole argument set (log of a negative interval, division by [0, 0]).
 * `unknown`: anything between, e.g. sqrt on [-1e-20, 1e-20]. More precision or a smaller panel may decide it.
 */
export type Status = "defined" | "unknown" | "undefined"

export interface Arithmetic<T> {
  /** Working precision in bits of a thin value: 53 for double intervals. */
  readonly bits: number
  readonly rational: (value: Rational) => T
  /** The enclosure of the closed double interval [lo, hi]; infinite ends allowed. Used for panels and boxes. */
  readonly range: (lo: number, hi: number) => T
  readonly pi: () => T
  readonly add: (a: T, b: T) => T
  readonly sub: (a: T, b: T) => T
  readonly mul: (a: T, b: T) => T
  readonly div: (a: T, b: T) => T
  readonly neg: (a: T) => T
  /** a^n for an integer n, |n| <= 2^31; 0^0 = 1; even powers are never negative. */
  readonly powi: (a: T, n: number) => T
  /** a^b for real b: exp(b log a) for a > 0, 0 at a = 0 < b. */
  readonly pow: (a: T, b: T) => T
  readonly call: (f: Elementary, a: T) => T
  readonly abs: (a: T) => T
  readonly min: (a: T, b: T) => T
  readonly max: (a: T, b: T) => T
  /** -1, 0 or 1, the hull of the values on a. Defined everywhere; in jets, whose `defined` means analytic, `unknown` where the sign changes inside a. */
  readonly sign: (a: T) => T
  readonly floor: (a: T) => T
  /** log(sum of exp), without overflow. */
  readonly logsumexp: (args: ReadonlyArray<T>) => T
  /** Three-valued a < b over the whole argument sets: true, false (a >= b everywhere) or undefined. */
  readonly less: (a: T, b: T) => boolean | undefined
  /** Smallest enclosure of both. */
  readonly hull: (a: T, b: T) => T
  readonly status: (a: T) => Status
  /** The same value with its status lowered to at most `status`. */
  readonly restrict: (a: T, status: Status) => T
  /** Outward-rounded double bounds; [-Infinity, Infinity] where nothing is known. For jets: of the constant coefficient. */
  readonly bounds: (a: T) => readonly [lo: number, hi: number]
}
