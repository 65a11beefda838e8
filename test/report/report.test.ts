import { describe, expect, it } from "vitest"
import { exitCode, mutantExitCode, overall, summarise, worth } from "../../src/report/report.ts"
import { killMatrix } from "../../src/report/kill-matrix.ts"
import { result } from "../fake-proof.ts"
import type { Word } from "../fake-proof.ts"
import { mutantSample, sample } from "./sample.ts"

const of = (...words: ReadonlyArray<Word>) => words.map((word, i) => result(`t/x#${i}`, "step", word))

describe("exit codes", () => {
  it.each([
    [0, ["verified", "verified"]],
    [1, ["verified", "refuted"]],
    [1, ["faulted", "undecided", "refuted"]],
    [4, ["undecided", "faulted"]],
    [3, ["verified", "undecided"]],
    [3, ["verified", "vacuous"]],
    [5, []],
  ] as const)("of a check: %i for %j", (code, words) => {
    expect(exitCode(summarise(of(...words)))).toBe(code)
  })

  it.each([
    [0, ["refuted", "refuted"]],
    [1, ["refuted", "verified", "undecided"]],
    [3, ["refuted", "undecided"]],
    [3, ["refuted", "vacuous"]],
    [4, ["refuted", "faulted"]],
    [5, []],
  ] as const)("of a mutant run: %i for %j", (code, words) => {
    expect(mutantExitCode(summarise(of(...words)))).toBe(code)
  })
})

describe("a theorem's word", () => {
  it("is the worst of its steps", () => {
    expect(overall(of("verified", "undecided", "refuted"))).toBe("Refuted")
    expect(overall(of("verified", "vacuous", "undecided"))).toBe("Inconclusive")
    expect(overall(of("verified", "faulted", "undecided"))).toBe("Faulted")
    expect(overall(of("verified"))).toBe("Verified")
  })

  it("is worth what its weakest step is worth", () => {
    expect(worth(sample.results.slice(0, 2))).toEqual({ grade: "statistical", detectable: 2.01e-9, instances: 24, skipped: 0 })
  })
})

describe("the kill matrix", () => {
  it("keeps undecided mutants in the denominator", () => {
    const matrix = killMatrix(mutantSample)
    expect(matrix).toMatchObject({ mutants: 5, refuted: 3, K: 0.6, F: 1, epsilonMedian: 2 ** -30, epsilonWorst: 2 ** -20 })
    expect(matrix.theorems[0]).toMatchObject({ id: "a/good", K: 1, F: 0, epsilonMedian: 2 ** -40, survivors: [] })
  })
})
