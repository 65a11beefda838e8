/**
 * Double-double numbers: hi + lo with |lo| <= ulp(hi)/2, about 106 bits from + - * / and sqrt alone.
 *
 * Relative error bounds, u = 2^-53 (Joldes, Muller, Popescu 2017, "Tight and rigorous error bounds for basic building blocks of double-word
 * arithmetic", algorithms without fused multiply-add; the square root from Lefevre, Louvet, Muller, Picot, Rideau 2023):
 *   ddAdd 3u^2 + 13u^3   ddAddNumber 2u^2   ddMul 7u^2   ddMulNumber 3u^2/2 + 4u^3   ddDiv 15u^2 + 56u^3   ddSqrt 25u^2/8
 * They hold while nothing overflows and no product falls below 2^-969; every caller keeps its magnitudes within 2^-450 .. 2^450.
 *
 * `Bounds` are two doubles around a real number: what a point function of the elementary files returns.
 */
import { nextDown, nextUp, productError, scaleDown, scaleUp } from "./rounding.ts"

export interface DoubleDouble {
  readonly hi: number
  readonly lo: number
}

export interface Bounds {
  readonly lo: number
  readonly hi: number
}

/** a + b exactly (Knuth). */
export const twoSum = (a: number, b: number): DoubleDouble => {
  const s = a + b
  const t = s - a
  return { hi: s, lo: a - (s - t) + (b - t) }
}

/** a + b exactly, for |a| >= |b| or a = 0 (Dekker). */
export const fastTwoSum = (a: number, b: number): DoubleDouble => {
  const s = a + b
  return { hi: s, lo: b - (s - a) }
}

/** a b exactly (Dekker, Veltkamp). */
export const twoProd = (a: number, b: number): DoubleDouble => {
  const p = a * b
  return { hi: p, lo: productError(a, b, p) }
}

/** x + y (AccurateDWPlusDW). */
export const ddAdd = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => {
  const s = twoSum(x.hi, y.hi)
  const t = twoSum(x.lo, y.lo)
  const v = fastTwoSum(s.hi, s.lo + t.hi)
  return fastTwoSum(v.hi, t.lo + v.lo)
}

/** x + b (DWPlusFP). */
export const ddAddNumber = (x: DoubleDouble, b: number): DoubleDouble => {
  const s = twoSum(x.hi, b)
  return fastTwoSum(s.hi, x.lo + s.lo)
}

export const ddNeg = (x: DoubleDouble): DoubleDouble => ({ hi: -x.hi, lo: -x.lo })

/** x y (DWTimesDW1). */
export const ddMul = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => {
  const p = x.hi * y.hi
  return fastTwoSum(p, productError(x.hi, y.hi, p) + (x.hi * y.lo + x.lo * y.hi))
}

/** x b (DWTimesFP1). */
export const ddMulNumber = (x: DoubleDouble, b: number): DoubleDouble => {
  const p = x.hi * b
  const s = fastTwoSum(p, x.lo * b)
  return fastTwoSum(s.hi, s.lo + productError(x.hi, b, p))
}

/** x 2^k for a power of two: exact. */
export const ddScale = (x: DoubleDouble, power: number): DoubleDouble => ({ hi: x.hi * power, lo: x.lo * power })

/** x / y (DWDivDW2). */
export const ddDiv = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => {
  const q = x.hi / y.hi
  const r = ddMulNumber(y, q)
  return fastTwoSum(q, (x.hi - r.hi + (x.lo - r.lo)) / y.hi)
}

/** sqrt(x) for x > 0 (SQRTDWtoDW). */
export const ddSqrt = (x: DoubleDouble): DoubleDouble => {
  const s = Math.sqrt(x.hi)
  const p = s * s
  return fastTwoSum(s, (x.hi - p - productError(s, s, p) + x.lo) / (2 * s))
}

/**
 * The largest double <= h + l - err. `err` bounds the error of h + l and is at least 2^-104 |h|; an error bound below half of it
 * leaves room for the rounding of l - err (at most 2^-106 |h|) and of err itself. Needs |h| >= 2^-900.
 */
export const below = (h: number, l: number, err: number): number => {
  const t = l - err
  const s = h + t
  return t - (s - h) < 0 ? nextDown(s) : s
}

/** The smallest double >= h + l + err, same conditions. */
export const above = (h: number, l: number, err: number): number => {
  const t = l + err
  const s = h + t
  return t - (s - h) > 0 ? nextUp(s) : s
}

/** Bounds of a number known as h + l with relative error `eps`: at most half of it proved. */
export const around = (h: number, l: number, eps: number): Bounds => {
  const err = eps * Math.abs(h)
  return { lo: below(h, l, err), hi: above(h, l, err) }
}

/** Bounds of (h + l) 2^k with relative error `eps` on h + l, over- and underflow included. */
export const aroundScaled = (h: number, l: number, eps: number, k: number): Bounds => {
  const err = eps * Math.abs(h)
  return { lo: scaleDown(below(h, l, err), 0, k), hi: scaleUp(above(h, l, err), 0, k) }
}
