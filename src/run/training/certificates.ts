/**
 * Certificates: a recipe's specs, checked before it starts. A spec is certified when every step of it is Verified and the weakest grade is at least the one that
 * the recipe asks for. Each check is kept in `<out>/.certificates/` under the SHA-256 of what it was computed from (program, spec, settings), so that it is
 * made once.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { budgets } from "../../core/budget.ts"
import { GRADES, weakest } from "../../core/estimate.ts"
import type { Spec } from "../../core/statement.ts"
import type { Result } from "../../core/verdict.ts"
import type { Reliance } from "../../train/recipe.ts"
import type { Certificate } from "../../train/record.ts"
import type { Executor } from "../execute.ts"
import { InputError } from "../input-error.ts"
import { nearest } from "../../core/nearest.ts"
import { planSteps } from "../plan.ts"
import type { Progress } from "../plan.ts"
import type { Entry, Registry } from "../registry.ts"
import { tokenOf } from "../replay.ts"
import { makeFolder } from "../place.ts"
import { replaceFile, tryPlace } from "../replace-file.ts"
import { onDisk } from "./disk.ts"

/** Seed, alpha and budget of every certificate. */
const SETTINGS = { seed: 0, alpha: 1e-6, budget: budgets.quick }

/** Certificates of what a recipe relies on, in its order. Fails with an InputError "unknown-id" when the catalogue lacks a spec. */
export const certify = Effect.fnUntraced(function* (
  reliances: ReadonlyArray<Reliance>,
  { registry, version, code }: { readonly registry: Registry; readonly version: string; readonly code: () => string },
  cache: string,
  execute: Executor,
  progress: (event: Progress) => void,
  /** Done once, before the first that has to be made. */
  begun: Effect.Effect<void>,
) {
  const program = code()
  // A place that takes no files is told of before anything is proved.
  const room = onDisk(() => {
    makeFolder(cache)
    tryPlace(join(cache, "certificate"))
  })
  const announced = yield* Effect.cached(Effect.andThen(room, begun))
  return yield* Effect.forEach(
    reliances,
    Effect.fnUntraced(function* (reliance) {
      const entry = yield* entryOf(reliance, registry)
      const spec = yield* Effect.promise(() => entry.spec())
      const file = join(cache, `${keyOf(spec, program)}.json`)
      const known = readResults(file, spec)
      if (known !== undefined) return judged(reliance, spec, known, version)
      yield* announced
      // One spec at a time: each has the whole alpha, and its results do not depend on what else the recipe relies on.
      const proof = yield* Effect.promise(() => entry.proof())
      const tasks = planSteps([{ entry: entry.id, proof }], SETTINGS)
      const outcomes = yield* execute(tasks, progress)
      const results = outcomes.flatMap((o, i) => (o.kind === "result" ? [{ ...o.result, replay: tokenOf(version, tasks[i]!, o.result) }] : []))
      // A fault may be of the moment (out of memory), so it is tried again next time.
      if (results.every((r) => r.verdict._tag !== "Faulted")) yield* onDisk(() => replaceFile(file, `${JSON.stringify(results)}\n`))
      return judged(reliance, spec, results, version)
    }),
  )
})

const entryOf = ({ id }: Reliance, registry: Registry): Effect.Effect<Entry, InputError> => {
  const found = registry.find((entry) => entry.id === id)
  if (found !== undefined) return Effect.succeed(found)
  const ids = registry.map((entry) => entry.id)
  const suggestion = nearest(id, ids)
  const hint = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`
  return Effect.fail(new InputError({ code: "unknown-id", message: `the recipe relies on the spec "${id}", which is not in the catalogue${hint}` }))
}

/** What a certificate was computed from, as one word; typed functions count by their source. */
const keyOf = (spec: Spec, program: string): string => {
  const text = JSON.stringify([program, spec, SETTINGS], (_, value) =>
    typeof value === "function" ? String(value) : typeof value === "bigint" ? `${value}n` : value,
  )
  return createHash("sha256").update(text).digest("hex")
}

/** The results kept in a file; `undefined` when there are none, or not of every step: then they are computed again. */
const readResults = (file: string, spec: Spec): ReadonlyArray<Result> | undefined => {
  if (!existsSync(file)) return undefined
  try {
    const results: ReadonlyArray<Result> = JSON.parse(readFileSync(file, "utf8"))
    return spec.steps.every(({ name }, i) => results[i]?.id === `${spec.id}#${name}` && typeof results[i].verdict._tag === "string")
      ? results
      : undefined
  } catch {
    return undefined
  }
}

const judged = ({ id, because, grade: needs }: Reliance, spec: Spec, results: ReadonlyArray<Result>, version: string): Certificate => {
  const grades = results.flatMap((r) => (r.grade === null ? [] : [r.grade]))
  const grade = grades.length === 0 ? null : grades.reduce(weakest)
  const has = (tag: Result["verdict"]["_tag"]): boolean => results.some((r) => r.verdict._tag === tag)
  const enough = grade !== null && GRADES.indexOf(grade) <= GRADES.indexOf(needs)
  const all = results.length > 0 && results.every((r) => r.verdict._tag === "Verified")
  const standing = has("Refuted") ? "refuted" : has("Faulted") ? "faulted" : all && enough ? "certified" : "undecided"
  return { id, title: spec.title, because, needs, grade, standing, lemmata: version, results }
}

/** A certificate in one line: what a person reads before the run starts, or why it does not. */
export const sentence = ({ id, standing, grade, needs, results }: Certificate): string => {
  const verified = results.filter((r) => r.verdict._tag === "Verified").length
  const open = results.find((r) => r.verdict._tag !== "Verified")
  const why =
    standing === "certified"
      ? ""
      : open === undefined
        ? `: its grade is ${grade ?? "none"}, ${needs} is needed`
        : `: ${open.id} is ${open.verdict._tag}; lemmata replay ${open.replay}`
  return `${id}: ${standing}, ${verified}/${results.length} steps Verified${grade === null ? "" : `, ${grade}`}${why}`
}
