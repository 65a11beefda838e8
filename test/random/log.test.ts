import { expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { LOG_ERROR, logDown, logUp, logarithm } from "../../src/random/log.ts"
import fixture from "../fixtures/confidence.json" with { type: "json" }

/** |a - b| <= bound, in exact arithmetic. */
const within = (a: Q.Rational, b: Q.Rational, bound: Q.Rational): boolean => {
  const d = Q.sub(a, b)
  return Q.compare(d.n < 0n ? Q.neg(d) : d, bound) <= 0
}

test("the stated error bound holds against mpmath, and the directed versions enclose", () => {
  for (const { x, log } of fixture.logarithms) {
    const exact = Q.parseRational(log)!
    const y = logarithm(x)
    expect(within(Q.fromNumber(y), exact, Q.fromNumber(Math.abs(y) * LOG_ERROR)), `log ${x}`).toBe(true)
    expect(Q.compare(Q.fromNumber(logDown(x)), exact) <= 0 && Q.compare(exact, Q.fromNumber(logUp(x))) <= 0).toBe(true)
  }
  expect(logarithm(1)).toBe(0)
})

test("outside its domain there is no value", () => {
  for (const x of [0, -1, NaN, Infinity]) expect(() => logarithm(x)).toThrow(RangeError)
})
