import { expect, test } from "vitest"
import * as Q from "../../../src/core/rational.ts"
import { stream } from "../../../src/random/stream.ts"
import { makeSum } from "../../../src/verify/confidence/sum.ts"

const exact = (xs: ReadonlyArray<number>): Q.Rational => xs.reduce((s, x) => Q.add(s, Q.fromNumber(x)), Q.ZERO)

test("down and up enclose the exact sum, with the stated width, on sums that cancel", () => {
  const u = stream("sums")
  for (const size of [1, 2, 10, 200]) {
    for (let trial = 0; trial < 30; trial++) {
      const half = Array.from({ length: size }, () => (u.next() - 0.5) * 2 ** u.integer(-40, 40))
      const xs = trial % 2 === 0 ? half : [...half, 1, ...half.map((x) => -x)]
      const sum = makeSum()
      for (const x of xs) sum.add(x)
      const truth = exact(xs)
      expect(Q.compare(Q.fromNumber(sum.down()), truth) <= 0 && Q.compare(truth, Q.fromNumber(sum.up())) <= 0).toBe(true)
      const total = xs.reduce((s, x) => s + Math.abs(x), 0)
      const n = xs.length
      expect(sum.up() - sum.down()).toBeLessThanOrEqual(2 ** -50 * Math.abs(Q.toNumber(truth)) + n * n * 2 ** -102 * total + 2 ** -1070)
    }
  }
})

test("a plain sum fails the same check", () => {
  const xs = [2 ** 60, 1, 1, -(2 ** 60)]
  const sum = makeSum()
  for (const x of xs) sum.add(x)
  expect(xs.reduce((s, x) => s + x, 0)).toBe(0)
  expect(sum.down() <= 2 && 2 <= sum.up() && sum.up() - sum.down() < 1e-6).toBe(true)
})
