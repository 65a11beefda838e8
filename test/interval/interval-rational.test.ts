/** Intervals around rationals: contained, tightest, and the same whether or not numerator and denominator are doubles. */
import { expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { fromRational } from "../../src/interval/interval-rational.ts"
import { nextUp } from "../../src/interval/rounding.ts"
import { generator, randomInteger } from "../oracle/balls.ts"

const next = generator(5)
const rationals = Array.from({ length: 2000 }, (_, i) => {
  const sign = i % 2 === 0 ? 1n : -1n
  return Q.rational(sign * randomInteger(next, 1 + (i % 60)), randomInteger(next, 1 + ((7 * i) % 56)) + 1n)
})

test("contain the rational and nothing could be tighter", () => {
  for (const q of [...rationals, Q.rational(2n ** 53n), Q.rational(2n ** 53n + 1n), Q.rational(-1, 2n ** 53n), Q.rational(1n, 2n ** 60n - 1n)]) {
    const { lo, hi } = fromRational(q)
    const thin = Q.equals(Q.fromNumber(lo), q)
    expect(Q.compare(Q.fromNumber(lo), q)).toBe(thin ? 0 : -1)
    expect(Q.compare(Q.fromNumber(hi), q)).toBe(thin ? 0 : 1)
    expect(hi).toBe(thin ? lo : nextUp(lo))
    expect(Object.is(hi, -0) || Object.is(lo, -0)).toBe(false)
  }
})

test("nearest doubles do not depend on the size of numerator and denominator", () => {
  const k = 3n ** 50n
  for (const q of rationals) expect(Q.toNumber(q)).toBe(Q.toNumber({ n: q.n * k, d: q.d * k }))
})
