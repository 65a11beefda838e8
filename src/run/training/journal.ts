/**
 * The journal of a run: metrics.jsonl, one JSON object a line, and the same for TensorBoard. A line is written by one system call, so that a process killed at
 * any moment leaves whole lines, but for the last; `rewind` drops that and everything after a checkpoint.
 *
 *   {"kind": "scalars", "step": k, "loss": ...}                                  after k steps
 *   {"kind": "monitor", "step": k, "name", "theorem", "relation", "metric", "bounds", "judgement"}
 *
 * Numbers that JSON lacks are written as the texts "NaN", "Infinity" and "-Infinity". No clock is in it: the same run gives the same file.
 */
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs"
import type { Line } from "../../train/record.ts"
import { InputError } from "../input-error.ts"
import { naming, readIfThere } from "../place.ts"
import { replaceFile } from "../replace-file.ts"
import { FILES } from "./folder.ts"
import type { RunFolder } from "./folder.ts"
import { imageRecord, scalarRecord, versionRecord } from "./tfevents.ts"
import type { EventImage } from "./tfevents.ts"
import { isTree } from "./tree.ts"

export interface Journal {
  readonly write: (line: Line, seconds: number) => void
  readonly image: (step: number, tag: string, image: EventImage, seconds: number) => void
  /** Brings everything written so far onto the disk. */
  readonly flush: () => void
  readonly close: () => void
}

/** Opens the journal of a run at its end; `seconds` since 1970 names the event file. */
export const openJournal = (run: RunFolder, seconds: number): Journal => {
  const open = (path: string) => ({ path, file: openSync(path, "a") })
  const lines = open(run.file(FILES.metrics))
  const events = open(run.file(`events.out.tfevents.${Math.floor(seconds)}.${process.pid}`))
  const append = ({ path, file }: ReturnType<typeof open>, bytes: Uint8Array): void =>
    naming(path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
  append(events, versionRecord(seconds))
  return {
    write: (line, now) => {
      append(lines, Buffer.from(`${JSON.stringify(flat(line), numbers)}\n`))
      const scalars = line.kind === "scalars" ? line.scalars : { [`monitor/${line.name}`]: line.metric.value }
      append(events, scalarRecord(now, line.step, scalars))
    },
    image: (step, tag, image, now) => append(events, imageRecord(now, step, tag, image)),
    flush: () => naming(lines.path, () => fsyncSync(lines.file)),
    close: () => {
      closeSync(lines.file)
      closeSync(events.file)
    },
  }
}

const flat = (line: Line): unknown => (line.kind === "scalars" ? { kind: line.kind, step: line.step, ...line.scalars } : line)

/** For JSON.stringify: NaN and infinities as texts. */
export const numbers = (_: string, value: unknown): unknown => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value)

/** For JSON.parse: the other way. */
export const revive = (_: string, value: unknown): unknown =>
  value === "NaN" || value === "Infinity" || value === "-Infinity" ? Number(value) : value

/** The lines of a journal; a last line that is cut short is left out. */
export const readJournal = (run: RunFolder): ReadonlyArray<Line> => {
  return rows(run).map(({ value }) => lineOf(value))
}

type Json = Readonly<Record<string, unknown>>

/** The lines that end with a line feed, as typed and parsed. Throws an InputError that names the line. */
const rows = (run: RunFolder): ReadonlyArray<{ readonly text: string; readonly value: Json }> => {
  const path = run.file(FILES.metrics)
  const all = readIfThere(path)?.toString("utf8") ?? ""
  const lines = all.slice(0, all.lastIndexOf("\n") + 1).split("\n")
  return lines.slice(0, -1).map((text, i) => {
    const value = objectOf(text)
    if (value === undefined)
      throw new InputError({
        code: "bad-run",
        message: `${path}:${i + 1}: a JSON object with a step is expected; without the line the run goes on, and its plots lack it`,
      })
    return { text, value }
  })
}

const objectOf = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text, revive)
    return isTree(value) && typeof value["step"] === "number" ? value : undefined
  } catch {
    return undefined
  }
}

const lineOf = (value: Json): Line => {
  if (value["kind"] === "monitor") return value as unknown as Line
  const { kind: _, step, ...scalars } = value
  return { kind: "scalars", step: Number(step), scalars: scalars as Readonly<Record<string, number>> }
}

/** Drops every line after step k, and a last one cut short, so that a run that goes on from there writes each step once. */
export const rewind = (run: RunFolder, step: number): void => {
  const kept = rows(run).filter(({ value }) => Number(value["step"]) <= step)
  replaceFile(run.file(FILES.metrics), kept.map(({ text }) => `${text}\n`).join(""))
}
