import { spawn } from "node:child_process"
import { existsSync, openSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { bar, paintFor } from "../../src/cli/output.ts"
import { ansi, plain } from "../../src/report/text.ts"
import { MAIN, ROOT } from "./lemmata.ts"

/** Exit code and messages of the command line on this standard output; `null` is a pipe that nobody reads. */
const into = (stdout: number | null, args: ReadonlyArray<string>): Promise<{ readonly code: number | null; readonly stderr: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT, stdio: ["ignore", stdout ?? "pipe", "pipe"] })
    child.stdout?.destroy()
    let stderr = ""
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stderr }))
  })

const FULL = "/dev/full"
const COMMANDS = [
  [["check", "examples/wrong-sign.claims.yaml"], 1],
  [["check", "examples/tweedie.claims.yaml", "--json"], 0],
  [["list"], 0],
  [["--help"], 0],
] as const

describe("standard output", () => {
  it.each(COMMANDS)("that nobody reads changes no exit code: %j", async (args, code) => {
    expect(await into(null, args)).toEqual({ code, stderr: "" })
  })

  it.skipIf(!existsSync(FULL)).each(COMMANDS)("on a full disk: %j", async (args) => {
    const said = "lemmata: cannot write to standard output: ENOSPC: no space left on device, write\n"
    expect(await into(openSync(FULL, "w"), args)).toEqual({ code: 2, stderr: said })
  })
})

describe("colours", () => {
  it("are for terminals that have not been asked to do without", () => {
    expect(paintFor({ isTTY: true }, {})).toBe(ansi)
    expect(paintFor({}, {})).toBe(plain)
    expect(paintFor({ isTTY: true }, { NO_COLOR: "1" })).toBe(plain)
    expect(paintFor({ isTTY: true }, { NO_COLOR: "" })).toBe(ansi)
    expect(paintFor({ isTTY: true }, { TERM: "dumb" })).toBe(plain)
  })
})

describe("the progress bar", () => {
  it("fills up", () => {
    expect(bar({ done: 0, total: 12, name: "a/b#c" })).toBe("[------------------------]  0/12 a/b#c")
    expect(bar({ done: 6, total: 12, name: "a/b#c" })).toBe("[############------------]  6/12 a/b#c")
    expect(bar({ done: 12, total: 12, name: "a/b#c" })).toBe("[########################] 12/12 a/b#c")
    expect(bar({ done: 0, total: 0, name: "" })).toContain("0/0")
  })
})
