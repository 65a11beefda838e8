import { describe, expect, it } from "vitest"
import { jsonError, jsonMutants, jsonReport, jsonText } from "../../src/report/json.ts"
import type { Report } from "../../src/report/report.ts"
import { result } from "../fake-proof.ts"
import { mutantSample, sample } from "./sample.ts"

describe("the JSON report", () => {
  it("is the object of the claim format, keys in a fixed order", () => {
    const read = JSON.parse(jsonText(jsonReport(sample)))
    expect(Object.keys(read)).toEqual(["lemmata", "format", "seed", "alpha", "results", "summary"])
    for (const line of read.results) {
      expect(Object.keys(line)).toEqual([
        "id",
        "kind",
        "verdict",
        "reason",
        "grade",
        "alpha",
        "coverage",
        "tolerance",
        "detectable",
        "counterexample",
        "replay",
        "seconds",
      ])
    }
    expect(read).toMatchObject({ lemmata: "0.1.0", format: 1, seed: 7, alpha: 1e-6 })
    expect(read.summary).toEqual({ verified: 2, refuted: 1, inconclusive: 1, vacuous: 1, faulted: 1 })
    expect(read.results[2]).toEqual({
      id: "b/bad#r",
      kind: "step",
      verdict: "Refuted",
      reason: null,
      grade: "enclosed",
      alpha: 0,
      coverage: { kind: "draw", instances: 12 },
      tolerance: 1e-9,
      detectable: null,
      counterexample: {
        parameters: { m: "1/2", v: ["1", "-2/3"] },
        left: [1, 1],
        right: [2, 2.0000000000000004],
        difference: [-1.0000000000000004, -1],
      },
      replay: "T3.000003",
      seconds: 1,
    })
    expect(read.results[3].reason).toBe("budget")
    expect(read.results[5].reason).toBe("a table has no row 3")
  })

  it("writes doubles so that they come back bit by bit, and infinities as text", () => {
    const found = { parameters: {}, left: [-Infinity, 0.1], right: [5e-324, 1.7976931348623157e308], difference: [-Infinity, Infinity] } as const
    const report: Report = { ...sample, results: [result("a/good#one", "step", "refuted", { counterexample: found, detectable: Infinity })] }
    const [line] = JSON.parse(jsonText(jsonReport(report))).results
    expect(line.counterexample).toEqual({
      parameters: {},
      left: ["-Infinity", 0.1],
      right: [5e-324, 1.7976931348623157e308],
      difference: ["-Infinity", "Infinity"],
    })
    expect(line.detectable).toBe("Infinity")
  })

  it("adds the kill matrix of a mutant run", () => {
    const read = JSON.parse(jsonText(jsonMutants(mutantSample)))
    expect(read.mutation).toMatchObject({ mutants: 5, refuted: 3, verified: 1, K: 0.6, F: 1 })
    expect(read.mutation.theorems[1]).toEqual({
      id: "b/bad",
      mutants: 3,
      refuted: 1,
      verified: 1,
      K: 1 / 3,
      F: 1,
      epsilonMedian: 2 ** -30,
      epsilonWorst: 2 ** -20,
      survivors: ["slip", "swap"],
      steps: { r: 2 ** -20, u: 2 ** -30 },
    })
  })

  it("writes errors as one object", () => {
    expect(jsonError("0.1.0", "unknown-id", "unknown", "a/good")).toEqual({
      lemmata: "0.1.0",
      format: 1,
      error: { code: "unknown-id", message: "unknown", suggestion: "a/good" },
    })
  })
})
