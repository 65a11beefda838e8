/** Every recipe's smoke preset on WebAssembly, the default of a plain install: gates and monitors hold, and the report quotes the certificates. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { RECIPES, smoke } from "./run-smoke.ts"

const folder = mkdtempSync(join(tmpdir(), "lemmata-smoke-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("smoke presets", () => {
  it("there is one for each of ten recipes", () => expect(RECIPES.length).toBeGreaterThanOrEqual(10))

  it.each(RECIPES)("%s", { timeout: 600_000 }, async (name) => {
    const { status, stderr, judged, file } = await smoke(name, folder, ["--backend", "wasm"])
    expect(status, stderr).toBe(0)
    for (const kind of ["gate", "monitor"]) expect(judged.filter((line) => line.split(/\s+/)[1] === kind).length, kind).toBeGreaterThan(0)
    expect(judged.filter((line) => !line.startsWith("holds"))).toEqual([])
    const report = file("report.html")
    for (const line of file("theorems.jsonl").trim().split("\n")) {
      const { id, standing } = JSON.parse(line) as { readonly id: string; readonly standing: string }
      expect(standing, id).toBe("certified")
      expect(report).toContain(id)
    }
  })
})
