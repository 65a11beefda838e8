/**
 * Run folders read and written as values. JSON files are replaced whole.
 */
import { existsSync, readdirSync } from "node:fs"
import type { Certificate, Evaluation, Outcome, RunRecord, Surroundings } from "../../train/record.ts"
import { InputError } from "../input-error.ts"
import { readIfThere } from "../place.ts"
import { replaceFile } from "../replace-file.ts"
import { FILES, titleOf } from "./folder.ts"
import type { RunFolder } from "./folder.ts"
import { numbers, readJournal, revive } from "./journal.ts"

/** Writes a value as JSON; NaN and infinities as texts. */
export const writeJson = (run: RunFolder, name: string, value: Evaluation | Outcome | Surroundings): void =>
  replaceFile(run.file(name), `${JSON.stringify(value, numbers, 2)}\n`)

export const writeCertificates = (run: RunFolder, certificates: ReadonlyArray<Certificate>): void =>
  replaceFile(run.file(FILES.theorems), certificates.map((certificate) => `${JSON.stringify(certificate, numbers)}\n`).join(""))

/** How a run ended, if it has. */
const readOutcome = (run: RunFolder): Outcome | null => json<Outcome>(run, FILES.outcome)

/** Everything in a run folder. Throws an InputError that names a file which does not hold what it should. */
export const readRecord = (run: RunFolder): RunRecord => ({
  title: titleOf(run),
  path: run.path,
  config: text(run, FILES.config) ?? "",
  surroundings: json<Surroundings>(run, FILES.environment),
  certificates: (text(run, FILES.theorems) ?? "")
    .split("\n")
    .slice(0, -1)
    .map((line, i) => parse<Certificate>(line, `${run.file(FILES.theorems)}:${i + 1}`)),
  lines: readJournal(run),
  evaluation: evaluationOf(run),
  outcome: readOutcome(run),
  plots: list(run, "plots", ".vl.json").map((name) => ({
    name,
    title: String(parse<{ title?: unknown }>(text(run, `plots/${name}.vl.json`) ?? "", run.file("plots", `${name}.vl.json`)).title ?? name),
    svg: text(run, `plots/${name}.svg`) ?? "",
  })),
  images: list(run, "samples", ".png").map((name) => ({ name, png: readIfThere(run.file("samples", `${name}.png`)) ?? new Uint8Array() })),
})

const evaluationOf = (run: RunFolder): Evaluation | null => {
  const found = json<Evaluation>(run, FILES.evaluation)
  if (found === null || (Array.isArray(found.metrics) && Array.isArray(found.gates))) return found
  throw new InputError({ code: "bad-run", message: `${run.file(FILES.evaluation)}: {"step", "metrics": [...], "gates": [...]} is expected` })
}

const list = (run: RunFolder, folder: string, ending: string): ReadonlyArray<string> =>
  existsSync(run.file(folder))
    ? readdirSync(run.file(folder))
        .filter((name) => name.endsWith(ending) && !name.startsWith("."))
        .map((name) => name.slice(0, -ending.length))
        .sort()
    : []

const text = (run: RunFolder, name: string): string | undefined => readIfThere(run.file(name))?.toString("utf8")

const json = <A>(run: RunFolder, name: string): A | null => {
  const found = text(run, name)
  return found === undefined ? null : parse<A>(found, run.file(name))
}

const parse = <A>(found: string, where: string): A => {
  try {
    return JSON.parse(found, revive)
  } catch {
    throw new InputError({ code: "bad-run", message: `${where}: JSON is expected` })
  }
}
