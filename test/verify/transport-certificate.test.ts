import fc from "fast-check"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { add, compare, equals, fromNumber, mul, ONE, rational, sub, toText, ZERO, type Rational } from "../../src/core/rational.ts"
import {
  costMatrix, distance, euclidean, manhattan, sqrtCost, squaredEuclidean, totalVariation, zeroOne, type Cost, type TransportProblem,
} from "../../src/math/transport-problem.ts"
import {
  checkTransport, decodeTransportCertificate, encodeTransportCertificate, solveTransport, type TransportCertificate,
} from "../../src/verify/transport-certificate.ts"
import { bestPermutation, bestVertex, integers, q, qs, randomMasses } from "../math/transport-oracle.ts"

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

interface Case {
  readonly id: string
  readonly family: string
  readonly quantity: string
  readonly value: string
  readonly exact?: string
  readonly parameters: {
    readonly a: Array<string>
    readonly b: Array<string>
    readonly x: Array<string> & Array<Array<string>>
    readonly y: Array<string> & Array<Array<string>>
    readonly cost: "sqrt(|x-y|)" | "euclidean" | "manhattan" | "sqeuclidean"
    readonly C: Array<Array<string>>
    readonly p: Array<string>
    readonly q: Array<string>
  }
  readonly dual_certificate?: { phi: Array<string>; psi: Array<string> }
}
const reference = JSON.parse(readFileSync(new URL("../fixtures/reference/kantorovich-duality.json", import.meta.url), "utf8")) as { cases: Array<Case> }

const BITS = 160

const problemOf = ({ family, quantity, parameters }: Case): TransportProblem | undefined => {
  const p = parameters
  if (family === "discrete-1d" || family === "discrete-1d-concave-cost") {
    const c = (x: Rational, y: Rational): Cost =>
      p.cost === "sqrt(|x-y|)" ? sqrtCost(BITS)(distance(x, y)) : quantity === "w2_squared" ? mul(sub(x, y), sub(x, y)) : distance(x, y)
    return { cost: costMatrix(qs(p.x), qs(p.y), c), a: qs(p.a), b: qs(p.b) }
  }
  if (family === "discrete-nd") {
    const c = { "euclidean": euclidean(BITS), manhattan, "sqeuclidean": squaredEuclidean, "sqrt(|x-y|)": undefined }[p.cost]!
    return { cost: costMatrix(p.x.map(qs), p.y.map(qs), c), a: qs(p.a), b: qs(p.b) }
  }
  if (family === "discrete-general-cost") return { cost: p.C.map(qs), a: qs(p.a), b: qs(p.b) }
  if (family === "discrete-01-cost") {
    const atoms = [...p.p.keys()].map((k) => rational(k))
    return { cost: costMatrix(atoms, atoms, zeroOne), a: qs(p.p), b: qs(p.q) }
  }
  return undefined
}

describe("reference values", () => {
  const cases = reference.cases.flatMap((entry) => {
    const problem = problemOf(entry)
    return problem === undefined ? [] : [{ entry, problem }]
  })

  it("covers all discrete cases", () => expect(cases.length).toBe(18))

  for (const { entry, problem } of cases) {
    it(entry.id, () => {
      const { lower, upper } = solved(problem)
      if (entry.exact !== undefined) {
        expect(toText(lower)).toBe(toText(q(entry.exact)))
        expect(toText(upper)).toBe(toText(lower))
      }
      // 34 significant digits, rounded: half a unit in the last place of values below 10.
      const digits = rational(1, 10n ** 33n)
      expect(compare(sub(lower, digits), q(entry.value))).toBeLessThanOrEqual(0)
      expect(compare(add(upper, digits), q(entry.value))).toBeGreaterThanOrEqual(0)
      expect(compare(sub(upper, lower), rational(1, 2n ** BigInt(BITS - 3)))).toBeLessThanOrEqual(0)
    })
  }

  it("accepts the reference dual pairs where costs are rational", () => {
    for (const { entry, problem } of cases) {
      if (entry.dual_certificate === undefined || entry.exact === undefined) continue
      const certificate = { ...solved(problem), phi: qs(entry.dual_certificate.phi), psi: qs(entry.dual_certificate.psi) }
      expect(checkTransport(problem, certificate)).toMatchObject({ ok: true })
    }
  })
})

describe("brute force", () => {
  it("agrees with all permutations on 150 uniform instances, with ties and negative costs", () => {
    const draw = integers(7)
    for (let t = 0; t < 150; t++) {
      const n = 2 + draw(t < 140 ? 4 : 6)
      const cost = Array.from({ length: n }, () => Array.from({ length: n }, () => rational(draw(t % 2 === 0 ? 4 : 100) - 2, 1 + draw(3))))
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
    const best = mul(rational(1, 8), qs(["0.00151751540", "0.137109800", "2.46506283", "5.26223432", "38.4690152", "80.9465684", "333.064175"]).reduce(add))
    expect(toText(exactValue({ cost, a, b: a }))).toBe(toText(best))
  })

  it("closes the gap over 32 orders of magnitude, where arcs of every size carry flow", () => {
    const draw = integers(5)
    for (let t = 0; t < 10; t++) {
      const [n, m] = [3 + draw(8), 3 + draw(12)]
      const cost = Array.from({ length: n }, () => Array.from({ length: m }, () => mul(rational(1 + draw(999)), rational(10n ** BigInt(draw(33)), 10n ** 3n))))
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
    const primes = (count: number): Array<number> => {
      const found: Array<number> = []
      for (let k = 1009; found.length < count; k += 2) if (found.every((p) => k % p !== 0) && ![3, 5, 7, 11, 13, 17, 19, 23, 29, 31].some((p) => k % p === 0)) found.push(k)
      return found
    }
    const p = primes(256)
    const cost = Array.from({ length: 16 }, (_, i) => Array.from({ length: 16 }, (_, j) => rational((37 * i * j) % 101 - 20, p[16 * i + j]!)))
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

describe("properties", () => {
  const weights = (size: number) => fc.array(fc.integer({ min: 0, max: 5 }), { minLength: size, maxLength: size })
  const instance = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([n, m]) =>
    fc.record({
      a: weights(n), b: weights(m),
      cost: fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
    })).filter(({ a, b }) => a.some((x) => x > 0) && b.some((x) => x > 0))
  const problemFrom = ({ a, b, cost }: { a: Array<number>; b: Array<number>; cost: Array<Array<number>> }) => {
    const [s, t] = [a, b].map((w) => w.reduce((x, y) => x + y)) as [number, number]
    return { cost: cost.map((row) => row.map((c) => rational(c))), a: a.map((x) => rational(x, s)), b: b.map((x) => rational(x, t)) }
  }

  it("is symmetric under transposition", () => {
    fc.assert(fc.property(instance, (raw) => {
      const { cost, a, b } = problemFrom(raw)
      const transposed = b.map((_, j) => cost.map((row) => row[j]!))
      return equals(exactValue({ cost, a, b }), exactValue({ cost: transposed, a: b, b: a }))
    }))
  })

  it("shifts by u.a + v.b when u_i + v_j is added to the costs, and scales with them", () => {
    fc.assert(fc.property(instance, fc.integer({ min: 1, max: 4 }), (raw, s) => {
      const { cost, a, b } = problemFrom(raw)
      const [u, v] = [a.map((_, i) => rational(3 * i - 2)), b.map((_, j) => rational(5 - 2 * j))]
      const moved = cost.map((row, i) => row.map((c, j) => add(mul(rational(s), c), add(u[i]!, v[j]!))))
      const shift = [...u.map((x, i) => mul(x, a[i]!)), ...v.map((x, j) => mul(x, b[j]!))].reduce(add)
      return equals(exactValue({ cost: moved, a, b }), add(mul(rational(s), exactValue({ cost, a, b })), shift))
    }))
  })

  it("gives complementary slackness and total variation", () => {
    fc.assert(fc.property(instance, (raw) => {
      const problem = problemFrom(raw)
      const { plan, phi, psi } = solved(problem)
      for (const { row, column } of plan) expect(toText(add(phi[row]!, psi[column]!))).toBe(toText(problem.cost[row]![column]!))
    }))
    fc.assert(fc.property(weights(5), weights(5), (v, w) => {
      fc.pre(v.some((x) => x > 0) && w.some((x) => x > 0))
      const { a, b } = problemFrom({ a: v, b: w, cost: [] })
      const atoms = a.map((_, k) => rational(k))
      return equals(exactValue({ cost: costMatrix(atoms, atoms, zeroOne), a, b }), totalVariation(a, b))
    }))
  })

  it("encloses the value for every cost inside the enclosures", () => {
    fc.assert(fc.property(instance, fc.integer({ min: 0, max: 3 }), (raw, width) => {
      const { cost, a, b } = problemFrom(raw)
      const wide = cost.map((row, i) => row.map((c, j) => ({ lo: sub(c, rational(width * (i + j), 8)), hi: add(c, rational(width, 4)) })))
      const { lower, upper } = solved({ cost: wide, a, b })
      const value = exactValue({ cost, a, b })
      return compare(lower, value) <= 0 && compare(value, upper) <= 0
    }))
  })
})

describe("rejections", () => {
  const third = rational(1, 3)
  const problem: TransportProblem = {
    cost: [["5", "1", "0.5"], ["2", "2", "7"], ["0.25", "3", "1"]].map(qs), a: [third, third, third], b: qs(["1/2", "1/4", "1/4"]),
  }
  const good = solved(problem)
  const refused = (certificate: TransportCertificate, against = problem): string => {
    const check = checkTransport(against, certificate)
    return check.ok ? "accepted" : check.why
  }
  const bump = (v: ReadonlyArray<Rational>, k: number, by: Rational): Array<Rational> => v.map((x, i) => (i === k ? add(x, by) : x))
  const tiny = rational(1, 10n ** 40n)

  it("accepts the certificate itself, also after a round trip through JSON", () => {
    expect(checkTransport(problem, good)).toEqual({ ok: true, lower: q("23/24"), upper: q("23/24") })
    const again = decodeTransportCertificate(JSON.parse(JSON.stringify(encodeTransportCertificate(good))))
    expect(again).toEqual(good)
    expect(decodeTransportCertificate({ ...encodeTransportCertificate(good), lower: "one" })).toBeUndefined()
  })

  it("refuses a changed, dropped, negative, misplaced or swapped plan entry", () => {
    const change = (f: (mass: Rational) => Rational): TransportCertificate =>
      ({ ...good, plan: good.plan.map((e, k) => (k === 0 ? { ...e, mass: f(e.mass) } : e)) })
    expect(refused(change((m) => add(m, tiny)))).toMatch(/row sums/)
    expect(refused({ ...good, plan: good.plan.slice(1) })).toMatch(/row sums/)
    expect(refused(change(() => rational(-1)))).toMatch(/negative/)
    expect(refused(change((m) => ({ n: -m.n, d: -m.d })))).toMatch(/negative/)
    for (const column of [3, -1, 0.5, NaN]) expect(refused({ ...good, plan: good.plan.map((e) => ({ ...e, column })) })).toMatch(/outside/)
    expect(refused({ ...good, plan: good.plan.map((e) => ({ ...e, column: (e.column + 1) % 3 })) })).toMatch(/column sums/)
    // Negative entries that cancel keep the marginals right.
    const cancelling = [[0, 0, 1], [0, 1, -1], [1, 0, -1], [1, 1, 1]].map(([row, column, m]) => ({ row: row!, column: column!, mass: rational(m!) }))
    expect(refused({ ...good, plan: [...good.plan, ...cancelling] })).toMatch(/negative/)
  })

  it("refuses a raised potential, a shifted pair, and wrong shapes", () => {
    expect(refused({ ...good, phi: bump(good.phi, 1, tiny) })).toMatch(/exceeds the cost/)
    expect(refused({ ...good, psi: bump(good.psi, 2, tiny) })).toMatch(/exceeds the cost/)
    expect(refused({ ...good, phi: good.phi.map((x) => sub(x, ONE)) })).toMatch(/stated bounds/)
    expect(refused({ ...good, phi: good.phi.slice(1) })).toMatch(/shape/)
    expect(refused({ ...good, phi: good.phi.map((x) => ({ n: -x.n, d: -x.d })) })).toMatch(/no rational/)
    expect(refused({ ...good, phi: good.phi.map((x) => add(x, ONE)), psi: good.psi.map((x) => sub(x, ONE)) })).toBe("accepted")
  })

  it("refuses stated bounds that it cannot confirm, and another problem's certificate", () => {
    expect(refused({ ...good, lower: add(good.lower, tiny) })).toMatch(/stated bounds/)
    expect(refused({ ...good, upper: sub(good.upper, tiny) })).toMatch(/stated bounds/)
    const cost = problem.cost as ReadonlyArray<ReadonlyArray<Rational>>
    for (const [i, row] of cost.entries()) {
      for (const j of row.keys()) {
        const cheaper = cost.map((r, k) => (k === i ? bump(r, j, rational(-20)) : r))
        expect(refused(good, { ...problem, cost: cheaper })).toMatch(/exceeds the cost/)
      }
    }
  })

  it("reports what is no transport problem", () => {
    const why = (p: TransportProblem): string => {
      const outcome = solveTransport(p)
      expect(checkTransport(p, good).ok).toBe(false)
      return outcome.ok ? "solved" : outcome.why
    }
    expect(why({ ...problem, b: qs(["1/2", "1/4", "1/5"]) })).toMatch(/totals differ/)
    expect(why({ ...problem, a: qs(["1", "1", "-1"]) })).toMatch(/negative/)
    expect(why({ ...problem, a: [ZERO, ZERO, ZERO], b: [ZERO, ZERO, ZERO] })).toMatch(/total mass is 0/)
    expect(why({ ...problem, a: [] })).toMatch(/no atoms/)
    expect(why({ ...problem, cost: [[ONE]] })).toMatch(/not 3 x 3/)
    expect(why({ ...problem, cost: [[{ lo: ONE, hi: ZERO }, ONE, ONE], [ONE, ONE, ONE], [ONE, ONE, ONE]] })).toMatch(/empty/)
    expect(why({ ...problem, cost: new Float64Array(8) })).toMatch(/8 entries/)
    expect(why({ ...problem, cost: new Float64Array(9).fill(NaN) })).toMatch(/not finite/)
  })
})
