import { describe, expect, it } from "vitest"
import { REASONS } from "../../src/core/verdict.ts"
import { terminalMutants } from "../../src/report/mutants.ts"
import { ADVICE, terminalReport } from "../../src/report/terminal.ts"
import { ansi, columns, parameter, plain, size } from "../../src/report/text.ts"
import { mutantSample, sample } from "./sample.ts"

describe("the terminal report", () => {
  it("has a line per theorem and details of what is not Verified", () => {
    expect(terminalReport(sample, 3.75, plain)).toMatchInlineSnapshot(`
      "Verified  a/good  2/2 steps  statistical  detects 2.1e-9  24 instances  0.8 s
      Refuted   b/bad   0/4 steps  enclosed     detects -       36 instances  3.0 s

      Refuted b/bad#r
        claim         x + 1 == x
        family        line
        at            m = 1/2, v = (1, -2/3)
        left          1
        right         2.00000000000000(1)
        left - right  -1.00000000000000(1)
        evidence      enclosed, draw of 12 instances, tolerance 1.0e-9, 345 evaluations
        replay        lemmata replay T3.000003

      Inconclusive (budget) b/bad#u
        claim     sin(x) <= 1
        family    line
        at        m = 1/2
        because   the enclosure is [-1, 1]
        next      the budget was spent before the enclosure decided: try --budget deep
        evidence  enclosed, draw of 12 instances, 3 outside the hypotheses, tolerance 1.0e-9, 345 evaluations
        replay    lemmata replay T4.000004

      Vacuous b/bad#v
        claim     x < x
        next      no instance meets the hypotheses: widen a parameter's domain or drop an assumption
        evidence  no grade, draw of 0 instances, 12 outside the hypotheses, tolerance 1.0e-9, 345 evaluations
        replay    lemmata replay T5.000005

      Faulted b/bad#f
        claim     x == 1
        fault     a table has no row 3
        next      this is a defect of Lemmata, not of the claim: please report it with the replay line
        evidence  no grade, draw of 12 instances, tolerance 1.0e-9, 345 evaluations
        replay    lemmata replay T6.000006

      2 theorems, 6 steps: 2 Verified, 1 Refuted, 1 Inconclusive, 1 Vacuous, 1 Faulted; seed 7, alpha 1e-6, budget standard, 3.8 s
      "
    `)
  })

  it("is one line per theorem when all is well", () => {
    const good = { ...sample, theorems: sample.theorems.slice(0, 1), results: sample.results.slice(0, 2) }
    expect(terminalReport(good, 0.75, plain).split("\n")).toHaveLength(4)
  })

  it("has no escape sequence without colours, and the same text with them", () => {
    const text = terminalReport(sample, 1, plain)
    expect(text).not.toContain("\u001b")
    const coloured = terminalReport(sample, 1, ansi)
    expect(coloured).toContain("\u001b[31mRefuted\u001b[39m")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(text)
  })

  it("says what to do next for every reason", () => {
    for (const reason of REASONS) expect(ADVICE[reason]).toMatch(/\w/)
  })
})

describe("the kill matrix on a terminal", () => {
  it("shows K, F and eps* per theorem and the survivors", () => {
    const text = terminalMutants(mutantSample, 1, plain)
    expect(text.split("\n").slice(0, 4)).toEqual([
      "theorem  refuted        K  F  eps* median  eps* worst",
      "a/good       2/2  100.0 %  0      9.1e-13     9.1e-13",
      "b/bad        1/3   33.3 %  1      9.4e-10      9.6e-7",
      "all          3/5   60.0 %  1      9.4e-10      9.6e-7",
    ])
    expect(text).toContain("Verified b/bad#slip")
    expect(text).toContain("Inconclusive (budget) b/bad#swap")
    expect(text).not.toContain("a/good#half")
  })
})

describe("text", () => {
  it("rounds sizes up, so that a printed bound is a bound", () => {
    expect(size(3.01e-15)).toBe("3.1e-15")
    expect(size(3e-15)).toBe("3.0e-15")
    expect(size(9.91e-3)).toBe("1.0e-2")
    // Two digits stay what they are, though the quotient by their unit is a little more than whole.
    expect(["1.2e-19", "1.7e-19", "2.4e-19", "1.0e-9"].map(Number).map(size)).toEqual(["1.2e-19", "1.7e-19", "2.4e-19", "1.0e-9"])
    expect(size(0)).toBe("0")
    expect(size(5e-324)).toBe("4.9e-324")
    expect(size(Infinity)).toBe("inf")
    expect(size(null)).toBe("-")
  })

  it("prints rationals, vectors and matrices", () => {
    expect(parameter("3/2")).toBe("3/2")
    expect(
      parameter([
        ["1", "0"],
        ["-1/3", "1"],
      ]),
    ).toBe("((1, 0), (-1/3, 1))")
  })

  it("aligns columns", () => {
    expect(
      columns(
        [
          ["a", "1"],
          ["long", "100"],
        ],
        [1],
      ),
    ).toEqual(["a       1", "long  100"])
  })
})
