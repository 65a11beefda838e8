import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Q from "../../src/core/rational.ts"

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe("rationals", () => {
  it("reads literals exactly: 0.1 is 1/10", () => {
    expect(["0.1", "-2.50", "1e-3", "7/8", "-1.5/0.5", ".5", "3."].map((t) => Q.toText(Q.parseRational(t) ?? Q.ZERO))).toEqual([
      "1/10",
      "-5/2",
      "1/1000",
      "7/8",
      "-3",
      "1/2",
      "3",
    ])
  })
  it("refuses what is no literal", () => {
    for (const text of ["", "1/0", "x", "1e99999", "0x1F", "1/2/3", "--1", "NaN", "Infinity"]) expect(Q.parseRational(text), text).toBeUndefined()
  })
  it("converts to and from doubles without loss", () => {
    fc.assert(
      fc.property(finite, (x) => Q.toNumber(Q.fromNumber(x)) === x),
      { seed: 1, numRuns: 2000 },
    )
  })
  it("rounds decimals as the engine's own correctly rounded reader does, subnormals and ties included", () => {
    const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.integer({ min: -345, max: 285 })).map(([m, e]) => `${m}e${e}`)
    fc.assert(
      fc.property(decimals, (text) => Q.toNumber(Q.parseRational(text)!) === Number(text)),
      { seed: 2, numRuns: 5000, examples: [["2.5e-324"], ["2.4e-324"], ["9007199254740993e0"]] },
    )
  })
  it("finds square roots of squares only", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 20n }), (n, d) => {
        const root = Q.exactSqrt(Q.rational(n, d))
        return root === undefined || Q.equals(Q.mul(root, root), Q.rational(n, d))
      }),
      { seed: 3 },
    )
    expect(Q.exactSqrt(Q.rational(9, 16))).toEqual(Q.rational(3, 4))
    expect(Q.exactSqrt(Q.rational(2))).toBeUndefined()
  })
})
