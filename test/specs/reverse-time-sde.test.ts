/**
 * The reverse-time SDE as the catalogue states it: every step, every mutant at its visible and unlucky points, every degenerate point.
 */
import { meter } from "../../src/expression/meter.ts"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { proof } from "../../proofs/diffusion/reverse-time-sde.ts"
import { budgets } from "../../src/core/budget.ts"
import type { Literal } from "../../src/core/statement.ts"
import { examine, ladder } from "../../src/verify/examine.ts"
import type { Evidence } from "../../src/verify/ladder.ts"
import { problem, statedInstance } from "../../src/verify/problem.ts"

type Parameters = Readonly<Record<string, Literal>>
const { spec } = proof
const settings = { seed: "1", alpha: 1e-6, budget: budgets.quick }
const check = (kind: "step" | "mutant", name: string) => Effect.runPromise(proof.check({ kind, name }, settings))

describe("steps", () => {
  test.each(spec.steps.map((s) => s.name))("%s is Verified", async (name) => {
    const result = await check("step", name)
    expect(result.verdict, result.detail).toEqual({ _tag: "Verified" })
    expect(result.skipped).toBe(0)
    expect(result.coverage.kind).toBe(name.endsWith("-on-boxes") ? "box" : "draw")
  })
})

const CATALOGUE = [
  "half-score",
  "missing-g2",
  "sign-flip",
  "pf-full-g2",
  "score-of-p0",
  "subvp-variance",
  "vp-mean-no-half",
  "ve-no-sigma0",
  "lambda-linear",
  "no-divergence-term",
  "start-from-normal",
]

/** A reader can check it by hand: no parameter needs a numerator or denominator above 4, but for the number of steps. */
const small = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(small)
    : String(value)
        .split("/")
        .every((n) => Math.abs(Number(n)) <= 4)

describe("mutants", () => {
  test("all of the catalogue, by its names", () => expect(spec.mutants.map((m) => m.name)).toEqual(expect.arrayContaining(CATALOGUE)))

  test.each(spec.mutants.map((m) => m.name))("%s is Refuted by a small counterexample", async (name) => {
    const result = await check("mutant", name)
    expect(result.verdict, result.detail).toEqual({ _tag: "Refuted" })
    const { n = "8", ...rest } = result.counterexample!.parameters
    expect(n).toBe("8")
    expect(Object.values(rest).every(small), JSON.stringify(result.counterexample)).toBe(true)
  })
})

/** Evidence for a claim in the definitions of a mutant, or in the family's own. */
const look = (mutant: string | undefined, family: string, claim: string, parameters: Parameters): Evidence => {
  const found = spec.mutants.find((m) => m.name === mutant)
  const p = problem(spec, spec.families.find((f) => f.name === family)!, claim === "" ? found!.claim! : claim, found?.let)
  const seen = examine(p, statedInstance(p, parameters, { below: () => 0 }), ladder(), 1e-9, {
    budget: budgets.quick,
    meter: meter(Infinity),
    key: ["test"],
    alpha: 0,
  })
  if (seen.kind !== "seen") throw new Error(`${seen.kind}: ${seen.detail}`)
  return seen.evidence
}

const MEAN = "endMean == m0"
const VARIANCE = "endVariance == v0"
const vp = (parameters: Parameters): Parameters => ({ T: "3/2", t: "1/2", x: 0, lam: 1, b: 2, m0: 1, v0: "1/4", M1: 0, P1: 1, ...parameters })
const short = vp({ T: "1/100", b: 1 })
const still = { m0: 0, v0: 1 }
const subvp = (B: Literal): Parameters => ({ T: B, t: B, x: 0, lam: 1, b0: 1, b1: 1, m0: 1, v0: "1/4", M1: 0, P1: 1 })
const ve = (lo: Literal): Parameters => ({ T: 1, t: "1/2", x: 0, lam: 1, lo, hi: 2, m0: 1, v0: "1/4", M1: 0, P1: 1 })
const pearson = { T: 1, t: "1/2", x: "7/10", lam: 1 }
/** log 2 to 30 digits. */
const LOG2 = "0.693147180559945309417232121458"

/** left - right as the catalogue prints it (a mutated right side changes the sign), and half a unit of its last digit. */
const DEVIATIONS: ReadonlyArray<readonly [string, string, string, Parameters, number, number]> = [
  ["half-score", "vp-gaussian", VARIANCE, vp({}), 1.087, 5e-4],
  ["half-score", "vp-gaussian", VARIANCE, short, 9.9e-3, 5e-5],
  ["half-score", "vp-gaussian", VARIANCE, vp(still), 3, 1e-9],
  ["missing-g2", "vp-gaussian", VARIANCE, vp({}), 1.087, 5e-4],
  ["missing-g2", "vp-gaussian", VARIANCE, vp({ T: "3000/1001", b: "1001/1000" }), 4.9e-4, 5e-6],
  ["sign-flip", "vp-gaussian", VARIANCE, vp({}), 1.5e5, 5e3],
  ["pf-full-g2", "vp-gaussian", VARIANCE, vp(still), -0.95, 5e-4],
  ["pf-full-g2", "vp-gaussian", VARIANCE, vp({}), -0.247, 5e-4],
  ["pf-full-g2", "vp-gaussian", VARIANCE, short, -9.7e-3, 5e-5],
  ["score-of-p0", "vp-gaussian", MEAN, vp({}), 0.143, 5e-4],
  ["score-of-p0", "vp-gaussian", VARIANCE, vp({}), -0.107, 5e-4],
  ["score-of-p0", "vp-gaussian", VARIANCE, vp({ m0: 0, v0: "99/100" }), -8.9e-3, 5e-5],
  ["subvp-variance", "subvp-gaussian", "", subvp(LOG2), -0.5, 1e-9],
  ["subvp-variance", "subvp-gaussian", "", subvp(20), -4.1e-9, 5e-11],
  ["vp-mean-no-half", "vp-gaussian", "", vp({ T: 1, t: LOG2 }), 0.25, 1e-9],
  ["ve-no-sigma0", "ve-gaussian", "", ve(1), -1, 1e-9],
  ["ve-no-sigma0", "ve-gaussian", "", ve("1/100"), -1e-4, 1e-9],
  ["lambda-linear", "vp-gaussian", VARIANCE, vp({ lam: 2 }), 0.25, 5e-3],
  ["lambda-linear", "vp-gaussian", VARIANCE, vp({ lam: "1/2" }), -0.111, 5e-4],
  ["lambda-linear", "vp-gaussian", VARIANCE, vp({ lam: "101/100" }), 2.5e-3, 5e-5],
  ["no-divergence-term", "pearson", "", pearson, -1.4, 1e-9],
  ["start-from-normal", "vp-gaussian", MEAN, vp({ T: "1/2" }), -0.127, 5e-4],
  ["start-from-normal", "vp-gaussian", VARIANCE, vp({ T: "1/2" }), 0.0121, 5e-5],
  ["start-from-normal", "vp-gaussian", MEAN, vp({ T: 5 }), -1.1e-5, 5e-7],
  ["start-from-normal", "vp-gaussian", VARIANCE, vp({ T: 5 }), 9.7e-11, 5e-13],
]

describe("deviations of the catalogue", () => {
  test.each(DEVIATIONS)("%s in %s, %s at %j", (name, family, claim, parameters, deviation, half) => {
    const { verdict, estimate } = look(name, family, claim, parameters)
    expect(verdict).toEqual({ _tag: "Refuted" })
    expect(estimate.hi - estimate.lo).toBeLessThan(half)
    expect(Math.abs((estimate.lo + estimate.hi) / 2 - deviation)).toBeLessThanOrEqual(half)
  })

  const TRUE_THERE: ReadonlyArray<readonly [string, string, string, Parameters]> = [
    ["half-score", "vp-gaussian", MEAN, vp({})],
    ["sign-flip", "vp-gaussian", MEAN, vp({})],
    ["missing-g2", "vp-gaussian", VARIANCE, vp({ b: 1 })],
    ["score-of-p0", "vp-gaussian", VARIANCE, vp(still)],
    ["vp-mean-no-half", "vp-gaussian", "", vp({ m0: 0, v0: 0 })],
    ["lambda-linear", "vp-gaussian", VARIANCE, vp({ lam: 0 })],
    ["lambda-linear", "vp-gaussian", VARIANCE, vp({ lam: 1 })],
    ["no-divergence-term", "ou-stationary", "", { ...pearson, th: 1, sg: "3/2" }],
    ["start-from-normal", "vp-gaussian", VARIANCE, vp(still)],
    ["covariance-any-lambda", "vp-gaussian", "", vp({ lam: 1 })],
  ]
  test.each(TRUE_THERE)("%s agrees with the truth in %s, %s at %j and is not refuted there", (name, family, claim, parameters) => {
    expect(look(name, family, claim, parameters).verdict).toEqual({ _tag: "Verified" })
  })

  test("the state-dependent example has reversed drift -0.7 at x = 0.7", () => {
    expect(look(undefined, "pearson", "back(x, t) == -7/10", pearson).verdict).toEqual({ _tag: "Verified" })
  })

  test("Cov(X_t, X_T) of the reversed process exceeds the forward one for lambda < 1 and stays below it for lambda > 1", () => {
    const at = (lam: string): Evidence => look("covariance-any-lambda", "vp-gaussian", "", vp({ lam }))
    expect(at("1/2").estimate.lo).toBeGreaterThan(0)
    expect(at("3/2").estimate.hi).toBeLessThan(0)
  })
})

describe("edges", () => {
  test.each(spec.edges.map((e) => e.name))("%s", async (name) => {
    const { edge, got, detail } = await Effect.runPromise(proof.edge(name, settings))
    expect(got, detail).toBe(edge.expected)
  })

  test("a start from the standard normal law is off by 1.2e-4 in the mean", () => {
    const { parameters } = spec.edges.find((e) => e.name === "start-from-standard-normal")!
    const { estimate } = look(undefined, "vp-linear-gaussian", "M(0) == m0", parameters)
    expect((estimate.lo + estimate.hi) / 2).toBeCloseTo(1.499881795321386 - 1.5, 12)
  })
})
