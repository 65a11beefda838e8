import { describe, expect, it } from "vitest"
import { certain } from "../../src/core/estimate.ts"
import { family, theorem } from "../../src/core/statement.ts"
import { inconclusive, verified } from "../../src/core/verdict.ts"
import type { Verdict } from "../../src/core/verdict.ts"
import type { Look } from "../../src/verify/examine.ts"
import { parameterText } from "../../src/expression/domain.ts"
import { coordinatesOf, set } from "../../src/verify/coordinates.ts"
import * as Q from "../../src/core/rational.ts"
import { asProblem } from "./asking.ts"
import { problem, statedInstance, writeOut } from "../../src/verify/problem.ts"
import type { Problem } from "../../src/verify/problem.ts"
import { Tally } from "../../src/verify/tally.ts"

const assuming = (...assume: ReadonlyArray<string>): Problem => {
  const only = family("only", { parameters: { x: "real(-4, 4)" }, let: {}, assume })
  return problem(theorem({ id: "test/claim", title: "", statement: "", symbols: {}, families: [only], steps: [], sources: [] }), only, "x == x")
}
const written = (condition: string, x: string): string => {
  const p = assuming(condition)
  return writeOut(p, statedInstance(p, { x }, { below: () => 0 })).kind
}

describe("an assumption", () => {
  it("is decided at its own boundary", () => {
    const kinds = (condition: string): ReadonlyArray<string> => ["0", "1", "2"].map((x) => written(condition, x))
    const [yes, no] = ["relation", "skipped"]
    expect(kinds("x < 1")).toEqual([yes, no, no])
    expect(kinds("x <= 1")).toEqual([yes, yes, no])
    expect(kinds("x > 1")).toEqual([no, no, yes])
    expect(kinds("x >= 1")).toEqual([no, yes, yes])
    expect(kinds("x == 1")).toEqual([no, yes, no])
    expect(kinds("x != 1")).toEqual([yes, no, yes])
  })
  it("that cannot be decided is unknown, never taken for met or failed", () => {
    for (const relation of ["<", "<=", ">", ">=", "==", "!="]) expect(written(`exp(1)*exp(2) ${relation} exp(3)`, "0"), relation).toBe("unknown")
  })
})

describe("what looks add up to", () => {
  const p = assuming()
  const at = statedInstance(p, { x: 0 }, { below: () => 0 })
  const seen = (verdict: Verdict): Look => ({
    kind: "seen",
    evidence: {
      verdict,
      estimate: certain(0, 0, "enclosed"),
      scale: 1,
      left: [0, 0],
      right: [0, 0],
      terms: [],
      evaluations: 1,
      detail: "",
      divergent: false,
    },
  })
  const verdictOf = (...looks: ReadonlyArray<Look>): string => {
    const tally = new Tally()
    for (const look of looks) tally.add(look, p, at)
    const verdict = tally.verdict()
    return verdict._tag === "Inconclusive" ? verdict.reason : verdict._tag
  }
  const skipped: Look = { kind: "skipped", detail: "x > 0" }
  const open: Look = { kind: "open", reason: "undefined", detail: "", divergent: false }
  const fault: Look = { kind: "fault", detail: "broken" }
  it("is Verified where every instance that meets the hypotheses is, and Vacuous where none does", () => {
    expect(verdictOf(seen(verified), skipped, seen(verified))).toBe("Verified")
    expect(verdictOf(skipped, skipped)).toBe("Vacuous")
    expect(verdictOf()).toBe("Vacuous")
  })
  it("keeps the first reason that leaves it open, and a defect of ours before any", () => {
    expect(verdictOf(seen(verified), open, seen(inconclusive("budget")))).toBe("undefined")
    expect(verdictOf(seen(inconclusive("budget")), open, seen(verified))).toBe("budget")
    expect(verdictOf(open, fault, seen(verified))).toBe("Faulted")
    expect(verdictOf(fault, open)).toBe("Faulted")
  })
})

describe("a weight that moves", () => {
  const w = (from: ReadonlyArray<string>, to: string): unknown => {
    const p = asProblem("w[1] == w[2]", { w: "simplex(3)" })
    const instance = statedInstance(p, { w: from }, { below: () => 0 })
    const moved = set(instance, coordinatesOf(p, instance)[0]!, Q.parseRational(to)!)
    return moved && parameterText(moved.get("w")!)
  }
  it("takes from the others in proportion, and gives to them alike where it had everything", () => {
    expect(w(["1/2", "1/3", "1/6"], "1/4")).toEqual(["1/4", "1/2", "1/4"])
    expect(w(["1", "0", "0"], "1/2")).toEqual(["1/2", "1/4", "1/4"])
    expect(w(["0", "1/4", "3/4"], "1")).toEqual(["1", "0", "0"])
    expect(w(["1/2", "1/2", "0"], "1/2")).toBeUndefined()
  })
})
