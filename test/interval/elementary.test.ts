/** Elementary functions of intervals without an outside oracle: isotonicity, extrema and poles, symmetries, and exact values. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { atan2 } from "../../src/interval/elementary-atan2.ts"
import { intervalArithmetic as A } from "../../src/interval/interval-arithmetic.ts"
import { subset } from "../../src/interval/interval-relations.ts"
import type { Interval } from "../../src/interval/interval.ts"
import { COM, DAC, DEF, EMPTY, interval, NAI, point, TRV } from "../../src/interval/interval.ts"
import { MAX, MIN, nextDown, nextUp } from "../../src/interval/rounding.ts"

const anywhere = fc.double({ noNaN: true, noDefaultInfinity: true })
const finite = fc.oneof(anywhere, fc.double({ min: -40, max: 40, noNaN: true }), fc.integer({ min: -4, max: 4 }))
const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const inside = (a: Interval, u: number): number => Math.min(a.hi, Math.max(a.lo, a.lo * (1 - u) + a.hi * u))
const box = fc.tuple(finite, fc.double({ min: 0, max: 12, noNaN: true })).map(([x, w]) => interval(x, Math.min(MAX, x + w)))

describe("inclusion isotonicity", () => {
  for (const f of ELEMENTARY) {
    it(f, () => {
      const ok = (b: Interval, s: number, t: number): boolean => {
        const [x, y] = [inside(b, s), inside(b, t)]
        const small = A.call(f, interval(Math.min(x, y), Math.max(x, y)))
        return subset(small, A.call(f, b)) && subset(A.call(f, point(x)), A.call(f, b))
      }
      fc.assert(fc.property(box, fraction, fraction, ok), { seed: 21, numRuns: 1500 })
    })
  }
})

describe("every function", () => {
  it("passes empty and NaI on", () => {
    for (const f of ELEMENTARY) expect([f, A.call(f, EMPTY).lo, A.call(f, EMPTY).dec, A.call(f, NAI).dec]).toEqual([f, NaN, TRV, 0])
  })
  it("encloses the engine's value generously widened at moderate arguments", () => {
    const engine: Partial<Record<Elementary, (x: number) => number>> = {
      exp: Math.exp,
      expm1: Math.expm1,
      log: Math.log,
      log1p: Math.log1p,
      sin: Math.sin,
      cos: Math.cos,
      tan: Math.tan,
      atan: Math.atan,
      sinh: Math.sinh,
      cosh: Math.cosh,
      tanh: Math.tanh,
    }
    for (const [f, g] of Object.entries(engine)) {
      const ok = (x: number): boolean => {
        const [c, y] = [A.call(f as Elementary, point(x)), g(x)]
        return Math.abs(c.lo - y) <= 1e-14 * Math.abs(y) && Math.abs(c.hi - y) <= 1e-14 * Math.abs(y)
      }
      fc.assert(fc.property(fc.double({ min: 1e-3, max: 40, noNaN: true }), ok), { seed: 22, numRuns: 500 })
    }
  })
})

describe("ranges and special values", () => {
  it("the range ends at over- and underflow", () => {
    expect(A.call("exp", point(710))).toEqual({ lo: MAX, hi: Infinity, dec: DAC })
    expect(A.call("exp", point(-746))).toEqual({ lo: 0, hi: MIN, dec: COM })
    expect(A.call("sinh", point(-711))).toEqual({ lo: -Infinity, hi: -MAX, dec: DAC })
    expect(A.call("exp", interval(-Infinity, 0))).toEqual({ lo: 0, hi: 1, dec: DAC })
  })
  it("domains", () => {
    expect(A.call("log", interval(-2, -1))).toEqual(EMPTY)
    expect(A.call("log", interval(0, 1))).toEqual({ lo: -Infinity, hi: 0, dec: TRV })
    expect(A.call("log1p", interval(-1, 0))).toEqual({ lo: -Infinity, hi: 0, dec: TRV })
    expect(A.call("sqrt", interval(-1, 4))).toEqual({ lo: 0, hi: 2, dec: TRV })
  })
  it("extrema inside, near misses outside", () => {
    expect(A.call("sin", interval(1.5, 1.6)).hi).toBe(1)
    expect(A.call("sin", interval(1.5, 1.5707963267948966)).hi).toBe(1)
    expect(A.call("sin", interval(1.5, 1.57)).hi).toBeLessThan(1)
    expect(A.call("cos", interval(-0.1, 0.2)).hi).toBe(1)
    expect(A.call("cos", interval(3, 3.2)).lo).toBe(-1)
    expect(A.call("sin", interval(2, 7.8))).toMatchObject({ lo: -1, hi: expect.closeTo(0.99854, 4) })
    expect(A.call("sin", interval(2, 7.9))).toMatchObject({ lo: -1, hi: 1 })
    expect(A.call("sin", interval(1.6, 7.8))).toMatchObject({ lo: -1, hi: expect.closeTo(0.999574, 5) })
    expect(A.call("sin", interval(1e300, 1e301))).toMatchObject({ lo: -1, hi: 1 })
  })
  it("poles inside, near misses outside", () => {
    const last = 1.5707963267948966
    expect(A.call("tan", interval(1.5, last)).dec).toBe(COM)
    expect(A.call("tan", interval(1.5, nextUp(last)))).toEqual({ lo: -Infinity, hi: Infinity, dec: TRV })
    expect(A.call("tan", interval(nextUp(last), 4.7)).dec).toBe(COM)
    expect(A.call("tan", interval(3, 7)).dec).toBe(TRV)
  })
  it("odd and even symmetries hold to the bit", () => {
    const ok = (x: number): boolean => {
      for (const f of ["sin", "tan", "atan", "sinh", "tanh"] as const) {
        const [a, b] = [A.call(f, point(x)), A.call(f, point(-x))]
        if (a.lo !== -b.hi || a.hi !== -b.lo) return false
      }
      return (["cos", "cosh"] as const).every((f) => A.call(f, point(x)).lo === A.call(f, point(-x)).lo)
    }
    fc.assert(fc.property(finite, ok), { seed: 23, numRuns: 2000 })
  })
})

describe("atan2 far from the diagonals", () => {
  it("tends to the axes", () => {
    const straight = { lo: Math.PI, hi: nextUp(Math.PI), dec: COM }
    expect(atan2(point(1e-300), point(-1))).toEqual(straight)
    expect(atan2(point(1e300), point(-1e-300))).toMatchObject({ lo: Math.PI / 2, hi: nextUp(Math.PI / 2) })
    expect(atan2(point(1e-300), point(4))).toEqual({ lo: nextDown(2.5e-301), hi: nextUp(2.5e-301), dec: COM })
    expect(atan2(point(-1e-300), point(-1e300))).toEqual({ lo: -nextUp(Math.PI), hi: -Math.PI, dec: COM })
    expect(atan2(point(MIN), point(MAX))).toEqual({ lo: 0, hi: MIN, dec: COM })
  })
})

describe("logsumexp", () => {
  it("is exact for one term, shifts, and never falls below its maximum", () => {
    expect(A.logsumexp([point(3)])).toMatchObject({ lo: 3, hi: 3 })
    const two = A.logsumexp([point(0), point(0)])
    expect([two.lo, two.hi]).toEqual([Math.LN2, nextUp(Math.LN2)])
    const ok = (xs: number[]): boolean => {
      const r = A.logsumexp(xs.map(point))
      return r.lo >= Math.max(...xs) && r.lo <= r.hi && r.hi <= nextUp(Math.max(...xs) + Math.log(xs.length) * (1 + 1e-15))
    }
    fc.assert(fc.property(fc.array(finite, { minLength: 1, maxLength: 6 }), ok), { seed: 24, numRuns: 3000 })
  })
  it("counts what it leaves out", () => {
    const r = A.logsumexp([point(0), point(-599.9), point(-600.1)])
    expect(r.lo).toBeLessThan(Math.exp(-599.9) + Math.exp(-600.1))
    expect(r.hi).toBeGreaterThan(Math.exp(-599.9) + Math.exp(-600.1))
    expect(A.logsumexp([point(0), point(-1e5), point(-1e5)])).toMatchObject({ lo: 0, hi: expect.toSatisfy((x: number) => x > 0 && x < 1e-250) })
  })
  it("takes infinite ends and does not overflow", () => {
    expect(A.logsumexp([interval(-Infinity, 0), interval(-Infinity, 0)])).toMatchObject({ lo: -Infinity, dec: DAC })
    expect(A.logsumexp([point(1e308), point(1e308)])).toMatchObject({ lo: 1e308, hi: nextUp(1e308), dec: COM })
    expect(A.logsumexp([point(0), EMPTY])).toEqual(EMPTY)
  })
})

describe("the Arithmetic contract", () => {
  it("status follows the decoration", () => {
    const values = [A.call("log", point(2)), A.call("log", interval(0, 2)), A.call("log", point(-2)), NAI]
    expect(values.map(A.status)).toEqual(["defined", "unknown", "undefined", "undefined"])
    expect(A.status(A.sign(interval(-1, 1)))).toBe("defined")
    expect(A.sign(interval(-1, 1)).dec).toBe(DEF)
    expect(A.status(A.add(A.restrict(point(1), "unknown"), point(1)))).toBe("unknown")
    expect(A.status(A.add(A.restrict(point(1), "undefined"), point(1)))).toBe("undefined")
    expect(A.status(A.hull(EMPTY, point(1)))).toBe("unknown")
  })
  it("less is three-valued", () => {
    expect([point(1), point(2), interval(1, 3), EMPTY].map((a) => A.less(a, point(2)))).toEqual([true, false, undefined, undefined])
  })
  it("pi and rationals are the tightest", () => {
    expect(A.pi()).toEqual({ lo: Math.PI, hi: nextUp(Math.PI), dec: COM })
    expect(A.rational({ n: 1n, d: 10n })).toEqual({ lo: nextDown(0.1), hi: 0.1, dec: COM })
    expect(A.rational({ n: 3n, d: 8n })).toEqual({ lo: 0.375, hi: 0.375, dec: COM })
    expect(A.rational({ n: 10n ** 400n, d: 1n })).toEqual({ lo: MAX, hi: Infinity, dec: DAC })
  })
})
