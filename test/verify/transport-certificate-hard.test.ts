import { describe, expect, it } from "vitest"
import { add, compare, fromNumber, mul, ONE, rational, sub, toText, type Rational } from "../../src/core/rational.ts"
import type { TransportProblem } from "../../src/math/transport-problem.ts"
import { checkTransport, solveTransport, type TransportCertificate } from "../../src/verify/transport-certificate.ts"
import { bestPermutation, bestVertex, integers, qs, randomMasses } from "../math/transport-oracle.ts"

const solved = (problem: TransportProblem, maxPivots?: number): TransportCertificate => {
  const outcome = solveTransport(problem, maxPivots)
  if (!outcome.ok) throw new Error(outcome.why)
  const check = checkTransport(problem, outcome.certificate)
  expect(check).toMatchObject({ ok: true })
  return outcome.certificate
}

const exactValue = (problem: TransportProblem): Rational => {
  const { lower, upper } = solved(problem)
  expect(toText(lower)).toBe(toText(upper))
  return lower
}

describe("brute force", () => {
  it("agrees with all permutations on 150 uniform instances, with ties and negative costs", () => {
    const draw = integers(7)
    for (let t = 0; t < 150; t++) {
      const n = 2 + draw(t < 140 ? 4 : 6)
      const entry = (): Rational => rational(draw(t % 2 === 0 ? 4 : 100) - 2, 1 + draw(3))
      const cost = Array.from({ length: n }, () => Array.from({ length: n }, entry))
      const uniform = cost.map(() => rational(1, n))
      expect(toText(exactValue({ cost, a: uniform, b: uniform }))).toBe(toText(bestPermutation(cost)))
    }
  })

  it("agrees with all vertices on 200 instances, with zero masses", () => {
    const draw = integers(11)
    for (let t = 0; t < 200; t++) {
      const [n, m] = [1 + draw(3), 1 + draw(t < 190 ? 3 : 4)]
      const [a, b] = randomMasses(draw, n, m)
      const cost = a.map(() => b.map(() => rational(draw(9) - 3, 1 + draw(2))))
      expect(toText(exactValue({ cost, a, b }))).toBe(toText(bestVertex(cost, a, b)))
    }
  })
})

describe("hard instances", () => {
  it("is exact where one cost is 1e32 and the plan needs none of it (PythonOT/POT issue 229)", () => {
    const big = "1e32"
    const cost = [
      ["250.275352", "374.653218", "2413.52736", big, "0.00151751540"],
      ["213.082030", "328.812836", "2294.87946", big, "0.137109800"],
      ["197.333083", "309.175848", "2242.50550", big, "2.46506283"],
      [big, big, big, "5.26223432", "2.5e31"],
      ["38.4690152", "80.9465684", "333.064175", "2.5e31", "0"],
    ].map(qs)
    const a = qs(["0.125", "0.125", "0.125", "0.125", "0.5"])
    // The optimal plan sends 1/8 from each of the first three rows to the last column: 1/8 of the sum of the seven costs in use.
    const used = ["0.00151751540", "0.137109800", "2.46506283", "5.26223432", "38.4690152", "80.9465684", "333.064175"]
    const best = mul(rational(1, 8), qs(used).reduce(add))
    expect(toText(exactValue({ cost, a, b: a }))).toBe(toText(best))
  })

  it("closes the gap over 32 orders of magnitude, where arcs of every size carry flow", () => {
    const draw = integers(5)
    for (let t = 0; t < 10; t++) {
      const [n, m] = [3 + draw(8), 3 + draw(12)]
      const entry = (): Rational => mul(rational(1 + draw(999), 1000), rational(10n ** BigInt(draw(33))))
      const cost = Array.from({ length: n }, () => Array.from({ length: m }, entry))
      const [a, b] = randomMasses(draw, n, m)
      exactValue({ cost, a, b })
    }
  })

  it("pivots exactly where doubles cannot see the costs", () => {
    const draw = integers(3)
    let pivots = 0
    for (let t = 0; t < 20; t++) {
      const n = 6
      // Sizes that differ by 2^60 with ties in the leading part: the low parts decide.
      const cost = Array.from({ length: n }, () => Array.from({ length: n }, () => rational((BigInt(draw(3)) << 60n) + BigInt(draw(50)))))
      const a = cost.map(() => rational(1, n))
      const outcome = solveTransport({ cost, a, b: a })
      if (!outcome.ok) throw new Error(outcome.why)
      pivots += outcome.pivots
      expect(toText(outcome.certificate.lower)).toBe(toText(bestPermutation(cost)))
    }
    expect(pivots).toBeGreaterThan(0)
  })

  it("repairs bases that masses beyond 53 bits make infeasible", () => {
    const draw = integers(17)
    for (let t = 0; t < 40; t++) {
      const [n, m] = [2 + draw(3), 2 + draw(2)]
      const fine = (): bigint => (BigInt(1 + draw(3)) << 80n) + BigInt(draw(7) - 3)
      const [a, b] = [Array.from({ length: n }, fine), Array.from({ length: m }, fine)]
      const difference = a.reduce((x, y) => x + y) - b.reduce((x, y) => x + y)
      if (difference > 0n) b[0]! += difference
      else a[0]! -= difference
      const [p, r] = [a.map((x) => rational(x)), b.map((x) => rational(x))]
      const cost = a.map(() => b.map(() => rational(draw(7))))
      expect(toText(exactValue({ cost, a: p, b: r }))).toBe(toText(bestVertex(cost, p, r)))
    }
  })

  it("still encloses the value when it may not pivot", () => {
    const draw = integers(3)
    for (let t = 0; t < 20; t++) {
      const cost = Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => rational((BigInt(draw(3)) << 60n) + BigInt(draw(50)))))
      const a = cost.map(() => rational(1, 6))
      const { lower, upper } = solved({ cost, a, b: a }, 0)
      const best = bestPermutation(cost)
      expect(compare(lower, best)).toBeLessThanOrEqual(0)
      expect(compare(upper, best)).toBeGreaterThanOrEqual(0)
    }
  })

  it("rounds costs with huge common denominators down to a grid, soundly", () => {
    const primes: Array<number> = []
    for (let k = 2; primes.length < 400; k++) if (primes.every((p) => k % p !== 0)) primes.push(k)
    const p = primes.slice(-256)
    const cost = Array.from({ length: 16 }, (_, i) => Array.from({ length: 16 }, (_, j) => rational(((37 * i * j) % 101) - 20, p[16 * i + j]!)))
    const a = cost.map(() => rational(1, 16))
    const { lower, upper } = solved({ cost, a, b: a })
    expect(compare(lower, upper)).toBe(-1)
    expect(compare(sub(upper, lower), rational(1, 2n ** 2040n))).toBeLessThan(0)
  })

  it("takes doubles at their exact values", () => {
    const cost = Float64Array.from([0.1, 1e-300, 5e-324, 1e300])
    const half = [rational(1, 2), rational(1, 2)]
    const value = exactValue({ cost, a: half, b: half })
    expect(toText(value)).toBe(toText(mul(rational(1, 2), add(fromNumber(1e-300), fromNumber(5e-324)))))
  })

  it("degenerate uniform 12 x 12 with equal costs", () => {
    const cost = Array.from({ length: 12 }, () => Array.from({ length: 12 }, () => ONE))
    const a = cost.map(() => rational(1, 12))
    expect(toText(exactValue({ cost, a, b: a }))).toBe("1")
  })
})
