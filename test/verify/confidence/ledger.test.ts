import fc from "fast-check"
import { expect, test } from "vitest"
import * as Q from "../../../src/core/rational.ts"
import { attemptAlpha, makeLedger, unlistedAlpha } from "../../../src/verify/confidence/ledger.ts"

const exact = (xs: Iterable<number>): Q.Rational => [...xs].reduce((s, x) => Q.add(s, Q.fromNumber(x)), Q.ZERO)

test("listed amounts and the rest never exceed alpha, in exact arithmetic, and little is lost", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-12, max: 0.5, noNaN: true }),
      fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (alpha, weights) => {
        const ledger = makeLedger(alpha, weights.map((w, i) => [`${i}`, w] as const))
        const spent = exact([...ledger.listed.values(), ledger.unlisted])
        expect(Q.compare(spent, Q.fromNumber(alpha))).toBeLessThanOrEqual(0)
        expect(Q.toNumber(spent) / alpha).toBeGreaterThan(1 - 1e-13)
      },
    ),
    { seed: 1 },
  )
})

test("unlisted estimates: 6/(pi^2 k^2) of the rest, and the sum over all k stays within it", () => {
  const ledger = makeLedger(1e-6, [["a", 1]])
  expect(unlistedAlpha(ledger, 1) / ledger.unlisted).toBeCloseTo(6 / Math.PI ** 2, 14)
  expect(unlistedAlpha(ledger, 5) / unlistedAlpha(ledger, 1)).toBeCloseTo(1 / 25, 14)
  const first = exact(Array.from({ length: 300 }, (_, i) => unlistedAlpha(ledger, i + 1)))
  // Those after k = 300 sum to less than 6 / pi^2 times 1 / 300, and to more than that times 300/301.
  const ratio = Q.toNumber(first) / ledger.unlisted
  expect(ratio + 6 / Math.PI ** 2 / 300).toBeGreaterThan(1)
  expect(ratio + 6 / Math.PI ** 2 / 301).toBeLessThan(1)
})

test("attempts shrink like those of an unlisted estimate; weights and alpha are checked", () => {
  expect(attemptAlpha(0.01, 1)).toBeLessThan(0.01)
  expect(attemptAlpha(0.01, 3) / attemptAlpha(0.01, 1)).toBeCloseTo(1 / 9, 14)
  expect(() => makeLedger(0, [])).toThrow(RangeError)
  expect(() => makeLedger(0.1, [["a", 0]])).toThrow(RangeError)
  expect(makeLedger(0.1, []).listed.size).toBe(0)
})

test("a shard that knows the plan gets the same amounts in any order", () => {
  const plan = [["a", 1], ["b", 2], ["c", 3]] as const
  const [x, y] = [makeLedger(1e-6, plan), makeLedger(1e-6, [...plan].reverse())]
  for (const [id] of plan) expect(x.listed.get(id)).toBe(y.listed.get(id))
})
