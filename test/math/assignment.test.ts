import { describe, expect, test } from "vitest"
import { assignment, squaredDistances } from "../../src/math/assignment.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"

const value = (cost: Float64Array, n: number, columnOf: Int32Array): number => columnOf.reduce((sum, j, i) => sum + cost[i * n + j]!, 0)

/** Optimality by weak duality: a permutation, potentials below the costs everywhere, and no gap. */
const proves = (cost: Float64Array, n: number): void => {
  const { columnOf, u, v } = assignment(cost, n)
  const scale = cost.reduce((m, c) => Math.max(m, Math.abs(c)), 0)
  // Each potential is a sum of at most 2 n differences of numbers of this scale.
  const rounding = 4 * n * 2 ** -52 * scale
  expect(new Set(columnOf).size).toBe(n)
  let worst = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) worst = Math.max(worst, u[i]! + v[j]! - cost[i * n + j]!)
  expect(worst).toBeLessThanOrEqual(rounding)
  const dual = u.reduce((a, b) => a + b, 0) + v.reduce((a, b) => a + b, 0)
  expect(Math.abs(value(cost, n, columnOf) - dual)).toBeLessThanOrEqual(n * rounding)
}

const points = (name: string, n: number, d: number): Float64Array => {
  const out = new Float64Array(n * d)
  fillNormal(stream("assignment", name), out, 0)
  return out
}

describe("assignment", () => {
  test("a permutation that is not its own inverse", () => {
    // Row i wants column i + 1 mod 3: an answer indexed the wrong way round would cost 6, not 0.
    const cost = Float64Array.of(2, 0, 2, 2, 2, 0, 0, 2, 2)
    expect([...assignment(cost, 3).columnOf]).toEqual([1, 2, 0])
  })

  test.each([1, 2, 3, 7, 64, 256])("the potentials prove the answer for %i points", (n) => {
    proves(squaredDistances(points("x", n, 2), points("y", n, 2), 2), n)
  })

  test("ties and equal points", () => {
    proves(new Float64Array(64), 8)
    const x = points("x", 16, 2)
    expect([...assignment(squaredDistances(x, x, 2), 16).columnOf]).toEqual([...Array(16).keys()])
    proves(
      Float64Array.from({ length: 400 }, (_, k) => (k * 7) % 5),
      20,
    )
  })

  test("negative costs", () => {
    proves(
      points("negative", 20, 20).map((c) => c - 10),
      20,
    )
  })
})
