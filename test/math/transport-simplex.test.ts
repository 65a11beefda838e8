import fc from "fast-check"
import { spawnSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { rational, toNumber } from "../../src/core/rational.ts"
import { transportSimplex, type TransportBasis } from "../../src/math/transport-simplex.ts"
import { treeOf } from "../../src/math/transport-tree.ts"
import { bestVertex, integers, randomMasses } from "./transport-oracle.ts"

const solve = (cost: Float64Array, a: Float64Array, b: Float64Array): TransportBasis => {
  const result = transportSimplex(cost, a, b)
  if (result.status === "invalid") throw new Error(result.why)
  return result
}

/** Rounding unit times the longest sum of (n + m) terms, relative to the largest magnitude that enters. */
const rounding = (n: number, m: number, scale: number): number => 4 * (n + m) ** 2 * 2 ** -53 * scale

const checkBasis = (cost: Float64Array, a: Float64Array, b: Float64Array, r: TransportBasis): void => {
  const [n, m] = [a.length, b.length]
  const scale = cost.reduce((s, c) => Math.max(s, Math.abs(c)), 0)
  const total = a.reduce((s, x) => s + x, 0)
  expect(r.status).toBe("optimal")
  expect(r.flow.length).toBe(n + m - 1)
  expect(r.flow.every((f) => f >= 0)).toBe(true)
  const [rows, columns] = [new Float64Array(n), new Float64Array(m)]
  r.flow.forEach((f, e) => {
    rows[r.arcRows[e]!]! += f
    columns[r.arcColumns[e]!]! += f
  })
  const massError = rounding(n, m, total)
  a.forEach((x, i) => expect(Math.abs(rows[i]! - x)).toBeLessThanOrEqual(massError))
  b.forEach((x, j) => expect(Math.abs(columns[j]! - x)).toBeLessThanOrEqual(massError))
  const costError = rounding(n, m, scale)
  let worst = -Infinity
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) worst = Math.max(worst, r.phi[i]! + r.psi[j]! - cost[i * m + j]!)
  expect(worst).toBeLessThanOrEqual(costError)
  const dual = a.reduce((s, x, i) => s + x * r.phi[i]!, 0) + b.reduce((s, y, j) => s + y * r.psi[j]!, 0)
  expect(Math.abs(dual - r.cost)).toBeLessThanOrEqual(rounding(n, m, scale * total))
  // The arcs form a spanning tree: n + m - 1 of them that connect everything.
  const piece = Array.from({ length: n + m }, (_, v) => v)
  const find = (v: number): number => (piece[v] === v ? v : find(piece[v]!))
  r.arcRows.forEach((i, e) => {
    piece[find(i)] = find(n + r.arcColumns[e]!)
  })
  expect(new Set(piece.map((_, v) => find(v))).size).toBe(1)
}

describe("network simplex", () => {
  it("agrees with the best vertex on 200 tiny instances with ties and zero masses", () => {
    const draw = integers(101)
    for (let t = 0; t < 200; t++) {
      const [n, m] = [1 + draw(3), 1 + draw(3)]
      const [a, b] = randomMasses(draw, n, m)
      const cost = a.map(() => b.map(() => rational(draw(7) - 3)))
      const [c, p, q] = [Float64Array.from(cost.flat(), toNumber), Float64Array.from(a, toNumber), Float64Array.from(b, toNumber)]
      const r = solve(c, p, q)
      checkBasis(c, p, q, r)
      expect(r.cost).toBe(toNumber(bestVertex(cost, a, b)))
    }
  })

  it("reaches a basis that passes its own optimality conditions, whatever the shape", () => {
    const entry = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
    const mass = fc.oneof(
      fc.integer({ min: 0, max: 3 }),
      fc.double({ min: 0, max: 1, noNaN: true }).filter((x) => x === 0 || x > 1e-12),
    )
    fc.assert(
      fc.property(
        fc
          .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
          .chain(([n, m]) =>
            fc.record({
              cost: fc.array(entry, { minLength: n * m, maxLength: n * m }),
              a: fc.array(mass, { minLength: n, maxLength: n }),
              b: fc.array(mass, { minLength: m, maxLength: m }),
            }),
          )
          .filter(({ a, b }) => a.some((x) => x > 0) && b.some((x) => x > 0)),
        (raw) => {
          const normal = (w: Array<number>): Float64Array => Float64Array.from(w, (x) => x / w.reduce((s, y) => s + y, 0))
          const [c, a, b] = [Float64Array.from(raw.cost), normal(raw.a), normal(raw.b)]
          checkBasis(c, a, b, solve(c, a, b))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it("ends where one potential absorbs another's last bits", () => {
    const cost = Float64Array.of(
      0,
      0,
      -1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      -1,
      0,
      0,
      0,
      0,
      -1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      -5e-324,
      -1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      -1,
      0,
      0,
      0,
      0,
      0,
      -5e-324,
      0,
      0,
      0,
      0,
      1,
      5e-324,
      0,
    )
    const a = Float64Array.of(1, 0, 1, 0.6666666666666721, 0.4444444444444364, 0.6296296296296167, 0, 1, 0, 1, 3)
    const b = Float64Array.of(1, 0.25048828124999695, 0.3997564315795884, 5, 0.7106771621704127, 1)
    const [s, t] = [a, b].map((w) => w.reduce((x, y) => x + y)) as [number, number]
    const [p, q] = [a.map((x) => x / s), b.map((x) => x / t)]
    checkBasis(cost, p, q, solve(cost, p, q))
  })

  it("random instances up to 200 x 300, uniform and weighted", () => {
    const draw = integers(7)
    for (const [n, m] of [
      [64, 64],
      [100, 40],
      [5, 300],
      [300, 5],
      [200, 300],
    ] as const) {
      for (const uniform of [true, false]) {
        const cost = new Float64Array(n * m).map(() => Math.sqrt(draw(1 << 30)))
        const [p, q] = [new Float64Array(n), new Float64Array(m)].map((w) => w.map(() => (uniform ? 1 : 1 + draw(1000))))
        const [a, b] = [p!, q!].map((w) => w.map((x) => x / w.reduce((s, y) => s + y, 0))) as [Float64Array, Float64Array]
        const r = solve(cost, a, b)
        checkBasis(cost, a, b, r)
        // Potentials come fresh from the tree: one rounding per arc, however many pivots went before.
        r.arcRows.forEach((i, e) => {
          const [c, u, v] = [cost[i * m + r.arcColumns[e]!]!, r.phi[i]!, r.psi[r.arcColumns[e]!]!]
          expect(Math.abs(c - u - v)).toBeLessThanOrEqual(2 ** -52 * (Math.abs(c) + Math.abs(u) + Math.abs(v)))
        })
      }
    }
  })

  it("ends on a strongly feasible tree: empty arcs point to the first column", () => {
    const draw = integers(8)
    for (let t = 0; t < 20; t++) {
      const n = 5 + draw(30)
      const a = new Float64Array(n).fill(1)
      const r = solve(
        new Float64Array(n * n).map(() => draw(t % 2 === 0 ? 5 : 1000)),
        a,
        a,
      )
      const tree = treeOf(n, n, r.arcRows, r.arcColumns, r.flow, n)!
      for (let v = n + 1; v < 2 * n; v++) expect(tree.flow[v]).toBe(1)
    }
  })

  it("keeps small costs apart from entries of 1e32 that stand for forbidden pairs", () => {
    const draw = integers(9)
    const n = 40
    const small = new Float64Array(n * n).map((_, k) => (k % (n + 1) === 0 ? 1 : draw(1000) / 1000))
    const forbidden = small.map((c, k) => (k % 3 === 1 && k % (n + 1) !== 0 ? 1e32 : c))
    const a = new Float64Array(n).fill(1)
    const r = solve(forbidden, a, a)
    expect(r.cap).toBeLessThan(1e32)
    expect(r.cost).toBeLessThan(n)
    checkBasis(
      forbidden.map((c) => Math.min(c, r.cap)),
      a,
      a,
      r,
    )
    // With every pair forbidden in one row the cap has to go.
    expect(
      solve(
        forbidden.map((c, k) => (k < n ? 1e32 : c)),
        a,
        a,
      ).cap,
    ).toBe(Infinity)
  })

  it("is deterministic, and says when it stops early", () => {
    const draw = integers(13)
    const cost = new Float64Array(900).map(() => draw(1 << 20))
    const a = new Float64Array(30).fill(1 / 30)
    expect(transportSimplex(cost, a, a)).toEqual(transportSimplex(cost, a, a))
    expect(transportSimplex(cost, a, a, 3)).toMatchObject({ status: "stalled", pivots: 3 })
  })

  it("reports what it cannot solve", () => {
    const [c, half] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(0.5, 0.5)]
    const why = (cost: Float64Array, a: Float64Array, b: Float64Array): string => {
      const r = transportSimplex(cost, a, b)
      return r.status === "invalid" ? r.why : r.status
    }
    expect(why(c, half, Float64Array.of(0.5, 0.6))).toMatch(/totals differ/)
    expect(why(c, half, Float64Array.of(1.5, -0.5))).toMatch(/negative/)
    expect(why(c, half, Float64Array.of(1))).toMatch(/4 entries/)
    expect(why(Float64Array.of(1, NaN, 3, 4), half, half)).toMatch(/cost is not finite/)
    expect(why(c, Float64Array.of(0, 0), Float64Array.of(0, 0))).toMatch(/total mass/)
    expect(why(new Float64Array(0), new Float64Array(0), half)).toMatch(/no atoms/)
  })
})

const python = process.env["LEMMATA_PYTHON"] ?? "python3"
const peer = `
import json, sys
import numpy as np, ot
out = []
for p in json.load(sys.stdin):
    a, b = np.array(p["a"], dtype=float), np.array(p["b"], dtype=float)
    out.append(float(ot.emd2(a, b, np.array(p["cost"]).reshape(len(a), len(b)))))
json.dump(out, sys.stdout)
`
const hasPot = spawnSync(python, ["-c", "import ot"], { stdio: "ignore" }).status === 0

describe.skipIf(!hasPot)(`against POT${hasPot ? "" : " (absent: LEMMATA_PYTHON names a Python that has it)"}`, () => {
  it("same cost on 24 instances", () => {
    const draw = integers(77)
    const problems = Array.from({ length: 24 }, (_, t) => {
      const [n, m] = [2 + draw(60), 2 + draw(60)]
      const weigh = (k: number): Array<number> => {
        const w = Array.from({ length: k }, () => (t % 2 === 0 ? 1 : 1 + draw(50)))
        return w.map((x) => x / w.reduce((s, y) => s + y, 0))
      }
      return { cost: Array.from({ length: n * m }, () => draw(10000) / 100 - 20), a: weigh(n), b: weigh(m) }
    })
    const run = spawnSync(python, ["-c", peer], { input: JSON.stringify(problems), encoding: "utf8" })
    const theirs = JSON.parse(run.stdout) as Array<number>
    problems.forEach(({ cost, a, b }, t) => {
      const ours = solve(Float64Array.from(cost), Float64Array.from(a), Float64Array.from(b)).cost
      // Costs up to 80, total mass 1; POT itself works to about 1e-12 in mass.
      expect(Math.abs(ours - theirs[t]!)).toBeLessThan(80 * 122 * 1e-12)
    })
  })
})
