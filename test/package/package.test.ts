/**
 * The package as others get it: what it exports, and that its types compile for a strict user.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as source from "../../src/index.ts"
import { ROOT } from "../cli/lemmata.ts"

let user = ""
beforeAll(() => {
  user = mkdtempSync(join(tmpdir(), "lemmata-user-"))
  mkdirSync(join(user, "node_modules"))
  symlinkSync(ROOT, join(user, "node_modules/lemmata"))
  symlinkSync(join(ROOT, "node_modules/effect"), join(user, "node_modules/effect"))
  writeFileSync(join(user, "package.json"), '{ "type": "module" }')
})
afterAll(() => rmSync(user, { recursive: true, force: true }))

const PROGRAM = `
import { Effect } from "effect"
import { check, exitCode, family, prove, step, summarise, theorem } from "lemmata"
import type { Report } from "lemmata"

const spec = theorem({
  id: "t/x", title: "x", statement: "x", symbols: { m: "real" }, sources: [],
  families: [family("line", { parameters: { m: "real(-1, 1)" }, let: {} })],
  steps: [step("s", "m + 1 == 1 + m", "commutes")],
})
const report: Report = await Effect.runPromise(check(prove(spec), { budget: "quick" }))
console.log(exitCode(summarise(report.results)), report.lemmata)
`

describe("the package", () => {
  it("exports the public list and nothing else", () => {
    const script = 'import("lemmata").then((m) => console.log(JSON.stringify(Object.keys(m).sort())))'
    const ran = spawnSync(process.execPath, ["-e", script], { cwd: user, encoding: "utf8" })
    expect(ran.stderr).toBe("")
    expect(JSON.parse(ran.stdout)).toEqual(Object.keys(source).sort())
  })

  it("runs a program that uses it with its own effect", () => {
    writeFileSync(join(user, "program.ts"), PROGRAM)
    const ran = spawnSync(process.execPath, ["program.ts"], { cwd: user, encoding: "utf8" })
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
    expect(ran.stdout).toBe(`0 ${version}\n`)
  })

  it("has types that a strict user can compile against, declarations included", () => {
    writeFileSync(join(user, "program.ts"), PROGRAM)
    const flags = [
      "--strict",
      "--exactOptionalPropertyTypes",
      "--noEmit",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--lib",
      "es2024,dom,esnext.disposable",
    ]
    const ran = spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), ...flags, "--types", "", "program.ts"], {
      cwd: user,
      encoding: "utf8",
    })
    expect(ran.stdout).toBe("")
    expect(ran.status).toBe(0)
  })
})
