/**
 * Ville's inequality without randomness: for a two-point law all 2^n paths are enumerated, and the exact probability that the mean is ever excluded
 * must not exceed alpha. Coarse alphas and short paths make the inequality bite: the wrong constant, a bet that peeks, or a forgotten factor shows.
 */
import { expect, test } from "vitest"
import { sequence } from "../../../src/verify/confidence/method.ts"
import type { Method } from "../../../src/verify/confidence/method.ts"
import type { Side } from "../../../src/verify/confidence/sequence.ts"

/** P(some n <= depth excludes the mean) for i.i.d. values x0 (probability 1 - p) and x1 (probability p), by enumeration. */
const missProbability = (method: Method, alpha: number, side: Side, x0: number, x1: number, p: number, depth: number): number => {
  const mean = x0 + p * (x1 - x0)
  let total = 0
  for (let path = 0; path < 2 ** depth; path++) {
    const cs = sequence(method, alpha, side, depth)
    let weight = 1
    for (let i = 0; i < depth; i++) weight *= (path >> i) & 1 ? p : 1 - p
    for (let i = 0; i < depth; i++) {
      cs.update((path >> i) & 1 ? x1 : x0)
      if (cs.rejects(mean)) {
        total += weight
        break
      }
    }
  }
  return total
}

const DEPTH = 10

interface Row {
  readonly method: Method
  readonly x0: number
  readonly x1: number
  readonly p: number
  readonly side: Side
}

const rows: ReadonlyArray<Row> = [0.5, 0.3, 0.1].flatMap(
  (p): ReadonlyArray<Row> => [
    { method: { kind: "betting", a: 0, b: 1 }, x0: 0, x1: 1, p, side: "both" },
    { method: { kind: "betting", a: 0, b: 1 }, x0: 0, x1: 1, p, side: "lower" },
    { method: { kind: "betting", a: 0, b: 1 }, x0: 0, x1: 1, p, side: "upper" },
    { method: { kind: "empirical-bernstein", a: 0, b: 1 }, x0: 0, x1: 1, p, side: "lower" },
    { method: { kind: "sub-gaussian", proxy: 0.25 }, x0: 0, x1: 1, p, side: "lower" },
    { method: { kind: "catoni", variance: p * (1 - p) }, x0: 0, x1: 1, p, side: "both" },
    { method: { kind: "catoni", variance: p * (1 - p) }, x0: 0, x1: 1, p, side: "lower" },
    { method: { kind: "bounded-below", a: 0 }, x0: 0, x1: 1, p, side: "lower" },
    // Bennett: jumps of at most 1 are sub-Poisson, hence sub-exponential with scale 1 (Howard et al. 2021, Figure 4).
    { method: { kind: "sub-exponential", variance: p * (1 - p), scale: 1 }, x0: 0, x1: 1, p, side: "both" },
  ],
)

test.each(rows)("$method.kind $side, p = $p", ({ method, x0, x1, p, side }) => {
  for (const alpha of [0.4, 0.1]) expect(missProbability(method, alpha, side, x0, x1, p, DEPTH)).toBeLessThanOrEqual(alpha * (1 + 1e-12))
})

test("the enumeration has power: some exact error probabilities exceed half of alpha, and a wrong hypothesis exceeds alpha", () => {
  const [p, alpha] = [0.5, 0.4]
  const used = rows.filter((r) => r.side !== "both").map((r) => missProbability(r.method, alpha, r.side, r.x0, r.x1, r.p, DEPTH) / alpha)
  expect(Math.max(...used)).toBeGreaterThan(0.5)
  expect(missProbability({ kind: "catoni", variance: 0.05 }, alpha, "lower", 0, 1, p, DEPTH)).toBeGreaterThan(alpha)
  expect(missProbability({ kind: "sub-gaussian", proxy: 0.05 }, alpha, "lower", 0, 1, p, DEPTH)).toBeGreaterThan(alpha)
})
