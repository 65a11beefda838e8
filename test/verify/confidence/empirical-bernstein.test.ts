import { expect, test } from "vitest"
import { stream } from "../../../src/random/stream.ts"
import { empiricalBernstein } from "../../../src/verify/confidence/empirical-bernstein.ts"
import { bets } from "../../../src/verify/confidence/lanes.ts"

/** The bound of the theorem, written down plainly with Math.log: max over four bets of (sum l y - log(4/alpha) - sum (y - g)^2 psi(l)) / sum l. */
const plain = (xs: ReadonlyArray<number>, a: number, b: number, tuned: number, alpha: number): number => {
  const ys = xs.map((x) => (x - a) / (b - a))
  const lanes = [...bets(alpha / 4, tuned)].map((bet) => {
    let [top, bottom, g, s] = [-Math.log(4 / alpha), 0, 0.5, 0.25]
    ys.forEach((y, i) => {
      const l = Math.min(0.5, bet / Math.sqrt(s / (i + 1)))
      top += l * y - (y - g) ** 2 * (-Math.log1p(-l) - l)
      bottom += l
      const d = y - g
      g += d / (i + 2)
      s += d * (y - g)
    })
    return top / bottom
  })
  return a + (b - a) * Math.max(...lanes)
}

test("the certified bound lies below the plain formula, by the truncation of psi at most", () => {
  const u = stream("eb")
  for (const [n, power, tuned] of [
    [50, 1, 50],
    [2000, 3, 500],
    [2000, 0.2, 2000],
  ] as const) {
    const xs = Array.from({ length: n }, () => 7 * u.next() ** power - 2)
    const cs = empiricalBernstein(-2, 5, tuned)(1e-3, false)
    for (const x of xs) cs.update(x, x)
    const expected = plain(xs, -2, 5, tuned, 1e-3)
    expect(cs.bound()).toBeLessThanOrEqual(expected + 1e-12)
    // l^5/(5 (1 - l)) in place of the rest of psi: at most 1 % of psi, at l = 1/2, hence 1 % of twice the distance to the mean.
    const mean = xs.reduce((s, x) => s + x, 0) / n
    expect(expected - cs.bound()).toBeLessThan(0.02 * (mean - expected))
    expect(cs.rejects(cs.bound()) && !cs.rejects(cs.bound() + 1e-9)).toBe(true)
  }
})

test("psi is bounded from above by its truncation, within 1 %", () => {
  for (let l = 0.001; l <= 0.5; l += 0.001) {
    const bound = l * l * (1 / 2 + l * (1 / 3 + l * (1 / 4 + l / (5 * (1 - l)))))
    const psi = -Math.log1p(-l) - l
    // Math.log1p errs by one ulp of l, that is 2^-52 l, against psi of about l^2 / 2.
    expect(bound / psi).toBeGreaterThanOrEqual(1 - 2 ** -50 / l)
    expect(bound / psi).toBeLessThan(1.01)
  }
})
