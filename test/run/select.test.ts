import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { select } from "../../src/run/select.ts"
import type { Registry } from "../../src/run/registry.ts"

const never = (): never => {
  throw new Error("selection loads nothing")
}
const registry: Registry = ["a/one", "a/two", "b/one", "b/deep/three"].map((id) => ({ id, summary: never, spec: never, proof: never }))
const chosen = (words: ReadonlyArray<string>, all = false): ReadonlyArray<string> | string =>
  Result.match(select(registry, words, all), {
    onSuccess: (entries) => entries.map((e) => e.id),
    onFailure: (error) => `${error.code}: ${error.message}`,
  })

describe("select", () => {
  it("keeps the order of the registry, whatever the order typed, and takes nothing twice", () => {
    expect(chosen(["b/one", "a/one", "b/one"])).toEqual(["a/one", "b/one"])
    expect(chosen(["b/one", "a/*", "a/two"])).toEqual(["a/one", "a/two", "b/one"])
  })

  it("knows *, ** and ?", () => {
    expect(chosen(["*/one"])).toEqual(["a/one", "b/one"])
    expect(chosen(["b/*"])).toEqual(["b/one"])
    expect(chosen(["b/**"])).toEqual(["b/one", "b/deep/three"])
    expect(chosen(["**/three"])).toEqual(["b/deep/three"])
    expect(chosen(["a/t?o"])).toEqual(["a/two"])
  })

  it("takes everything with --all", () => {
    expect(chosen([], true)).toEqual(["a/one", "a/two", "b/one", "b/deep/three"])
  })

  it("treats the other signs of regular expressions as letters", () => {
    expect(chosen(["a.one*"])).toBe("nothing-selected: nothing selected: no theorem matches a.one*")
    expect(chosen(["(*"])).toMatch(/^nothing-selected/)
  })

  it("names the nearest id of an unknown one, even beside known ones", () => {
    expect(chosen(["a/one", "a/tow"])).toBe('unknown-id: unknown theorem "a/tow"; did you mean "a/two"?')
    expect(chosen(["zzzzzz"])).toBe('unknown-id: unknown theorem "zzzzzz"; `lemmata list` prints the ids')
  })

  it("says so when nothing is selected", () => {
    expect(chosen([])).toMatch(/^nothing-selected: .*--all/)
  })
})
