import { expect, test } from "vitest"
import { bestRho, gammaExponentialBoundary, halfNormalBoundary, normalBoundary } from "../../../src/verify/confidence/boundary.ts"
import * as Q from "../../../src/core/rational.ts"
import fixture from "../../fixtures/confidence.json" with { type: "json" }

test("the published numbers of the R implementation by Howard et al. (v = 100, alpha = 0.05, tuned to 100)", () => {
  // Seven printed digits: half a unit of the last one, plus our 2^-30.
  const close = (got: number, printed: number, unit: number) => expect(Math.abs(got - printed)).toBeLessThanOrEqual(unit / 2 + got * 2 ** -30)
  close(bestRho(100, 0.05), 12.60056, 1e-5)
  close(normalBoundary(100, bestRho(100, 0.05), 0.05), 30.35209, 1e-5)
  close(halfNormalBoundary(100, bestRho(100, 0.1), 0.05), 27.66071, 1e-5)
  close(gammaExponentialBoundary(100, bestRho(100, 0.1), 2, 0.05), 33.02017, 1e-5)
})

test("never below the exact boundary (mpmath, incomplete gamma functions), at most 2^-30 above", () => {
  for (const { v, rho, c, alpha, normal, halfNormal, gammaExponential } of fixture.boundaries) {
    const pairs: ReadonlyArray<readonly [number, string]> = [
      [normalBoundary(v, rho, alpha), normal],
      [halfNormalBoundary(v, rho, alpha), halfNormal],
      [gammaExponentialBoundary(v, rho, c, alpha), gammaExponential],
    ]
    for (const [got, text] of pairs) {
      const ratio = Q.toNumber(Q.sub(Q.div(Q.fromNumber(got), Q.parseRational(text)!), Q.ONE))
      expect(ratio).toBeGreaterThanOrEqual(0)
      // The series of the last one err by up to 4 u per term, a few thousand terms here.
      expect(ratio).toBeLessThan(2 ** -30 + 2 ** -38)
    }
  }
})

test("one-sided below two-sided; sub-exponential above, and equal in the limit c -> 0", () => {
  const rho = 10
  const [one, two] = [halfNormalBoundary(100, rho, 0.05), normalBoundary(100, rho, 0.05)]
  expect(one).toBeLessThan(two)
  const gamma = [1, 0.1, 0.01].map((c) => gammaExponentialBoundary(100, rho, c, 0.05))
  expect(gamma[0]! > gamma[1]! && gamma[1]! > gamma[2]! && gamma[2]! > one).toBe(true)
  expect(gamma[2]! / one - 1).toBeLessThan(0.002)
})
