import { expect, test } from "vitest"
import { multinomials } from "../../src/math/iwae.ts"

test.each([
  [1, 1],
  [5, 1],
  [4, 2],
  [6, 3],
  [3, 5],
])("%i draws from %i outcomes: C(K + n - 1, n - 1) count vectors, n^K ways", (draws, outcomes) => {
  const all = multinomials(draws, outcomes)
  let size = 1
  for (let i = 1; i < outcomes; i++) size = (size * (draws + i)) / i
  expect(all.length).toBe(size)
  expect(new Set(all.map((c) => c.counts.join())).size).toBe(size)
  expect(all.every((c) => c.counts.length === outcomes && c.counts.reduce((a, b) => a + b, 0) === draws)).toBe(true)
  expect(all.reduce((s, c) => s + c.ways, 0n)).toBe(BigInt(outcomes) ** BigInt(draws))
})

test("coefficients are K!/(k_1! ... k_n!)", () => {
  const factorial = (k: number): bigint => (k === 0 ? 1n : BigInt(k) * factorial(k - 1))
  for (const { counts, ways } of multinomials(20, 3)) expect(ways).toBe(factorial(20) / counts.map(factorial).reduce((a, b) => a * b))
})
