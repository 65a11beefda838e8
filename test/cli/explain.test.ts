/**
 * `lemmata explain`: the methods are those that the structure of each functional allows, the rungs those that were climbed.
 */
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { PROOFS, lemmata } from "./lemmata.ts"

const folder = mkdtempSync(join(tmpdir(), "explain-"))
writeFileSync(
  join(folder, "m.claims.yaml"),
  `lemmata: 1
parameters:
  x: real(-2, 2)
  s: positive(1/2, 2)
assume: [x != 0]
let:
  d: Mixture([1/3, 2/3], [Normal(-1, s), Normal(1, 1)])
claims:
  posterior: PosteriorMean(d, 1, 1, x) == PosteriorMean(Normal(0, 1), 1, s, x)
  atoms: KL(Bernoulli(1/2), Bernoulli(1/3)) >= 0
  series: Entropy(Poisson(s)) >= 0
  quadrature: Entropy(d) >= x
  nested: E(y, Normal(0, 1), E(z, Normal(y, s), cos(y*z^2 + x*exp(-y^2)))) <= 1
  derivative: D(logpdf(Normal(x, s), x), x) == 0
  cauchy: Mean(Cauchy(x, s)) == x
  rational: (x + 1)^2 == x^2 + 2*x + 1
  fine: exp(x)*exp(-x) - 1 == 0
derivations:
  d: [s, = s, <= 2*s]
`,
)
interface Found {
  readonly code: number | null
  readonly stdout: string
  readonly e: {
    readonly methods: ReadonlyArray<{ readonly method: string }>
    readonly rungs: ReadonlyArray<{ readonly tier: string | number; readonly evaluations?: number; readonly verdict?: string }>
    readonly parameters: Readonly<Record<string, string>>
    readonly chosen: string
    readonly decision: Readonly<Record<string, unknown>>
    readonly definitions: ReadonlyArray<unknown>
  }
}
const explain = async (part: string, ...more: ReadonlyArray<string>): Promise<Found> => {
  const { code, stdout } = await lemmata(["explain", `m.claims.yaml#${part}`, "--budget", "quick", "--json", ...more], { cwd: folder })
  return { code, stdout, e: JSON.parse(stdout).explanation }
}

describe("lemmata explain", () => {
  it.each([
    ["posterior", ["Gaussian conditioning of every component, weighted by Bayes' rule (Mixture)", "Gaussian conditioning (Normal)"]],
    ["atoms", ["finite sum (Bernoulli, Bernoulli)"]],
    ["series", ["infinite sum with an enclosed tail (Poisson)"]],
    ["quadrature", ["rigorous quadrature, 1-D (Mixture)"]],
    ["nested", ["rigorous quadrature, 2 integrals nested (Normal)"]],
    ["derivative", ["exact derivative, then closed form, an exact rational"]],
    ["cauchy", ["undefined: a Cauchy law has no mean (Cauchy)"]],
    ["rational", []],
  ])("names the method of each functional: %s", async (part, methods) => {
    const { code, e } = await explain(part, "--at", "x=1/2,s=1")
    expect(code).toBe(0)
    expect(e.methods.map((m) => m.method)).toEqual(methods)
    expect(e.parameters).toEqual({ x: "1/2", s: "1" })
    expect(e.chosen).toBe("stated")
  })

  it("shows the rungs up to the one that decided", async () => {
    const rational = await explain("rational", "--at", "x=1/2,s=1")
    expect(rational.e.rungs).toMatchObject([{ tier: "exact", verdict: "Verified", difference: [0, 0] }])
    const fine = await explain("fine", "--at", "x=1,s=1")
    expect(fine.e.rungs.map((r) => r.tier)).toEqual(["exact", 53])
    expect(fine.e.rungs[0]).not.toHaveProperty("verdict")
    expect(fine.e.rungs[1]).toMatchObject({ verdict: "Verified", allowed: 20000 })
  })

  it("chooses the counterexample, the undecided instance or the first draw", async () => {
    expect((await explain("derivative")).e).toMatchObject({ chosen: "drawn", decision: { verdict: "Verified" } })
    expect((await explain("posterior")).e).toMatchObject({ chosen: "counterexample", decision: { verdict: "Refuted" } })
    expect((await explain("cauchy")).e).toMatchObject({ chosen: "undecided", decision: { kind: "open" } })
  })

  it("says that a hypothesis excludes the instance", async () => {
    const { e } = await explain("series", "--at", "x=0")
    expect(e).toMatchObject({ decision: { kind: "skipped", detail: "x != 0" }, assumptions: [{ text: "x != 0", holds: false }], rungs: [] })
  })

  it("prints all of it for a person", async () => {
    const { code, stdout } = await lemmata(["explain", "m.claims.yaml#quadrature", "--at", "x=1,s=1"], { cwd: folder })
    expect(code).toBe(0)
    for (const part of [
      "Entropy(Mixture([1/3, 2/3], [Normal(-1, s), Normal(1, 1)])) >= x",
      String.raw`\operatorname{Entropy}\left(d\right) \ge x`,
      "x != 0: holds",
      "Entropy(d)  rigorous quadrature, 1-D (Mixture)",
      "exact rationals",
      "double intervals, 53 bits",
      "Verified: left - right lies above 0",
    ])
      expect(stdout).toContain(part)
  })

  it("stops in the middle of a computation when it is interrupted", async () => {
    const ended = await lemmata(["explain", `${PROOFS}/stalls.ts#first`, "--at", "m=0"], { signal: "SIGINT" })
    expect(ended).toMatchObject({ code: 130, stdout: "", stderr: expect.stringContaining("interrupted") })
  })

  it("explains a step of the catalogue in a family", async () => {
    const { code, stdout } = await lemmata(["explain", "diffusion/tweedie#tweedie", "--family", "mixture", "--budget", "quick"])
    expect(code).toBe(0)
    expect(stdout).toContain("Instance in the family mixture, as stated")
    expect(stdout).toContain("Gaussian conditioning of every component")
  })

  it.each([
    [["explain", "m.claims.yaml"], "which part of m.claims.yaml? write one of m.claims.yaml#posterior"],
    [["explain", "m.claims.yaml#fin"], 'm.claims.yaml has no part "fin"; did you mean "m.claims.yaml#fine"?'],
    [["explain", "m.claims.yaml#d/4"], 'm.claims.yaml has no part "d/4"; did you mean'],
    [["explain", "m.claims.yaml#fine", "--at", "y=1"], "--at: there is no parameter y; there are x, s"],
    [["explain", "m.claims.yaml#fine", "--at", "x"], '--at expects NAME=VALUE pairs such as m=0,s=1/2, not "x"'],
    [["explain", "m.claims.yaml#fine", "--at", "x=pi"], '--at: x must be a rational such as 1/2, or a list of them such as (1,2), not "pi"'],
    [["explain", "m.claims.yaml#fine", "--family", "f"], 'm.claims.yaml has no family "f"; it has claims'],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await lemmata(args, { cwd: folder })
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toContain(message)
  })
})
