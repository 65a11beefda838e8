/**
 * Files that are there whole or not at all: written beside their place, flushed to disk, renamed, and the folder flushed. A process killed at any moment, or
 * a disk that is full, leaves the file that was there before.
 */
import { randomBytes } from "node:crypto"
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { naming } from "./place.ts"

const TEMPORARY = /^\..+\.\d+\.[0-9a-f]{8}\.tmp$/

/** A name that is free, in the folder of `path`. */
export const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`)

/** Throws the system's error unless a file can be made at `path`; changes nothing there. */
export const tryPlace = (path: string): void =>
  naming(path, () => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) openSync(path, "w")
    const probe = temporaryBeside(path)
    closeSync(openSync(probe, "wx"))
    rmSync(probe)
  })

/** Replaces the file at `path` by `content`. Throws the system's error, and then nothing is left beside it. */
export const replaceFile = (path: string, content: string | Uint8Array): void =>
  naming(path, () => {
    const temporary = temporaryBeside(path)
    try {
      const file = openSync(temporary, "wx")
      try {
        const bytes = typeof content === "string" ? Buffer.from(content) : content
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(temporary, path)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
    flushFolder(dirname(path))
  })

/** Makes renames and removals in a folder last. Where folders cannot be opened (Windows) the system does it by itself. */
const flushFolder = (path: string): void => {
  if (process.platform === "win32") return
  const folder = openSync(path, "r")
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Removes what killed processes have left of `replaceFile` in a folder. */
export const sweepTemporaries = (folder: string): void => {
  for (const name of readdirSync(folder)) if (TEMPORARY.test(name)) rmSync(join(folder, name), { force: true })
}
