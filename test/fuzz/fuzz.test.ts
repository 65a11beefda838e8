/**
 * A small campaign: every nasty file, a few hundred random ones with a fixed seed, and the worst of them through the program itself.
 * `npm run fuzz` runs long ones.
 */
import * as fc from "fast-check"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { lemmata } from "../cli/lemmata.ts"
import { hostile } from "./files.ts"
import { Drawn, claim, claimFile, file } from "./formulas.ts"
import { bytesOf, complaint, judge } from "./judge.ts"
import { NASTY } from "./nasty.ts"

describe("nasty files", () => {
  it.each(NASTY.map((n) => [n.name, n] as const))("%s", async (_, { bytes, codes }) => {
    const judged = await judge(bytes)
    expect(complaint(judged)).toBeUndefined()
    expect(codes).toContain(judged.code)
  })
})

describe("random files", () => {
  const text = (make: (typeof Drawn.prototype)["make"]): fc.Arbitrary<Uint8Array> => new Drawn(make).map(bytesOf)
  const sound = (files: fc.Arbitrary<Uint8Array>, numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(files, async (bytes) => {
        expect(complaint(await judge(bytes)), Buffer.from(bytes).toString("utf8")).toBeUndefined()
      }),
      { seed: 20, numRuns },
    )
  it("cut, spliced and scrambled", () => sound(hostile, 300))
  it("formulas over every name", () =>
    sound(
      text((d) => claimFile(claim(d, false))),
      120,
    ))
  it("formulas with extreme numbers", () =>
    sound(
      text((d) => claimFile(claim(d, true))),
      120,
    ))
  it("whole files", () => sound(text(file), 40))
})

describe("the program", () => {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"))
  const wanted = ["1e5 parameters", "20000 minus signs", "products of laws", "functions of functions", "total(k, 1, 1e12, k) == 1", "prototype names"]
  it.each(NASTY.filter((n) => wanted.includes(n.name)).map((n) => [n.name, n] as const))("%s", async (_, { bytes, codes }) => {
    const path = join(folder, "nasty.claims.yaml")
    writeFileSync(path, bytes)
    const { code, stdout } = await lemmata(["check", path, "--budget", "quick", "--jobs", "1", "--json"])
    expect(codes).toContain(code)
    const answer: { readonly error?: { readonly code: string }; readonly results?: ReadonlyArray<unknown> } = JSON.parse(stdout)
    if (code === 2) expect(answer.error?.code).toBe("bad-claims")
    else expect(answer.results?.length).toBeGreaterThan(0)
  })
})
