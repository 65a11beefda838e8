/** Interval operations against exact rationals, and inclusion isotonicity: smaller arguments, smaller results, at least as good decorations. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rational } from "../../src/core/rational.ts"
import * as Q from "../../src/core/rational.ts"
import { pow, powi } from "../../src/interval/interval-power.ts"
import { fma, rationalDown, rationalUp } from "../../src/interval/interval-rational.ts"
import { equal, mid, rad, subset } from "../../src/interval/interval-relations.ts"
import type { Interval } from "../../src/interval/interval.ts"
import { add, COM, div, EMPTY, ENTIRE, interval, isEmpty, max, min, mul, NAI, point, sqr, sqrt, sub, TRV } from "../../src/interval/interval.ts"
import { nextDown, nextUp } from "../../src/interval/rounding.ts"

const anywhere = fc.double({ noNaN: true, noDefaultInfinity: true })
const finite = fc.oneof(anywhere, fc.double({ min: -8, max: 8, noNaN: true }), fc.integer({ min: -4, max: 4 }))
const box = fc.tuple(finite, finite).map(([x, y]) => interval(Math.min(x, y), Math.max(x, y)))
const halfLine = finite.chain((x) => fc.constantFrom(interval(-Infinity, x), interval(x, Infinity)))
const wide = fc.oneof({ weight: 8, arbitrary: box }, { weight: 2, arbitrary: halfLine })

/** The tightest interval around the exact values of f at the corners. */
const corners = (a: Interval, b: Interval, f: (x: Rational, y: Rational) => Rational): readonly [number, number] => {
  const values = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => f(Q.fromNumber(x), Q.fromNumber(y))))
  return [Math.min(...values.map(rationalDown)), Math.max(...values.map(rationalUp))]
}

describe("tightness against exact arithmetic", () => {
  const cases = [
    ["add", add, Q.add],
    ["sub", sub, Q.sub],
    ["mul", mul, Q.mul],
    ["div", div, Q.div],
  ] as const
  for (const [name, f, exact] of cases) {
    it(name, () => {
      const ok = (a: Interval, b: Interval): boolean => {
        if (name === "div" && b.lo <= 0 && b.hi >= 0) return true
        const c = f(a, b)
        const [lo, hi] = corners(a, b, exact)
        return c.lo === lo && c.hi === hi
      }
      fc.assert(fc.property(box, box, ok), { seed: 11, numRuns: 5000 })
    })
  }
  it("integer powers of moderate height, thin and representable where the power is", () => {
    const ok = (x: number, n: number): boolean => {
      if (x === 0) return true
      const exact = Q.powInteger(Q.fromNumber(x), n)
      const c = powi(point(x), n)
      const [lo, hi] = [rationalDown(exact), rationalUp(exact)]
      if (lo === hi) return c.lo === lo && c.hi === hi
      return c.lo <= lo && c.hi >= hi && c.lo >= nextDown(lo) && c.hi <= nextUp(hi)
    }
    const extreme = fc.constantFrom(2 ** -500, 1.5 * 2 ** -270, 2 ** 300)
    const base = fc.oneof(fc.double({ min: -1e10, max: 1e10, noNaN: true }), fc.integer({ min: -20, max: 20 }), extreme)
    fc.assert(fc.property(base, fc.integer({ min: -12, max: 12 }), ok), { seed: 12, numRuns: 5000 })
  })
  it("roots and powers that are doubles come out thin", () => {
    const results = [pow(point(0.25), point(0.5)), pow(point(81), point(0.75)), pow(point(4), point(-1.5)), sqrt(point(9)), powi(point(3), 33)]
    expect(results.map((c) => [c.lo, c.hi])).toEqual([
      [0.5, 0.5],
      [27, 27],
      [0.125, 0.125],
      [3, 3],
      [5559060566555523, 5559060566555523],
    ])
  })
  it("fused multiply-add rounds once", () => {
    const ok = (x: number, y: number, z: number): boolean => {
      const c = fma(point(x), point(y), point(z))
      const exact = Q.add(Q.mul(Q.fromNumber(x), Q.fromNumber(y)), Q.fromNumber(z))
      return c.lo === rationalDown(exact) && c.hi === rationalUp(exact)
    }
    fc.assert(fc.property(finite, finite, finite, ok), { seed: 13, numRuns: 2000 })
  })
})

describe("inclusion isotonicity", () => {
  /** b with a inside, a from fractions of b. */
  const nested = fc.tuple(box, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })).map(([b, s, t]) => {
    const inside = (u: number) => Math.min(b.hi, Math.max(b.lo, b.lo * (1 - u) + b.hi * u))
    const [x, y] = [inside(s), inside(t)]
    return [interval(Math.min(x, y), Math.max(x, y)), b] as const
  })
  const binary = { add, sub, mul, div, min, max, pow }
  for (const [name, f] of Object.entries(binary)) {
    it(name, () => {
      const ok = ([a, b]: readonly [Interval, Interval], [c, d]: readonly [Interval, Interval]): boolean => {
        const [small, large] = [f(a, c), f(b, d)]
        return subset(small, large) && (small.dec >= large.dec || Number.isNaN(small.lo))
      }
      fc.assert(fc.property(nested, nested, ok), { seed: 14, numRuns: 3000 })
    })
  }
  it("powi and sqr", () => {
    const ok = ([a, b]: readonly [Interval, Interval], n: number): boolean => subset(powi(a, n), powi(b, n)) && subset(sqr(a), sqr(b))
    fc.assert(fc.property(nested, fc.integer({ min: -9, max: 9 }), ok), { seed: 15, numRuns: 3000 })
  })
})

describe("degenerate operands", () => {
  it("empty stays empty, NaI stays NaI", () => {
    const one = point(1)
    for (const f of [add, sub, mul, div, min, max, pow]) {
      const ok = (a: Interval): boolean => isEmpty(f(a, EMPTY)) && isEmpty(f(EMPTY, a)) && f(a, EMPTY).dec === TRV && f(NAI, a).dec === 0
      fc.assert(fc.property(wide, ok), { seed: 16, numRuns: 200 })
    }
    expect(div(one, point(0))).toEqual(EMPTY)
    expect(interval(1, 0)).toEqual(NAI)
  })
  it("division by an interval around zero", () => {
    expect(div(point(1), interval(-1, 2))).toEqual({ lo: -Infinity, hi: Infinity, dec: TRV })
    expect(div(point(1), interval(0, 2))).toEqual({ lo: 0.5, hi: Infinity, dec: TRV })
    expect(equal(mul(point(0), ENTIRE), point(0))).toBe(true)
  })
  it("the midpoint is inside and mid, rad cover", () => {
    const ok = (a: Interval): boolean => {
      const [m, r] = [mid(a), rad(a)]
      return a.lo <= m && m <= a.hi && m - m === 0 && (a.dec === COM || r === Infinity)
    }
    fc.assert(fc.property(wide, ok), { seed: 17, numRuns: 2000 })
  })
})
