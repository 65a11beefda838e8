import { expect, test } from "vitest"
import { power2 } from "../../../src/interval/rounding.ts"
import { invert, store, unitWealth } from "../../../src/verify/confidence/wealth.ts"
import type { Process, Wealth } from "../../../src/verify/confidence/wealth.ts"

/** A process whose wealth at m is given outright, lane by lane, as [mantissa, steps]. */
const given = (lanes: (m: number) => ReadonlyArray<readonly [number, number]>, least = -Infinity): Process => ({
  lanes: lanes(0).length,
  count: () => 1,
  least,
  centre: () => 0,
  spread: () => 1,
  multiply: (wealth, m) => {
    lanes(m).forEach(([mantissa, steps], j) => {
      wealth.mantissa[j] = mantissa
      wealth.steps[j] = steps
    })
  },
})
const rejects =
  (...lanes: ReadonlyArray<readonly [number, number]>) =>
  (alpha: number) =>
    invert(
      given(() => lanes),
      () => {},
      alpha,
    ).rejects(0)

test("a product of any length keeps mantissa and exponent", () => {
  const wealth: Wealth = unitWealth(1)
  for (let i = 0; i < 5000; i++) store(wealth, 0, wealth.mantissa[0]! * 2)
  expect(Math.log2(wealth.mantissa[0]!) + 256 * wealth.steps[0]!).toBe(5000)
  for (let i = 0; i < 9000; i++) store(wealth, 0, wealth.mantissa[0]! / 2)
  expect(Math.log2(wealth.mantissa[0]!) + 256 * wealth.steps[0]!).toBe(-4000)
  store(wealth, 0, 0)
  expect(wealth.mantissa[0]).toBe(0)
})

test("the threshold is 1/alpha, approached from above only", () => {
  expect(rejects([100, 0])(0.01)).toBe(false)
  expect(rejects([100.0001, 0])(0.01)).toBe(true)
  expect(rejects([power2(200), -1])(0.01)).toBe(false)
  expect(rejects([power2(-250), 1])(0.01)).toBe(false)
  expect(rejects([power2(-249), 1])(0.01)).toBe(true)
  expect(rejects([power2(-256), 40])(1e-300)).toBe(true)
  expect(rejects([1, -40])(0.9)).toBe(false)
  expect(rejects([0, 0])(0.9)).toBe(false)
})

test("lanes are averaged at their true sizes", () => {
  expect(rejects([150, 0], [60, 0])(0.01)).toBe(true)
  expect(rejects([150, 0], [40, 0])(0.01)).toBe(false)
  expect(rejects([1, 0], [power2(250), -1])(0.01)).toBe(false)
  expect(rejects([power2(-250), 1], [190, 0])(0.01)).toBe(true)
  expect(rejects([power2(-255), 1], [power2(200), -9], [0, 0])(0.01)).toBe(false)
})

test("the search finds the end of the half-line wherever it is, and stays on it", () => {
  for (const at of [-1e9, -3, -1e-6, 0, 1e-6, 2, 1e9]) {
    for (const slope of [1e-3, 1, 1e6]) {
      // K = 100 exp(slope (at - m)) as a power of two with a fraction, cut where exponents get silly.
      const process = given((m) => {
        const e = Math.max(-200_000, Math.min(200_000, (slope * (at - m)) / Math.LN2 + Math.log2(100)))
        const steps = Math.round(e / 256)
        return [[2 ** (e - 256 * steps), steps]]
      })
      const found = invert(process, () => {}, 0.01).bound()
      expect(found).toBeLessThanOrEqual(at)
      // Within 1/512 of its distance to the centre 0, unless the wealth is too flat to tell: slope times distance below 1e-9.
      expect(at - found).toBeLessThanOrEqual(Math.abs(at) / 256 + 2e-9 / slope + 2 ** -40 * 1e9)
    }
  }
})

test("nothing is excluded where the wealth stays low, and a known least mean is kept", () => {
  expect(
    invert(
      given(() => [[1, 0]]),
      () => {},
      0.01,
    ).bound(),
  ).toBe(-Infinity)
  const bounded = invert(
    given(() => [[1, 0]], -5),
    () => {},
    0.01,
  )
  expect(bounded.bound()).toBe(-5)
  expect(bounded.rejects(-6)).toBe(true)
})
