import { describe, expect, it } from "vitest"
import { terminalReport } from "../../src/report/terminal.ts"
import type { Report } from "../../src/report/report.ts"
import { plain } from "../../src/report/text.ts"
import { result } from "../fake-proof.ts"

const at = { family: "claims", parameters: { m: "0", s: "1/2" } }
const skipped = { skipped: 2, exclusions: [{ hypothesis: "s != 1", instances: 2, first: { family: "claims", parameters: { m: "2", s: "1" } } }] }

/** A file with every kind of line; the title tries to paint. */
const file: Report = {
  lemmata: "0.1.0",
  seed: 0,
  alpha: 1e-6,
  budget: "standard",
  theorems: [
    {
      id: "my.claims.yaml",
      title: "A title\u001b[31m",
      formulas: { one: "f(m)\n  == s", "d/2": "a == b", "d/3": "b <= c", constructor: "m >= 0" },
      lines: new Map([
        ["d/2", { before: "a", typed: "= b" }],
        ["d/3", { before: "= b", typed: "<= c   # Jensen" }],
      ]),
      mentions: new Map([["constructor", new Set(["m"])]]),
    },
  ],
  results: [
    result("my.claims.yaml#one", "claim", "verified", { ...skipped }),
    result("my.claims.yaml#constructor", "claim", "undecided", { where: at, detail: "log of 0" }),
    result("my.claims.yaml#d/2", "claim", "verified"),
    result("my.claims.yaml#d/3", "claim", "refuted", {
      replay: "T",
      counterexample: { ...at, left: [0.25, 0.25], right: [0.1, 0.10000000000000002], difference: [0.15, 0.15000000000000002] },
    }),
  ],
}

describe("the report of a claim file", () => {
  it("has a line per claim with what its verdict is worth, derivations as typed, and what was skipped where", () => {
    expect(terminalReport(file, 1, plain)).toMatchInlineSnapshot(`
      "Refuted  my.claims.yaml  2/4 claims  enclosed  detects 3.0e-15  48 instances  0.0 s

      A title�[31m
      Verified               one          enclosed  12 instances, 2 skipped  detects 3.0e-15  f(m) == s
      Inconclusive (budget)  constructor  enclosed  12 instances             -                m >= 0
                             d/1                                                              a
      Verified               d/2          enclosed  12 instances             detects 3.0e-15  = b
      Refuted                d/3          enclosed  12 instances             -                <= c # Jensen
      The derivation d breaks first at line 3
      skipped: s != 1 fails at 2 instances, first at m = 2, s = 1

      Inconclusive (budget) my.claims.yaml#constructor
        claim     m >= 0
        at        m = 0
        because   log of 0
        next      the budget was spent before the enclosure decided: try --budget deep
        evidence  enclosed, draw of 12 instances, tolerance 1.0e-9, 345 evaluations
        replay    lemmata replay 

      Refuted my.claims.yaml#d/3
        line 2        = b
        line 3        <= c # Jensen
        at            m = 0, s = 1/2
        left          0.25
        right         0.100000000000000(1)
        left - right  0.150000000000000(1)
        evidence      enclosed, draw of 12 instances, tolerance 1.0e-9, 345 evaluations
        replay        lemmata replay T

      1 file, 4 claims: 2 Verified, 1 Refuted, 1 Inconclusive; seed 0, alpha 1e-6, budget standard, 1.0 s
      "
    `)
  })
})
