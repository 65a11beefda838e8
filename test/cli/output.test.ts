import { describe, expect, it } from "vitest"
import { bar, paintFor } from "../../src/cli/output.ts"
import { ansi, plain } from "../../src/report/text.ts"

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
