import { expect, test } from "vitest"
import { boundedGap, coupling, lipschitzGap } from "../../src/random/coupling.ts"

test("Lipschitz gap: L sqrt(d) delta, rounded up", () => {
  expect(lipschitzGap("uniform", 4, 3)).toBe(6 * 2 ** -53)
  expect(lipschitzGap("normal", 1, 1)).toBe(2 ** -41)
  expect(lipschitzGap("normal", 2, 1)).toBeGreaterThanOrEqual(Math.SQRT2 * 2 ** -41)
  expect(lipschitzGap("normal", 2, 1)).toBeLessThan(Math.SQRT2 * 2 ** -41 * (1 + 2 ** -50))
})

test("bounded gap: d (2k - 1) R kappa", () => {
  expect(boundedGap("uniform", 3, 2, 2)).toBe(18 * 2 ** -53)
  expect(boundedGap("normal", 1, 1, 1)).toBeGreaterThanOrEqual((2 ** -41 / Math.sqrt(2 * Math.PI)) * (1 + 2 ** -50))
})

test("both conditions are sharp: a coarse copy of the uniform law attains the bounds up to a factor 2", () => {
  // The same construction with m cells instead of 2^52: midpoints (2j + 1) / 2m, delta = kappa = 1 / 2m.
  const m = 8
  const delta = 1 / (2 * m)
  const points = Array.from({ length: m }, (_, j) => (2 * j + 1) * delta)
  const mean = (f: (x: number) => number) => points.reduce((s, x) => s + f(x), 0) / m
  // One monotone piece, R = 1: the indicator of [0, 7/16] has integral 7/16, and mean 1/2 over the points.
  expect(mean((x) => (x <= points[3]! ? 1 : 0)) - points[3]!).toBe(delta)
  // L = 1: the distance to the nearest point has integral delta / 2.
  expect(mean((x) => Math.min(...points.map((p) => Math.abs(x - p))))).toBe(0)
  expect(coupling("uniform")).toBe(2 ** -53)
})
