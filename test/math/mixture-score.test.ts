/** The exponential of the score kernel against our enclosures; the scores themselves are in test/bench/smoke.test.ts. */
import { expect, test } from "vitest"
import { expBounds } from "../../src/interval/elementary-exponential.ts"
import { decay } from "../../src/math/mixture-score.ts"

test("decay errs by at most 2.5 u on [-700, 0]", () => {
  let worst = 0
  for (let i = 0; i <= 20_000; i++) {
    const y = -700 * ((i * 0.6180339887498949) % 1) ** 3
    const { lo, hi } = expBounds(y)
    // The true value lies between two neighbouring doubles, at most 2 u apart.
    worst = Math.max(worst, Math.min(Math.abs(decay(y) - lo), Math.abs(decay(y) - hi)) / lo)
  }
  expect(worst).toBeLessThanOrEqual(2.5 * 2 ** -53)
  expect(worst).toBeGreaterThan(0)
  expect(decay(0)).toBe(1)
})
