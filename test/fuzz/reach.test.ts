/**
 * Formulas reach nothing but the names of the language: no function of the library that parses them, nothing of JavaScript.
 */
import { all, create } from "mathjs"
import { describe, expect, it } from "vitest"
import { readClaimFile } from "../../src/expression/claim-file.ts"
import { CONSTANT_NAMES, FUNCTION_NAMES } from "../../src/expression/claim-names.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { nearest } from "../../src/core/nearest.ts"
import { bytesOf } from "./judge.ts"

const math: object = create(all!)
const OURS = new Set([...FUNCTION_NAMES, ...CONSTANT_NAMES])
const JAVASCRIPT = [
  ...["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "isPrototypeOf", "then", "prototype", "process", "require", "globalThis"],
  ...["eval", "Function", "fetch", "module", "this", "arguments", "Symbol", "Reflect"],
]
const THEIRS = Object.getOwnPropertyNames(math).filter((name) => /^[A-Za-z_]\w*$/.test(name) && !OURS.has(name))

const faults = (formula: string): ReadonlyArray<{ readonly message: string }> => {
  const read = readClaimFile(bytesOf(`lemmata: 1\nclaims:\n  a: ${JSON.stringify(formula)}\n`), "a.claims.yaml", nearest)
  return "spec" in read ? [] : read.faults
}

describe("names outside the language", () => {
  it("are many, and the dangerous ones are among them", () => {
    expect(THEIRS.length).toBeGreaterThan(200)
    for (const name of ["evaluate", "import", "parse", "createUnit", "help", "simplify", "derivative", "random", "config", "compile", "parser"])
      expect(THEIRS, name).toContain(name)
  })

  it.each([...THEIRS, ...JAVASCRIPT])("%s", (name) => {
    for (const formula of [`${name}(1) == 1`, `${name} == 1`, `${name}([1]) == 1`, `E(${name}, Normal(0, 1), ${name}(1)) == 1`])
      expect(faults(formula), formula).not.toEqual([])
    // Neither does the elaborator know it, should a formula ever get past the reader.
    const call = (): unknown => elaborate({ kind: "call", name, args: [{ kind: "number", value: { n: 1n, d: 1n } }] }, environment(new Map()))
    const value = (): unknown => elaborate({ kind: "name", name }, environment(new Map()))
    expect(call).toThrow(/unknown function/)
    expect(value).toThrow(/unknown name/)
  })
})

describe("a formula that would change the world", () => {
  const canary = globalThis as { canary?: string }
  it.each([
    'evaluate("canary = 1") == 1',
    'parse("1")["constructor"]("globalThis.canary = 1")() == 1',
    "cos.constructor(1) == 1",
    'f = cos; f.constructor("globalThis.canary = 1")() == 1',
    "f(x) = x; f(1) == 1",
    '{"a": 1}.a == 1',
    "import({canary: 1}, {override: true}) == 1",
    'createUnit("canary") == 1',
    "5 cm == 50 mm",
    "a = 1; a == 1",
    "[1, 2].length == 2",
    "(x -> x)(1) == 1",
  ])("%s", (formula) => {
    expect(faults(formula)).not.toEqual([])
    expect(canary.canary).toBeUndefined()
  })
})
