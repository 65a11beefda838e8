import { describe, expect, it } from "vitest"
import { HALVES, files, judge, known, truthOf } from "./corpus.ts"
import type { Side } from "./corpus.ts"

const claims = HALVES.flatMap(files).flatMap(({ spec }) => spec.steps.map((step) => ({ id: `${spec.id}#${step.name}`, step })))
const flat = (side: Side): ReadonlyArray<number | null> => (side === null ? [null] : typeof side === "string" ? [Number(side)] : side.flatMap(flat))

/** Nested integrals that the oracle did not finish within its limit: their truth rests on the theorem that their note names. */
const BY_THEOREM: ReadonlySet<string> = new Set([
  "first/diffusion.claims.yaml#total-variance",
  "first/models.claims.yaml#importance-two",
  "second/diffusion.claims.yaml#tower",
  "second/diffusion.claims.yaml#mmse-linear",
])

describe("the corpus", () => {
  it("has at least 160 claims, half of them false, and a dozen that denote nothing", () => {
    const count = (truth: string): number => claims.filter(({ step }) => truthOf(step.because) === truth).length
    expect(count("true") + count("false")).toBeGreaterThanOrEqual(160)
    expect(Math.abs(count("true") - count("false"))).toBeLessThan(0.1 * claims.length)
    expect(count("undefined")).toBeGreaterThanOrEqual(12)
  })

  it("has the truth that other software found, for the formulas as they stand", () => {
    const oracle = known()
    for (const { id, step } of claims) {
      const found = oracle[id]
      expect(found, id).toMatchObject({ claim: step.claim, truth: truthOf(step.because), confirmed: !BY_THEOREM.has(id) })
      const both = found!.points.flatMap(({ left, right }) => {
        const r = flat(right)
        return flat(left).map((l, i) => [l, r[i] ?? null] as const)
      })
      if (found!.truth === "undefined")
        expect(
          both.every(([l, r]) => l === null || r === null),
          id,
        ).toBe(true)
      // The stored strings have 25 digits; as doubles both sides of a true equality agree to a few ulp.
      if (found!.truth === "true" && step.claim.includes("=="))
        for (const [l, r] of both) expect(Math.abs(l! - r!), id).toBeLessThanOrEqual(1e-13 * Math.max(1e-3, Math.abs(l!), Math.abs(r!)))
    }
  })

  it("gets no wrong verdict, and 95 % are decided at the standard budget", { timeout: 1_200_000 }, async () => {
    const all = await judge(HALVES.flatMap(files), "standard")
    expect(all.filter((j) => j.wrong).map((j) => `${j.id}: ${j.truth}, but ${j.result.verdict._tag}`)).toEqual([])
    const sound = all.filter((j) => j.truth !== "undefined")
    const open = sound.filter((j) => !j.decided)
    expect(open.length, open.map((j) => j.id).join(", ")).toBeLessThanOrEqual(0.05 * sound.length)
    for (const j of all.filter((k) => k.truth === "undefined")) expect(j.result.detail, j.id).not.toBe("")
  })
})
