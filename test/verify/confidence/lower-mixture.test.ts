import { expect, test } from "vitest"
import { stream } from "../../../src/random/stream.ts"
import { lowerMixture } from "../../../src/verify/confidence/lower-mixture.ts"

/** K_n(m) of the docblock, plainly. */
const capital = (xs: ReadonlyArray<number>, a: number, m: number): number => {
  const fractions = Array.from({ length: 8 }, (_, j) => 1 / (2 * 3 ** j))
  return fractions.reduce((s, f) => s + xs.reduce((k, x) => k * (1 + f * ((x - a) / (m - a) - 1)), 1), 0) / 8
}

test("m is excluded exactly when the averaged capital reaches 1/alpha", () => {
  const u = stream("lower")
  const xs = Array.from({ length: 300 }, () => 1 / Math.cbrt(u.next() ** 2) - 2)
  for (const m of [-1.5, -0.5, 0, 0.2]) {
    const k = capital(xs, -2, m)
    expect(k).toBeGreaterThan(1.01)
    for (const [alpha, excluded] of [
      [1.001 / k, true],
      [0.999 / k, false],
    ] as const) {
      const cs = lowerMixture(-2, Infinity)(alpha, false)
      for (const x of xs) cs.update(x, x)
      expect(cs.rejects(m)).toBe(excluded)
    }
  }
})

test("the capital is a martingale at the mean: its expectation over all paths is 1", () => {
  for (const p of [0.5, 0.1]) {
    let total = 0
    for (let path = 0; path < 2 ** 10; path++) {
      const bits = Array.from({ length: 10 }, (_, i) => (path >> i) & 1)
      total +=
        bits.reduce((w, b) => w * (b === 1 ? p : 1 - p), 1) *
        capital(
          bits.map((b) => 5 * b + 1),
          1,
          5 * p + 1,
        )
    }
    expect(Math.abs(total - 1)).toBeLessThan(1e-12)
  }
})

test("one huge value is evidence, and an infinite one is not an accident", () => {
  const cs = lowerMixture(0, Infinity)(1e-6, false)
  for (let i = 0; i < 50; i++) cs.update(i === 20 ? 1e300 : 0, 0)
  expect(cs.bound()).toBeGreaterThan(1e280)
  cs.update(Infinity, Infinity)
  expect(cs.bound()).toBeGreaterThan(1e280)
})
