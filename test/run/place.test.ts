/**
 * What the system refuses, provoked: each refusal in words, under the name of the file that was asked for, with nothing left behind.
 */
import { mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { isRefusal, reasonOf } from "../../src/core/refusal.ts"
import { makeFolder, naming, readIfThere, unmake } from "../../src/run/place.ts"
import { replaceFile, tryPlace } from "../../src/run/replace-file.ts"

let at = ""
beforeEach(() => {
  at = mkdtempSync(join(tmpdir(), "lemmata-place-"))
  writeFileSync(join(at, "file"), "whole")
  symlinkSync("loop", join(at, "loop"))
  symlinkSync("nothing", join(at, "dangling"))
  mkdirSync(join(at, "folder"))
})
afterEach(() => rmSync(at, { recursive: true, force: true }))
const THERE = ["dangling", "file", "folder", "loop"]
const LONG = "x".repeat(300)

/** The file that is blamed, relative to the folder of the test, and why. */
const refused = (work: () => unknown): string => {
  try {
    return `accepted ${String(work())}`
  } catch (error) {
    return isRefusal(error) ? `${error.path?.replace(`${at}/`, "")}: ${reasonOf(error)}` : `no refusal: ${reasonOf(error)}`
  }
}

describe("files", () => {
  test.each([
    ["none/r", "none/r: there is no such file, or no folder to hold it (ENOENT)"],
    ["file/r", "file/r: a part of its path is a file where a folder is expected (ENOTDIR)"],
    ["folder", "folder: it is a folder where a file is expected (EISDIR)"],
    ["loop/r", "loop/r: its links lead in a circle (ELOOP)"],
    [LONG, `${LONG}: a name in its path is too long (ENAMETOOLONG)`],
  ])("cannot be put at %s", (name, why) => {
    expect(refused(() => tryPlace(join(at, name)))).toBe(why)
    expect(refused(() => replaceFile(join(at, name), "new"))).toBe(why)
    expect(readdirSync(at).sort()).toEqual(THERE)
  })

  test("can be put where one is and where a link leads nowhere; trying changes nothing", () => {
    for (const name of ["file", "dangling", "folder/new"]) expect(refused(() => tryPlace(join(at, name)))).toBe("accepted undefined")
    expect([readFileSync(join(at, "file"), "utf8"), readdirSync(join(at, "folder"))]).toEqual(["whole", []])
  })

  test("are read where they are", () => {
    expect(readIfThere(join(at, "file"))?.toString()).toBe("whole")
    for (const name of ["none", "none/r", "file/r", "dangling"]) expect(readIfThere(join(at, name))).toBeUndefined()
    expect(refused(() => readIfThere(join(at, "folder")))).toBe("folder: it is a folder where a file is expected (EISDIR)")
    expect(refused(() => readIfThere(join(at, "loop")))).toBe("loop: its links lead in a circle (ELOOP)")
  })

  test.skipIf(process.platform !== "linux")("on a full disk are named, though a call on an open file names none", () => {
    const full = openSync("/dev/full", "w")
    expect(refused(() => naming("my/file", () => writeSync(full, "x")))).toBe(
      "my/file: no space is left on the disk; make room or choose another place (ENOSPC)",
    )
  })

  test("what is no refusal stays what it is", () => {
    expect(refused(() => naming("a", () => undefined!["b"]))).toMatch(/^no refusal: TypeError: Cannot read/)
  })
})

describe("folders", () => {
  test("are made with those above them, and taken back while they are empty", () => {
    const made = makeFolder(join(at, "a/b/c"))
    expect(made).toEqual(["a/b/c", "a/b", "a"].map((name) => join(at, name)))
    expect(makeFolder(join(at, "a/b"))).toEqual([])
    writeFileSync(join(at, "a/b/mine"), "")
    unmake(made)
    expect(readdirSync(join(at, "a/b"))).toEqual(["mine"])
    rmSync(join(at, "a/b/mine"))
    unmake(made.slice(1))
    expect(readdirSync(at).sort()).toEqual(THERE)
  })

  test.each([
    ["file", "a file stands where a folder is expected (EEXIST)"],
    ["file/a/b", "a file stands where a folder is expected (EEXIST)"],
    ["dangling", "a file stands where a folder is expected (EEXIST)"],
    ["loop/a", "its links lead in a circle (ELOOP)"],
    [`a/b/${LONG}`, "a name in its path is too long (ENAMETOOLONG)"],
  ])("cannot be made at %s", (name, why) => {
    expect(refused(() => makeFolder(join(at, name)))).toBe(`${name}: ${why}`)
    expect(readdirSync(at).sort()).toEqual(THERE)
  })

  test.skipIf(process.platform !== "linux")("cannot be made in /proc, and that is told", () => {
    expect(refused(() => makeFolder("/proc/x/y"))).toBe("/proc/x/y: no folder can be made there; choose another place (ENOENT)")
  })
})
