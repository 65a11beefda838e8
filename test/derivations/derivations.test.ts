import { describe, expect, it } from "vitest"
import { judgeDerivations } from "./derivations.ts"

describe("derivations", () => {
  it("with one planted error: its line is the first that is named", async () => {
    const planted = await judgeDerivations("planted", "quick")
    expect(planted).toHaveLength(40)
    expect(planted.every((d) => d.planted !== undefined)).toBe(true)
    const missed = planted.filter((d) => d.found !== d.planted)
    expect(missed.length, missed.map((d) => `${d.id}: ${d.planted}, named ${d.found}`).join("; ")).toBeLessThanOrEqual(2)
  })

  it("without an error: no line is called broken", async () => {
    const originals = await judgeDerivations("originals", "standard")
    expect(originals).toHaveLength(40)
    expect(originals.filter((d) => d.found !== undefined)).toEqual([])
  })
})
