import { copyFileSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { PROOFS, ROOT, lemmata } from "./lemmata.ts"

const json = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { stdout } = await lemmata([...args, "--json"])
  return stdout.replace(/"seconds": [\d.e-]+/g, '"seconds": 0')
}
const files = ["verified", "refuted", "undecided", "statistical"].map((name) => `${PROOFS}/${name}.ts`)

describe("verdict bytes", () => {
  it("are the same with one worker and with two, and in two runs", async () => {
    const one = await json("check", ...files, "--jobs", "1")
    expect(one).toContain('"verdict": "Refuted"')
    expect(await json("check", ...files, "--jobs", "2")).toBe(one)
    expect(await json("check", ...files, "--jobs", "2")).toBe(one)
  })

  it("are the same in any order of ids of the catalogue", async () => {
    const args = ["--budget", "quick", "--seed", "3"]
    const one = await json("check", "diffusion/tweedie", "adversarial/optimal-discriminator", ...args, "--jobs", "1")
    expect(await json("check", "adversarial/optimal-discriminator", "diffusion/tweedie", ...args, "--jobs", "2")).toBe(one)
  })

  it("of a claim file do not depend on where it lies", async () => {
    const source = "examples/natural-mutants/score.claims.yaml"
    const copy = join(mkdtempSync(join(tmpdir(), "elsewhere-")), "other-name.claims.yaml")
    copyFileSync(join(ROOT, source), copy)
    const bare = async (path: string): Promise<unknown> => {
      const { results }: { results: ReadonlyArray<{ id: string }> } = JSON.parse(await json("check", path, "--budget", "quick"))
      return results.map((result) => ({ ...result, id: result.id.replace(/.*#/, ""), replay: "" }))
    }
    expect(await bare(copy)).toEqual(await bare(source))
  })

  it.each([
    "examples/natural-mutants/score.claims.yaml",
    "test/derivations/planted/divergences.claims.yaml",
    "test/corpus/first/undefined.claims.yaml",
  ])("of %s are the same in two runs, with one worker and with two", async (path) => {
    const args = ["check", path, "--budget", "quick", "--seed", "11"]
    const one = await json(...args, "--jobs", "1")
    expect(JSON.parse(one).results.length).toBeGreaterThan(5)
    expect(await json(...args, "--jobs", "1")).toBe(one)
    expect(await json(...args, "--jobs", "2")).toBe(one)
  })
})
