import { describe, expect, it } from "vitest"
import { certain } from "../../src/core/estimate.ts"
import type { Relation } from "../../src/core/verdict.ts"
import { decide } from "../../src/core/verdict.ts"

const tag = (relation: Relation, lo: number, hi: number, tolerance = 1e-3, scale = 1): string | undefined =>
  decide(relation, certain(lo, hi, "enclosed"), scale, tolerance)?._tag

describe("the verdict on one instance", () => {
  it("refutes an equality whose interval excludes 0, however small the difference and large the tolerance", () => {
    expect(tag("==", 1e-300, 2e-300, 0.5)).toBe("Refuted")
    expect(tag("==", -2, -1)).toBe("Refuted")
  })
  it("verifies an equality only inside tolerance times scale", () => {
    expect([tag("==", -1e-4, 1e-4), tag("==", -1e-2, 1e-4), tag("==", -1e-4, 1e-4, 1e-3, 1e-3), tag("==", 0, 0, 0, 0)]).toEqual([
      "Verified",
      undefined,
      undefined,
      "Verified",
    ])
  })
  it("reads <= and >= as mirror images", () => {
    expect([tag("<=", 1e-9, 1), tag("<=", -1, 0), tag("<=", -1, 1e-4), tag("<=", -1, 1)]).toEqual(["Refuted", "Verified", "Verified", undefined])
    expect([tag(">=", -1, -1e-9), tag(">=", 0, 1), tag(">=", -1e-4, 1), tag(">=", -1, 1)]).toEqual(["Refuted", "Verified", "Verified", undefined])
  })
  it("asks more of strict relations: 0 itself refutes them", () => {
    expect([tag("<", 0, 0), tag("<", -1, -1e-9), tag("<", -1, 0), tag(">", 0, 0), tag(">", 1e-9, 1)]).toEqual([
      "Refuted",
      "Verified",
      undefined,
      "Refuted",
      "Verified",
    ])
  })
  it("is not excused by a scale beyond the doubles, which would excuse anything", () => {
    for (const relation of ["==", "<=", ">="] as const) expect(tag(relation, -Infinity, Infinity, 1e-9, Infinity)).toBeUndefined()
    expect([tag("==", 1, Infinity, 1e-9, Infinity), tag("<=", -Infinity, 0, 1e-9, Infinity), tag("==", 0, 0, 1e-9, Infinity)]).toEqual([
      "Refuted",
      "Verified",
      "Verified",
    ])
  })
  it("never concludes from a heuristic estimate", () => {
    expect(decide("==", { lo: 1, hi: 2, grade: "heuristic", alpha: 0, hypotheses: [] }, 1, 1)).toBeUndefined()
  })
})
