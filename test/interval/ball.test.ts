/** Ring operations, order and conversions of balls against exact rationals. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rational } from "../../src/core/rational.ts"
import * as Q from "../../src/core/rational.ts"
import type { Ball } from "../../src/interval/ball.ts"
import { KEEP, exact, isThin, isWhole, roundEnds, whole, widen } from "../../src/interval/ball.ts"
import { ballArithmetic } from "../../src/interval/ball-arithmetic.ts"
import { bounds, fromDouble, toDecimal } from "../../src/interval/ball-convert.ts"
import { rootFloor } from "../../src/interval/ball-ring.ts"

const P = 64
const A = ballArithmetic(P)

const dyadic = (n: bigint, e: number): Rational => (e >= 0 ? Q.rational(n << BigInt(e)) : Q.rational(n, 1n << BigInt(-e)))
const low = (a: Ball): Rational => dyadic(a.m - a.r, a.e)
const high = (a: Ball): Rational => dyadic(a.m + a.r, a.e)
const contains = (a: Ball, x: Rational): boolean => isWhole(a) || (Q.compare(low(a), x) <= 0 && Q.compare(x, high(a)) <= 0)

/** A ball with exact points of it: both ends, the middle and a quarter point. */
const anyBall = fc
  .record({
    m: fc.bigInt({ min: -(1n << 80n), max: 1n << 80n }),
    cut: fc.integer({ min: 0, max: 80 }),
    r: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 1n << 80n })),
    e: fc.integer({ min: -130, max: 40 }),
  })
  .map(({ m, cut, r, e }): Ball => ({ m: m >> BigInt(cut), r: r >> BigInt(cut), e: e + cut, status: "defined" }))
const points = (a: Ball): ReadonlyArray<Rational> => [low(a), high(a), dyadic(a.m, a.e), dyadic(2n * a.m + a.r, a.e - 1)]

describe("ring operations", () => {
  const binary: ReadonlyArray<readonly [string, (a: Ball, b: Ball) => Ball, (x: Rational, y: Rational) => Rational | undefined]> = [
    ["add", A.add, Q.add],
    ["sub", A.sub, Q.sub],
    ["mul", A.mul, Q.mul],
    ["div", A.div, (x, y) => (y.n === 0n ? undefined : Q.div(x, y))],
    ["min", A.min, (x, y) => (Q.compare(x, y) < 0 ? x : y)],
    ["max", A.max, (x, y) => (Q.compare(x, y) < 0 ? y : x)],
    ["hull", A.hull, (x) => x],
  ]
  for (const [name, f, truth] of binary) {
    it(`${name} contains the exact results`, () => {
      fc.assert(
        fc.property(anyBall, anyBall, (a, b) => {
          const v = f(a, b)
          for (const x of points(a)) {
            for (const y of points(b)) {
              const t = truth(x, y)
              if (t === undefined) expect(v.status).not.toBe("defined")
              else expect(contains(v, t)).toBe(true)
            }
          }
        }),
        { numRuns: 400 },
      )
    })
  }

  it("powers, roots, absolute values and floors contain the exact results", () => {
    fc.assert(
      fc.property(anyBall, fc.integer({ min: -5, max: 9 }), (a, n) => {
        const [power, absolute, floor, root] = [A.powi(a, n), A.abs(a), A.floor(a), A.call("sqrt", a)]
        for (const x of points(a)) {
          if (n < 0 && x.n === 0n) expect(power.status).not.toBe("defined")
          else expect(contains(power, Q.powInteger(x, n))).toBe(true)
          expect(contains(absolute, x.n < 0n ? Q.neg(x) : x)).toBe(true)
          expect(contains(floor, Q.rational(x.n >= 0n ? x.n / x.d : -((-x.n + x.d - 1n) / x.d)))).toBe(true)
          if (x.n < 0n) expect(root.status).not.toBe("defined")
          else
            expect(isWhole(root) || (Q.compare(Q.mul(low(root), low(root)), x) <= 0 && Q.compare(x, Q.mul(high(root), high(root))) <= 0)).toBe(true)
        }
        if (n % 2 === 0 && !isWhole(power)) expect(low(power).n).toBeGreaterThanOrEqual(0n)
      }),
      { numRuns: 400 },
    )
  })

  it("sees a product whose radius is one unit short", () => {
    const a = A.div(A.rational(Q.rational(1)), A.rational(Q.rational(3)))
    const v = A.mul(a, a)
    expect(contains(v, Q.rational(1, 9))).toBe(true)
    expect(contains({ ...v, m: v.m + 2n * v.r }, Q.rational(1, 9))).toBe(false)
  })

  it("rounds thin results to two last places and wide ones end by end", () => {
    const third = A.div(exact(1n), exact(3n))
    expect(third.r).toBe(1n)
    // |a b - m| <= (1 + 1 + 2^-64) last places of the factors (at most 2 of the product's), rounded to nearest.
    expect(A.mul(third, A.neg(third)).r).toBeLessThanOrEqual(4n)
    const unit = A.range(0, 1)
    expect([low(A.mul(unit, A.hull(unit, exact(1n)))).n, high(A.mul(unit, unit)).n]).toEqual([0n, 1n])
    const [l, h] = bounds(A.mul(A.range(-1, 1), A.range(-1, 1)))
    expect([l, h]).toEqual([-1, 1])
    const square = A.range(-1, 2)
    expect(bounds(A.mul(square, square))).toEqual([0, 4])
  })

  it("stays inside when a factor shrinks", () => {
    fc.assert(
      fc.property(anyBall, anyBall, fc.bigInt({ min: 0n, max: 1n << 80n }), (a, b, part) => {
        const inner = { ...a, r: part % (a.r + 1n) }
        for (const f of [A.add, A.mul, A.sub]) {
          const [small, large] = [f(inner, b), f(a, b)]
          // Each end is rounded once: at most two last places of the larger result.
          const slack = dyadic(3n, large.e)
          expect(Q.compare(low(small), Q.sub(low(large), slack))).toBeGreaterThanOrEqual(0)
          expect(Q.compare(high(small), Q.add(high(large), slack))).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe("representation", () => {
  it("keeps the sign of a small end over 1000 binary orders", () => {
    const v = roundEnds(1n, 1n << 1000n, -1000, "defined", P)
    expect(low(v).n > 0n).toBe(true)
    expect(roundEnds(1n, 1n << BigInt(KEEP + 200), 0, "defined", P).m <= roundEnds(1n, 1n << BigInt(KEEP + 200), 0, "defined", P).r).toBe(true)
  })

  it("adds numbers whose exponents are billions apart", () => {
    const far = A.add(exact(1n), exact(1n, -3_000_000_000))
    expect(bounds(far)).toEqual([1, 1 + 2 ** -52])
    expect(bounds(A.add(exact(1n, 3_000_000_000), exact(-1n)))[0]).toBe(Number.MAX_VALUE)
    expect(isWhole(A.mul(exact(1n, 2 ** 45 - 1), exact(1n, 2 ** 45 - 1)))).toBe(true)
    expect(bounds(A.mul(exact(1n, 1 - 2 ** 45), exact(1n, 1 - 2 ** 45)))).toEqual([0, 5e-324])
  })

  it("lengthens a short midpoint instead of widening it", () => {
    const v = widen(exact(1n), 1n, -60, P)
    expect(Q.compare(high(v), Q.add(Q.ONE, dyadic(65n, -66)))).toBeLessThanOrEqual(0)
  })

  it("is thin below a relative radius of 2^-(p/2)", () => {
    expect(isThin({ m: 1n << 63n, r: 1n << 20n, e: 0, status: "defined" }, P)).toBe(true)
    expect(isThin({ m: 1n << 63n, r: 1n << 40n, e: 0, status: "defined" }, P)).toBe(false)
    expect(isThin(whole("defined"), P)).toBe(false)
  })

  it("takes integer square roots", () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 1n << 3000n }), (n) => ((r) => r * r <= n && n < (r + 1n) * (r + 1n))(rootFloor(n))))
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 1n << 1600n }), (n) => rootFloor(n * n) === n && rootFloor(n * n - 1n) === n - 1n))
  })
})

describe("conversions", () => {
  it("reads doubles exactly and writes outward neighbours", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 200 }), (x, k) => {
        expect(bounds(fromDouble(x))).toEqual([x === 0 ? 0 : x, x === 0 ? 0 : x])
        if (x === 0 || Math.abs(x) > 1e300) return
        const [l, h] = bounds(A.add(fromDouble(x), exact(1n, -1100 - k)))
        expect(l <= x && x <= h && h - l <= Math.max(2 * Number.MIN_VALUE, Math.abs(x) * 2 ** -51)).toBe(true)
      }),
    )
    expect(bounds(fromDouble(5e-324))).toEqual([5e-324, 5e-324])
    expect(bounds(A.mul(fromDouble(5e-324), exact(1n, -1)))).toEqual([0, 5e-324])
    expect(bounds(A.neg(A.mul(fromDouble(Number.MAX_VALUE), exact(1n, 1))))).toEqual([-Infinity, -Number.MAX_VALUE])
  })

  it("rounds exact dyadics to the neighbouring doubles", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1n << 120n }), fc.integer({ min: -1180, max: 900 }), (m, e) => {
        const x = dyadic(m, e)
        const [l, h] = bounds(exact(m, e))
        expect(Q.compare(Q.fromNumber(l), x) <= 0 && Q.compare(x, Q.fromNumber(h)) <= 0).toBe(true)
        const nearest = Q.toNumber(x)
        expect(nearest === l || nearest === h).toBe(true)
      }),
    )
  })

  it("takes ranges: exact ends, the whole line for infinite ones", () => {
    expect(bounds(A.range(0.1, 0.3))).toEqual([0.1, 0.3])
    expect(bounds(A.range(-1e-300, 1))[0]).toBeLessThanOrEqual(-1e-300)
    expect(bounds(A.range(1e-300, 1))[0]).toBeGreaterThan(0.99e-300)
    expect(A.range(0, Infinity)).toEqual(whole("defined"))
    expect(A.range(2, 1).status).toBe("undefined")
  })

  it("prints certified digits only", () => {
    const third = ballArithmetic(64).rational(Q.rational(1, 3))
    expect(toDecimal(third)).toMatch(/^0\.3{18,19}$/)
    expect(toDecimal(exact(-5n, -1))).toBe("-2.5")
    expect(toDecimal(exact(1n, -30), 12)).toBe("9.3132257462e-10")
    expect(toDecimal(exact(1n, -30))).toBe("9.31322574615478515625e-10")
    expect(toDecimal(roundEnds(-1n, 1n, -10, "defined", 64))).toBe("[+- 1e-2]")
    expect(toDecimal(whole("defined"))).toBe("[-oo, oo]")
    fc.assert(
      fc.property(anyBall, (a) => {
        const text = toDecimal(a)
        if (text.startsWith("[") || a.r === 0n) return
        const d = Q.parseRational(text)!
        const digits = /\.(\d*)/.exec(text)?.[1] ?? ""
        const unit = Q.parseRational(`1e${Number(/e(-?\d+)/.exec(text)?.[1] ?? "0") - digits.length}`)!
        expect(Q.compare(Q.sub(high(a), d), unit) <= 0 && Q.compare(Q.sub(d, low(a)), unit) <= 0).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})

describe("order and status", () => {
  it("compares whole argument sets", () => {
    const [a, b] = [A.range(0, 1), A.range(1, 2)]
    expect([A.less(a, b), A.less(b, a), A.less(A.range(0, 0.5), b), A.less(b, A.range(0, 1)), A.less(whole("defined"), b)]).toEqual([
      undefined,
      false,
      true,
      false,
      undefined,
    ])
  })

  it("follows the contract at the edges of domains", () => {
    expect(A.div(exact(1n), exact(0n))).toEqual(whole("undefined"))
    expect(A.div(exact(1n), A.range(-1, 1))).toEqual(whole("unknown"))
    expect(A.call("sqrt", A.range(-2, -1)).status).toBe("undefined")
    const straddling = A.call("sqrt", A.range(-1e-20, 4))
    expect(straddling.status).toBe("unknown")
    expect(bounds(straddling)).toEqual([0, 2 + 2 ** -51])
    expect(A.call("log", A.range(-2, 0)).status).toBe("undefined")
    expect(A.call("log", A.range(0, 1))).toEqual(whole("unknown"))
    expect(A.call("log1p", A.range(-3, -1)).status).toBe("undefined")
    expect(A.call("log1p", A.range(-1, 2)).status).toBe("unknown")
    expect(A.call("lgamma", exact(-3n)).status).toBe("undefined")
    expect(A.call("digamma", A.range(-0.5, 0.5)).status).toBe("unknown")
    expect(A.call("tan", A.range(1, 2)).status).toBe("unknown")
    expect(A.pow(exact(0n), exact(3n))).toEqual(exact(0n))
    expect(A.pow(exact(0n), exact(-1n)).status).toBe("undefined")
    expect(A.pow(A.range(-2, -1), exact(1n)).status).toBe("undefined")
    expect(bounds(A.pow(A.range(0, 4), exact(1n, -1)))).toEqual([0, 2 + 2 ** -51])
    expect(A.sign(A.range(-1, 2)).status).toBe("unknown")
    expect(bounds(A.sign(A.range(1, 2)))).toEqual([1, 1])
  })

  it("never mends a status", () => {
    for (const status of ["unknown", "undefined"] as const) {
      const a = A.restrict(A.rational(Q.rational(1, 3)), status)
      const results = [
        A.add(a, a),
        A.mul(a, a),
        A.div(a, exact(3n)),
        A.powi(a, 0),
        A.powi(a, 3),
        A.call("exp", a),
        A.call("erf", a),
        A.call("lgamma", a),
      ]
      for (const v of [...results, A.logsumexp([exact(0n), a]), A.max(a, exact(0n)), A.pow(exact(2n), a)]) expect(v.status).toBe(status)
    }
  })

  it("bounds functions of the whole line by their range", () => {
    const line = A.range(-Infinity, Infinity)
    expect(bounds(A.call("erf", line))).toEqual([-1, 1])
    expect(bounds(A.call("sin", line))).toEqual([-1, 1])
    expect(bounds(A.call("normcdf", line))).toEqual([0, 1])
    expect(bounds(A.call("sigmoid", line))).toEqual([0, 1])
    expect(bounds(A.call("atan", line))[1]).toBeCloseTo(Math.PI / 2)
    expect(isWhole(A.call("exp", line))).toBe(true)
  })
})
