/**
 * Everything in the list "What bad input gets": file, line and column of the character that is wrong, and what was expected. Every fault is written once and
 * then tried in every way in which a formula can stand in a file.
 */
import { describe, expect, it } from "vitest"
import { nearest } from "../../src/core/nearest.ts"
import { readClaimFile } from "../../src/expression/claim-file.ts"
import type { Fault } from "../../src/expression/claim-file.ts"

const faults = (text: string | Uint8Array, file = "a.claims.yaml"): ReadonlyArray<Fault> => {
  const read = readClaimFile(typeof text === "string" ? new TextEncoder().encode(text) : text, file, nearest)
  return "spec" in read ? [] : read.faults
}

/** `«` stands before the character that is wrong. */
const MARK = "«"
const placed = (marked: string): { readonly text: string; readonly line: number; readonly column: number } => {
  const before = marked.slice(0, marked.indexOf(MARK)).split("\n")
  return { text: marked.replace(MARK, ""), line: before.length, column: before.at(-1)!.length + 1 }
}
const refused = (marked: string, message: RegExp, file?: string): void => {
  const { text, line, column } = placed(marked)
  expect(faults(text, file), marked).toContainEqual({ line, column, message: expect.stringMatching(message) })
}

const HEAD = "lemmata: 1\nparameters:\n  x: real(0, 1)\n  v: vector(2, 0, 1)\nlet:\n  evidence: x + v[1]\n  f(a, b): a*b\n"

/** A claim that is wrong at the mark, with what is said about it. */
const FORMULAS: ReadonlyArray<readonly [name: string, claim: string, message: RegExp]> = [
  ["an unknown name, with the nearest", "evidence == «evidense", /^unknown name "evidense"; did you mean "evidence"\?$/],
  ["the second of two equal names", "f(x, x) == E(q, Normal(0, 1), q) + «q", /^unknown name "q"/],
  ["an unknown function, with the nearest", "Mean(«Mormal(0, 1)) == x", /^unknown function "Mormal"; did you mean "Normal"\?$/],
  ["a function without its arguments", "x == «Normal", /Normal is a function: its arguments are expected/],
  ["a definition without its arguments", "x == «f", /write f\(a, b\)/],
  ["a name called", "x == «x(1)", /x is no function; a product is written x\*/],
  ["too few arguments", "x == «KL(Normal(0, 1))", /^KL takes 2 arguments, not 1$/],
  ["too many arguments", "Mean(«Normal(0, 1, 2)) == x", /^Normal takes 2 arguments, not 3$/],
  ["too few arguments of a definition", "x == «f(1)", /^f takes 2 arguments, not 1$/],
  ["a number for a variable", "E(«1, Normal(0, 1), x) == 1", /the first argument of E must be the name/],
  ["a formula for a variable of D", "D(x, «x + 1) == 1", /the second argument of D must be a name/],
  ["a shape mismatch", "x == [«1, 2] + [1, 2, 3]", /shape mismatch: a sum of arrays of length 2 and 3/],
  ["shapes of two sides", "«v == x", /shape mismatch: a vector of 2 on the left, a number on the right/],
  ["a law for a number", "x == «Normal(0, 1) + 1", /must be|needs/],
  ["no relation", "«x + evidence", /exactly one relation is expected/],
  ["two relations", "x == x «== evidence", /exactly one relation is expected.*here are two/],
  ["a relation inside", "(x «< 1) + 1 == 1", /one relation only is expected/],
  ["nested too deeply", `${"(".repeat(200)}«(1)${")".repeat(200)} == x`, /nested too deeply: at most 200/],
  ["an assignment", "x «= 1", /an assignment has no place/],
  ["a function definition", "g(y) «= y", /a function definition has no place.*under let/],
  ["property access", "x«.y == 1", /property access has no place/],
  ["access by a string", 'x[«"y"] == 1', /a string has no place/],
  ["a string", '«"x" == 1', /a string has no place/],
  ["import", "«import(x) == 1", /unknown function "import"/],
  ["evaluate", "«evaluate(x) == 1", /unknown function "evaluate"/],
  ["parse", "«parse(x) == 1", /unknown function "parse"/],
  ["createUnit", "«createUnit(x) == 1", /unknown function "createUnit"/],
  ["a unit", "5 «cm == x", /unknown name "cm"/],
  ["an object", "«{a} == 1", /braces have no place.*parentheses group/],
  ["a range", "1«:3 == x", /a range has no place/],
  ["several statements", "x == 1«; x", /";" has no place.*separated by commas/],
  ["a question mark", "x > 0 «? 1 : 2", /write if\(condition, a, b\)/],
  ["a factorial", "x«! == 1", /gamma\(n \+ 1\)/],
  ["a word for an operator", "x «and x == 1", /the operator and has no place/],
  ["an open bracket", "(x + 1 == 1«", /expected/],
  ["a bracket too many", "x + 1«) == 1", /Unexpected operator \)/],
  ["an operator too many", "x + «* 1 == 1", /Value expected/],
  ["a number beyond all measure", "x == «1e4001", /exponents up to 4000/],
  ["an expectation over z ~ q", "E(z «~ Normal(0, 1), z) == x", /E\(z, q, f\)/],
  ["a divergence with bars", "KL(Normal(0, 1) «|| Normal(x, 1)) == x", /KL\(q, p\)/],
  ["a square", "x«² == x", /did you mean "\^2"/],
  ["two stars", "x«**2 == x", /a power is written \^/],
  ["a nabla", "«∇x == 1", /did you mean "grad\(f, v\)"/],
  ["a Greek name", "«μ == x", /names are of ASCII letters: mu$/],
  ["a far letter", "«y == x", /^unknown name "y"$/],
  ["a logarithm of base 2", "«log2(x) == x", /write log\(x\)\/log\(2\)/],
  ["an expectation without its law", "«E(z, z^2) == x", /E takes 3 arguments, not 2: E\(z, d, f\)/],
  ["a law called like a density", "«evidence(x) == x", /pdf\(evidence, \.\.\.\)/],
  ["a typographic minus", "x «− 1 == 1", /the character "−" \(U\+2212\).*did you mean "-"/],
  ["a letter that looks like another", "«х == 1", /U\+0445/],
  ["a size out of range", "x == trace(«identity(1e9))", /an order from 1 to 32 is expected/],
]

/** Ways to write a claim down. The formula follows `HEAD`. */
const STYLES: ReadonlyArray<readonly [style: string, write: (claim: string) => string | undefined]> = [
  ["single quotes", (c) => `${HEAD}claims:\n  c: '${c}'\n`],
  ["double quotes", (c) => `${HEAD}claims:\n  c: "${c.replaceAll('"', '\\"')}"\n`],
  ["escapes before it", (c) => `${HEAD}claims:\n  c: "0\\u002a\\x31 + \\U0000002d${c.replaceAll('"', '\\"')}"\n`],
  ["a literal block", (c) => `${HEAD}claims:\n  c: |\n    ${c}\n`],
  ["a folded block", (c) => `${HEAD}claims:\n  c: >-\n\n      ${c}\n`],
  ["several lines of a block", (c) => `${HEAD}claims:\n  c: | # why\n    ${c.replaceAll(" ", "\n    ")}\n`],
  ["several lines in quotes", (c) => `${HEAD}claims:\n  c: '${c.replaceAll(" ", "\n    ")}'\n`],
  ["a flow map", (c) => `${HEAD}claims: {c: {note: why, claim: '${c}'}, d: 'x == x'}\n`],
  ["a comment before it", (c) => `${HEAD}claims:\n  c: |\n    # what follows\n    ${c}\n`],
  ["Windows line ends", (c) => `${HEAD}claims:\n  c: |\n    ${c}\n`.replaceAll("\n", "\r\n")],
]

describe.each(FORMULAS)("%s", (_, claim, message) => {
  it.each(STYLES)("in %s", (style, write) => {
    // A sign before the first character makes another formula of these.
    if (style === "escapes before it" && (/definition|shape/.test(_) || claim.startsWith(MARK) || _ === "nested too deeply")) return
    refused(write(claim)!, message)
  })
  it("in Markdown", () => {
    refused(`# Title\n\nProse with \`x\`.\n\n~~~claims\n${HEAD}~~~\n\n\`\`\`claims\nclaims:\n  c: '${claim}'\n\`\`\`\n`, message, "a.md")
  })
  it("under let and in a derivation", () => {
    if (/relation|definition$|assignment|shapes of|open bracket/.test(_)) return
    const [left, right] = claim.split(" == ") as [string, string]
    const side = left.includes(MARK) ? left : right
    if (!side.includes(MARK)) return
    refused(`${HEAD}  g: '${side}'\nclaims:\n  c: g == g\n`, message)
    refused(`${HEAD}derivations:\n  d:\n    - x\n    - '= x'\n    - "  >=  ${side.replaceAll('"', '\\"')}   # why"\n`, message)
  })
})

describe("the rest of the file", () => {
  it.each<[name: string, file: string, message: RegExp]>([
    ["a parameter never used", "lemmata: 1\nparameters:\n  «y: real(0, 1)\nclaims:\n  c: 1 == 1\n", /the parameter y is never used/],
    [
      "a domain upside down",
      "lemmata: 1\nparameters:\n  y: «real(1, 0)\nclaims:\n  c: y == y\n",
      /upside down.*lower end 1 lies above the upper end 0/,
    ],
    ["in a flow map", 'lemmata: 1\nparameters: {y: "«real(1, 0)"}\nclaims: {c: y == y}\n', /upside down/],
    ["no domain", "lemmata: 1\nparameters:\n  y: «reel(0, 1)\nclaims:\n  c: y == y\n", /is no domain; expected one of real/],
    ["an unknown name in a domain", "lemmata: 1\nparameters:\n  y: real(0, «z)\nclaims:\n  c: y == y\n", /unknown name "z"/],
    [
      "a later parameter in a domain",
      "lemmata: 1\nparameters:\n  y: real(0, «z)\n  z: real(1, 2)\nclaims:\n  c: y == z\n",
      /parameter z stands below; a size or a bound names an earlier one/,
    ],
    ["wrong arguments of a domain", "lemmata: 1\nparameters:\n  y: «real(0)\nclaims:\n  c: y == y\n", /real takes 2 arguments, not 1/],
    ["a duplicate claim", "lemmata: 1\nclaims:\n  c: 1 == 1\n  «c: 2 == 2\n", /duplicate key "c"/],
    ["a duplicate section", "lemmata: 1\nclaims:\n  c: 1 == 1\n«claims:\n  d: 2 == 2\n", /duplicate key "claims"/],
    ["a duplicate parameter", 'lemmata: 1\nparameters: {y: "real(0, 1)", «y: "real(0, 2)"}\nclaims: {c: y == y}\n', /duplicate key "y"/],
    ["a duplicate definition", "lemmata: 1\nlet:\n  g: 1\n  «g(z): z\nclaims:\n  c: g == 1\n", /the name g is taken already/],
    ["a cycle in let", "lemmata: 1\nlet:\n  a: «b + 1\n  b: c\n  c: a\nclaims:\n  d: a == 1\n", /a cycle in let: a -> b -> c -> a/],
    ["a cycle through arguments", "lemmata: 1\nlet:\n  g(z): «h(z)\n  h(z): g(z)\nclaims:\n  d: g(1) == 1\n", /a cycle in let: g -> h -> g/],
    ["a cycle with itself", "lemmata: 1\nlet:\n  a: «a + 1\nclaims:\n  d: a == 1\n", /a cycle in let: a -> a/],
    ["a condition that is none", "lemmata: 1\nparameters: {y: 'real(0, 1)'}\nassume:\n  - «y + 1\nclaims:\n  c: y == y\n", /must be a condition/],
    ["a mismatch in a definition", "lemmata: 1\nlet:\n  a: 1 + norm([«1, 2] + [1, 2, 3])\nclaims:\n  c: a == 1\n", /shape mismatch/],
    ["LaTeX", "lemmata: 1\nclaims:\n  c: «\\frac{1}{2} == 1\n", /LaTeX has no place.*sqrt\(x\)/],
    ["a formula that is a YAML map", "lemmata: 1\nclaims:\n  c: {1} «== 1\n", /begins with \{ stands in quotes/],
    ["a condition with a name", "lemmata: 1\nassume:\n  «a: 1 > 0\nclaims:\n  c: 1 == 1\n", /a condition alone, without a name/],
    ["a domain as a bound", "lemmata: 1\nparameters:\n  s: '«> 0'\nclaims:\n  c: s == 1\n", /"> 0" is no domain/],
    ["no version", "«claims:\n  c: 1 == 1\n", /"lemmata: 1" is expected/],
    ["another version", "lemmata: «2\nclaims:\n  c: 1 == 1\n", /format 1 is expected/],
    ["an unknown section", "lemmata: 1\n«claim:\n  c: 1 == 1\n", /unknown key "claim"; did you mean "claims"/],
    ["an unknown key of a claim", "lemmata: 1\nclaims:\n  c: {claim: 1 == 1, «tolerence: 1}\n", /unknown key "tolerence"; did you mean "tolerance"/],
    ["a tolerance that is none", "lemmata: 1\nclaims:\n  c: {claim: 1 == 1, tolerance: «much}\n", /a tolerance from 0 to 1/],
    ["a line without a relation", "lemmata: 1\nderivations:\n  d:\n    - 1\n    - «1\n", /must begin with =/],
    ["a first line with a relation", 'lemmata: 1\nderivations:\n  d:\n    - "«= 1"\n    - = 1\n', /nothing before it/],
    ["a derivation of one line", "lemmata: 1\nderivations:\n  d:\n    «- 1\n", /at least one line/],
    ["nothing to check", "«lemmata: 1\n", /there is nothing to check/],
    ["a second document", "lemmata: 1\nclaims:\n  c: 1 == 1\n«---\nlemmata: 1\n", /multiple documents|document/i],
    ["broken YAML", 'lemmata: 1\nclaims:\n  c: "1 == 1\n«', /YAML is expected/],
    ["a tab for an indent", "lemmata: 1\nclaims:\n«\tc: 1 == 1\n", /YAML is expected: Tabs/],
    ["an alias", "lemmata: 1\nlet:\n  a: «&a 1\nclaims:\n  c: a == 1\n", /anchors and tags/],
  ])("%s", (_, marked, message) => {
    if (/^broken YAML|an alias$/.test(_)) {
      const { text, line } = placed(marked)
      expect(faults(text)).toContainEqual({
        line: expect.toSatisfy((n: number) => n >= line - 1 && n <= line),
        column: expect.any(Number),
        message: expect.stringMatching(message),
      })
    } else refused(marked, message)
  })

  it("an empty file, one without blocks, one that is not UTF-8, one that is too large", () => {
    expect(faults("")).toEqual([{ line: 1, column: 1, message: expect.stringContaining("lemmata: 1") }])
    expect(faults("# Prose\n", "a.md")).toEqual([{ line: 1, column: 1, message: expect.stringContaining("```claims is expected") }])
    expect(faults(new Uint8Array([...new TextEncoder().encode("lemmata: 1\nü"), 0xff]))[0]).toMatchObject({ line: 2, column: 2 })
    expect(faults(new Uint8Array(2 ** 20 + 1))).toEqual([{ line: 1, column: 1, message: expect.stringContaining("at most 1048576 bytes") }])
  })

  it("is not thrown off by a byte order mark, tabs inside or Windows line ends", () => {
    expect(faults("\ufefflemmata: 1\r\nclaims:\r\n  c:\t1 ==\t1\r\n")).toEqual([])
    refused("\ufefflemmata: 1\r\nclaims:\r\n  c: 1 == «q\r\n".replace("\ufeff", ""), /unknown name "q"/)
  })
})
