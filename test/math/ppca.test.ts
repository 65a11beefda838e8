import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { ppca } from "../../src/math/ppca.ts"

const { ppca: fixture } = JSON.parse(readFileSync(new URL("../fixtures/training.json", import.meta.url), "utf8"))
const x = Float64Array.from(fixture.x as ReadonlyArray<number>)

describe("pPCA against the normal density at its covariance", () => {
  test.each([0, 1, 2, 4])("q = %i", (q) => {
    const { logLikelihood, variance, shifted } = fixture.fits[q]
    const fit = ppca(x, 5, q)
    // Two float64 computations of sums of 40 terms with a condition number near 100.
    const near = (value: number, want: number): void => expect(Math.abs(value - want)).toBeLessThan(1e-12 * Math.max(1, Math.abs(want)) * 100)
    near(fit.logLikelihood, logLikelihood)
    near(fit.variance, variance)
    near(fit.logDensity(x), logLikelihood)
    near(fit.logDensity(x.map((value) => value + 0.1)), shifted)
  })

  test("more components never lose likelihood; what has none is refused", () => {
    const values = [0, 1, 2, 3, 4].map((q) => ppca(x, 5, q).logLikelihood)
    values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]!))
    expect(() => ppca(x, 5, 5)).toThrow("5 components in dimension 5")
    expect(() => ppca(Float64Array.of(1, 1, 2, 2), 2, 1)).toThrow("no maximum")
  })
})
