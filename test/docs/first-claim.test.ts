import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { lemmata } from "../cli/lemmata.ts"
import { rerun, timeless } from "./console.ts"

const page = readFileSync(new URL("../../docs/first-claim.md", import.meta.url), "utf8")

describe("docs/first-claim.md", () => {
  it("prints what its commands print", async () => {
    expect(page.match(/^\$ lemmata/gm)!.length).toBeGreaterThanOrEqual(4)
    expect(timeless(await rerun(page))).toBe(timeless(page))
  })

  it("notices a command that prints something else", async () => {
    const first = page.slice(0, page.indexOf("## Why"))
    const damaged = first.replace("1 Refuted", "1 Verified")
    expect(damaged).not.toBe(first)
    expect(timeless(await rerun(damaged))).not.toBe(timeless(damaged))
  })
})

describe("docs/claims.md", () => {
  it("says of each form what other forms confirm", async () => {
    const { code, stdout } = await lemmata(["check", "test/docs/meanings.claims.yaml"])
    expect(code, stdout).toBe(0)
  })
})
