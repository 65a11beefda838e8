/**
 * The box strategy: verdicts that hold for every point of a box, and honest silence where the box decides nothing.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import type { Result } from "../../src/core/verdict.ts"
import { family, step, theorem } from "../../src/core/statement.ts"
import type { Family, Hypothesis } from "../../src/core/statement.ts"
import { box } from "../../src/verify/box-strategy.ts"
import { prove } from "../../src/verify/prove.ts"

const at = (parameters: Record<string, string>, point: Family["points"], lets: Family["let"] = {}): Family =>
  family("only", { parameters, let: lets, points: point ?? [] })
const run = (claim: string, where: Family, radii: Record<string, string>, hypotheses: ReadonlyArray<Hypothesis> = []): Promise<Result> => {
  const spec = theorem({
    id: "test/box",
    title: "t",
    statement: "s",
    symbols: {},
    hypotheses,
    families: [where],
    steps: [step("claim", claim, "test")],
    sources: [],
  })
  return Effect.runPromise(
    prove(spec, { claim: box(radii, { instances: 1 }) }).check({ kind: "step", name: "claim" }, { seed: "1", alpha: 1e-6, budget: budgets.quick }),
  )
}
const tag = async (result: Promise<Result>): Promise<string> => (await result).verdict._tag

const line = at({ x: "real(-1, 1)" }, [{ x: "1/2" }])
const heat = at({ x: "real(-2, 2)", t: "positive(1/4, 2)" }, [{ x: "1/2", t: 1 }], { "p(x, t)": "pdf(Normal(0, sqrt(2*t)), x)" })

describe("identities", () => {
  test("the heat equation on a box of place and time", async () => {
    const result = await run("D(p(x, t), t) == D(p(x, t), x, 2)", heat, { x: "1/8", t: "1/16" })
    expect(result.verdict, result.detail).toEqual({ _tag: "Verified" })
    expect(result.coverage).toEqual({ kind: "box", instances: 1 })
    expect(result.detectable).toBeLessThan(1e-9)
    expect(result.grade).toBe("enclosed")
  })

  test("with a parameter of the family left as it is", async () =>
    expect(await tag(run("D(p(x, t), t) == D(p(x, t), x, 2)", heat, { x: "1/8" }))).toBe("Verified"))

  test("the entries of a vector are widened one by one", async () => {
    const plane = at({ y: "vector(2, -1, 1)" }, [{ y: ["1/4", "1/2"] }])
    expect(await tag(run("norm2(y) == y[1]^2 + y[2]^2", plane, { y: "1/4" }))).toBe("Verified")
    expect(await tag(run("norm2(y) == y[1]^2 + y[2]^2/2", plane, { y: "1/4" }))).toBe("Refuted")
  })

  test("false everywhere on the box", async () => {
    const result = await run("D(p(x, t), t) == D(p(x, t), x, 2)/2", heat, { x: "1/8", t: "1/16" })
    expect(result.verdict).toEqual({ _tag: "Refuted" })
    expect(result.counterexample!.difference[1]).toBeLessThan(0)
  })

  test("false at the centre, true elsewhere on the box", async () => expect(await tag(run("x == 3/8", line, { x: "1/4" }))).toBe("Refuted"))

  test("terms that vanish together at a point of the box, but not at its centre", async () => {
    const near = (x: string): Family => at({ x: "real(-1, 1)" }, [{ x }])
    expect(await tag(run("x/3 + x/3 == 2/3*x", near("1/8"), { x: "1/4" }))).toBe("Verified")
    expect(await tag(run("x/3 + x/3 == 2/3*x", near("0"), { x: "1/4" }))).toBe("Inconclusive")
  })

  test("true at the centre only: undecided, never Verified", async () => {
    const result = await run("x == 1/2", line, { x: "1/4" })
    expect(result.verdict).toEqual({ _tag: "Inconclusive", reason: "budget" })
    expect(result.detail).toContain("too wide")
  })
})

describe("inequalities", () => {
  test.each([
    ["x^2 <= x", "1/4", "Verified"],
    ["x^2 <= 1/2", "1/8", "Verified"],
    ["x^2 <= 1/3", "1/4", "Inconclusive"],
    ["x^2 <= 1/8", "1/16", "Refuted"],
    ["(x - 1/2)^2 >= 0", "1/4", "Verified"],
  ])("%s within %s of 1/2: %s", async (claim, radius, verdict) => expect(await tag(run(claim, line, { x: radius }))).toBe(verdict))
})

describe("definedness and hypotheses", () => {
  test("a side that is undefined on a part of the box is no pass", async () =>
    expect(await tag(run("log(x) - log(x) == 0*x", line, { x: "3/4" }))).toBe("Inconclusive"))

  test("one side twice is an identity only where it is defined on the whole box", async () => {
    expect(await tag(run("log(x) == log(x)", line, { x: "1/4" }))).toBe("Verified")
    expect((await run("log(x) == log(x)", line, { x: "3/4" })).verdict).toMatchObject({ _tag: "Inconclusive" })
  })

  test("a derivative needs its function on the whole box, also where simplification drops it", async () => {
    expect(await tag(run("D(x + 0*log(x - 1/4), x) == 1", line, { x: "1/8" }))).toBe("Verified")
    expect(await tag(run("D(x + 0*log(x - 1/4), x) == 1", line, { x: "1/2" }))).toBe("Inconclusive")
  })

  const positive = [{ name: "positive", statement: "x > 0", condition: "x > 0" }]
  test.each([
    ["1/4", "Verified"],
    ["3/4", "Inconclusive"],
  ])("a hypothesis x > 0 within %s of 1/2: %s", async (radius, verdict) => {
    const result = await run("x == x", line, { x: radius }, positive)
    expect(result.verdict._tag).toBe(verdict)
    if (verdict === "Inconclusive") expect(result.verdict).toEqual({ _tag: "Inconclusive", reason: "hypothesis-unknown" })
  })

  test("a hypothesis that fails on the whole box skips it", async () => {
    const result = await run("x == x", at({ x: "real(-1, -1/2)" }, [{ x: "-1/2" }]), { x: "1/4" }, positive)
    expect(result.verdict).toEqual({ _tag: "Vacuous" })
    expect(result.skipped).toBeGreaterThan(0)
  })
})

describe("misuse", () => {
  test("a radius that is no rational", () => expect(() => box({ x: "wide" })).toThrow('"wide" is no radius'))
  test("a parameter that the family lacks", async () => {
    const result = await run("x == x", line, { y: "1/4" })
    expect(result.verdict._tag).toBe("Faulted")
    expect(JSON.stringify(result.verdict)).toContain("no parameter y to widen")
  })
})
