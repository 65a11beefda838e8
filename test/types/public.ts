/**
 * Type tests of the public interface: this file is compiled and never run. A line under `@ts-expect-error` that compiles fails the type check.
 */
import type { Effect } from "effect"
import { check, family, mutant, prove, step, theorem } from "lemmata"
import type { Proof, Report, Result, Spec, Strategy, Verdict } from "lemmata"

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const yes = <_ extends true>(): void => undefined

// Statements
const line = family("line", { parameters: { m: "real(-1, 1)" }, let: { twice: "2*m" }, points: [{ m: "1/2" }, { m: 1 }] })
const spec = theorem({ id: "t/x", title: "x", statement: "x", symbols: {}, families: [line], steps: [step("s", "m == m", "reflexive")], sources: [] })
yes<Same<typeof spec, Spec>>()
mutant("sign", "s", "m == -m", { visible: { family: "line", parameters: { m: "1/3" } } })
// @ts-expect-error a step needs its justification
step("s", "m == m")
// @ts-expect-error sources must be stated, be it as an empty list
theorem({ id: "t/x", title: "x", statement: "x", symbols: {}, families: [line], steps: [] })
// @ts-expect-error domains are texts in the claim language
family("line", { parameters: { m: 3 }, let: {} })
// @ts-expect-error no such option
step("s", "m == m", "reflexive", { tolerence: 1e-9 })
// @ts-expect-error a spec is a value and does not change
spec.id = "t/y"

// Proofs
const proof = prove(spec)
yes<Same<typeof proof, Proof>>()
// @ts-expect-error a strategy is a value, not a name
prove(spec, { s: "ladder" })
const strategy = (s: Strategy): Proof => prove(spec, { s })
void strategy

// Checking neither fails nor needs anything
yes<Same<ReturnType<typeof check>, Effect.Effect<Report>>>()
check(proof)
check([proof, proof], { seed: 1, alpha: 1e-3, budget: "quick" })
// @ts-expect-error budgets have names
check(proof, { budget: 1000 })

// Verdicts are a closed union
const word = (verdict: Verdict): string => {
  switch (verdict._tag) {
    case "Verified":
    case "Refuted":
    case "Vacuous":
      return verdict._tag
    case "Inconclusive":
      return verdict.reason
    case "Faulted":
      return verdict.message
  }
}
const wordOf = (result: Result): string => word(result.verdict)
void wordOf
