/** Elementary functions of balls against committed reference values (mpmath), and their behaviour on sub-balls. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { parseRational } from "../../src/core/rational.ts"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import type { Ball } from "../../src/interval/ball.ts"
import { align, exact, isPositive, isWhole, scaleDown } from "../../src/interval/ball.ts"
import { ballArithmetic, callBall } from "../../src/interval/ball-arithmetic.ts"
import { bounds, toDecimal } from "../../src/interval/ball-convert.ts"
import { generator, randomBall } from "../oracle/balls.ts"

type Entry = readonly [x: string, y: string, condition: string]
const fixture = JSON.parse(readFileSync(new URL("../fixtures/ball-functions.json", import.meta.url), "utf8")) as Record<
  Elementary,
  ReadonlyArray<Entry>
>

/** The reference y, a decimal of 60 digits, as an integer interval in units of 2^-w: |y| 10^-59 wide. */
const reference = (text: string, w: number): readonly [lo: bigint, hi: bigint] => {
  const [, sign, whole, fraction, exponent] = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/.exec(text)!
  const n = BigInt(sign + whole! + (fraction ?? ""))
  const k = Number(exponent ?? 0) - (fraction ?? "").length
  const scaled = (m: bigint): bigint => {
    const [p, q] = k >= 0 ? [m * 10n ** BigInt(k), 1n] : [m, 10n ** BigInt(-k)]
    return w >= 0 ? (p << BigInt(w)) / q : p / (q << BigInt(-w))
  }
  const y = scaled(n)
  const slack = (y < 0n ? -y : y) / 10n ** 59n + 1n
  return [y - slack, y + slack]
}

/** Does the ball meet the reference interval, in units 64 times finer than its own? */
const meets = (v: Ball, text: string): boolean => {
  const [lo, hi] = reference(text, 6 - v.e)
  return (v.m - v.r) << 6n <= hi && lo <= (v.m + v.r) << 6n
}

describe("reference values", () => {
  for (const f of ELEMENTARY) {
    for (const bits of [64, 128, 333]) {
      it(`${f} contains them at ${bits} bits, with the radius that the condition explains`, () => {
        expect(fixture[f].length).toBeGreaterThanOrEqual(33)
        const A = ballArithmetic(bits)
        for (const [x, y, condition] of fixture[f]) {
          const v = A.call(f, A.rational(parseRational(x)!))
          expect(v.status, x).toBe("defined")
          expect(meets(v, y), `${f}(${x}) = ${toDecimal(v)}, not ${y}`).toBe(true)
          // The argument is known to one last place (2 units of 2^-bits), the result is rounded to three at most; slopes are bounded within 3/2.
          const size = v.m < 0n ? -v.m : v.m
          const allowed = 6 + 3 * Number(condition)
          if (v.m !== 0n) expect(Number((v.r << BigInt(bits + 20)) / size) / 2 ** 20, `${f}(${x})`).toBeLessThanOrEqual(allowed)
        }
      })
    }
  }

  it("are missed by a ball that is moved by its own diameter", () => {
    const A = ballArithmetic(128)
    for (const f of ELEMENTARY) {
      const missed = fixture[f].filter(([x, y]) => {
        const v = A.call(f, A.rational(parseRational(x)!))
        return !meets({ ...v, m: v.m + 2n * v.r + 1n }, y)
      })
      expect(missed.length, f).toBeGreaterThan(fixture[f].length * 0.9)
    }
  })

  it("has pi and log 2 to 100 digits", () => {
    const A = ballArithmetic(400)
    expect(toDecimal(A.pi(), 101)).toContain("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706")
    const log2 = toDecimal(A.call("log", exact(2n)), 101)
    expect(log2).toContain("0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332699641868")
  })
})

describe("sub-balls", () => {
  for (const f of ELEMENTARY) {
    it(`${f} of a part lies in ${f} of the ball`, () => {
      const next = generator(23)
      let compared = 0
      for (let i = 0; i < 150; i++) {
        const a = randomBall(next, 128, 4)
        if (a.r === 0n) continue
        const share = BigInt(Math.floor(next() * 2 ** 20))
        const r = (a.r * share) >> 20n
        const shift = ((a.r - r) * BigInt(Math.floor(next() * 2 ** 20))) >> 20n
        const inner: Ball = { ...a, r, m: next() < 0.5 ? a.m - shift : a.m + shift }
        const [part, all] = [callBall(f, inner, 128), callBall(f, a, 128)]
        if (isWhole(all) || isWhole(part)) {
          expect(isWhole(part) && part.status !== "undefined" && !isWhole(all)).toBe(false)
          continue
        }
        if (part.status === "undefined" || all.status !== "defined") continue
        compared += 1
        // One last place of each for rounding; a thin part may be wider than its image by half of itself (slopes are bounded, not computed).
        const { al, ah, bl, bh, e } = align(part, all, 128)
        const slack = scaleDown(2n, all.e - e) + scaleDown(part.r * (inner.r === 0n ? 2n : 1n) + 4n, part.e - e - 1) + 4n
        expect(al >= bl - slack && ah <= bh + slack, `${f} ${a.m} ${a.r} ${a.e} / ${inner.m} ${inner.r}`).toBe(true)
      }
      expect(compared).toBeGreaterThan(20)
    })
  }
})

describe("extremes", () => {
  const A = ballArithmetic(128)
  const point = (n: bigint, e = 0): Ball => exact(n, e)

  it("caps exponents beyond 2^31", () => {
    expect(isWhole(A.call("exp", point(1n, 33)))).toBe(true)
    expect(bounds(A.call("exp", point(-1n, 33)))).toEqual([0, 5e-324])
    expect(isPositive(A.call("exp", point(-1n, 30)))).toBe(true)
    expect(bounds(A.call("normcdf", point(-1n, 40)))).toEqual([0, 5e-324])
    expect(bounds(A.call("sigmoid", point(-1n, 40)))).toEqual([0, 5e-324])
    expect(bounds(A.call("sigmoid", point(1n, 40)))).toEqual([1 - 2 ** -53, 1])
    expect(bounds(A.call("softplus", point(1n, 40)))[0]).toBeLessThanOrEqual(2 ** 40)
    expect(bounds(A.call("erfc", point(-1n, 40)))[1]).toBe(2)
  })

  it("keeps relative accuracy where results are small", () => {
    const relative = (v: Ball): number => Number((v.r << 200n) / (v.m < 0n ? -v.m : v.m)) / 2 ** 72
    for (const f of ["expm1", "log1p", "sin", "tan", "atan", "sinh", "tanh", "erf"] as const) {
      for (const e of [-30, -63, -64, -65, -66, -67, -100, -130, -131, -133, -140, -5000, -1_000_000])
        expect(relative(A.call(f, point(5n, e))), `${f} ${e}`).toBeLessThan(4.01)
    }
    for (const x of [-40n, -1000n, -60000n]) expect(relative(A.call("normcdf", point(x)))).toBeLessThan(4.01)
    for (const x of [-40n, -1_000_000n, -(10n ** 30n)]) expect(relative(A.call("lognormcdf", point(x)))).toBeLessThan(4.01)
    expect(relative(A.call("lgamma", { ...point(1n), m: (1n << 90n) + 1n, e: -90 }))).toBeLessThan(4.01)
    expect(relative(A.call("log", { ...point(1n), m: (1n << 90n) + 1n, e: -90 }))).toBeLessThan(4.01)
    // log(1 + 2^-200) = 2^-200 - 2^-401 + ...
    const near = A.call("log", exact((1n << 200n) + 1n, -200))
    expect(A.less(near, exact(1n, -200))).toBe(undefined)
    expect(relative(near)).toBeLessThan(4.01)
    // The double nearest to pi, and a good rational approximation of the zero of digamma.
    expect(relative(A.call("sin", point(884279719003555n, -48)))).toBeLessThan(4.01)
    expect(relative(A.call("digamma", point(6582605942367463n, -52)))).toBeLessThan(4.01)
  })

  it("finds extrema between the ends of wide balls", () => {
    expect(bounds(A.call("sin", A.range(1, 2)))[1]).toBe(1)
    expect(bounds(A.call("cos", A.range(3, 4)))[0]).toBe(-1)
    expect(bounds(A.call("cosh", A.range(-1, 2)))[0]).toBe(1)
    // Minimum of lgamma at 1.4616...: -0.12148629053584960809...
    const [low, high] = bounds(A.call("lgamma", A.range(1, 3)))
    expect(low).toBeLessThanOrEqual(-0.1214862905358496)
    expect(low).toBeGreaterThan(-0.1214862905358497)
    expect(high).toBeCloseTo(Math.LN2, 14)
    // On ]-1, 0[ the minimum is 1.26543762211086561338... at -0.50408...
    expect(bounds(A.call("lgamma", A.range(-0.75, -0.25)))[0]).toBeCloseTo(1.2654376221108656, 15)
  })

  it("adds exponentials without overflow", () => {
    const v = A.logsumexp([point(10n ** 12n), point(10n ** 12n), point(-5n)])
    expect(toDecimal(v, 25)).toBe("1000000000000.693147180560")
    expect(bounds(A.logsumexp([point(0n), A.range(0, 1)]))[0]).toBeCloseTo(Math.LN2, 14)
  })

  it("works with tails of powers", () => {
    expect(toDecimal(A.pow(point(2n), point(1n, -1)), 30)).toContain("1.4142135623730950488016887242")
    expect(bounds(A.pow(A.range(2, 3), A.range(-1, 2)))).toEqual([1 / 3 - 2 ** -54, 9 + 2 ** -49].map((x) => expect.closeTo(x, 12) as number))
  })
})
