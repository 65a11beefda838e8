/**
 * The evidence lower bound as the catalogue states it: every step, every mutant at its visible and unlucky point, every degenerate point.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { proof } from "../../proofs/variational/elbo-bound.ts"
import { frullani, iwae } from "../../specs/variational/iwae.ts"
import { budgets } from "../../src/core/budget.ts"
import type { Literal } from "../../src/core/statement.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { asNode } from "../../src/expression/value.ts"

const settings = { seed: "1", alpha: 1e-6, budget: budgets.quick }
const check = (kind: "step" | "mutant", name: string) => Effect.runPromise(proof.check({ kind, name }, settings))
const replay = (kind: "step" | "mutant", name: string, family: string, parameters: Readonly<Record<string, Literal>>) =>
  Effect.runPromise(proof.replay({ kind, name }, { family, parameters }, settings))

describe("steps", () => {
  test.each(proof.spec.steps.map((s) => s.name))("%s is Verified", async (name) => {
    const result = await check("step", name)
    expect(result.verdict, result.detail).toEqual({ _tag: "Verified" })
    // Draws that the hypotheses exclude are rare, else the coverage would say less than it seems to.
    expect(result.skipped * 8).toBeLessThanOrEqual(result.coverage.instances)
  })
})

const CATALOGUE = [
  "kl-reversed",
  "kl-missing-half",
  "logvar-as-logstd",
  "recon-at-mean",
  "drop-normaliser",
  "log-outside",
  "prior-expectation",
  "plus-kl",
  "iwae-decreasing",
  "iwae-rate-no-half",
]

/** A reader can check it by hand: no parameter needs a numerator or denominator above 4. */
const small = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(small)
    : String(value)
        .split("/")
        .every((n) => Math.abs(Number(n)) <= 4)

describe("mutants", () => {
  test("all of the catalogue, by its names", () => expect(proof.spec.mutants.map((m) => m.name)).toEqual(CATALOGUE))

  test.each(CATALOGUE)("%s is Refuted by a small counterexample", async (name) => {
    const result = await check("mutant", name)
    expect(result.verdict, result.detail).toEqual({ _tag: "Refuted" })
    expect(Object.values(result.counterexample!.parameters).every(small), JSON.stringify(result.counterexample)).toBe(true)
  })
})

const unit = { a: 1, b: 0, s: 1, x: "1/2", z: 0 }
const gaussian = { ...unit, m: 0, v: 1 }
const shifted = { ...unit, delta: 0, rho: 1 }

/** Mutated side minus true side, as the catalogue prints it, with the sign of left - right, and half a unit of its last digit. */
const DEVIATIONS: ReadonlyArray<readonly [string, string, Readonly<Record<string, Literal>>, number, number]> = [
  ["kl-reversed", "gaussian-shifted", { ...shifted, rho: 4 }, 0.489, 5e-4],
  ["kl-reversed", "gaussian-shifted", { ...shifted, rho: "101/100" }, 1.6e-7, 1e-8],
  ["kl-missing-half", "gaussian", { ...gaussian, m: 2, v: "1/4" }, 2.32, 5e-3],
  ["kl-missing-half", "gaussian", { ...gaussian, m: "1/100" }, 5e-5, 5e-7],
  ["logvar-as-logstd", "gaussian", { ...gaussian, v: "1/16" }, -0.693, 5e-4],
  ["logvar-as-logstd", "gaussian", { ...gaussian, v: "1001/1000" }, 2.5e-4, 5e-6],
  ["recon-at-mean", "gaussian", { ...gaussian, a: 2, s: "1/2" }, -8, 1e-9],
  ["recon-at-mean", "gaussian", { ...gaussian, a: "1/100" }, -5e-5, 1e-9],
  ["drop-normaliser", "gaussian", gaussian, -0.919, 5e-4],
  ["drop-normaliser", "gaussian", { ...gaussian, s: "2/5" }, -2.6e-3, 5e-5],
  ["log-outside", "gaussian-shifted", { ...shifted, a: 2, s: "1/2", x: 1 }, 0.142, 5e-4],
  ["log-outside", "gaussian-shifted", { ...shifted, a: "1/100", x: 1 }, 5e-5, 5e-7],
  ["prior-expectation", "gaussian", { ...gaussian, m: 1, v: "1/4" }, 0.375, 1e-9],
  ["prior-expectation", "gaussian", { ...gaussian, m: "1/1000" }, 5e-4, 5e-6],
  ["plus-kl", "gaussian", { ...gaussian, m: 1, v: "1/4" }, -1.636294, 1e-6],
  ["iwae-decreasing", "log-normal-weights", { delta: 1, K: 2 }, 0.2095, 5e-5],
  ["iwae-decreasing", "log-normal-weights", { delta: "1/4", K: 2 }, 0.01539, 5e-6],
  ["iwae-decreasing", "log-normal-weights", { delta: "1/100", K: 2 }, 2.5e-5, 5e-7],
]

describe("deviations of the catalogue", () => {
  test.each(DEVIATIONS)("%s in %s at %j", async (name, family, parameters, deviation, half) => {
    const result = await replay("mutant", name, family, parameters)
    expect(result.verdict).toEqual({ _tag: "Refuted" })
    const [lo, hi] = result.counterexample!.difference
    expect(hi - lo).toBeLessThan(half)
    expect(Math.abs((lo + hi) / 2 - deviation)).toBeLessThanOrEqual(half)
  })

  test("iwae-rate-no-half at delta = 1/4, K = 16: K gap = 0.03218 against chi^2/2 = 0.03225", async () => {
    const at = { delta: "1/4", K: 16 }
    expect((await replay("mutant", "iwae-rate-no-half", "log-normal-weights", at)).verdict).toEqual({ _tag: "Refuted" })
    const { counterexample } = await replay("step", "iwae-rate", "log-normal-weights", at)
    expect(Math.abs(counterexample!.left[0] - 7e-5)).toBeLessThan(5e-6)
  })

  const EQUIVALENT: ReadonlyArray<readonly [string, string, Readonly<Record<string, Literal>>]> = [
    ["kl-reversed", "gaussian-shifted", { ...shifted, delta: 1 }],
    ["kl-missing-half", "gaussian", gaussian],
    ["logvar-as-logstd", "gaussian", gaussian],
    ["log-outside", "gaussian", gaussian],
    ["prior-expectation", "gaussian", gaussian],
    ["plus-kl", "gaussian", gaussian],
  ]
  test.each(EQUIVALENT)("%s agrees with the truth in %s at %j and is not refuted there", async (name, family, parameters) => {
    expect((await replay("mutant", name, family, parameters)).verdict).toEqual({ _tag: "Verified" })
  })
})

describe("edges", () => {
  test.each(proof.spec.edges.map((e) => e.name))("%s", async (name) => {
    const { edge, got, detail } = await Effect.runPromise(proof.edge(name, settings))
    expect(got, detail).toBe(edge.expected)
  })
})

/** 34 digits from an independent computation (multinomial sums; Frullani's integral by Gauss-Legendre panels with a shifted inner trapezoid). */
const BOUNDS: ReadonlyArray<readonly [string, number]> = [
  ["iwae(1, [1/4, 1, 3], [1/2, 1/4, 1/4])", -0.418494108392917886568],
  ["iwae(16, [1/4, 1, 3], [1/2, 1/4, 1/4])", 0.0847112310062197906129],
  ["iwae(32, [1/16, 31/16], [1/2, 1/2])", -0.014343663727427750201],
  ["frullani(2, 1)", -0.290485272839918382374],
  ["frullani(4, 1)", -0.163948766258343408238],
  ["frullani(8, 1)", -0.08994758092103606364],
  ["frullani(16, 1/4)", -0.002011080335061730077],
]

test.each(BOUNDS)("%s = %d", (formula, reference) => {
  const node = asNode(elaborate(parseFormula(formula), environment(new Map(), new Map(), { iwae, frullani })), "the bound")
  const { lo, hi, status } = enclose(node, { bits: 53, evaluations: 20_000 })
  expect(status).toBe("defined")
  // The reference is rounded to a double, by at most one unit in its last place.
  const ulp = Math.abs(reference) * 2 ** -52
  expect(lo - ulp).toBeLessThanOrEqual(reference)
  expect(hi + ulp).toBeGreaterThanOrEqual(reference)
  expect(hi - lo).toBeLessThan(1e-11)
})
