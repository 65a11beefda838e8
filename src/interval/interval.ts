/**
 * Decorated double intervals in the sense of IEEE Std 1788.1-2017 (set-based flavour): [lo, hi] is the set of the reals x with lo <= x <= hi,
 * an infinite end is never attained, and every operation returns the tightest double interval around { f(x) : x in the arguments, f defined at x }.
 *
 * The decoration says what is known of f on the whole argument box:
 * COM defined, continuous and bounded (result included); DAC defined and continuous; DEF defined; TRV nothing; ILL not an interval at all (NaI).
 * The empty set is { NaN, NaN, TRV }. Comparisons with NaN are false, and the code below is arranged so that empty operands fall through to the end.
 */
import { addDown, addUp, divDown, divUp, mulDown, mulUp, sqrtDown, sqrtUp } from "./rounding.ts"

export type Decoration = 0 | 1 | 2 | 3 | 4
export const COM: Decoration = 4
export const DAC: Decoration = 3
export const DEF: Decoration = 2
export const TRV: Decoration = 1
export const ILL: Decoration = 0

export interface Interval {
  readonly lo: number
  readonly hi: number
  readonly dec: Decoration
}

export const EMPTY: Interval = { lo: NaN, hi: NaN, dec: TRV }
export const NAI: Interval = { lo: NaN, hi: NaN, dec: ILL }
export const ENTIRE: Interval = { lo: -Infinity, hi: Infinity, dec: DAC }

/** [lo, hi] with decoration at most `dec`, lowered to DAC where an end is infinite; empty intervals keep at most TRV. */
export const make = (lo: number, hi: number, dec: Decoration): Interval => {
  if (dec === COM && (lo === -Infinity || hi === Infinity)) return { lo, hi, dec: DAC }
  return { lo, hi, dec }
}

/** The closed interval [lo, hi]; NaI unless lo <= hi, lo < Infinity and hi > -Infinity. */
export const interval = (lo: number, hi: number): Interval => (lo <= hi && lo < Infinity && hi > -Infinity ? make(lo, hi, COM) : NAI)

/** The thin interval [x, x] of a finite double. */
export const point = (x: number): Interval => interval(x, x)

export const isNaI = (a: Interval): boolean => a.dec === ILL
export const isEmpty = (a: Interval): boolean => a.lo !== a.lo && a.dec !== ILL

/** The empty result of an operation on a, b: NaI stays NaI. */
export const emptyOf = (a: Interval, b: Interval): Interval => (a.dec === ILL || b.dec === ILL ? NAI : EMPTY)

export const weaker = (a: Decoration, b: Decoration): Decoration => (a < b ? a : b)

/** The same set with decoration at most `dec`. */
export const lower = (a: Interval, dec: Decoration): Interval => (a.dec <= dec ? a : { lo: a.lo, hi: a.hi, dec })

export const neg = (a: Interval): Interval => ({ lo: -a.hi, hi: -a.lo, dec: a.dec })

/** a + b = [a.lo + b.lo, a.hi + b.hi], rounded outwards. */
export const add = (a: Interval, b: Interval): Interval => make(addDown(a.lo, b.lo), addUp(a.hi, b.hi), weaker(a.dec, b.dec))

/** a - b = [a.lo - b.hi, a.hi - b.lo], rounded outwards. */
export const sub = (a: Interval, b: Interval): Interval => make(addDown(a.lo, -b.hi), addUp(a.hi, -b.lo), weaker(a.dec, b.dec))

/** a b: the ends by the signs of the operands. */
export const mul = (a: Interval, b: Interval): Interval => {
  const dec = weaker(a.dec, b.dec)
  if (a.lo >= 0) {
    if (b.lo >= 0) return make(mulDown(a.lo, b.lo), mulUp(a.hi, b.hi), dec)
    if (b.hi <= 0) return make(mulDown(a.hi, b.lo), mulUp(a.lo, b.hi), dec)
    if (b.lo < 0) return make(mulDown(a.hi, b.lo), mulUp(a.hi, b.hi), dec)
  } else if (a.hi <= 0) {
    if (b.lo >= 0) return make(mulDown(a.lo, b.hi), mulUp(a.hi, b.lo), dec)
    if (b.hi <= 0) return make(mulDown(a.hi, b.hi), mulUp(a.lo, b.lo), dec)
    if (b.lo < 0) return make(mulDown(a.lo, b.hi), mulUp(a.lo, b.lo), dec)
  } else if (a.lo < 0) {
    if (b.lo >= 0) return make(mulDown(a.lo, b.hi), mulUp(a.hi, b.hi), dec)
    if (b.hi <= 0) return make(mulDown(a.hi, b.lo), mulUp(a.lo, b.lo), dec)
    if (b.lo < 0) {
      const lo = Math.min(mulDown(a.lo, b.hi), mulDown(a.hi, b.lo))
      return make(lo, Math.max(mulUp(a.lo, b.lo), mulUp(a.hi, b.hi)), dec)
    }
  }
  return emptyOf(a, b)
}

/** a / b on b \ {0}: empty for b = [0, 0], one-sided where 0 is an end of b, everything where 0 is inside; TRV as soon as 0 is in b. */
export const div = (a: Interval, b: Interval): Interval => {
  const dec = weaker(a.dec, b.dec)
  if (b.lo > 0) {
    if (a.lo >= 0) return make(divDown(a.lo, b.hi), divUp(a.hi, b.lo), dec)
    if (a.hi <= 0) return make(divDown(a.lo, b.lo), divUp(a.hi, b.hi), dec)
    if (a.lo < 0) return make(divDown(a.lo, b.lo), divUp(a.hi, b.lo), dec)
  } else if (b.hi < 0) {
    if (a.lo >= 0) return make(divDown(a.hi, b.hi), divUp(a.lo, b.lo), dec)
    if (a.hi <= 0) return make(divDown(a.hi, b.lo), divUp(a.lo, b.hi), dec)
    if (a.lo < 0) return make(divDown(a.hi, b.hi), divUp(a.lo, b.hi), dec)
  } else if (b.lo <= 0 && a.lo <= a.hi) {
    const trv = weaker(dec, TRV)
    if (b.lo === 0 && b.hi === 0) return EMPTY
    if (a.lo === 0 && a.hi === 0) return { lo: 0, hi: 0, dec: trv }
    if (b.lo === 0) {
      if (a.lo >= 0) return { lo: divDown(a.lo, b.hi), hi: Infinity, dec: trv }
      if (a.hi <= 0) return { lo: -Infinity, hi: divUp(a.hi, b.hi), dec: trv }
    } else if (b.hi === 0) {
      if (a.lo >= 0) return { lo: -Infinity, hi: divUp(a.lo, b.lo), dec: trv }
      if (a.hi <= 0) return { lo: divDown(a.hi, b.lo), hi: Infinity, dec: trv }
    }
    return { lo: -Infinity, hi: Infinity, dec: trv }
  }
  return emptyOf(a, b)
}

const UNIT: Interval = { lo: 1, hi: 1, dec: COM }

/** 1 / a. */
export const recip = (a: Interval): Interval => div(UNIT, a)

/** a^2, never negative. */
export const sqr = (a: Interval): Interval => {
  if (a.lo >= 0) return make(mulDown(a.lo, a.lo), mulUp(a.hi, a.hi), a.dec)
  if (a.hi <= 0) return make(mulDown(a.hi, a.hi), mulUp(a.lo, a.lo), a.dec)
  if (a.lo < 0) return make(0, Math.max(mulUp(a.lo, a.lo), mulUp(a.hi, a.hi)), a.dec)
  return a
}

/** sqrt on a intersected with [0, Infinity]; TRV where a reaches below 0. */
export const sqrt = (a: Interval): Interval => {
  if (a.lo >= 0) return make(sqrtDown(a.lo), sqrtUp(a.hi), a.dec)
  if (a.hi >= 0) return { lo: 0, hi: sqrtUp(a.hi), dec: weaker(a.dec, TRV) }
  return emptyOf(a, a)
}

/** |a|. */
export const abs = (a: Interval): Interval => {
  if (a.lo >= 0) return a
  if (a.hi <= 0) return neg(a)
  if (a.lo < 0) return { lo: 0, hi: Math.max(-a.lo, a.hi), dec: a.dec }
  return a
}

/** Pointwise minimum. */
export const min = (a: Interval, b: Interval): Interval => ({
  lo: Math.min(a.lo, b.lo),
  hi: Math.min(a.hi, b.hi),
  dec: weaker(a.dec, b.dec),
})

/** Pointwise maximum. */
export const max = (a: Interval, b: Interval): Interval => ({
  lo: Math.max(a.lo, b.lo),
  hi: Math.max(a.hi, b.hi),
  dec: weaker(a.dec, b.dec),
})
