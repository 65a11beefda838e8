/**
 * A proof with prescribed results, for tests of what runs and reports proofs.
 */
import { Effect } from "effect"
import type { Spec } from "../src/core/statement.ts"
import { step, theorem } from "../src/core/statement.ts"
import { faulted, inconclusive, refuted, vacuous, verified } from "../src/core/verdict.ts"
import type { Result } from "../src/core/verdict.ts"
import type { Proof, Settings } from "../src/verify/proof.ts"

export const WORDS = {
  verified: { verdict: verified, grade: "enclosed", detectable: 3e-15 },
  refuted: {
    verdict: refuted,
    grade: "enclosed",
    counterexample: {
      family: "line",
      parameters: { m: "1/2", v: ["1", "-2/3"] },
      left: [1, 1],
      right: [2, 2.0000000000000004],
      difference: [-1.0000000000000004, -1],
    },
  },
  undecided: {
    verdict: inconclusive("budget"),
    grade: "enclosed",
    detail: "the enclosure is [-1, 1]",
    where: { family: "line", parameters: { m: "1/2" } },
  },
  vacuous: { verdict: vacuous },
  faulted: { verdict: faulted("a table has no row 3") },
} as const satisfies Record<string, Partial<Result>>

export type Word = keyof typeof WORDS

export const result = (id: string, kind: Result["kind"], word: Word, more: Partial<Result> = {}): Result => ({
  id,
  kind,
  detail: "",
  where: null,
  grade: null,
  alpha: 0,
  coverage: { kind: "draw", instances: 12 },
  tolerance: 1e-9,
  detectable: null,
  counterexample: null,
  skipped: 0,
  exclusions: [],
  replay: "",
  evaluations: 345,
  seconds: 0,
  ...WORDS[word],
  ...more,
})

const mutantName = (index: number): string => `mutant-${index}`

/** A spec with one step per word of `steps` and one mutant per word of `mutants`. */
export const fakeSpec = (id: string, steps: Readonly<Record<string, Word>>, mutants: ReadonlyArray<Word> = []): Spec =>
  theorem({
    id,
    title: `Theorem ${id}`,
    statement: "1 + 1 = 2",
    symbols: { m: "a real number" },
    families: [{ name: "line", parameters: { m: "real(-1, 1)", v: "vector(2, -1, 1)" }, let: {} }],
    steps: Object.keys(steps).map((name) => step(name, "m + 1 == 1 + m", "commutes")),
    mutants: mutants.map((_, i) => ({ name: mutantName(i), step: Object.keys(steps)[0]!, claim: "m + 1 == 1 - m" })),
    edges: [{ name: "at-zero", family: "line", step: Object.keys(steps)[0]!, parameters: { m: 0 }, expected: "holds", note: "nothing happens" }],
    sources: [{ authors: "Peano", year: 1889, where: "Arithmetices principia" }],
  })

/** A proof whose results are the given words. `before` runs first and may break or stall. */
export const fakeProof = (
  id: string,
  steps: Readonly<Record<string, Word>>,
  options: {
    readonly mutants?: ReadonlyArray<Word>
    readonly statistical?: ReadonlyArray<string>
    readonly before?: (name: string, settings: Settings) => void
  } = {},
): Proof => {
  const { mutants = [], statistical = [], before = () => undefined } = options
  const spec = fakeSpec(id, steps, mutants)
  const answer = (kind: "step" | "mutant", name: string, settings: Settings): Result => {
    before(name, settings)
    const word = kind === "step" ? steps[name]! : mutants[spec.mutants.findIndex((m) => m.name === name)]!
    return result(`${id}#${name}`, kind, word, { alpha: statistical.includes(name) ? settings.alpha : 0 })
  }
  return {
    spec,
    statistical,
    check: (unit, settings) => Effect.sync(() => answer(unit.kind, unit.name, settings)),
    replay: (unit, instance, settings) =>
      Effect.sync(() => ({ ...answer(unit.kind, unit.name, settings), detail: `replayed in ${instance.family}` })),
    explain: (unit, _, settings) =>
      Effect.sync(() => {
        before(unit.name, settings)
        throw new Error("a prescribed result has no explanation")
      }),
    sensitivity: (name) => Effect.succeed(name.length * 2 ** -40),
    edge: (name) =>
      Effect.succeed({ edge: spec.edges.find((e) => e.name === name)!, got: steps["broken-edge"] === undefined ? "holds" : "undefined", detail: "" }),
  }
}
