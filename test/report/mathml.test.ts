/**
 * MathML: every formula of the catalogue and of the examples has one, and it is well-formed.
 */
import { readFileSync, readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { nearest } from "../../src/core/nearest.ts"
import { readClaimFile } from "../../src/expression/claim-file.ts"
import { formulaLatex } from "../../src/report/latex.ts"
import { mathml, showMathml } from "../../src/report/show-formulas.ts"
import { showLatex } from "../../src/report/show-latex.ts"
import { showText } from "../../src/report/show.ts"
import { plain } from "../../src/report/text.ts"
import { catalogue } from "../../src/run/registry.ts"
import type { Spec } from "../../src/core/statement.ts"

const root = new URL("../../", import.meta.url)
const claims = (path: string): Spec => {
  const read = readClaimFile(readFileSync(new URL(path, root)), path, nearest)
  if (!("spec" in read)) throw new Error(JSON.stringify(read.faults))
  return read.spec
}

/** The names of elements left open or closed out of order. */
const unbalanced = (xml: string): ReadonlyArray<string> => {
  const open: Array<string> = []
  for (const [, end, name, self] of xml.matchAll(/<(\/?)([A-Za-z0-9]+)[^<>]*?(\/?)>/g))
    if (end === "/") {
      if (open.pop() !== name) return [`${name} closes too early`]
    } else if (self !== "/") open.push(name!)
  return open
}

describe("MathML", () => {
  it("is what the formula says", () => {
    expect(mathml(formulaLatex("a/b"))).toContain("<mfrac><mi>a</mi><mi>b</mi></mfrac>")
    expect(mathml(formulaLatex("sqrt(x_1)"))).toContain("<msqrt><msub><mi>x</mi><mn>1</mn></msub></msqrt>")
    expect(() => mathml(String.raw`\nosuchcommand`)).toThrow()
  })

  it("exists for every theorem", async () => {
    for (const entry of catalogue(root, ".ts")) {
      const text = showMathml(await entry.spec())
      expect(unbalanced(text), entry.id).toEqual([])
      expect(text, entry.id).not.toContain("merror")
      expect(text.match(/<math /g)!.length).toBeGreaterThan((await entry.spec()).steps.length)
    }
  })

  it.each(readdirSync(new URL("examples/", root)).filter((name) => /\.claims\.yaml$/.test(name)))("exists for examples/%s", (name) => {
    expect(unbalanced(showMathml(claims(`examples/${name}`)))).toEqual([])
  })
})

describe("a claim file on paper", () => {
  it("is shown as typed, a derivation with its first line", () => {
    const text = showText(claims("examples/wrong-sign.claims.yaml"), plain)
    for (const part of [
      "  m  real(-3, 3)\n",
      "  q      Normal(m, s)\n",
      "  kl/1         KL(q, prior)\n",
      "  kl/5         = (s^2 + m^2 - 1)/2 - log(s)\n",
    ])
      expect(text).toContain(part)
  })

  it("prints a derivation as one aligned block", () => {
    expect(showLatex(claims("examples/elbo.claims.yaml"))).toContain(
      String.raw`  &\ge \mathrm{elbo}\quad\text{(Jensen)} \\
  &= \mathbb{E}_{z\sim q}`,
    )
  })
})
