import type { MutantReport, Report } from "../../src/report/report.ts"
import { result } from "../fake-proof.ts"

const header = { lemmata: "0.1.0", seed: 7, alpha: 1e-6, budget: "standard" } as const

/** A report with every verdict word; fixed seconds. */
export const sample: Report = {
  ...header,
  theorems: [
    { id: "a/good", title: "Good", formulas: { one: "x == x", two: "x <= x" }, lines: new Map(), mentions: new Map() },
    {
      id: "b/bad",
      title: 'Bad & <ugly> "quoted"',
      formulas: { r: "x + 1 == x", u: "sin(x) <= 1", v: "x < x", f: "x == 1" },
      lines: new Map(),
      mentions: new Map(),
    },
  ],
  results: [
    result("a/good#one", "step", "verified", { seconds: 0.25, replay: "T1.000001" }),
    result("a/good#two", "step", "verified", { seconds: 0.5, detectable: 2.01e-9, grade: "statistical", alpha: 2.5e-7, replay: "T2.000002" }),
    result("b/bad#r", "step", "refuted", { seconds: 1, replay: "T3.000003" }),
    result("b/bad#u", "step", "undecided", { seconds: 2, skipped: 3, replay: "T4.000004" }),
    result("b/bad#v", "step", "vacuous", { seconds: 0, coverage: { kind: "draw", instances: 0 }, skipped: 12, replay: "T5.000005" }),
    result("b/bad#f", "step", "faulted", { seconds: 0, detail: "a table has no row 3", replay: "T6.000006" }),
  ],
}

export const mutantSample: MutantReport = {
  ...header,
  theorems: sample.theorems,
  results: [
    result("a/good#half", "mutant", "refuted"),
    result("a/good#sign", "mutant", "refuted"),
    result("b/bad#slip", "mutant", "verified"),
    result("b/bad#swap", "mutant", "undecided"),
    result("b/bad#drop", "mutant", "refuted"),
  ],
  sensitivities: [
    { theorem: "a/good", step: "one", epsilon: 2 ** -40 },
    { theorem: "a/good", step: "two", epsilon: null },
    { theorem: "b/bad", step: "r", epsilon: 2 ** -20 },
    { theorem: "b/bad", step: "u", epsilon: 2 ** -30 },
  ],
}
