/** Relations that fail in a thin region alone, along a branch or under a steep bump, and look-alikes that hold everywhere; `thin/confirm.py` says which is which. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { describe, expect, it, test } from "vitest"
import { check } from "../../src/check.ts"
import type { Result } from "../../src/core/verdict.ts"
import { meter } from "../../src/expression/meter.ts"
import { loadClaims } from "../../src/run/load-claims.ts"
import { statedInstance } from "../../src/verify/problem.ts"
import { suspects } from "../../src/verify/slivers.ts"
import { asProblem, checked } from "./asking.ts"

const KNOWN: Readonly<Record<string, { readonly claim: string; readonly at: string }>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/thin.json"), "utf8"),
).false

const load = (name: string): ReturnType<typeof loadClaims> => loadClaims(join(import.meta.dirname, "thin", `${name}.claims.yaml`), name)
const verdicts = async (name: string, seed: number): Promise<ReadonlyArray<string>> => {
  const { results } = await Effect.runPromise(check([load(name)], { budget: "quick", seed }))
  return results.map((r: Result) => `${r.id} ${r.verdict._tag}`)
}

describe("at the quick budget, whatever the seed", () => {
  const seeds = [0, 1, 2]
  it.each(seeds)("relations that fail in a sliver are Refuted (seed %d)", { timeout: 120_000 }, async (seed) => {
    const all = await verdicts("false", seed)
    expect(all.length).toBeGreaterThanOrEqual(60)
    expect(all.filter((v) => !v.endsWith(" Refuted"))).toEqual([])
  })
  it.each(seeds)("their true look-alikes are Verified (seed %d)", { timeout: 120_000 }, async (seed) => {
    const all = await verdicts("true", seed)
    expect(all.length).toBeGreaterThanOrEqual(60)
    expect(all.filter((v) => !v.endsWith(" Verified"))).toEqual([])
  })
})

it("has a point from outside for each of them", () => {
  const { spec } = load("false")
  expect(spec.steps.map((step) => [step.name, step.claim, step.because])).toEqual(
    Object.entries(KNOWN).map(([name, { claim, at }]) => [name, claim, `false: ${at}`]),
  )
})

const near = "if(abs(x - 0.377) < 1e-4, 1, 0)"

test.each<[string, Readonly<Record<string, string>>]>([
  // Both sides cannot be written with an open n; the condition can.
  [`total(i, 1, n, ${near}) == 0`, { n: "integer(1, 20)", x: "real(0, 1)" }],
  [`o*${near} == 0`, { o: "oneof(1, 2, 3)", x: "real(0, 1)" }],
  // The sides take integrals, which doubles do not repeat a thousand times.
  [`sup(z, 0, 1, z*(1 - z) + ${near}) == 1/4`, { x: "real(0, 1)" }],
  [`E(z, Normal(u, 1), max(z, 0)) == u*cdf(Normal(0, 1), u) + pdf(Normal(0, 1), u)*(1 + if(abs(u - 0.7777) < 1e-5, 1, 0))`, { u: "real(-3, 3)" }],
  // Several turns at once.
  ["exp(-1e6*(x - 0.3)^2)*exp(-1e6*(y - 0.6)^2) + 1 == 1", { x: "real(0, 1)", y: "real(0, 1)" }],
  ["if(abs(w[1] - 0.377) < 1e-3, if(abs(w[2] - 0.412) < 1e-3, 1, 0), 0) == 0", { w: "simplex(3)" }],
  ["if(n == 617, if(m == 31415, 1, 0), 0) == 0", { n: "integer(1, 1000)", m: "integer(1, 100000)" }],
])("%s is Refuted", (claim, parameters) => expect(checked(claim, parameters, 0, "standard").verdict._tag).toBe("Refuted"))

describe("where a side is undefined in a sliver", () => {
  it("the claim is Inconclusive (undefined)", () => {
    const result = checked("sqrt(abs(x - 0.377) - 1e-4)^2 == abs(x - 0.377) - 1e-4", { x: "real(0, 1)" }, 0, "quick")
    expect(result.verdict).toEqual({ _tag: "Inconclusive", reason: "undefined" })
    expect(result.detail).toContain("sqrt")
  })
  // At numbers where doubles see no zero: the exact one is looked at as well.
  it.each(["1/sign(1.1*x - 0.1111) == sign(1.1*x - 0.1111)", "if(1.1*x == 0.1221, log(x - 1), x) == x"])("a point alone is none: %s", (claim) =>
    expect(checked(claim, { x: "real(0, 1)" }, 0, "quick").verdict._tag).toBe("Verified"),
  )
})

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["a <= max(a, 3)", { a: "positive(1e-300, 1e300)" }, "Verified"],
  ["abs(b) == max(b, -b)", { b: "real(-1e308, 1e308)" }, "Verified"],
  ["abs(c - 1/2) == max(c - 1/2, 1/2 - c)", { c: "positive(1e-320, 1)" }, "Verified"],
  ["if(abs(a - 1e20) < 1e15, 1, 0) == 0", { a: "positive(1e-300, 1e300)" }, "Refuted"],
])("ranges up to the last doubles: %s", (claim, parameters, verdict) => expect(checked(claim, parameters, 0, "quick").verdict._tag).toBe(verdict))

it("suspects nothing, and spends next to nothing, where a formula has no turns", () => {
  const p = asProblem("(x + y)^2 == x^2 + 2*x*y + y^2", { x: "real(0, 1)", y: "real(0, 1)" })
  const own = meter(1e6)
  expect(suspects(p, [statedInstance(p, { x: "1/3", y: "2/3" }, { below: () => 0 })], { below: () => 0 }, own)).toEqual([])
  expect(own.spent).toBeLessThan(5000)
})
