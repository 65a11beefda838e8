/**
 * Places for files: folders that are made, files that are read if they are there, and errors that name them.
 */
import { mkdirSync, readFileSync, rmdirSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { isRefusal } from "../core/refusal.ts"

/** Does `work`; what the system refuses there is told of `path`: calls on an open file name none, and a temporary name says nothing. */
export const naming = <A>(path: string, work: () => A): A => {
  try {
    return work()
  } catch (error) {
    throw isRefusal(error) ? Object.assign(error, { path }) : error
  }
}

/** The bytes of a file; `undefined` where there is none. Throws the system's error. */
export const readIfThere = (path: string): Buffer | undefined =>
  naming(path, () => {
    try {
      return readFileSync(path)
    } catch (error) {
      if (isRefusal(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined
      throw error
    }
  })

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/**
 * Makes a folder and those above it that are missing; what it made, the deepest first. Throws the system's error, and then nothing is left. Node's own way with
 * `recursive` never returns where a file system takes no folders (/proc), and calls a read-only one a missing folder.
 */
export const makeFolder = (path: string): ReadonlyArray<string> =>
  naming(path, () => {
    const made: Array<string> = []
    const make = (at: string): void => {
      if (isFolder(at)) return
      if (dirname(at) !== at) make(dirname(at))
      try {
        mkdirSync(at)
        made.unshift(at)
      } catch (error) {
        // Another process may have been first.
        if (!isFolder(at)) throw error
      }
    }
    try {
      make(resolve(path))
      return made
    } catch (error) {
      unmake(made)
      throw error
    }
  })

/** Removes folders that were made, unless something has been put into them. */
export const unmake = (made: ReadonlyArray<string>): void => {
  try {
    for (const folder of made) rmdirSync(folder)
  } catch {}
}
