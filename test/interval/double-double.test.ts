/** Double-double operations against exact rationals and the published error bounds, and the safety of `below` and `above`. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rational } from "../../src/core/rational.ts"
import * as Q from "../../src/core/rational.ts"
import type { DoubleDouble } from "../../src/interval/double-double.ts"
import { above, below, ddAdd, ddAddNumber, ddDiv, ddMul, ddMulNumber, ddSqrt, fastTwoSum, twoProd, twoSum } from "../../src/interval/double-double.ts"
import { PI } from "../../src/interval/elementary-constants.ts"
import { nextDown, nextUp } from "../../src/interval/rounding.ts"

const SQUARE = Q.powInteger(Q.rational(2), -106)
const number = fc
  .tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -60, max: 60 }), fc.constantFrom(-1, 1))
  .map(([m, e, s]) => s * m * 2 ** e)
/** hi with a low part of up to half an ulp, near cancellations included. */
const pair = fc
  .tuple(number, fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 53, max: 70 }))
  .map(([hi, l, e]) => fastTwoSum(hi, hi * l * 2 ** -e))
const value = (x: DoubleDouble): Rational => Q.add(Q.fromNumber(x.hi), Q.fromNumber(x.lo))
const abs = (x: Rational): Rational => (Q.sign(x) < 0 ? Q.neg(x) : x)

/** |computed - exact| <= units u^2 |exact|. */
const within = (computed: DoubleDouble, exact: Rational, units: number): boolean =>
  Q.compare(abs(Q.sub(value(computed), exact)), Q.mul(Q.mul(Q.fromNumber(units), SQUARE), abs(exact))) <= 0

const RUNS = { seed: 41, numRuns: 1500 }

describe("double-double", () => {
  it("error-free transforms are exact", () => {
    const ok = (a: number, b: number): boolean => {
      const [x, y] = [Q.fromNumber(a), Q.fromNumber(b)]
      return Q.equals(value(twoSum(a, b)), Q.add(x, y)) && Q.equals(value(twoProd(a, b)), Q.mul(x, y))
    }
    fc.assert(fc.property(number, number, ok), RUNS)
  })
  it("keeps the bounds of Joldes, Muller and Popescu", () => {
    fc.assert(
      fc.property(pair, pair, (x, y) => within(ddAdd(x, y), Q.add(value(x), value(y)), 3.1)),
      RUNS,
    )
    const cancelling = (x: DoubleDouble, l: number): boolean => {
      const y = fastTwoSum(-nextUp(x.hi), x.lo * l)
      return within(ddAdd(x, y), Q.add(value(x), value(y)), 3.1)
    }
    fc.assert(fc.property(pair, fc.double({ min: -1, max: 1, noNaN: true }), cancelling), RUNS)
    fc.assert(
      fc.property(pair, number, (x, b) => within(ddAddNumber(x, b), Q.add(value(x), Q.fromNumber(b)), 2)),
      RUNS,
    )
    fc.assert(
      fc.property(pair, pair, (x, y) => within(ddMul(x, y), Q.mul(value(x), value(y)), 7)),
      RUNS,
    )
    fc.assert(
      fc.property(pair, number, (x, b) => within(ddMulNumber(x, b), Q.mul(value(x), Q.fromNumber(b)), 1.51)),
      RUNS,
    )
    fc.assert(
      fc.property(pair, pair, (x, y) => within(ddDiv(x, y), Q.div(value(x), value(y)), 15.1)),
      RUNS,
    )
  })
  it("square root: the square of the result is within 25u^2/4 of the argument", () => {
    const ok = (x: DoubleDouble): boolean => {
      const a = x.hi > 0 ? x : { hi: -x.hi, lo: -x.lo }
      const r = value(ddSqrt(a))
      return Q.compare(abs(Q.sub(Q.mul(r, r), value(a))), Q.mul(Q.mul(Q.rational(63, 10), SQUARE), value(a))) <= 0
    }
    fc.assert(fc.property(pair, ok), RUNS)
  })
  it("below and above bracket h + l -+ err and lose at most one double", () => {
    const ok = (x: DoubleDouble, e: number): boolean => {
      const err = Math.abs(x.hi) * 2 ** -e
      const [lo, hi] = [below(x.hi, x.lo, err), above(x.hi, x.lo, err)]
      const half = Q.fromNumber(err / 2)
      const safe = Q.compare(Q.fromNumber(lo), Q.sub(value(x), half)) <= 0 && Q.compare(Q.fromNumber(hi), Q.add(value(x), half)) >= 0
      return safe && lo >= nextDown(nextDown(x.hi)) && hi <= nextUp(nextUp(x.hi))
    }
    fc.assert(fc.property(pair, fc.integer({ min: 60, max: 103 }), ok), RUNS)
  })
  it("pi by Machin's formula begins with the known digits", () => {
    expect(((PI * 10n ** 50n) >> 256n).toString()).toBe("314159265358979323846264338327950288419716939937510")
  })
})
