import fc from "fast-check"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { add, compare, equals, mul, ONE, rational, sub, toText, ZERO, type Rational } from "../../src/core/rational.ts"
import {
  costMatrix,
  distance,
  euclidean,
  manhattan,
  sqrtCost,
  squaredEuclidean,
  totalVariation,
  zeroOne,
  type Cost,
  type TransportProblem,
} from "../../src/math/transport-problem.ts"
import {
  checkTransport,
  decodeTransportCertificate,
  encodeTransportCertificate,
  solveTransport,
  type TransportCertificate,
} from "../../src/verify/transport-certificate.ts"
import { q, qs } from "../math/transport-oracle.ts"

const solved = (problem: TransportProblem): TransportCertificate => {
  const outcome = solveTransport(problem)
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
const file = new URL("../fixtures/reference/kantorovich-duality.json", import.meta.url)
const reference = JSON.parse(readFileSync(file, "utf8")) as { cases: Array<Case> }

const BITS = 160

const problemOf = ({ family, quantity, parameters }: Case): TransportProblem | undefined => {
  const p = parameters
  if (family === "discrete-1d" || family === "discrete-1d-concave-cost") {
    const c = (x: Rational, y: Rational): Cost =>
      p.cost === "sqrt(|x-y|)" ? sqrtCost(BITS)(distance(x, y)) : quantity === "w2_squared" ? mul(sub(x, y), sub(x, y)) : distance(x, y)
    return { cost: costMatrix(qs(p.x), qs(p.y), c), a: qs(p.a), b: qs(p.b) }
  }
  if (family === "discrete-nd") {
    const c = { euclidean: euclidean(BITS), manhattan, sqeuclidean: squaredEuclidean, "sqrt(|x-y|)": undefined }[p.cost]!
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

describe("properties", () => {
  const weights = (size: number) => fc.array(fc.integer({ min: 0, max: 5 }), { minLength: size, maxLength: size })
  const instance = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([n, m]) =>
      fc.record({
        a: weights(n),
        b: weights(m),
        cost: fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
      }),
    )
    .filter(({ a, b }) => a.some((x) => x > 0) && b.some((x) => x > 0))
  const problemFrom = ({ a, b, cost }: { a: Array<number>; b: Array<number>; cost: Array<Array<number>> }) => {
    const [s, t] = [a, b].map((w) => w.reduce((x, y) => x + y)) as [number, number]
    return { cost: cost.map((row) => row.map((c) => rational(c))), a: a.map((x) => rational(x, s)), b: b.map((x) => rational(x, t)) }
  }

  it("is symmetric under transposition", () => {
    fc.assert(
      fc.property(instance, (raw) => {
        const { cost, a, b } = problemFrom(raw)
        const transposed = b.map((_, j) => cost.map((row) => row[j]!))
        return equals(exactValue({ cost, a, b }), exactValue({ cost: transposed, a: b, b: a }))
      }),
    )
  })

  it("shifts by u.a + v.b when u_i + v_j is added to the costs, and scales with them", () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 1, max: 4 }), (raw, s) => {
        const { cost, a, b } = problemFrom(raw)
        const [u, v] = [a.map((_, i) => rational(3 * i - 2)), b.map((_, j) => rational(5 - 2 * j))]
        const moved = cost.map((row, i) => row.map((c, j) => add(mul(rational(s), c), add(u[i]!, v[j]!))))
        const shift = [...u.map((x, i) => mul(x, a[i]!)), ...v.map((x, j) => mul(x, b[j]!))].reduce(add)
        return equals(exactValue({ cost: moved, a, b }), add(mul(rational(s), exactValue({ cost, a, b })), shift))
      }),
    )
  })

  it("gives complementary slackness and total variation", () => {
    fc.assert(
      fc.property(instance, (raw) => {
        const problem = problemFrom(raw)
        const { plan, phi, psi } = solved(problem)
        for (const { row, column } of plan) expect(toText(add(phi[row]!, psi[column]!))).toBe(toText(problem.cost[row]![column]!))
      }),
    )
    fc.assert(
      fc.property(weights(5), weights(5), (v, w) => {
        fc.pre(v.some((x) => x > 0) && w.some((x) => x > 0))
        const { a, b } = problemFrom({ a: v, b: w, cost: [] })
        const atoms = a.map((_, k) => rational(k))
        return equals(exactValue({ cost: costMatrix(atoms, atoms, zeroOne), a, b }), totalVariation(a, b))
      }),
    )
  })

  it("encloses the value for every cost inside the enclosures", () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 0, max: 3 }), (raw, width) => {
        const { cost, a, b } = problemFrom(raw)
        const wide = cost.map((row, i) => row.map((c, j) => ({ lo: sub(c, rational(width * (i + j), 8)), hi: add(c, rational(width, 4)) })))
        const { lower, upper } = solved({ cost: wide, a, b })
        const value = exactValue({ cost, a, b })
        return compare(lower, value) <= 0 && compare(value, upper) <= 0
      }),
    )
  })
})

describe("rejections", () => {
  const third = rational(1, 3)
  const problem: TransportProblem = {
    cost: [
      ["5", "1", "0.5"],
      ["2", "2", "7"],
      ["0.25", "3", "1"],
    ].map(qs),
    a: [third, third, third],
    b: qs(["1/2", "1/4", "1/4"]),
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
    const change = (f: (mass: Rational) => Rational): TransportCertificate => ({
      ...good,
      plan: good.plan.map((e, k) => (k === 0 ? { ...e, mass: f(e.mass) } : e)),
    })
    expect(refused(change((m) => add(m, tiny)))).toMatch(/row sums/)
    expect(refused({ ...good, plan: good.plan.slice(1) })).toMatch(/row sums/)
    expect(refused(change(() => rational(-1)))).toMatch(/negative/)
    expect(refused(change((m) => ({ n: -m.n, d: -m.d })))).toMatch(/negative/)
    for (const column of [3, -1, 0.5, NaN]) expect(refused({ ...good, plan: good.plan.map((e) => ({ ...e, column })) })).toMatch(/outside/)
    expect(refused({ ...good, plan: good.plan.map((e) => ({ ...e, column: (e.column + 1) % 3 })) })).toMatch(/column sums/)
    // Negative entries that cancel keep the marginals right.
    const cancelling = [
      [0, 0, 1],
      [0, 1, -1],
      [1, 0, -1],
      [1, 1, 1],
    ].map(([row, column, m]) => ({ row: row!, column: column!, mass: rational(m!) }))
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

  it("checks the dual at the lower ends and prices the plan at the upper ends", () => {
    const cost = [[{ lo: q("1"), hi: q("2") }]]
    const single: TransportProblem = { cost, a: [ONE], b: [ONE] }
    const certificate = { plan: [{ row: 0, column: 0, mass: ONE }], phi: [ZERO], psi: [q("1")], lower: q("1"), upper: q("2") }
    expect(solved(single)).toMatchObject({ lower: q("1"), upper: q("2") })
    expect(refused(certificate, single)).toBe("accepted")
    expect(refused({ ...certificate, psi: [q("2")], lower: q("2") }, single)).toMatch(/exceeds the cost/)
    expect(refused({ ...certificate, upper: q("1") }, single)).toMatch(/stated bounds/)
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
    expect(
      why({
        ...problem,
        cost: [
          [{ lo: ONE, hi: ZERO }, ONE, ONE],
          [ONE, ONE, ONE],
          [ONE, ONE, ONE],
        ],
      }),
    ).toMatch(/empty/)
    expect(why({ ...problem, cost: new Float64Array(8) })).toMatch(/8 entries/)
    expect(why({ ...problem, cost: new Float64Array(9).fill(NaN) })).toMatch(/not finite/)
  })
})
