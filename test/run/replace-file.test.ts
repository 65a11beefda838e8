import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { replaceFile, sweepTemporaries, temporaryBeside } from "../../src/run/replace-file.ts"

const folder = (): string => mkdtempSync(join(tmpdir(), "lemmata-replace-"))

test("a file is replaced whole, with nothing beside it", () => {
  const at = folder()
  replaceFile(join(at, "a"), "first")
  replaceFile(join(at, "a"), Uint8Array.of(1, 2))
  expect([...readFileSync(join(at, "a"))]).toEqual([1, 2])
  expect(readdirSync(at)).toEqual(["a"])
})

test("where the disk is full the old file stays and nothing is left beside it", () => {
  const at = folder()
  writeFileSync(join(at, "a"), "old")
  const module = new URL("../../src/run/replace-file.ts", import.meta.url).href
  const program = `import(${JSON.stringify(module)}).then(({ replaceFile }) => {
    process.on("SIGXFSZ", () => undefined)
    try { replaceFile(${JSON.stringify(join(at, "a"))}, new Uint8Array(100000)); console.log("written") } catch (error) { console.log(error.code) }
  })`
  // 8 blocks of 512 or 1024 bytes: a limit on the size of a file stands for a full disk.
  const said = execFileSync("sh", ["-c", 'ulimit -f 8; exec "$0" -e "$1"', process.execPath, program], { encoding: "utf8" })
  expect(said.trim()).toBe("EFBIG")
  expect(readFileSync(join(at, "a"), "utf8")).toBe("old")
  expect(readdirSync(at)).toEqual(["a"])
})

test("what a killed process left is swept, other files are not", () => {
  const at = folder()
  writeFileSync(temporaryBeside(join(at, "a")), "half")
  writeFileSync(join(at, ".hidden.tmp"), "mine")
  sweepTemporaries(at)
  expect(readdirSync(at)).toEqual([".hidden.tmp"])
})
