import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compare, mul, rational, sub, toText } from "../../src/core/rational.ts"
import { euclidean, manhattan, sqrtCost, squaredEuclidean, totalVariation, zeroOne } from "../../src/math/transport-problem.ts"
import { q, qs } from "./transport-oracle.ts"

describe("transport costs", () => {
  it("square roots are exact or enclosed to 2^-bits", () => {
    expect(sqrtCost(64)(q("9/4"))).toEqual(q("3/2"))
    expect(sqrtCost(64)(q("0"))).toEqual(q("0"))
    expect(() => sqrtCost(64)(q("-1"))).toThrow(RangeError)
    const [numerator, denominator] = [fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n })]
    fc.assert(
      fc.property(numerator, denominator, fc.integer({ min: 0, max: 200 }), (n, d, bits) => {
        const x = rational(n, d)
        const root = sqrtCost(bits)(x)
        if (!("lo" in root)) return compare(mul(root, root), x) === 0
        return (
          compare(mul(root.lo, root.lo), x) <= 0 &&
          compare(mul(root.hi, root.hi), x) > 0 &&
          compare(sub(root.hi, root.lo), rational(1, 2n ** BigInt(bits))) === 0
        )
      }),
    )
  })

  it("known distances", () => {
    const [x, y] = [qs(["0", "0"]), qs(["3", "-4"])]
    expect([manhattan(x, y), squaredEuclidean(x, y)].map(toText)).toEqual(["7", "25"])
    expect(euclidean(10)(x, y)).toEqual(q("5"))
    expect([zeroOne(q("1/2"), q("0.5")), zeroOne(q("1"), q("2"))].map(toText)).toEqual(["0", "1"])
    expect(toText(totalVariation(qs(["1/2", "1/4", "1/4"]), qs(["1/8", "1/8", "3/4"])))).toBe("1/2")
  })
})
