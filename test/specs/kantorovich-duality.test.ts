/**
 * Kantorovich duality as the catalogue states it: every step, every mutant at its visible and unlucky point, every degenerate point, and the values of
 * an independent solver.
 */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { proof } from "../../proofs/transport/kantorovich-duality.ts"
import { budgets } from "../../src/core/budget.ts"
import * as Q from "../../src/core/rational.ts"
import type { Literal } from "../../src/core/statement.ts"
import { parameterValue } from "../../src/expression/domain.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { asNode } from "../../src/expression/value.ts"
import { prove } from "../../src/verify/prove.ts"

const { spec } = proof
const settings = { seed: "1", alpha: 1e-6, budget: budgets.standard }
type Parameters = Readonly<Record<string, Literal>>
const check = (kind: "step" | "mutant", name: string) => Effect.runPromise(proof.check({ kind, name }, settings))
const replay = (name: string, family: string, parameters: Parameters) =>
  Effect.runPromise(proof.replay({ kind: "mutant", name }, { family, parameters }, settings))

describe("steps", () => {
  test.each(spec.steps.map((s) => s.name))("%s is Verified", async (name) => {
    const result = await check("step", name)
    expect(result.verdict, result.detail).toEqual({ _tag: "Verified" })
    expect(result.skipped).toBe(0)
  })
})

/** The steps told wrong: a check that never fails shows nothing. */
const BROKEN: ReadonlyArray<readonly [step: string, claim: string, families?: ReadonlyArray<string>]> = [
  ["gap", "price(best) - value(phi, psi) == slackness"],
  ["weak-duality", "value(u, v) + 1/1000000 <= price(best)"],
  ["optimal-plan", "[marginal(best), marginal(transpose(best)), size] == [b, a, 1]", ["square-costs"]],
  ["optimal-potentials", "sums(u, v) <= C - 1/1000000*sums(even, even)", ["square-costs"]],
  ["strong-duality", "price(plan) == value(u, v)"],
  ["complementary-slackness", "support(plan, sums(u, v)) == support(plan, C)"],
  ["integrality", "transport(leading(C), even, even) == trace(leading(C))*even[1]"],
  ["c-transform-feasible", "sums(phi, transform(C, phi) + slack) <= C"],
  ["c-transform-gains", "value(phi, transform(C, phi)) <= value(phi, psi)"],
  ["c-transform-largest", "partnerSup(C, phi, b) == dot(b, psi)"],
  ["c-transform-thrice", "twice == phi"],
  ["lipschitz-conjugate", "transform(d, g) == -g"],
  ["conjugate-lipschitz", "sums(g, -g) <= d"],
  ["conjugate-attains", "tested == coupled"],
  ["lipschitz-bound", "coupled <= tested"],
  ["kantorovich-rubinstein", "-dual(1) == coupled"],
  ["monotone", "price(plan) == transport(C, a, b)"],
  ["quantile-maps", "[cdf(mu, xi(level)), cdf(nu, xi(level))] == [at, at]"],
  ["cdf-identity", "2*coupled == distance"],
  ["slope", "-slope(spot)*gap(spot) == abs(gap(spot))"],
  ["potential", "dual(1) == -parts"],
  ["closed-form", "distance == closed + 1/1000000"],
]

describe("steps told wrong", () => {
  test("every step has one", () => expect(BROKEN.map(([step]) => step)).toEqual(spec.steps.map((s) => s.name)))

  test.each(BROKEN.map(([name, claim, only]) => ({ name, claim, only })))(
    "$name: $claim is Refuted in three families",
    async ({ name, claim, only }) => {
      const families = only ?? spec.steps.find((s) => s.name === name)!.families!
      const verdicts = await Promise.all(
        families.map(async (family) => {
          const wrong = prove({ ...spec, mutants: [], edges: [], steps: [{ name, claim, because: "", families: [family] }] })
          return (await Effect.runPromise(wrong.check({ kind: "step", name }, settings))).verdict._tag
        }),
      )
      expect(verdicts.filter((v) => v === "Refuted").length, verdicts.join(" ")).toBeGreaterThanOrEqual(Math.min(3, families.length))
    },
  )
})

const CATALOGUE = [
  "lip-2",
  "bounded-only",
  "bounded-lipschitz",
  "cramer",
  "mean-difference",
  "w2-for-w1",
  "kr-for-squared-cost",
  "dual-inequality-flipped",
  "transposed-marginals",
  "max-c-transform",
  "monotone-for-concave",
]

/** A reader can check it by hand: no parameter needs a numerator or denominator above 4. */
const small = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(small)
    : String(value)
        .split("/")
        .every((n) => Math.abs(Number(n)) <= 4)

describe("mutants", () => {
  test("all of the catalogue, by its names", () => expect(spec.mutants.map((m) => m.name)).toEqual(CATALOGUE))

  test.each(CATALOGUE)("%s is Refuted by a small counterexample", async (name) => {
    const result = await check("mutant", name)
    expect(result.verdict, result.detail).toEqual({ _tag: "Refuted" })
    expect(Object.values(result.counterexample!.parameters).every(small), JSON.stringify(result.counterexample)).toBe(true)
  })

  test("dual-inequality-flipped: the ray shows that the supremum exceeds every cost", async () => {
    for (const size of [1, 3, 6]) {
      const result = await replay("dual-inequality-flipped", "costs", { n: size, m: size })
      expect(result.verdict).toEqual({ _tag: "Refuted" })
      expect(result.counterexample!.left[1]).toBe(Infinity)
      expect(result.counterexample!.left[0]).toBeGreaterThan(result.counterexample!.right[1])
    }
  })
})

const normals = (n: Literal, r: Literal, s: Literal = 1): Parameters => ({ m: 0, s, n, r })
const diracs = (x: Literal): Parameters => ({ n: 2, m: 2, z: [0, x], r: 1, a: [1, 0], b: [0, 1] })
const halves = ["1/2", "1/2"]
const roots = (y: Literal): Parameters => ({ n: 2, m: 2, x: [0, 1], y, a: halves, b: halves })

/** Mutated side minus true side, and half a unit of its last digit. At N(0, s^2), N(1, s^2) Cramer's distance lacks 2 s/sqrt(pi) up to e^(-1/(4 s^2)). */
const DEVIATIONS: ReadonlyArray<readonly [string, string, Parameters, number, number]> = [
  ["lip-2", "line-space", diracs(6), 6, 1e-15],
  ["lip-2", "normals", normals("1/512", 1), 2 ** -9, 5e-5],
  ["bounded-only", "line-space", diracs(6), -4, 1e-15],
  ["bounded-lipschitz", "line-space", diracs(6), -4, 1e-15],
  ["cramer", "normals", normals(1, 1), -0.729, 5e-4],
  ["cramer", "normals", normals(1, "1/100", "1/100"), -0.02 / Math.sqrt(Math.PI), 1e-10],
  ["mean-difference", "normals", normals(0, 2), -0.798, 5e-4],
  ["mean-difference", "normals", normals(1, "5/4"), -3.6e-6, 5e-8],
  ["w2-for-w1", "normals", normals(0, 2), 0.202, 5e-4],
  ["w2-for-w1", "normals", normals(1, "101/100"), 5e-5, 5e-7],
  ["kr-for-squared-cost", "squared-space", { n: 3, m: 3, z: [0, 1, 2], a: [1, 0, 0], b: [0, 0, 1] }, -2, 1e-15],
  ["monotone-for-concave", "line-root", roots([1, 2]), 0.293, 5e-4],
  ["monotone-for-concave", "line-root", roots([100, 101]), 1.25e-4, 5e-7],
]

describe("deviations of the catalogue", () => {
  test.each(DEVIATIONS)("%s in %s at %j", async (name, family, parameters, deviation, half) => {
    const result = await replay(name, family, parameters)
    expect(result.verdict, result.detail).toEqual({ _tag: "Refuted" })
    const [lo, hi] = result.counterexample!.difference
    expect(Math.abs((lo + hi) / 2 - deviation)).toBeLessThanOrEqual(half)
  })

  const EQUIVALENT: ReadonlyArray<readonly [string, string, Parameters]> = [
    ["bounded-only", "line-space", diracs(2)],
    ["bounded-lipschitz", "line-space", diracs(2)],
    ["bounded-lipschitz", "line-space", { n: 4, m: 4, z: [0, "1/2", "5/4", 2], r: 1 }],
    ["cramer", "line", { n: 1, m: 1, x: [-2], y: [3] }],
    ["mean-difference", "normals", normals(2, 1)],
    ["w2-for-w1", "normals", normals(-3, 1)],
    ["kr-for-squared-cost", "squared-space", { n: 2, m: 2, z: [-1, 3] }],
    ["transposed-marginals", "square-costs", { n: 3, m: 3, a: ["1/2", "1/3", "1/6"], b: ["1/2", "1/3", "1/6"] }],
    ["max-c-transform", "costs", { n: 1, m: 4 }],
    ["monotone-for-concave", "line-root", { n: 1, m: 4 }],
    ["monotone-for-concave", "line-root", { n: 4, m: 1 }],
  ]
  test.each(EQUIVALENT)("%s agrees with the truth in %s at %j and is not refuted there", async (name, family, parameters) => {
    expect((await replay(name, family, parameters)).verdict).toEqual({ _tag: "Verified" })
  })
})

describe("edges", () => {
  test.each(spec.edges.map((e) => e.name))("%s", async (name) => {
    const { edge, got, detail } = await Effect.runPromise(proof.edge(name, settings))
    expect(got, detail).toBe(edge.expected)
  })
})

interface Case {
  readonly id: string
  readonly family: string
  readonly quantity: string
  readonly value: string
  readonly parameters: Readonly<Record<string, Literal>>
}
const FIXTURE = new URL("../fixtures/reference/kantorovich-duality.json", import.meta.url)
const discrete = (JSON.parse(readFileSync(FIXTURE, "utf8")) as { cases: ReadonlyArray<Case> }).cases.filter((c) => c.family.startsWith("discrete"))

const COSTS: Readonly<Record<string, string>> = {
  w1: "manhattan(x, y)",
  w2_squared: "powers(manhattan(x, y), 2)",
  "sqrt(|x-y|)": "powers(manhattan(x, y), 1/2)",
  euclidean: "euclidean(x, y)",
  manhattan: "manhattan(x, y)",
  sqeuclidean: "powers(euclidean(x, y), 2)",
}
const formula = (c: Case): string => {
  if (c.family === "discrete-general-cost") return "transport(C, a, b)"
  if (c.family === "discrete-01-cost") return "transport(distinct([1, 2, 3], [1, 2, 3]), p, q)"
  return `transport(${COSTS[String(c.parameters["cost"] ?? c.quantity)]!}, a, b)`
}

test.each(discrete.map((c) => [c.id, c] as const))("the value of an independent solver: %s", (_, c) => {
  const { cost: _cost, ...numbers } = c.parameters
  const parameters = new Map(Object.entries(numbers).map(([name, value]) => [name, parameterValue(value)]))
  const node = asNode(elaborate(parseFormula(formula(c)), environment(parameters, new Map(), spec.functions)), "the value")
  const { exact } = enclose(node, { bits: 128, evaluations: 1 })
  const value = Q.parseRational(c.value)!
  // The reference is rounded to 34 significant digits.
  const unit = Q.parseRational("1e-33")!
  expect(Q.compare(Q.sub(exact!.lo, unit), value)).toBeLessThanOrEqual(0)
  expect(Q.compare(Q.add(exact!.hi, unit), value)).toBeGreaterThanOrEqual(0)
  expect(Q.toNumber(Q.sub(exact!.hi, exact!.lo))).toBeLessThan(1e-33)
})
