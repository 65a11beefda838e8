/** Special functions on double intervals against reference values and their own limits. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { COM, DAC, EMPTY, NAI, TRV, interval, point } from "../../src/interval/interval.ts"
import { nextDown, nextUp } from "../../src/interval/rounding.ts"
import type { Special } from "../../src/interval/special.ts"
import { special } from "../../src/interval/special.ts"

type Entry = readonly [x: string, y: string, condition: string]
const fixture = JSON.parse(readFileSync(new URL("../fixtures/ball-functions.json", import.meta.url), "utf8")) as Record<Special, ReadonlyArray<Entry>>
const NAMES: ReadonlyArray<Special> = ["erf", "erfc", "lgamma", "digamma", "normcdf", "lognormcdf"]

describe("points", () => {
  for (const f of NAMES) {
    it(`${f} gives neighbouring doubles around the reference where the argument is a double`, () => {
      let seen = 0
      for (const [text, y] of fixture[f]) {
        const x = Number(text)
        // Only literals that doubles hold exactly: integers and halves, quarters ...
        if (!Number.isInteger(x * 1024) || Math.abs(x) > 1e15) continue
        const v = special(f, point(x))
        seen += 1
        // The double nearest to the reference is one of the two neighbours.
        expect(v.lo === Number(y) || v.hi === Number(y), `${f}(${text}) = [${v.lo}, ${v.hi}], not ${y}`).toBe(true)
        expect(v.hi <= nextUp(nextUp(v.lo)), `${f}(${text})`).toBe(true)
        expect(v.dec).toBe(COM)
      }
      expect(seen).toBeGreaterThan(15)
    })
  }

  it("reaches the subnormal range and beyond", () => {
    // mpmath: erfc(27) = 5.2370489...e-319, normcdf(-38) = 2.88542835...e-316, lgamma(1e300) = 6.8977552789821368e302.
    expect(special("erfc", point(27))).toEqual({ lo: 5.23705e-319, hi: 5.2371e-319, dec: COM })
    expect(special("normcdf", point(-38))).toEqual({ lo: 2.88542835e-316, hi: 2.8854284e-316, dec: COM })
    expect(special("erfc", point(30))).toEqual({ lo: 0, hi: 5e-324, dec: COM })
    expect(special("normcdf", point(-1e300))).toEqual({ lo: 0, hi: 5e-324, dec: COM })
    expect(special("erf", point(5e-324)).lo).toBe(5e-324)
    expect(special("lgamma", point(1e300)).lo).toBeCloseTo(6.8977552789821368e302, -290)
    expect(special("lgamma", point(1e307))).toEqual({ lo: Number.MAX_VALUE, hi: Infinity, dec: DAC })
    expect(special("lognormcdf", point(-1e154)).hi).toBeLessThan(-4.99e307)
    expect(special("erf", point(1e300))).toEqual({ lo: nextDown(1), hi: 1, dec: COM })
    expect(special("erf", point(0))).toEqual({ lo: 0, hi: 0, dec: COM })
    expect(special("lgamma", point(2))).toEqual({ lo: 0, hi: 0, dec: COM })
  })

  it("stays on one side of the value at 0", () => {
    expect(special("erfc", point(1e-300)).hi).toBe(1)
    expect(special("normcdf", point(1e-300)).lo).toBe(0.5)
  })
})

describe("intervals", () => {
  it("takes limits at infinite ends", () => {
    const line = interval(-Infinity, Infinity)
    expect(special("erf", line)).toEqual({ lo: -1, hi: 1, dec: DAC })
    expect(special("erfc", line)).toEqual({ lo: 0, hi: 2, dec: DAC })
    expect(special("normcdf", line)).toEqual({ lo: 0, hi: 1, dec: DAC })
    expect(special("lognormcdf", line)).toEqual({ lo: -Infinity, hi: 0, dec: DAC })
    expect(special("digamma", interval(1, Infinity)).hi).toBe(Infinity)
  })

  it("finds the minimum of lgamma", () => {
    for (const [lo, hi] of [
      [1, 2],
      [1.4, 1.5],
      [1.4616321449683622, 1.4616321449683625],
      [0.5, Infinity],
    ] as const) {
      const v = special("lgamma", interval(lo, hi))
      // Minimum -0.121486290535849608095514557178...
      expect(v.lo).toBeLessThanOrEqual(-0.12148629053584961)
      expect(v.lo).toBeGreaterThan(-0.12148629053584963)
    }
    expect(special("lgamma", interval(3, 4)).lo).toBe(special("lgamma", point(3)).lo)
    expect(special("lgamma", interval(0.25, 1)).hi).toBe(special("lgamma", point(0.25)).hi)
  })

  it("treats poles", () => {
    expect(special("lgamma", point(0))).toEqual(EMPTY)
    expect(special("digamma", point(-3))).toEqual(EMPTY)
    expect(special("digamma", interval(-3.5, -2.5))).toEqual({ lo: -Infinity, hi: Infinity, dec: TRV })
    expect(special("lgamma", interval(0, 1))).toEqual({ lo: 0, hi: Infinity, dec: TRV })
    expect(special("digamma", interval(0, 1)).lo).toBe(-Infinity)
    const between = special("lgamma", interval(-1.75, -1.25))
    expect(between.dec).toBe(COM)
    // log|Gamma(-1.25)| = 1.3664317612369762..., the minimum between is 0.8410 at -1.5735.
    expect(between.lo).toBeGreaterThan(0.83)
    expect(between.lo).toBeLessThan(0.8411)
  })

  it("passes empty and invalid intervals on", () => {
    expect(special("erf", EMPTY)).toEqual(EMPTY)
    expect(special("erf", NAI)).toEqual(NAI)
    expect(special("erfc", { lo: 0, hi: 1, dec: TRV }).dec).toBe(TRV)
  })

  it("is isotone on nested intervals", () => {
    for (const f of NAMES) {
      for (let i = 1; i <= 20; i++) {
        const [inner, outer] = [special(f, interval(0.1 * i, 0.15 * i)), special(f, interval(0.09 * i, 0.2 * i))]
        expect(outer.lo <= inner.lo && inner.hi <= outer.hi, `${f} ${i}`).toBe(true)
      }
    }
  })
})
