import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { interval } from "../../src/report/number.ts"

/** The interval that a printed text stands for, read by hand-written rules. */
const meant = (text: string): readonly [Q.Rational, Q.Rational] => {
  const [a, b] = text.split("..")
  if (b !== undefined) return [Q.parseRational(a!)!, Q.parseRational(b)!]
  const m = /^(-?)(\d+)(?:\.(\d+))?\((\d+)\)(?:e(-?\d+))?$/.exec(text)
  if (m === null) return [Q.fromNumber(Number(text)), Q.fromNumber(Number(text))]
  const unit = Q.powInteger(Q.rational(10), Number(m[5] ?? 0) - (m[3] ?? "").length)
  const middle = Q.mul(Q.rational(BigInt(`${m[1]}${m[2]}${m[3] ?? ""}`)), unit)
  const radius = Q.mul(Q.rational(BigInt(m[4]!)), unit)
  return [Q.sub(middle, radius), Q.add(middle, radius)]
}

describe("an interval for people", () => {
  it.each<[number, number, string]>([
    [2, 2, "2"],
    [0.3181471805599453, 0.3181471805599454, "0.318147180559945(1)"],
    [-2.837877066409346, -2.8378770664093453, "-2.83787706640935(1)"],
    [2, 2.0000000000000004, "2.00000000000000(1)"],
    [1.2345, 1.2346, "1.23455(6)"],
    [0.5, 0.75, "0.5..0.75"],
    [-2.220446049250313e-16, 2.220446049250313e-16, "-2.221e-16..2.221e-16"],
    [0, 1e-300, "0..1.001e-300"],
    [1e-20, 1.0000001e-20, "1.00000005(6)e-20"],
    [123456789012345680, 123456789012345700, "1.23456789012346(1)e17"],
    [3, Infinity, "3..inf"],
    [-Infinity, Infinity, "unknown"],
  ])("prints [%d, %d] as %s", (lo, hi, text) => {
    expect(interval([lo, hi])).toBe(text)
  })

  it("always prints a set that contains the interval, and never one that reaches 0 when the interval does not", () => {
    const x = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(x, fc.oneof(x, fc.integer({ min: 0, max: 1000 })), (a, b) => {
        // Neighbouring doubles besides unrelated ones: narrow intervals are the common case.
        const other = Number.isInteger(b) && Math.abs(b) <= 1000 ? a + a * b * Number.EPSILON : b
        const [lo, hi] = a < other ? [a, other] : [other, a]
        if (!Number.isFinite(hi - lo)) return
        const [p, q] = meant(interval([lo, hi]))
        expect(Q.compare(p, Q.fromNumber(lo))).toBeLessThanOrEqual(0)
        expect(Q.compare(q, Q.fromNumber(hi))).toBeGreaterThanOrEqual(0)
        if (lo > 0) expect(Q.sign(p)).toBe(1)
        if (hi < 0) expect(Q.sign(q)).toBe(-1)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })
})
