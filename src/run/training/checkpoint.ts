/**
 * Checkpoints: the state of a program after k steps, one safetensors file each, `checkpoints/step-<k>.safetensors`. `checkpoints/last.json` names the newest
 * with its SHA-256. A file is replaced whole and `last.json` after it, so that a process killed at any moment leaves a checkpoint that can be read.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { Result } from "effect"
import type { State } from "../../train/program.ts"
import { decodeTensors, dtypeOf, encodeTensors } from "../../train/safetensors.ts"
import { reasonOf } from "../../core/refusal.ts"
import { InputError } from "../input-error.ts"
import { readIfThere } from "../place.ts"
import { replaceFile } from "../replace-file.ts"
import type { RunFolder } from "./folder.ts"

export interface Checkpoint {
  /** Steps that led to it. */
  readonly step: number
  readonly state: State
  /** What it says of itself: texts by name. */
  readonly about: Readonly<Record<string, string>>
}

const FOLDER = "checkpoints"
const LAST = "last.json"
const NAME = /^step-(\d{9,})\.safetensors$/

const nameOf = (step: number): string => `step-${String(step).padStart(9, "0")}.safetensors`
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

/** Steps of the checkpoints that are there, ascending. */
export const steps = (run: RunFolder): ReadonlyArray<number> =>
  existsSync(run.file(FOLDER))
    ? readdirSync(run.file(FOLDER))
        .flatMap((name) => NAME.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b)
    : []

/** Writes a checkpoint, points `last.json` at it, and keeps the newest `keep`. Throws the system's error, and then the checkpoints before it are as they were. */
export const saveCheckpoint = (run: RunFolder, { step, state, about }: Checkpoint, keep: number): void => {
  const bytes = encodeTensors(new Map(Object.entries(state)), { ...about, step: String(step) })
  replaceFile(run.file(FOLDER, nameOf(step)), bytes)
  replaceFile(run.file(FOLDER, LAST), `${JSON.stringify({ file: nameOf(step), step, sha256: sha256(bytes) })}\n`)
  const older = steps(run).filter((s) => s < step)
  for (const s of older.slice(0, Math.max(0, older.length - keep + 1))) rmSync(run.file(FOLDER, nameOf(s)), { force: true })
}

/** The newest checkpoint; `undefined` when none was written. Throws an InputError that names the file and what is wrong with it. */
export const loadLast = (run: RunFolder): Checkpoint | undefined => {
  const newest = steps(run).at(-1)
  const last = pointerOf(run.file(FOLDER, LAST))
  // A process killed between the two files leaves a newer checkpoint without a digest; the one that is pointed at is the one that is known to be whole.
  if (last !== undefined) return read(run, last.step, last.sha256)
  return newest === undefined ? undefined : read(run, newest, undefined)
}

const pointerOf = (path: string): { readonly step: number; readonly sha256: string } | undefined => {
  const bytes = readIfThere(path)
  if (bytes === undefined) return undefined
  const value = parse(bytes.toString("utf8"))
  const { step, sha256: digest } = (value ?? {}) as { step?: unknown; sha256?: unknown }
  if (!Number.isSafeInteger(step) || typeof digest !== "string")
    throw refuse(`${path} is damaged: {"file", "step", "sha256"} was expected; without it the newest checkpoint is taken`)
  return { step: step as number, sha256: digest }
}

/** What a JSON text says; `undefined` where it is none. */
export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const read = (run: RunFolder, step: number, digest: string | undefined): Checkpoint => {
  const path = run.file(FOLDER, nameOf(step))
  const bytes = bytesOf(path)
  const decoded = decodeTensors(bytes)
  if (Result.isFailure(decoded)) throw refuse(`${path} is no checkpoint: ${decoded.failure.message}${older(run, step)}`)
  if (digest !== undefined && sha256(bytes) !== digest)
    throw refuse(`${path} has changed since it was written: its SHA-256 is not the one in ${LAST}${older(run, step)}`)
  const { tensors, metadata } = decoded.success
  const { step: said, ...about } = metadata
  if (said !== String(step)) throw refuse(`${path} says that it is of step ${said?.slice(0, 50)}${older(run, step)}`)
  const state = [...tensors].map(([name, { shape, values }]) => {
    if (!(values instanceof Float32Array)) throw refuse(`${path}: tensor "${name}" is ${dtypeOf(values)}, F32 was expected`)
    return [name, { shape, values }] as const
  })
  return { step, state: Object.fromEntries(state), about }
}

const bytesOf = (path: string): Uint8Array => {
  try {
    return readFileSync(path)
  } catch (error) {
    throw refuse(`cannot read the checkpoint ${path}: ${reasonOf(error)}`)
  }
}

/** What to do about a checkpoint that cannot be used. */
const older = (run: RunFolder, step: number): string => {
  const before = steps(run).filter((s) => s < step)
  return before.length === 0 ? "" : `; remove it and ${LAST} to go on from step ${before.at(-1)}`
}

const refuse = (message: string): InputError => new InputError({ code: "bad-checkpoint", message })
