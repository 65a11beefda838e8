/** Elementary functions and fixed-point kernels against mpmath, live. */
import { describe, expect, it } from "vitest"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import type { Ball } from "../../src/interval/ball.ts"
import { exact } from "../../src/interval/ball.ts"
import { callBall } from "../../src/interval/ball-arithmetic.ts"
import { atanFixed, expFixed, logFixed, sinCosFixed, SLACK } from "../../src/interval/ball-fixed.ts"
import { centralSum, tailFraction } from "../../src/interval/ball-normal.ts"
import { stirlingSum } from "../../src/interval/ball-stirling.ts"
import { findMpmath, generator, judge, lineOf, randomBall, randomInteger } from "../oracle/balls.ts"

const python = findMpmath()
if (python === undefined) console.log("balls against mpmath skipped: no python3 with mpmath")

/** Exact arguments beyond 2^14 would only measure how long mpmath takes for exp(exp ...). */
const lines = (f: Elementary | "pow:7/4" | "lse:3/2", bits: number, count: number, seed: number): Array<string> => {
  const next = generator(seed)
  return Array.from({ length: count }, (_, i) => lineOf(f, bits, randomBall(next, bits, [2, 5, 10, 14, 1.2 * bits][i % 5]!))).filter(
    (line) => Math.abs(magnitude(line)) <= 14 || !["exp", "expm1", "sinh", "cosh", "softplus", "sigmoid", "erfc", "normcdf", "lse:3/2"].includes(f),
  )
}
const magnitude = (line: string): number => {
  const [, , m, , e] = line.split(" ")
  return m!.replace("-", "").length * 3.33 + Number(e)
}

describe.skipIf(python === undefined)("balls against mpmath", () => {
  for (const f of [...ELEMENTARY, "pow:7/4", "lse:3/2"] as const) {
    it(`${f} encloses at 64, 128 and 333 bits, thin and wide; exact arguments lose at most two last places`, () => {
      const share = f.endsWith("gamma") ? 40 : 100
      const report = judge(python!, [...lines(f, 64, share, 1), ...lines(f, 128, share, 2), ...lines(f, 333, share / 2, 3)])
      expect(report.violations).toEqual([])
      expect(report.count).toBeGreaterThanOrEqual(share)
      // A guarded result rounded to nearest: radius 1 (2 where the guarded error passes a half) in last places of 1 to 2 units of |f| 2^-bits.
      for (const [key, worst] of Object.entries(report.worst)) expect(worst, key).toBeLessThan(4.01)
      for (const [key, mean] of Object.entries(report.widths)) expect(mean, key).toBeLessThan(2.01)
    })
  }

  it("sees a ball that was moved by a tenth of its width, or lost half its radius", () => {
    const next = generator(7)
    const moved = Array.from({ length: 50 }, () => {
      const a = { ...randomBall(next, 128, 3), r: 1n << 100n, m: (randomInteger(next, 20) + 1n) << 108n, e: -127 }
      const v = callBall("atan", a, 128)
      return [lineOf("atan", 128, a, { ...v, m: v.m + v.r / 5n }), lineOf("atan", 128, a, { ...v, r: v.r / 2n })]
    })
    expect(judge(python!, moved.flat()).violations.length).toBe(20)
  })

  it("keeps the series of erf and lgamma within their radius, and the radius within 1000 times the error seen", () => {
    const next = generator(13)
    const out: Array<string> = []
    const add = (k: string, s: number, w: number, x: Ball, v: Ball | undefined) => {
      if (v !== undefined) out.push(`kernel ${k} ${s} ${w} ${x.m} ${x.e} ${v.m} ${v.r} ${v.e}`)
    }
    for (const w of [64, 128, 192, 384, 1024]) {
      for (let i = 0; i < 30; i++) {
        const x = exact(randomInteger(next, 50) + (1n << 48n), (i % 8) - 50)
        for (const s of [1, 2] as const) {
          if (i % 8 < 3) add("central", s, w, x, centralSum(x, s, w))
          if (i % 8 > 2) add("tail", s, w, x, tailFraction(x, s, w))
        }
        const z = exact(x.m + (BigInt(Math.ceil(w * 0.2)) << 48n), -48)
        for (const which of ["lgamma", "digamma"] as const) add(which, 1, w, z, stirlingSum(which, z, w))
      }
    }
    const { errors } = judge(python!, out)
    expect(Object.keys(errors).length).toBe(20)
    for (const [key, error] of Object.entries(errors)) {
      expect(error, key).toBeLessThanOrEqual(1)
      expect(error, key).toBeGreaterThan(0.001)
    }
  })

  it("keeps every kernel within its slack, and the slack within 120 times the error seen", () => {
    const next = generator(11)
    const out: Array<string> = []
    for (const w of [64, 128, 192, 384, 1088, 2048]) {
      const one = 1n << BigInt(w)
      for (let i = 0; i < 60; i++) {
        const x = i === 0 ? 0n : i === 1 ? one - 1n : randomInteger(next, w)
        const y = (3n * (one + x)) >> 2n
        const z = (x * 157n) / 100n
        const [s, c] = sinCosFixed(z, w)
        out.push(`fixed exp ${w} ${x} ${expFixed(x, w)}`, `fixed atan ${w} ${x} ${atanFixed(x, w)}`, `fixed log ${w} ${y} ${logFixed(y, w)}`)
        out.push(`fixed sin ${w} ${z} ${s}`, `fixed cos ${w} ${z} ${c}`)
      }
    }
    const { errors } = judge(python!, out)
    expect(Object.keys(errors).length).toBe(30)
    for (const [key, error] of Object.entries(errors)) {
      const bound = Number(SLACK)
      expect(error, key).toBeLessThan(bound)
      expect(error, key).toBeGreaterThan(bound / 120)
    }
  })
})
