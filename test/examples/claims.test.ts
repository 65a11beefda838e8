/**
 * The claim files in examples/: a wrong one gives the report beside it, NAME.expected.txt, the others are Verified. Only the seconds of a report vary.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ROOT, lemmata } from "../cli/lemmata.ts"

const files = readdirSync(join(ROOT, "examples")).filter((name) => /\.(claims\.yaml|md)$/.test(name))
const expectation = (name: string): string => join(ROOT, "examples", name.replace(/\.(claims\.yaml|md)$/, ".expected.txt"))
const timeless = (report: string): string => report.replace(/ +\d+(\.\d)? s$/gm, " T s")

describe("examples", () => {
  it("are at least twelve, and five are wrong in five ways", () => {
    expect(files.length).toBeGreaterThanOrEqual(12)
    const wrong = files.filter((name) => existsSync(expectation(name)))
    expect(wrong).toEqual(["half", "hypothesis", "order", "sign", "variance"].map((kind) => `wrong-${kind}.claims.yaml`))
  })

  it.each(files.filter((name) => existsSync(expectation(name))))("%s gives the report beside it", async (name) => {
    const { code, stdout } = await lemmata(["check", `examples/${name}`])
    expect(code).toBe(1)
    expect(timeless(stdout)).toBe(timeless(readFileSync(expectation(name), "utf8")))
  })

  it.each(files.filter((name) => !existsSync(expectation(name))))("%s is Verified", async (name) => {
    const { code, stdout, stderr } = await lemmata(["check", `examples/${name}`, "--budget", "quick"])
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" })
  })
})
