import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toText } from "../../src/core/rational.ts"
import { SyntaxFault, namesIn, parseClaim, parseFormula } from "../../src/expression/syntax.ts"

const fault = (text: string): SyntaxFault => {
  try {
    parseFormula(text)
  } catch (error) {
    if (error instanceof SyntaxFault) return error
    throw error
  }
  throw new Error(`"${text}" was accepted`)
}

describe("formulas", () => {
  it("keeps every digit of a literal", () => {
    const digits = `0.${"123456789".repeat(12)}`
    const tree = parseFormula(digits)
    expect(tree.kind === "number" && toText(tree.value)).toBe(
      toText((parseFormula(`${digits.slice(2).replace(/^0+/, "")} * 1`) as { a: { value: { n: bigint; d: bigint } } }).a.value) + `/${10n ** 108n}`,
    )
  })
  it("reads -x^2 as -(x^2) and a[1, 2] as an index", () => {
    expect(parseFormula("-x^2")).toMatchObject({ kind: "negate", a: { kind: "binary", op: "^" } })
    expect(parseFormula("a[1, 2]")).toMatchObject({ kind: "index", at: [{ kind: "number" }, { kind: "number" }] })
  })
  it("refuses everything that is no formula", () => {
    for (const text of [
      "",
      "x = 1",
      "f(x) = 2",
      "a; b",
      "x.y",
      'x["y"]',
      '"s"',
      "{a: 1}",
      "1:3",
      "x'",
      "x!",
      "a ? b : c",
      "a < b < c",
      "a and b",
      'f(x)["constructor"]',
      "(1",
      "1e99999",
    ])
      fault(text)
  })
  it("says where a formula breaks", () => {
    expect(fault("1 + (2 * ").at).toBeTypeOf("number")
  })
  it("refuses deep nesting at once", () => {
    expect(fault(`${"(".repeat(500)}1${")".repeat(500)}`).message).toMatch(/nested too deeply/)
    expect(fault("-".repeat(5000) + "1").message).toMatch(/nested too deeply/)
  })
  it("wants exactly one relation in a claim", () => {
    expect(parseClaim("a <= b").relation).toBe("<=")
    for (const text of ["a", "a != b", "a == b == c", "(a == b) + 1"]) expect(() => parseClaim(text), text).toThrow(SyntaxFault)
  })
  it("never throws anything but a SyntaxFault", () => {
    const pieces = fc.array(
      fc.constantFrom("x", "1", "(", ")", "[", "]", ",", "+", "^", "E", "==", "constructor", "__proto__", ".", '"', ";", "=", " "),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          namesIn(parseFormula(parts.join("")))
          return true
        } catch (error) {
          return error instanceof SyntaxFault
        }
      }),
      { seed: 11, numRuns: 3000 },
    )
  })
})
