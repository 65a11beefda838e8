/**
 * The corpus: claims as students and reviewers write them, about half of them false by a relative size between 1e-1 and 1e-7, and some that denote nothing.
 * Truth comes from outside: the note of a claim says it with its source ("true: ...", "false: ...", "undefined: ..."), and `oracle` has computed both
 * sides with other software, kept in test/fixtures/corpus.json.
 *
 * Two halves, drawn at random within each file: `first` was open while the engine was worked on, `second` was not looked at.
 */
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { check } from "../../src/check.ts"
import type { BudgetName } from "../../src/core/budget.ts"
import type { Result } from "../../src/core/verdict.ts"
import { loadClaims } from "../../src/run/load-claims.ts"
import type { Proof } from "../../src/verify/proof.ts"

export const HALVES = ["first", "second"] as const
export type Half = (typeof HALVES)[number]

export interface Judged {
  readonly id: string
  readonly claim: string
  readonly truth: "true" | "false" | "undefined"
  readonly result: Result
  /** Refuted although true, Verified although false, either although it denotes nothing. */
  readonly wrong: boolean
  readonly decided: boolean
}

/** What `oracle` found: both sides at parameter points, as decimal strings; null where they denote nothing. */
export interface Known {
  readonly claim: string
  readonly truth: string
  readonly confirmed: boolean
  readonly points: ReadonlyArray<{ readonly left: Side; readonly right: Side }>
}
export type Side = string | null | ReadonlyArray<Side>

export const known = (): Readonly<Record<string, Known>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/corpus.json"), "utf8")).claims

/** The claim files of a half; ids are `half/file.claims.yaml#name`. */
export const files = (half: Half): ReadonlyArray<Proof> =>
  readdirSync(join(import.meta.dirname, half))
    .filter((name) => name.endsWith(".claims.yaml"))
    .sort()
    .map((name) => loadClaims(join(import.meta.dirname, half, name), `${half}/${name}`))

export const truthOf = (note: string): Judged["truth"] => {
  const word = note.split(":")[0]
  if (word === "true" || word === "false" || word === "undefined") return word
  throw new Error(`a note begins with true:, false: or undefined:, not "${note}"`)
}

/** Every claim of the files, checked one after the other. */
export const judge = async (proofs: ReadonlyArray<Proof>, budget: BudgetName): Promise<ReadonlyArray<Judged>> => {
  const { results } = await Effect.runPromise(check(proofs, { budget }))
  return proofs.flatMap(({ spec }) =>
    spec.steps.map((step): Judged => {
      const id = `${spec.id}#${step.name}`
      const result = results.find((r) => r.id === id)!
      const truth = truthOf(step.because)
      const { _tag } = result.verdict
      const decided = _tag === "Verified" || _tag === "Refuted"
      const wrong = (_tag === "Refuted" && truth !== "false") || (_tag === "Verified" && truth !== "true")
      return { id, claim: step.claim, truth, result, wrong, decided }
    }),
  )
}
