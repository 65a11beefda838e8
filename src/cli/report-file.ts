/**
 * Report files: `junit=FILE`, `json=FILE`. Tried for writing before the run starts; written whole or not at all, so that a killed run leaves the last
 * complete report.
 */
import { closeSync, openSync, statSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { Effect, Result } from "effect"
import { reasonOf } from "../core/refusal.ts"
import { InputError } from "../run/input-error.ts"
import { replaceFile, tryPlace } from "../run/replace-file.ts"

export const KINDS = ["junit", "json"] as const
export type ReportKind = (typeof KINDS)[number]

export interface ReportFile {
  readonly kind: ReportKind
  readonly path: string
}

/** Reads `KIND=FILE`. Fails with an InputError "bad-report". */
export const parseReport = (text: string): Result.Result<ReportFile, InputError> => {
  const at = text.indexOf("=")
  const kind = KINDS.find((known) => known === text.slice(0, at))
  const path = text.slice(at + 1)
  return at < 0 || kind === undefined || path === ""
    ? Result.fail(new InputError({ code: "bad-report", message: `--report expects junit=FILE or json=FILE, not "${text.slice(0, 200)}"` }))
    : Result.succeed({ kind, path })
}

const refuse = (path: string, error: unknown): InputError =>
  new InputError({ code: "bad-report", message: `cannot write the report ${path}: ${reasonOf(error)}` })

/** Fails with an InputError unless a file can be made at the path; changes nothing there. */
export const assertWritable = ({ path }: ReportFile): Effect.Effect<void, InputError> =>
  Effect.try({
    try: () => {
      const target = resolve(path)
      const there = statSync(target, { throwIfNoEntry: false })
      if (there !== undefined && !there.isFile() && !there.isDirectory()) return closeSync(openSync(target, "w"))
      tryPlace(target)
    },
    catch: (error) => refuse(path, error),
  })

/** Replaces the file at the path by `text`, atomically. */
export const writeReport = ({ path }: ReportFile, text: string): Effect.Effect<void, InputError> =>
  Effect.try({
    try: () => {
      const target = resolve(path)
      // A device or a pipe cannot be replaced, only written to.
      if (statSync(target, { throwIfNoEntry: false })?.isFile() === false) return writeFileSync(target, text)
      replaceFile(target, text)
    },
    catch: (error) => refuse(path, error),
  })
