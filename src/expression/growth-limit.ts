/**
 * Limits of functions at infinity, g = value pi^turns + d with log|d| <= rest, exact so that two equal ones cancel: distribution functions tend to 1,
 * atan to pi/2, their differences to 0.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Form } from "./growth-form.ts"
import { expUp, form, LOG_ZERO, logAdd, logUp, plus, shift, supremum } from "./growth-form.ts"

export interface Limit {
  readonly value: Rational
  /** Exponent of pi. */
  readonly turns: number
  readonly rest: Form
}

/** The rest of a limit that is the value itself: any form is above log 0, and one that falls lets sums and integrals end. */
const EXACT: Form = form({ 0: -1, 8: LOG_ZERO })

/** The limit of a constant. */
export const pointLimit = (value: Rational, turns = 0): Limit => ({ value, turns, rest: EXACT })
/** An integer approached up to e^rest. */
export const approach = (n: number, rest: Form): Limit => ({ value: Q.rational(n), turns: 0, rest })

export const isOne = (limit: Limit | undefined): boolean => limit !== undefined && limit.turns === 0 && Q.equals(limit.value, Q.ONE)
export const isZero = (limit: Limit | undefined): boolean => limit !== undefined && limit.value.n === 0n

/** Bounds of |value pi^turns|. */
export const sizeOf = ({ value, turns }: Limit): { readonly most: number; readonly least: number } => {
  let x = Math.abs(Q.toNumber(value))
  for (let k = turns; k > 0; k--) x *= Math.PI
  for (let k = turns; k < 0; k++) x /= Math.PI
  // Each factor errs by less than 3 units of 2^-53.
  const slack = 4e-16 * (2 + Math.abs(turns))
  return { most: x * (1 + slack), least: x * (1 - slack) }
}

/** An upper bound of |d|. */
export const distance = (limit: Limit, R: number): number => expUp(supremum(limit.rest, R))

/** log(e^f + e^g) for rests: what is exact adds nothing, not even something that decays more slowly than the other rest. */
const restAdd = (f: Form, g: Form, R: number): Form => (f === EXACT ? g : g === EXACT ? f : logAdd(f, g, R))

// A limit with more digits or powers of pi is forgotten: the 10^9th power of 1/10 is exact, and a gigabit long.
const LONGEST = 1n << 4096n
const MOST_TURNS = 64
const short = (limit: Limit): Limit | undefined => {
  const { n, d } = limit.value
  return n < LONGEST && n > -LONGEST && d < LONGEST && Math.abs(limit.turns) <= MOST_TURNS ? limit : undefined
}

export const addLimits = (a: Limit | undefined, b: Limit | undefined, R: number): Limit | undefined => {
  if (a === undefined || b === undefined || (a.turns !== b.turns && !isZero(a) && !isZero(b))) return undefined
  return short({ value: Q.add(a.value, b.value), turns: isZero(a) ? b.turns : a.turns, rest: restAdd(a.rest, b.rest, R) })
}

export const negateLimit = (a: Limit | undefined): Limit | undefined => a && { ...a, value: Q.neg(a.value) }

export const multiplyLimits = (a: Limit | undefined, b: Limit | undefined, R: number): Limit | undefined => {
  if (a === undefined || b === undefined) return undefined
  const times = (rest: Form, by: Limit): Form => (rest === EXACT || isZero(by) ? EXACT : shift(rest, logUp(sizeOf(by).most)))
  const both = a.rest === EXACT || b.rest === EXACT ? EXACT : plus(a.rest, b.rest)
  return short({ value: Q.mul(a.value, b.value), turns: a.turns + b.turns, rest: restAdd(both, restAdd(times(b.rest, a), times(a.rest, b), R), R) })
}

/** The reciprocal of an exact limit. */
export const invertLimit = (a: Limit | undefined): Limit | undefined =>
  a === undefined || a.rest !== EXACT || isZero(a) ? undefined : pointLimit(Q.div(Q.ONE, a.value), -a.turns)
