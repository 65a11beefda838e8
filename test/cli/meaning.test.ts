/**
 * What a claim file means, sentence by sentence of the section "Meaning".
 */
import { describe, expect, it } from "vitest"
import { bytesOf, judge } from "../fuzz/judge.ts"

const HEAD = "lemmata: 1\n"
const check = async (text: string): Promise<Readonly<Record<string, readonly [verdict: string, reason?: string]>>> => {
  const { faults, results } = await judge(bytesOf(HEAD + text))
  expect(faults).toEqual([])
  return Object.fromEntries(
    results.map((r) => [
      r.id.slice(r.id.indexOf("#") + 1),
      r.verdict._tag === "Inconclusive" ? [r.verdict._tag, r.verdict.reason] : [r.verdict._tag],
    ]),
  )
}
const V = ["Verified"]
const R = ["Refuted"]
const U = ["Inconclusive", "undefined"]

describe("names", () => {
  it("bound variables hide a parameter inside their own formula only", async () => {
    const at = "parameters: {x: 'real(1, 2)'}\nclaims:\n"
    const claims = [
      "  inside: integral(x, 0, 1, x) + 0*x == 1/2",
      "  outside: x*integral(x, 0, 1, x) == x/2",
      "  ends: integral(x, 0, x, x) == x^2/2",
      "  law: E(x, Normal(x, 1), x) == x",
      "  sum: total(x, 1, 3, x) + 0*x == 6",
      "  nested: E(x, Normal(x, 1), integral(x, 0, 1, x)*x) == x/2",
      "  wrong: integral(x, 0, 1, x) == x",
    ]
    expect(await check(`${at}${claims.join("\n")}\n`)).toEqual({ inside: V, outside: V, ends: V, law: V, sum: V, nested: V, wrong: R })
  })

  it("arguments of a let hide a parameter, and nothing else does", async () => {
    const text =
      "parameters: {x: 'real(1, 2)', y: 'real(3, 4)'}\nlet:\n  f(x): x^2 + y\n  g(y): f(y)*x\n  h: E(z, Normal(x, 1), f(z))\nclaims:\n" +
      "  argument: f(3) == 9 + y + 0*x\n  passed: g(2) == (4 + y)*x\n  free: h == x^2 + 1 + y\n  bound: E(y, Normal(0, 1), f(y)) == 1 + y + 0*x\n  caught: E(y, Normal(0, 1), f(y)) == 1 + 0*x + 0*y\n"
    // y in the body of f is the parameter, also where f is used under a bound y.
    expect(await check(text)).toEqual({ argument: V, passed: V, free: V, bound: V, caught: R })
  })

  it("a derivative is total through every let", async () => {
    const text =
      "parameters: {t: 'real(1, 2)', a: 'real(1, 2)'}\nlet:\n  s: t^2\n  p(x): pdf(Normal(a*t, s), x)\n  m: E(z, Normal(a*t, s), z^2)\nclaims:\n" +
      "  chain: D(s^2, t) + 0*a == 4*t^3\n  moment: D(m, t) == 2*a^2*t + 4*t^3\n  heat: D(E(z, Normal(0, s), z^4), t) + 0*a == 24*t^7\n" +
      "  partial: D(m, t) == 2*a^2*t\n  second: D(s, t, 2) + 0*a == 2\n  density: D(log(p(0)), a) == -t^2*a/s^2\n"
    expect(await check(text)).toEqual({ chain: V, moment: V, heat: V, partial: R, second: V, density: V })
  })

  it("definitions may stand in any order, before and after their use", async () => {
    expect(await check("let: {a: b + 1, b: c^2, c: 3}\nclaims: {x: a == 10}\n")).toEqual({ x: V })
  })
})

describe("derivations", () => {
  it("relate each line to the one before, after a broken one too", async () => {
    const text = "parameters: {x: 'real(1, 2)'}\nderivations:\n  d:\n    - x\n    - = x + 1   # broken\n    - = 1 + x\n    - '>= x'\n    - '< x/2'\n"
    expect(await check(text)).toEqual({ "d/2": R, "d/3": V, "d/4": V, "d/5": R })
  })
})

describe("instances", () => {
  it("that fail an assumption are skipped and counted", async () => {
    const { results } = await judge(
      bytesOf(`${HEAD}parameters: {x: 'integer(0, 3)'}\nassume: [x > 1]\nclaims: {c: x >= 2}\n`),
      "a.yaml",
      20,
      "standard",
    )
    expect(results[0]!.verdict._tag).toBe("Verified")
    expect(results[0]!.skipped).toBeGreaterThan(0)
    expect(results[0]!.coverage.instances).toBeGreaterThan(0)
  })

  it("that all fail leave nothing: Vacuous", async () => {
    expect(await check("parameters: {x: 'real(0, 1)'}\nassume: [x > 2]\nclaims: {c: x == 5, d: x < 5}\n")).toEqual({ c: ["Vacuous"], d: ["Vacuous"] })
  })

  it("at which a side is undefined are not skipped: no Verified", async () => {
    const at = "parameters: {x: 'oneof(1, -1)'}\nclaims:\n"
    // log x is undefined at one of the two points; at the other one the second claim is false.
    const { results } = await judge(bytesOf(`${HEAD}${at}  holds: log(x) == log(x)\n  fails: log(x) == 1\n`), "a.yaml", 20, "standard")
    expect(results.map((r) => r.verdict)).toMatchObject([{ _tag: "Inconclusive", reason: "undefined" }, { _tag: "Refuted" }])
    expect(results[1]!.counterexample!.parameters).toEqual({ x: "1" })
    expect(results[0]!.where?.parameters).toEqual({ x: "-1" })
  })

  it("undefined is undefined", async () => {
    const claims = [
      "log of a negative: log(-1) == log(-1)",
      "0 by 0: 0/0 == 0/0",
      "a mean that does not exist: Mean(Cauchy(0, 1)) == 0",
      "a variance that is infinite: Var(StudentT(2, 0, 1)) == Var(StudentT(2, 0, 1))",
      "a root of a negative: 0*sqrt(-1) == 0",
      "infinity minus infinity: inf - inf == 0",
    ]
    const got = await check(`claims:\n${claims.map((c) => `  ${c}\n`).join("")}`)
    expect(Object.values(got)).toEqual(claims.map(() => U))
  })

  it("exactly 0 is Verified whatever the scale", async () => {
    const text =
      "parameters: {x: 'real(1, 2)'}\nclaims:\n  same: exp(1000*x) == exp(1000*x)\n  tiny: exp(-1000*x) == exp(-1000*x)\n  zero: x - x == 0\n  rational: x/3 + x/6 == x/2\n  huge: 1e4000*x == 1e4000*x\n  none: {claim: x == x, tolerance: 0}\n"
    expect(await check(text)).toEqual({ same: V, tiny: V, zero: V, rational: V, huge: V, none: V })
  })

  it("a tolerance never excuses a certified difference", async () => {
    expect(await check("claims:\n  c: {claim: 1 + 1e-12 == 1, tolerance: 1}\n  d: {claim: exp(1e-10) == 1, tolerance: 1}\n")).toEqual({ c: R, d: R })
  })
})
