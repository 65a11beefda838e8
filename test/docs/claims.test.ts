/**
 * docs/claims.md names exactly the laws, functionals and functions that formulas can reach.
 */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { BINDERS } from "../../src/expression/binders.ts"
import { FUNCTIONALS } from "../../src/expression/functionals/functionals.ts"
import { LAWS } from "../../src/expression/laws/laws.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { generated } from "../../scripts/docs.ts"
import { LINEAR } from "../../src/expression/operators.ts"

const text = readFileSync(new URL("../../docs/claims.md", import.meta.url), "utf8")
const section = (title: string): string => text.split(/^## /m).find((part) => part.startsWith(title))!
/** Names of the forms `name(...)` in backquotes, wherever they start. */
const forms = (part: string): ReadonlyArray<string> => [...new Set([...part.matchAll(/`(\w+)\(/g)].map((m) => m[1]!))].sort()

describe("docs/claims.md", () => {
  it("is as `npm run docs` writes it", () => {
    expect(generated(text)).toBe(text)
  })

  it("names every distribution and no other", () => {
    expect(forms(section("Distributions"))).toEqual(Object.keys(LAWS).sort())
  })

  it("names every functional and no other", () => {
    const known = new Set([...Object.keys(FUNCTIONALS), ...Object.keys(BINDERS)])
    expect(forms(section("Functionals"))).toEqual([...known].sort())
  })

  it("names every elementary function and no other", () => {
    const [, listed] = /Elementary: `([^`]+)`/.exec(text)!
    const spelt = ["+", "-", "*", "/", "^", "abs", "floor", "gamma", "logsumexp", "max", "min", "sign"]
    expect(listed!.split(" ").sort()).toEqual([...ELEMENTARY, ...spelt].sort())
  })

  it("names every function of vectors and matrices", () => {
    const [, listed] = /Vectors and matrices: `([^`]+)`/.exec(text)!
    expect(listed!.split(" ").sort()).toEqual(Object.keys(LINEAR).sort())
  })
})
