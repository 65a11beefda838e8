/** Elementary functions and fixed-point kernels against mpmath, live. */
import { describe, expect, it } from "vitest"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { callBall } from "../../src/interval/ball-arithmetic.ts"
import { atanFixed, expFixed, logFixed, sinCosFixed, slack } from "../../src/interval/ball-fixed.ts"
import { findMpmath, generator, judge, lineOf, randomBall, randomInteger } from "../oracle/balls.ts"

const python = findMpmath()
if (python === undefined) console.log("balls against mpmath skipped: no python3 with mpmath")

/** Exact arguments beyond 2^14 would only measure how long mpmath takes for exp(exp ...). */
const lines = (f: Elementary, bits: number, count: number, seed: number): Array<string> => {
  const next = generator(seed)
  return Array.from({ length: count }, (_, i) => lineOf(f, bits, randomBall(next, bits, [2, 5, 10, 14, 60][i % 5]!)))
    .filter((line) => Math.abs(magnitude(line)) <= 14 || !["exp", "expm1", "sinh", "cosh", "softplus", "sigmoid", "erfc", "normcdf"].includes(f))
}
const magnitude = (line: string): number => {
  const [, , m, , e] = line.split(" ")
  return m!.replace("-", "").length * 3.33 + Number(e)
}

describe.skipIf(python === undefined)("balls against mpmath", () => {
  for (const f of ELEMENTARY) {
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
      const bound = Number(slack(Number(key.split(" ")[1])))
      expect(error, key).toBeLessThan(bound)
      expect(error, key).toBeGreaterThan(bound / 120)
    }
  })
})
