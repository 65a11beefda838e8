import { Effect, Result } from "effect"
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { assertWritable, parseReport, writeReport } from "../../src/cli/report-file.ts"
import { PROOFS, lemmata } from "./lemmata.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lemmata-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe("report files", () => {
  it("are named KIND=FILE, where the file may hold a =", () => {
    expect(Result.getOrThrow(parseReport("junit=a=b.xml"))).toEqual({ kind: "junit", path: "a=b.xml" })
    for (const text of ["", "junit", "junit=", "=x", "html=x"]) expect(Result.isFailure(parseReport(text))).toBe(true)
  })

  it("are tried without leaving a trace, and replaced as a whole", async () => {
    const file = { kind: "json", path: join(folder, "r.json") } as const
    await Effect.runPromise(assertWritable(file))
    expect(readdirSync(folder)).toEqual([])
    await Effect.runPromise(writeReport(file, "one"))
    await Effect.runPromise(writeReport(file, "two é"))
    expect(readdirSync(folder)).toEqual(["r.json"])
    expect(readFileSync(file.path, "utf8")).toBe("two é")
  })

  it("leave no temporary file when the last step fails", async () => {
    const file = { kind: "json", path: join(folder, "missing", "r.json") } as const
    expect((await Effect.runPromise(Effect.flip(writeReport(file, "x")))).code).toBe("bad-report")
    expect(readdirSync(folder)).toEqual([])
  })

  it("may be written several at once by a check, each equal to what is printed", async () => {
    const [json, junit] = [join(folder, "r.json"), join(folder, "r.xml")]
    const ended = await lemmata(["check", `${PROOFS}/refuted.ts`, "--json", "--report", `json=${json}`, "--report", `junit=${junit}`])
    expect(ended.code).toBe(1)
    expect(readFileSync(json, "utf8")).toBe(ended.stdout)
    expect(readFileSync(junit, "utf8")).toContain('<failure type="Refuted"')
    expect(readdirSync(folder).sort()).toEqual(["r.json", "r.xml"])
  })

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "keep the last complete report when a run is interrupted by %s, which exits 130",
    async (signal) => {
      const file = join(folder, "r.json")
      writeFileSync(file, "the last complete report")
      const ended = await lemmata(["check", `${PROOFS}/stalls.ts`, "--report", `json=${file}`], { signal })
      expect(ended).toMatchObject({ code: 130, stdout: "", stderr: expect.stringContaining("interrupted") })
      expect(readFileSync(file, "utf8")).toBe("the last complete report")
      expect(readdirSync(folder)).toEqual(["r.json"])
    },
  )

  it("keep the last complete report when a run is killed", async () => {
    const file = join(folder, "r.json")
    writeFileSync(file, "the last complete report")
    expect((await lemmata(["check", `${PROOFS}/stalls.ts`, "--report", `json=${file}`], { signal: "SIGKILL" })).code).toBeNull()
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(["the last complete report"])
  })
})
