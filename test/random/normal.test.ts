import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { NORMAL_COUPLING, fillNormal, normal, upperQuantile } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import type { Stream } from "../../src/random/stream.ts"
import fixture from "../fixtures/confidence.json" with { type: "json" }

const U = 2 ** -53

test("quantiles agree with mpmath within the derived error", () => {
  for (const { p, z } of fixture.quantiles) {
    const got = upperQuantile(p)
    const error = Q.sub(Q.fromNumber(got), Q.parseRational(z)!)
    const bound = 2 ** -48 * Math.max(1, got) + 57 * U * got + 2 * U
    expect(Math.abs(Q.toNumber(error)), `p = ${p}`).toBeLessThanOrEqual(bound)
    expect(bound + Math.sqrt(Math.PI / 2) * 2 ** -51).toBeLessThan(NORMAL_COUPLING)
  }
})

test("the approximation error is proved by Taylor models in ball arithmetic", { timeout: 60_000 }, (context) => {
  const script = fileURLToPath(new URL("../oracle/normal-quantile.py", import.meta.url))
  const run = spawnSync(process.env["LEMMATA_PYTHON"] ?? "python3", [script], { encoding: "utf8" })
  if (run.error !== undefined || run.status === 77) context.skip("needs python with python-flint; set LEMMATA_PYTHON")
  expect(run.stdout + run.stderr).toContain("far tail")
  expect(run.status).toBe(0)
})

/** A stream whose words are given, lane by lane, for index 0. */
const fake = (...lanes: ReadonlyArray<readonly [high: number, low: number]>): Stream => ({
  ...stream("fake"),
  word: (into, _index, lane) => into.set(lanes[lane] ?? [0, 0]),
})

test("rare words are refined: the tail keeps its relative precision", () => {
  // 60 zero bits after the sign, then 4 + 64 bits of which the first is set: P = (2^-61 + 2^-64 / 2) up to its last 64 bits.
  const tail = normal(fake([0, 8], [0x80000000, 0]), 0)
  expect(tail).toBe(upperQuantile((8 * 2 ** 64 + 2 ** 63) * 2 ** -128))
  expect(normal(fake([0x80000000, 8], [0x80000000, 0]), 0)).toBe(-tail)
  // All words zero: the last refinement stops, far outside of anything that happens.
  const last = normal(fake(), 0)
  expect(last).toBeGreaterThan(36)
  expect(last).toBeLessThan(36.5)
  // A word just above the threshold is not refined, and the largest one gives 0 in both signs.
  expect(normal(fake([0x80000, 0], [0xffffffff, 0xffffffff]), 0)).toBe(upperQuantile((2 ** 51 + 0.5) * 2 ** -64))
  expect(Math.abs(normal(fake([0x7fffffff, 0xffffffff]), 0))).toBe(0)
})

test("many at once are those one by one, refined words among them", () => {
  const s = stream("many normals")
  const pair = new Uint32Array(2)
  for (const [index, n] of [
    [0, 20_000],
    [7, 1025],
  ] as const) {
    const z = new Float64Array(n)
    fillNormal(s, z, index)
    expect([...z]).toEqual(Array.from(z, (_, i) => normal(s, index + i)))
  }
  const refined = Array.from({ length: 20_000 }, (_, i) => {
    s.word(pair, i, 0)
    return (pair[0]! & 0x7fffffff) < 2 ** 19
  })
  // 20,000 2^-12 of them are expected: 4.9.
  expect(refined.filter(Boolean).length).toBeGreaterThan(0)
})

test("the law is N(0, 1): Kolmogorov distance below the DKWM bound at 1e-9", () => {
  const n = 200_000
  const z = new Float64Array(n)
  fillNormal(stream("normal law"), z, 0)
  const p = z.map((x) => cdf(x)).sort()
  let distance = 0
  for (let i = 0; i < n; i++) distance = Math.max(distance, Math.abs(p[i]! - i / n), Math.abs(p[i]! - (i + 1) / n))
  expect(distance).toBeLessThan(Math.sqrt(Math.log(2 / 1e-9) / (2 * n)))
})

/** Phi by the series phi(x) sum x^(2k+1) / (2k+1)!!, good to 1e-12 for |x| < 7. */
const cdf = (x: number): number => {
  let [term, sum] = [x, 0]
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    sum += term
    term *= (x * x) / (2 * k + 1)
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}

test("frozen values: the same bits on every engine", () => {
  const s = stream("frozen")
  expect([0, 1, 2, 3].map((i) => normal(s, i))).toEqual([1.164942606474271, 0.28310375790239206, -0.19370346822055357, 0.5710740800973568])
})
