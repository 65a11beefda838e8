/**
 * Step functions of intervals: sign, floor, ceil, trunc, roundTiesToEven, roundTiesToAway. All increase, so the ends map to the ends, exactly.
 *
 * Decoration: DEF where the value jumps inside the interval; DAC where it is constant on it but jumps at an end; else that of the argument.
 */
import type { Interval } from "./interval.ts"
import { DAC, DEF, make, weaker } from "./interval.ts"

const step = (f: (x: number) => number, jumpsAt: (x: number) => boolean, a: Interval): Interval => {
  if (!(a.lo <= a.hi)) return a
  const lo = f(a.lo)
  const hi = f(a.hi)
  const dec = lo !== hi ? DEF : jumpsAt(a.lo) || jumpsAt(a.hi) ? DAC : a.dec
  return make(lo, hi, weaker(a.dec, dec))
}

const isTie = (x: number): boolean => x - Math.floor(x) === 0.5

const toEven = (x: number): number => {
  const below = Math.floor(x)
  const rest = x - below
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below
}

const toAway = (x: number): number => (x < 0 ? -toAway(-x) : x - Math.floor(x) >= 0.5 ? Math.floor(x) + 1 : Math.floor(x))

const isZero = (x: number): boolean => x === 0

/** -1, 0 or 1. At the isolated point 0 alone the function is constant. */
export const sign = (a: Interval): Interval => (a.lo === 0 && a.hi === 0 ? a : step(Math.sign, isZero, a))
export const floor = (a: Interval): Interval => step(Math.floor, Number.isInteger, a)
export const ceil = (a: Interval): Interval => step(Math.ceil, Number.isInteger, a)
export const trunc = (a: Interval): Interval => step(Math.trunc, (x) => x !== 0 && Number.isInteger(x), a)
export const roundTiesToEven = (a: Interval): Interval => step((x) => (x - x === 0 ? toEven(x) : x), isTie, a)
export const roundTiesToAway = (a: Interval): Interval => step((x) => (x - x === 0 ? toAway(x) : x), isTie, a)
