/** Directed rounding against exact rationals, over the full exponent range and on purpose near over- and underflow. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rational } from "../../src/core/rational.ts"
import * as Q from "../../src/core/rational.ts"
import * as D from "../../src/interval/rounding.ts"

const word = new Float64Array(1)
const bits = new BigInt64Array(word.buffer)
/** The neighbour of x by its bit pattern: an independent successor function. */
const successor = (x: number): number => {
  if (x === 0) return D.MIN
  word[0] = x
  bits[0] = bits[0]! + (x > 0 ? 1n : -1n)
  return word[0]!
}

const any = fc.double({ noNaN: true, noDefaultInfinity: true })
const near = (e: number) =>
  fc
    .tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: e - 60, max: e + 60 }))
    .map(([m, k]) => m * 2 ** Math.min(1023, Math.max(-1074, k)))
const limits = fc.constantFrom(D.MIN, D.MAX, 2 ** -1022, 2 ** -969, 2 ** -1021, 2 ** 996, 1)
const edge = fc.oneof(near(-1022), near(960), near(-511), near(511), near(0), limits).chain((x) => fc.constantFrom(x, -x))
const number = fc.oneof(any, edge)
const RUNS = 20000

/** lo is the largest double <= value and hi the smallest >= value, MAX standing for overflow. */
const tight = (value: Rational, lo: number, hi: number): boolean => {
  const under = lo === -Infinity || (Q.compare(Q.fromNumber(lo), value) <= 0 && (lo === D.MAX || Q.compare(Q.fromNumber(successor(lo)), value) > 0))
  const over = hi === Infinity || (Q.compare(Q.fromNumber(hi), value) >= 0 && (hi === -D.MAX || Q.compare(Q.fromNumber(-successor(-hi)), value) < 0))
  const small = (lo !== -Infinity || Q.compare(value, Q.fromNumber(-D.MAX)) < 0) && (hi !== Infinity || Q.compare(value, Q.fromNumber(D.MAX)) > 0)
  return under && over && small
}

describe("neighbours", () => {
  it("agree with the bit patterns", () => {
    fc.assert(
      fc.property(number, (x) => D.nextUp(x) === successor(x) && D.nextDown(x) === -successor(-x)),
      { seed: 1, numRuns: RUNS },
    )
    const corners = [0, D.MIN, D.MAX, 2 ** -1022, 2 ** -1021, 2 ** -969, 1, 2 ** 1023]
    const special = corners.flatMap((x) => [x, successor(x), -x, -successor(-x), -successor(x)])
    for (const x of special.filter(Number.isFinite)) expect(D.nextUp(x) === successor(x), `${x}`).toBe(true)
    expect([D.nextUp(Infinity), D.nextUp(-Infinity), D.nextDown(Infinity), D.nextUp(D.MAX)]).toEqual([Infinity, -D.MAX, D.MAX, Infinity])
  })
  it("powers of two and exponents are exact", () => {
    for (let k = -1074; k <= 1023; k++) {
      const exact = Q.toNumber(Q.powInteger(Q.rational(2), k))
      expect([D.power2(k), D.exponent(D.power2(k))]).toEqual([exact, k])
    }
  })
})

describe("directed operations are the tightest", () => {
  const exact = { add: Q.add, sub: Q.sub, mul: Q.mul }
  it("sum", () => {
    const ok = (a: number, b: number) => tight(exact.add(Q.fromNumber(a), Q.fromNumber(b)), D.addDown(a, b), D.addUp(a, b))
    const large: Array<[number, number]> = [
      [D.MAX, -(2 ** 970)],
      [D.MAX, 2 ** 969],
      [D.MAX, D.MAX],
      [D.MAX, D.MIN],
      [D.MIN, D.MAX],
    ]
    const overflowInside: Array<[number, number]> = [
      [-1.5 * 2 ** 971, D.MAX],
      [1.5 * 2 ** 971, -D.MAX],
    ]
    fc.assert(fc.property(number, number, ok), { seed: 2, numRuns: RUNS, examples: [...large, ...overflowInside] })
  })
  it("product", () => {
    const ok = (a: number, b: number) => tight(exact.mul(Q.fromNumber(a), Q.fromNumber(b)), D.mulDown(a, b), D.mulUp(a, b))
    const examples: Array<[number, number]> = [
      [D.MIN, 0.5],
      [D.MIN, D.MIN],
      [D.MAX, D.MAX],
      [1.5, D.MIN],
      [2 ** 1020, 1.25],
    ]
    fc.assert(fc.property(number, number, ok), { seed: 3, numRuns: RUNS, examples })
  })
  it("quotient", () => {
    const ok = (a: number, b: number) => b === 0 || tight(Q.div(Q.fromNumber(a), Q.fromNumber(b)), D.divDown(a, b), D.divUp(a, b))
    fc.assert(fc.property(number, number, ok), {
      seed: 4,
      numRuns: RUNS,
      examples: [
        [D.MIN, 3],
        [1, D.MAX],
        [D.MAX, D.MIN],
        [D.MIN, D.MAX],
        [1, 3],
      ],
    })
  })
  it("square root", () => {
    const ok = (x: number): boolean => {
      const a = Math.abs(x)
      const lo = Q.fromNumber(D.sqrtDown(a))
      const hi = Q.fromNumber(D.sqrtUp(a))
      const [below, above] = [Q.compare(Q.mul(lo, lo), Q.fromNumber(a)), Q.compare(Q.mul(hi, hi), Q.fromNumber(a))]
      return below <= 0 && above >= 0 && (below === 0 ? above === 0 : D.nextUp(D.sqrtDown(a)) === D.sqrtUp(a))
    }
    fc.assert(fc.property(number, ok), { seed: 5, numRuns: RUNS, examples: [[0], [4], [2], [D.MIN], [D.MAX]] })
  })
  it("scaling by any power of two", () => {
    const unit = fc.double({ min: 1, max: 2, noNaN: true })
    const ok = (h: number, l: number, k: number) => {
      const value = Q.mul(Q.add(Q.fromNumber(h), Q.fromNumber(l * 2 ** -60)), Q.powInteger(Q.rational(2), k))
      return tight(value, D.scaleDown(h, l, k), D.scaleUp(h, l, k))
    }
    fc.assert(fc.property(unit, fc.constantFrom(-1, 0, 1), fc.integer({ min: -1200, max: 1100 }), ok), { seed: 6, numRuns: RUNS })
  })
})
