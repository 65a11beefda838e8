/** Every recipe's smoke preset through the command line, on WebAssembly, the default of a plain install: gates and monitors hold, and the report quotes the certificates. */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "../..")
const folder = mkdtempSync(join(tmpdir(), "lemmata-smoke-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const recipes = readdirSync(join(root, "pipelines")).map((file) => file.replace(/\.ts$/, ""))

interface Judged {
  readonly name: string
  readonly judgement: string
}
interface Answer {
  readonly runs: ReadonlyArray<{ readonly verdict: string; readonly gates: ReadonlyArray<Judged>; readonly monitors: ReadonlyArray<Judged> }>
}

describe("smoke presets", () => {
  it("there is one for each of ten recipes", () => expect(recipes.length).toBeGreaterThanOrEqual(10))

  it.each(recipes)("%s", { timeout: 600_000 }, async (name) => {
    const args = ["dist/src/main.js", "run", name, "--preset", "smoke", "--out", folder, "--name", "smoke", "--backend", "wasm", "--json"]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root })
    const { verdict, gates, monitors } = (JSON.parse(stdout) as Answer).runs[0]!
    expect(verdict).toBe("passed")
    expect([gates.length, monitors.length].every((n) => n > 0)).toBe(true)
    expect([...gates, ...monitors].filter(({ judgement }) => judgement !== "holds")).toEqual([])
    const run = join(folder, name, "smoke")
    const theorems = readFileSync(join(run, "theorems.jsonl"), "utf8").trim().split("\n")
    const report = readFileSync(join(run, "report.html"), "utf8")
    for (const line of theorems) {
      const { id, standing } = JSON.parse(line) as { readonly id: string; readonly standing: string }
      expect(standing, id).toBe("certified")
      expect(report).toContain(id)
    }
  })
})
