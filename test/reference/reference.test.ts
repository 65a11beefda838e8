/** Reference values made by other software: every one is contained at the double tier, a sample in balls; degenerate points get their class. */
import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import * as Q from "../../src/core/rational.ts"
import type { Case } from "./case.ts"
import { readReference } from "./case.ts"
import { RULES, TIERS, check } from "./check.ts"
import { classify, readEdges } from "./edges.ts"
import { reading } from "./question.ts"

const file = (name: string): string => resolve(import.meta.dirname, `../fixtures/reference/${name}.json`)
const [double, balls] = [[TIERS[0]!], [TIERS[1]!]]
/** Every eighth case goes through balls. */
const SAMPLE = 8

describe("reference values", () => {
  for (const theorem of Object.keys(RULES)) {
    const { cases } = readReference(file(theorem))
    it(`${theorem}: all are contained in double intervals`, () => {
      const outcomes = cases.map((c) => check(theorem, c, double))
      expect(outcomes.filter((o) => o.kind !== "contained").map((o) => [o.case.id, o.kind, ...o.complaints])).toEqual([])
    })
    it(`${theorem}: a sample is contained in balls, and decided`, () => {
      const outcomes = cases.filter((_, i) => i % SAMPLE === 0).map((c) => check(theorem, c, balls))
      expect(outcomes.filter((o) => o.kind !== "contained" || o.decided === undefined).map((o) => [o.case.id, o.kind, ...o.complaints])).toEqual([])
    })
  }

  it("a value that is off by 1e-12 is missed", () => {
    const off = (value: string): string => {
      const r = Q.parseRational(value)!
      const moved = Q.add(r, Q.div(r, Q.rational(10n ** 12n)))
      const scaled = Q.mul(moved, Q.rational(10n ** 40n))
      return `${scaled.n / scaled.d}e-40`
    }
    const plain = (c: Case): c is Case & { value: string } =>
      typeof c.value === "string" && Math.abs(Number(c.value)) > 1e-6 && Number.isFinite(Number(c.value))
    for (const theorem of Object.keys(RULES)) {
      const sample = readReference(file(theorem)).cases.filter(plain).slice(0, 5)
      for (const { exact: _, ...c } of sample) expect(check(theorem, { ...c, value: off(c.value) }, TIERS).kind, `${theorem}/${c.id}`).toBe("wrong")
    }
  })

  it("log-normal weights beyond the published scales, by mpmath", () => {
    const points = { 2: "-1.357751134311720151292081307101578", "7/2": "-4.716470335204256498377633421252375" }
    for (const [delta, value] of Object.entries(points)) {
      const point = { id: delta, family: "iwae-lognormal-weights", quantity: "iwae_bound_minus_log_evidence", parameters: { delta, K: 2 }, value }
      expect(check("elbo-bound", point, double)).toMatchObject({ kind: "contained", decided: "enclosed", complaints: [] })
    }
  })

  it("an infinite value is not met by a number, nor a number by an infinite value", () => {
    const { cases } = readReference(file("divergences"))
    const [infinite, finite] = [cases.find((c) => c.value === "Infinity")!, cases.find((c) => c.id === "gauss-shift-kl_pq")!]
    expect(check("divergences", infinite, double).decided).toBe("enclosed")
    expect(check("divergences", { ...infinite, value: "3" }, double).kind).toBe("wrong")
    expect(check("divergences", { ...finite, value: "Infinity" }, double).kind).toBe("wrong")
  })

  it("a quantity without a rule is unsupported", () => {
    expect(check("divergences", { ...readReference(file("divergences")).cases[0]!, quantity: "energy_distance" }, double).kind).toBe("unsupported")
  })

  it("a decimal stands for the numbers that round to it at 34 digits", () => {
    expect(reading("0")).toEqual([Q.ZERO, Q.ZERO])
    expect(reading("-5.5e-3")).toEqual(
      ["-5500000000000000000000000000000000.5e-36", "-5499999999999999999999999999999999.5e-36"].map((d) => Q.parseRational(d)),
    )
    expect(reading("0.3333333333333333333333333333333333", "1/3")).toEqual([Q.rational(1, 3), Q.rational(1, 3)])
  })
})

describe("degenerate points", () => {
  for (const c of readEdges(file("edge-cases"))) it(c.id, () => expect(classify(c.theorem, c.parameters)).toBe(c.expected_status))

  it("other points of the same shapes", () => {
    const normal = { kind: "gaussian", mean: "0", sd: "1" }
    const vp = { kind: "vp", beta_min: "10", beta_max: "400" }
    expect(classify("kantorovich-duality", { p: { kind: "pareto", xm: "1", alpha: "1/2" }, q: normal })).toBe("divergent")
    expect(classify("kantorovich-duality", { x: ["0"], a: ["1"], y: ["3"], b: ["1"], space: ["0", "1", "3"], cost: "absolute" })).toBe("holds")
    expect(classify("reverse-time-sde", { sde: vp, p0: normal, start_mean: "0", start_sd: "1" })).toBe("holds")
    // The law at T differs from the start by e^-205.
    expect(classify("reverse-time-sde", { sde: vp, p0: { ...normal, sd: "1/2" }, start_mean: "0", start_sd: "1" })).toBe("refuted-as-exact")
    expect(classify("tweedie", { p0: normal, alpha: "0", sigma: "1", x: "1/2" })).toBe("outside-hypotheses")
    expect(classify("elbo-bound", { q: { kind: "student", df: "3", loc: "0", scale: "1" }, a: "2", b: "1/2", s: "1/2", x: "1" })).toBe("holds")
    expect(classify("elbo-bound", { q: { kind: "student", df: "2", loc: "0", scale: "1" }, a: "2", b: "1/2", s: "1/2", x: "1" })).toBe("undefined")
    expect(classify("psnr-ssim", { x: ["0", "1"], y: ["0", "1/2"], peak: "1" })).toBe("holds")
    expect(classify("no-such-theorem", {})).toBeUndefined()
  })
})
