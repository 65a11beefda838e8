/** `check` as a program calls it: what it refuses, and what its report says. */
import { Cause, Effect, Exit } from "effect"
import { describe, expect, it } from "vitest"
import { check } from "../src/check.ts"
import type { CheckOptions } from "../src/check.ts"
import { family, step, theorem } from "../src/core/statement.ts"
import { decodeToken } from "../src/run/replay.ts"
import { Result } from "effect"
import { prove } from "../src/verify/prove.ts"
import type { Proof } from "../src/verify/proof.ts"

const proof = (id: string, claim: string): Proof =>
  prove(
    theorem({
      id,
      title: id,
      statement: "",
      symbols: {},
      families: [family("line", { parameters: { x: "real(1, 2)", unused: "real(0, 1)" }, let: {} })],
      steps: [step("first", "x + 1 == 1 + x", ""), step("second", claim, "")],
      sources: [],
    }),
  )
const [good, bad] = [proof("test/good", "exp(log(x)) == x"), proof("test/bad", "exp(x) <= x")]

describe("check", () => {
  it.each<[string, CheckOptions, string]>([
    ["a negative seed", { seed: -1 }, "seed -1 is no whole number"],
    ["half a seed", { seed: 0.5 }, "seed 0.5 is no whole number"],
    ["no alpha", { alpha: 0 }, "alpha 0 is not strictly between 0 and 1"],
    ["an alpha that is certain", { alpha: 1 }, "alpha 1 is not strictly between 0 and 1"],
    ["an alpha that is no number", { alpha: Number.NaN }, "alpha NaN is not strictly"],
    ["an unknown budget", { budget: "huge" as "deep" }, 'budget "huge" is none of quick, standard, deep'],
    ["a budget that every object has", { budget: "constructor" as "deep" }, 'budget "constructor" is none of'],
  ])("refuses %s", async (_, options, message) => {
    const exit = await Effect.runPromiseExit(check(good, options))
    const defect = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined
    expect(defect).toBeInstanceOf(RangeError)
    expect(String(defect)).toContain(message)
  })
  it("refuses two proofs with one id: the second would be answered by the first", async () => {
    const exit = await Effect.runPromiseExit(check([good, bad, proof("test/good", "x == 2*x")]))
    expect(Exit.isFailure(exit) && String(Cause.squash(exit.cause))).toContain('two of the proofs have the id "test/good"')
  })
  it("reports every step in order, with tokens that name it, its options and its counterexample", async () => {
    const seen: Array<string> = []
    const report = await Effect.runPromise(
      check([good, bad], { seed: 3, alpha: 1e-3, budget: "quick", progress: ({ done, total, name }) => seen.push(`${done}/${total} ${name}`) }),
    )
    expect(report).toMatchObject({ seed: 3, alpha: 1e-3, budget: "quick" })
    expect(report.results.map(({ id, verdict }) => [id, verdict._tag])).toEqual([
      ["test/good#first", "Verified"],
      ["test/good#second", "Verified"],
      ["test/bad#first", "Verified"],
      ["test/bad#second", "Refuted"],
    ])
    expect(seen).toEqual(["1/4 test/good#first", "2/4 test/good#second", "3/4 test/bad#first", "4/4 test/bad#second"])
    expect(report.theorems.map(({ id, formulas, mentions }) => [id, formulas["second"], [...mentions.get("second")!]])).toEqual([
      ["test/good", "exp(log(x)) == x", ["x"]],
      ["test/bad", "exp(x) <= x", ["x"]],
    ])
    const tokens = report.results.map(({ replay }) => Result.getOrThrow(decodeToken(replay)))
    expect(tokens.map(({ entry, part, seed, budget }) => [entry, part, seed, budget])).toEqual(
      ["good", "bad"].flatMap((name) => ["first", "second"].map((part) => [`test/${name}`, part, "3", "quick"])),
    )
    expect(tokens.map(({ instance }) => instance?.parameters["x"])).toEqual([undefined, undefined, undefined, "1"])
  })
  it("takes one proof as a list of one, at the standard budget and seed 0", async () => {
    const report = await Effect.runPromise(check(good))
    expect(report).toMatchObject({ seed: 0, alpha: 1e-6, budget: "standard" })
    expect(report.results).toHaveLength(2)
  })
})
