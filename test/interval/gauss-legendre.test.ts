/** Gauss-Legendre rules: known nodes, exactness on polynomials at high precision, and the error bound measured against functions with known poles. */
import { describe, expect, it } from "vitest"
import { ballArithmetic } from "../../src/interval/ball-arithmetic.ts"
import { fixedRule, rule, SIZES } from "../../src/interval/gauss-legendre.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"

describe("rules", () => {
  it("the known nodes and weights of five points are enclosed", () => {
    const { nodes, weights } = fixedRule(5, 120)
    const at = (pair: readonly [bigint, bigint]): readonly [number, number] => [Number(pair[0]) / 2 ** 120, Number(pair[1]) / 2 ** 120]
    const x = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3
    expect(at(nodes[4]!)[0]).toBeCloseTo(x, 14)
    expect(at(weights[2]!)[0]).toBeCloseTo(128 / 225, 14)
    expect(weights[2]![0] <= (128n << 120n) / 225n && (128n << 120n) / 225n <= weights[2]![1]).toBe(true)
    expect(nodes[2]).toEqual([0n, 0n])
  })

  it.each([2, 3, 8, 20, 64])("%i points integrate x^k on [0, 1] for k < 2n and no further, to 400 bits", (n) => {
    const B = ballArithmetic(400)
    const { nodes, weights } = rule(B, n)
    for (const k of [0, 1, n, 2 * n - 1, 2 * n]) {
      const sum = nodes.map((x, i) => B.mul(weights[i]!, B.powi(x, k))).reduce(B.add)
      const [lo, hi] = B.bounds(B.sub(B.mul(sum, B.range(k + 1, k + 1)), B.range(1, 1)))
      if (k < 2 * n) expect([lo <= 0 && hi >= 0, hi - lo < 1e-100], `degree ${k}`).toEqual([true, true])
      else expect(hi).toBeLessThan(0)
    }
  })

  it("the largest rule integrates x^511 to 1000 bits", () => {
    const B = ballArithmetic(1024)
    const { nodes, weights } = rule(B, 256)
    const sum = nodes.map((x, i) => B.mul(weights[i]!, B.powi(x, 511))).reduce(B.add)
    const [lo, hi] = B.bounds(B.sub(B.mul(sum, B.range(512, 512)), B.range(1, 1)))
    expect([lo <= 0 && hi >= 0, hi - lo < 2 ** -1000]).toEqual([true, true])
  })

  it.each([2, 5, 16, 64, 256])("%i nodes and weights at 120 bits hold those at 400 bits", (n) => {
    // Both enclose the same irrational numbers, so they meet; the finer lies inside or reaches across an end by its own width.
    const [coarse, fine] = [fixedRule(n, 120), fixedRule(n, 400)]
    for (const part of ["nodes", "weights"] as const)
      coarse[part].forEach(([lo, hi], i) => {
        const [below, above] = fine[part][i]!
        expect(lo << 280n <= above && below <= hi << 280n, `${part} ${i}: [${lo}, ${hi}]`).toBe(true)
      })
  })

  it("sizes grow and all their double rules are proved", () => {
    for (const n of SIZES) {
      const { nodes, weights } = rule(I, n)
      expect(nodes.length).toBe(n)
      const total = weights.reduce(I.add)
      expect(total.lo <= 1 && total.hi >= 1).toBe(true)
    }
  })
})

describe("error bound", () => {
  it("holds for 1/(x - p), p beyond the ellipse, and is not idle", () => {
    const B = ballArithmetic(160)
    for (const n of [2, 4, 8, 16]) {
      for (const p of [1.2, 2, 5]) {
        // On [-1, 1] the pole p lies on the ellipse p + sqrt(p^2 - 1); just inside it the bound of |f| is 1/(p - (rho + 1/rho)/2).
        const { nodes, weights } = rule(B, n)
        const point = (x: number) => B.range(x, x)
        const sum = nodes.map((t, i) => B.mul(weights[i]!, B.div(point(2), B.sub(B.sub(B.mul(point(2), t), point(1)), point(p))))).reduce(B.add)
        const exact = B.call("log", B.div(point(p - 1), point(p + 1)))
        const [lo, hi] = B.bounds(B.abs(B.sub(sum, B.div(B.mul(exact, point(1)), point(1)))))
        let best = Infinity
        for (let s = 0.05; s < 1; s += 0.05) {
          const rho = 1 + s * (p + Math.sqrt(p * p - 1) - 1)
          const M = 1 / (p - (rho + 1 / rho) / 2)
          if (M > 0) best = Math.min(best, (4.3 * M * rho ** (-2 * n)) / (1 - rho ** -2))
        }
        expect(hi).toBeLessThanOrEqual(best)
        // The bound is within the factor that its constants and the choice of rho cost.
        expect(lo).toBeGreaterThan(best / (2000 * n))
      }
    }
  })
})
