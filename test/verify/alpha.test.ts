/** The error probability of a step or a mutant covers every look that samples, and no two looks share a stream. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { family, mutant, step, theorem } from "../../src/core/statement.ts"
import { verified } from "../../src/core/verdict.ts"
import type { Question, Strategy } from "../../src/verify/examine.ts"
import { prove } from "../../src/verify/prove.ts"

const ALPHA = 1e-6

/** Runs one part under a strategy that samples nothing, finds everything true, and keeps what it was asked. */
const asked = (kind: "step" | "mutant", points: number): ReadonlyArray<Question> => {
  const questions: Array<Question> = []
  const strategy: Strategy = {
    name: "counted",
    statistical: true,
    gather: (q) => {
      questions.push(q)
      return {
        verdict: verified,
        estimate: { lo: 0, hi: 0, grade: "statistical", alpha: q.alpha, hypotheses: ["none"] },
        scale: 1,
        left: [0, 0],
        right: [0, 0],
        terms: [],
        evaluations: 1,
        detail: "",
        divergent: false,
      }
    },
  }
  const parameters = { x: "real(1, 4)", v: "vector(2, 1, 2)", n: "integer(1, 9)" }
  const spec = theorem({
    id: "test/alpha",
    title: "",
    statement: "",
    symbols: {},
    families: [
      family("stated", { parameters, let: {}, points: Array.from({ length: points }, (_, k) => ({ x: `${k + 9}/8`, v: [1, 2], n: 1 })) }),
      family("drawn", { parameters, let: {} }),
    ],
    steps: [step("s", "v*x*n == n*x*v", "")],
    mutants: [
      mutant("m", "s", "x*v*n == n*x*v", { visible: { family: "drawn", parameters: { x: 2 } }, unlucky: { family: "drawn", parameters: { x: 3 } } }),
    ],
    sources: [],
  })
  const name = kind === "step" ? "s" : "m"
  Effect.runSync(prove(spec, { s: strategy }).check({ kind, name }, { seed: "0", alpha: ALPHA, budget: budgets.quick }))
  return questions
}

describe.each(["step", "mutant"] as const)("the looks at a %s", (kind) => {
  const questions = asked(kind, 300)
  it("are many", () => expect(questions.length).toBeGreaterThan(300))
  it("spend its alpha at most, entries of vectors included", () => {
    const spent = questions.reduce((sum, q) => sum + q.alpha, 0)
    expect(spent).toBeLessThanOrEqual(ALPHA * (1 + questions.length * Number.EPSILON))
    expect(spent).toBeGreaterThan(ALPHA / 2)
  })
  it("have a stream each", () => expect(new Set(questions.map((q) => q.key.join(" "))).size).toBe(questions.length))
})
