import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { definitionsIn, formulaText, writtenOut } from "../../src/expression/formula.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import type { Expr } from "../../src/expression/syntax.ts"
import { parseLet } from "../../src/verify/problem.ts"

const { tree } = fc.letrec<{ tree: Expr; leaf: Expr }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom("x", "m_1", "pi").map((name): Expr => ({ kind: "name", name })),
    fc.tuple(fc.nat(99999), fc.integer({ min: -30, max: 30 })).map(([n, k]): Expr => {
      const value = k < 0 ? Q.rational(BigInt(n), 10n ** BigInt(-k)) : Q.rational(BigInt(n) * 10n ** BigInt(k))
      return { kind: "number", value }
    }),
  ),
  tree: fc.oneof(
    { maxDepth: 5 },
    tie("leaf"),
    tie("tree").map((a): Expr => ({ kind: "negate", a })),
    fc.tuple(fc.constantFrom("+", "-", "*", "/", "^"), tie("tree"), tie("tree")).map(([op, a, b]): Expr => ({ kind: "binary", op: op as "+", a, b })),
    fc.tuple(fc.constantFrom("f", "log", "E"), fc.array(tie("tree"), { minLength: 1, maxLength: 3 })).map(
      ([name, args]): Expr => ({
        kind: "call",
        name,
        args,
      }),
    ),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((items): Expr => ({ kind: "array", items })),
    fc.tuple(tie("leaf"), tie("tree")).map(([of, i]): Expr => (of.kind === "name" ? { kind: "index", of, at: [i] } : of)),
  ),
}))

/** The tree without the places of its parts in the text that it was parsed from. */
const bare = (text: string): unknown =>
  JSON.parse(
    JSON.stringify(parseFormula(text), (key, value) =>
      key === "at" && !Array.isArray(value) ? undefined : typeof value === "bigint" ? `${value}` : value,
    ),
  )
const plainTree = (e: Expr): unknown => JSON.parse(JSON.stringify(e, (_, value) => (typeof value === "bigint" ? `${value}` : value)))

describe("a formula as text", () => {
  it("parses to the tree that it came from", () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        expect(bare(formulaText(a))).toEqual(plainTree(a))
        const relation: Expr = { kind: "compare", rel: "<=", a, b }
        expect(bare(formulaText(relation))).toEqual(plainTree(relation))
      }),
      { numRuns: 500, seed: 3 },
    )
  })
})

const lets = (entries: Readonly<Record<string, string>>): Parameters<typeof writtenOut>[1] =>
  new Map(Object.entries(entries).map(([key, body]) => parseLet(key, body)))
const written = (formula: string, entries: Readonly<Record<string, string>>, parameters: ReadonlyArray<string> = []): string | undefined => {
  const whole = writtenOut(parseFormula(formula), lets(entries), new Set(parameters))
  return whole === undefined ? undefined : formulaText(whole)
}

describe("a formula written out", () => {
  it("has every definition in place", () => {
    expect(written("KL(q, p)", { p: "Normal(0, 1)", q: "Normal(m, s)" }, ["m", "s"])).toBe("KL(Normal(m, s), Normal(0, 1))")
    expect(written("f(x + 1)*2", { "f(y)": "y^2 + g", g: "3" }, ["x"])).toBe("((x + 1)^2 + 3)*2")
  })

  it("captures nothing: neither a parameter nor an argument", () => {
    // Without renaming these would read E(x, p, x*x) and E(z, p, z + z).
    expect(written("E(x, p, x*g)", { g: "x" }, ["x"])).toBe("E(x_2, p, x_2*x)")
    expect(written("E(z, p, f(z))", { "f(y)": "E(z, p, y + z)" })).toBe("E(z, p, E(z_2, p, z + z_2))")
  })

  it("lets a bound variable and an argument hide a definition", () => {
    expect(written("E(g, p, g) + f(1) + g", { g: "7", "f(g)": "g + 1" })).toBe("E(g, p, g) + (1 + 1) + 7")
  })

  it("stops where nobody would read on", () => {
    const doubling = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`a${i + 1}`, `a${i} + a${i}`]))
    expect(written("a30", { ...doubling, a0: "1" })).toBeUndefined()
  })

  it("names the definitions that are used, in their order", () => {
    expect(definitionsIn([parseFormula("c + f(1)")], lets({ a: "1", b: "a", "f(x)": "b*x", c: "2", d: "3" }))).toEqual(["a", "b", "f", "c"])
  })
})
