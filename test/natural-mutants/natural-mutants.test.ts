import { describe, expect, it } from "vitest"
import { judgePairs } from "./pairs.ts"

describe("published errors", () => {
  it.each(["quick", "standard"] as const)("are refuted, their corrections and the traps verified, at the %s budget", async (budget) => {
    const pairs = await judgePairs(budget)
    expect(pairs.filter((p) => !p.good).map((p) => p.name)).toEqual([])
    expect(pairs.filter((p) => !p.trap && p.false !== undefined && p.right !== undefined).length).toBeGreaterThanOrEqual(25)
    expect(pairs.filter((p) => p.trap).length).toBeGreaterThanOrEqual(3)
    for (const p of pairs.filter((q) => q.false !== undefined)) expect(p.where).not.toBe("-")
  })
})
