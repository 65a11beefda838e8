import { createHash } from "node:crypto"
import { Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BUDGETS, budgets } from "../../src/core/budget.ts"
import { decodeToken, encodeToken, tokenOf } from "../../src/run/replay.ts"
import type { Token } from "../../src/run/replay.ts"
import { result } from "../fake-proof.ts"

const literal = fc.letrec<{ leaf: string; tree: string | ReadonlyArray<unknown> }>((tie) => ({
  leaf: fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 20n })).map(([p, q]) => `${p}/${q}`),
  tree: fc.oneof({ depthSize: "small" }, tie("leaf"), fc.array(tie("tree"), { maxLength: 3 })),
})).tree as fc.Arbitrary<string>

const token: fc.Arbitrary<Token> = fc.record({
  version: fc.constantFrom("0.1.0", "1.22.3"),
  entry: fc.string({ minLength: 1, maxLength: 30 }),
  kind: fc.constantFrom("step", "mutant"),
  part: fc.string({ minLength: 1, maxLength: 30 }),
  seed: fc.nat().map(String),
  alpha: fc.double({ min: 1e-300, max: 0.999, noNaN: true }),
  budget: fc.constantFrom(...BUDGETS),
  instance: fc.option(fc.record({ family: fc.string({ maxLength: 20 }), parameters: fc.dictionary(fc.stringMatching(/^[a-z]\w*$/), literal) }), {
    nil: undefined,
  }),
})

describe("replay tokens", () => {
  it("come back as they went in, and need no quoting in a shell", () => {
    fc.assert(
      fc.property(token, (t) => {
        const text = encodeToken(t)
        expect(text).toMatch(/^[\w.\-/#+:=%]+$/)
        expect(Result.getOrThrow(decodeToken(text))).toEqual({
          ...t,
          instance: t.instance && { family: t.instance.family, parameters: { ...t.instance.parameters } },
        })
      }),
    )
  })

  it("are refused when a character is lost or changed", () => {
    fc.assert(
      fc.property(token, fc.nat(), fc.constantFrom("", "A", "_"), (t, k, put) => {
        const text = encodeToken(t)
        const at = k % text.length
        const damaged = text.slice(0, at) + put + text.slice(at + 1)
        if (damaged !== text) expect(Result.isFailure(decodeToken(damaged))).toBe(true)
      }),
    )
  })

  it("are refused, and never crash, for any other text", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => Result.isFailure(decodeToken(text))))
    for (const text of ["", ".", "a.b.c", "__proto__", "a#b.4fd2a1", "a#b+0.1.0.000000"]) expect(Result.isFailure(decodeToken(text))).toBe(true)
  })

  it("are refused when their lists are too long or too short, the checksum being right", () => {
    const signed = (body: string): string => `${body}.${createHash("sha256").update(body).digest("hex").slice(0, 6)}`
    const read = (value: string) => decodeToken(signed(`my.claims.yaml#a+v=${value}+0.1.0`))
    expect(Result.getOrThrow(read("x2:1:2")).instance?.parameters).toEqual({ v: ["1", "2"] })
    for (const value of ["1:2", "x2:1", "x1:1:2", "x2:x1:1"]) expect(Result.isFailure(read(value)), value).toBe(true)
  })

  it("hold the counterexample where there is one, else the whole unit", () => {
    const task = {
      entry: "t/x",
      job: { kind: "unit", unit: { theorem: "t/x", kind: "step", name: "s" } },
      settings: { seed: "3", alpha: 1e-7, budget: budgets.deep },
    } as const
    const refuted = Result.getOrThrow(decodeToken(tokenOf("0.1.0", task, result("t/x#s", "step", "refuted"))))
    expect(refuted.instance).toEqual({ family: "line", parameters: { m: "1/2", v: ["1", "-2/3"] } })
    expect(refuted).toMatchObject({ entry: "t/x", kind: "step", part: "s", seed: "3", alpha: 1e-7, budget: "deep" })
    expect(Result.getOrThrow(decodeToken(tokenOf("0.1.0", task, result("t/x#s", "step", "undecided")))).instance).toBeUndefined()
  })
})
