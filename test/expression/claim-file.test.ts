import fc from "fast-check"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readClaimFile } from "../../src/expression/claim-file.ts"
import type { Fault } from "../../src/expression/claim-file.ts"
import { nearest } from "../../src/core/nearest.ts"

const read = (text: string | Uint8Array, file = "a.claims.yaml"): ReturnType<typeof readClaimFile> =>
  readClaimFile(typeof text === "string" ? new TextEncoder().encode(text) : text, file, nearest)
const faults = (text: string | Uint8Array, file?: string): ReadonlyArray<Fault> => {
  const got = read(text, file)
  return "faults" in got ? got.faults : []
}
const head = "lemmata: 1\n"

describe("a good file", () => {
  it("becomes one family and one step per claim and per derivation line", () => {
    const got = read(readFileSync("examples/elbo.claims.yaml"), "elbo.claims.yaml")
    if (!("spec" in got)) throw new Error(JSON.stringify(got.faults))
    const { spec } = got
    expect(spec.id).toBe("elbo.claims.yaml")
    expect(spec.families).toMatchObject([{ parameters: { x: "real(-4, 4)", m: "real(-3, 3)", s: "positive(1/5, 3)" }, assume: ["s != 1"] }])
    expect(Object.keys(spec.families[0]!.let)).toEqual(["prior", "likelihood(z)", "q", "posterior", "evidence", "elbo"])
    expect(spec.steps.map((s) => s.name)).toEqual(["bound", "gap", "closed-form", "elbo/2", "elbo/3", "elbo/4"])
    expect(spec.steps[2]).toMatchObject({ tolerance: 1e-12, because: "both Gaussian" })
    expect(spec.steps[4]).toMatchObject({
      name: "elbo/3",
      claim: "log(E(z, q, pdf(likelihood(z), x) * pdf(prior, z) / pdf(q, z))) >= elbo",
      because: "Jensen",
    })
  })

  it.each([
    ["a closed claim", `${head}claims:\n  a: 1 + 1 == 2\n`],
    ["a definition before its use", `${head}let:\n  a: b + 1\n  b: 2\nclaims:\n  c: a == 3\n`],
    ["an argument that hides a parameter", `${head}parameters:\n  x: real(0, 1)\nlet:\n  f(x): x^2\nclaims:\n  a: f(3)*x == 9*x\n`],
    ["a bound variable", `${head}claims:\n  a: integral(t, 0, 1, t) == 1/2\n`],
    ["a vector as YAML reads it", `${head}let:\n  v: [1, 2]\nclaims:\n  a: norm2(v) == 5\n`],
    ["a size that names a parameter", `${head}parameters:\n  n: integer(1, 3)\n  v: vector(n, -1, 1)\nclaims:\n  a: norm2(v) >= 0\n`],
    [
      "names of a prototype",
      `${head}parameters:\n  constructor: real(0, 1)\nlet:\n  toString: constructor + 1\nclaims:\n  hasOwnProperty: toString > constructor\n`,
    ],
    ["a condition under P and if", `${head}claims:\n  a: P(z, Normal(0, 1), z > 0) == if(1 < 2, 1/2, 0)\n`],
    ["Windows line ends and a byte order mark", `\ufefflemmata: 1\r\nclaims:\r\n  a: 1 == 1\r\n`],
  ])("%s", (_, text) => {
    expect(faults(text)).toEqual([])
  })

  it("may fold its formulas over lines with comments", () => {
    const got = readClaimFile(
      new TextEncoder().encode(
        'lemmata: 1\nlet:\n  f: >\n    1 # one\n    + 2\nclaims:\n  a: >\n    f == 3 # three\n    - 0\nderivations:\n  d: [f, "= 3"]\n',
      ),
      "a",
      () => undefined,
    )
    if (!("spec" in got)) throw new Error(JSON.stringify(got.faults))
    expect(got.spec.steps.map(({ claim }) => claim)).toEqual(["f == 3 - 0", "f == 3"])
    expect(Object.values(got.spec.families[0]!.let).map((f) => f.replace(/\s+/g, " "))).toEqual(["1 + 2"])
  })

  it("may be Markdown with fenced blocks, whose lines keep their numbers", () => {
    const prose =
      "# Title\n\n```claims\nlemmata: 1\nclaims:\n```\n\nProse: *so*.\n\n```yaml\nno: [\n```\n\n```claims\n  a: 1 == 1\n  b: 1 == nope\n```\n"
    expect(faults(prose, "a.md")).toEqual([{ line: 16, column: 11, message: expect.stringContaining("nope") }])
  })
})

const p = (domain: string, claim = "x == x"): string => `${head}parameters:\n  x: ${domain}\nclaims:\n  a: ${claim}\n`
const c = (claim: string): string => `${head}claims:\n  a: ${claim}\n`

describe("bad input gets its place and what was expected", () => {
  it.each<[string, string, number, number, RegExp]>([
    ["an unknown name", p("real(0, 1)", "x == evidense"), 5, 11, /unknown name "evidense"/],
    ["the nearest name", `${head}let:\n  evidence: 1\nclaims:\n  a: evidense == 1\n`, 5, 6, /did you mean "evidence"\?/],
    ["an unknown function", c("Mormal(0, 1) == 1"), 3, 6, /unknown function "Mormal"; did you mean "Normal"/],
    ["a name of other texts", c("ln(2) == 1"), 3, 6, /unknown function "ln"; did you mean "log"/],
    ["a law of other texts", c("Mean(Gaussian(0, 1)) == 0"), 3, 11, /did you mean "Normal"/],
    ["too few arguments", c("KL(Normal(0, 1)) == 1"), 3, 6, /KL takes 2 arguments, not 1/],
    ["too many arguments of a law", c("Mean(Normal(0, 1, 2)) == 1"), 3, 11, /Normal takes 2 arguments, not 3/],
    ["too few arguments of a definition", `${head}let:\n  f(a, b): a*b\nclaims:\n  a: f(1) == 1\n`, 5, 6, /f takes 2 arguments, not 1/],
    ["a definition without its arguments", `${head}let:\n  f(a): a\nclaims:\n  a: f == 1\n`, 5, 6, /write f\(a\)/],
    ["no relation", c("1 + 1"), 3, 6, /exactly one relation is expected/],
    ["two relations", c("1 == 1 == 1"), 3, 13, /exactly one relation is expected/],
    ["a relation inside", c("(1 < 2) == 1"), 3, 9, /one relation only/],
    ["!=", c("1 != 2"), 3, 6, /exactly one relation/],
    ["a parameter never used", p("real(0, 1)", "1 == 1"), 3, 3, /parameter x is never used/],
    ["a parameter only hidden", p("real(0, 1)", "E(x, Normal(0, 1), x) == 0"), 3, 3, /never used/],
    ["a domain upside down", p("real(1, 0)"), 3, 6, /upside down/],
    ["a domain that may turn", `${head}parameters:\n  n: real(0, 9)\n  x: real(n, 5)\nclaims:\n  a: x == x\n`, 4, 6, /upside down/],
    ["a positive domain at 0", p("positive(0, 1)"), 3, 6, /above 0/],
    ["an end that is no whole number", p("integer(1/4, 3/4)"), 3, 6, /whole numbers are expected/],
    ["no domain", p("reel(0, 1)"), 3, 6, /is no domain; expected one of real/],
    ["a huge size", p("vector(1e9, 0, 1)", "norm2(x) >= 0"), 3, 6, /a size from 1 to 1000/],
    ["an infinite end", p("real(0, inf)"), 3, 6, /rational/],
    ["a duplicate key", `${head}claims:\n  a: 1 == 1\n  a: 2 == 2\n`, 4, 3, /duplicate key "a"/],
    ["a cycle", `${head}let:\n  u: v\n  v: u\nclaims:\n  a: u == 1\n`, 3, 6, /a cycle in let: u -> v -> u/],
    ["itself", `${head}let:\n  u: u + 1\nclaims:\n  a: u == 1\n`, 3, 6, /a cycle in let: u -> u/],
    ["a name twice", `${head}parameters:\n  u: real(0, 1)\nlet:\n  u: 1\nclaims:\n  a: u == 1\n`, 5, 3, /taken already/],
    ["too deep", c(`${"(".repeat(300)}1${")".repeat(300)} == 1`), 3, 206, /nested too deeply/],
    ["brackets too deep", "[".repeat(2 ** 19), 1, 201, /nested too deeply/],
    ["marks too deep", "- ".repeat(2 ** 19), 1, 1, /nested too deeply/],
    ["no version", "claims:\n  a: 1 == 1\n", 1, 1, /"lemmata: 1" is expected/],
    ["another version", "lemmata: 2\nclaims:\n  a: 1 == 1\n", 1, 10, /format 1 is expected/],
    ["an unknown key", `${head}claim:\n  a: 1 == 1\n`, 2, 1, /unknown key "claim"; did you mean "claims"/],
    ["nothing to check", head, 1, 1, /claims or derivations are expected/],
    ["an empty file", "", 1, 1, /lemmata: 1/],
    [
      "a determinant of a matrix that is not square",
      p("matrix(3, 2, 0, 1)", "1 + det(x) == 1"),
      5,
      10,
      /shape mismatch: a square matrix is needed, not 3 x 2/,
    ],
    [
      "a size named by a parameter below",
      "lemmata: 1\nparameters:\n  v: vector(n, 0, 1)\n  n: integer(1, 3)\nclaims:\n  a: norm2(v) <= n\n",
      3,
      13,
      /the parameter n stands below/,
    ],
    ["an index into a number", p("real(0, 1)", "x[1] == 1"), 5, 6, /shape mismatch: an index into a number/],
    [
      "components of two dimensions",
      p("spd(2, 1, 2)", "Mean(Mixture([1/2, 1/2], [Normal(0, 1), MvNormal([0, 0], x)])) == 1"),
      5,
      11,
      /in dimensions 1 and 2/,
    ],
    [
      "a map that does not fit",
      p("spd(2, 1, 2)", "Mean(Affine(MvNormal([0, 0], x), [[1, 1, 1]], [0])) == [1]"),
      5,
      11,
      /Affine of a law in dimension 2 by 1 x 3/,
    ],
    [
      "a shift longer than the law's dimension",
      p("spd(1, 1, 2)", "Mean(Affine(MvNormal([0], x), 2, [1, 5])) == [1]"),
      5,
      11,
      /Affine of a law in dimension 1 by a vector of length 2/,
    ],
    ["rows of different lengths", p("real(0, 1)", "det([[1, x], [2]]) == 1"), 5, 6, /shape mismatch: .* rows of different lengths/],
    ["an index past the end", p("vector(2, 0, 1)", "x[3] == 1"), 5, 6, /shape mismatch: index 3 is outside 1..2/],
    [
      "weights without laws",
      p("real(0, 1)", "Mean(Mixture([1/2, 1/4, 1/4], [Normal(x, 1), Normal(0, 1)])) == x"),
      5,
      11,
      /as many weights as laws, got 3 and 2/,
    ],
    ["a covariance of another size", p("vector(2, 0, 1)", "Mean(MvNormal(x, identity(3))) == x"), 5, 11, /2 x 2 covariance/],
    ["a shape mismatch", p("vector(2, 0, 1)", "x == 1"), 5, 6, /shape mismatch: a vector of 2 on the left, a number on the right/],
    ["a law for a number", c("Normal(0, 1) == 1"), 3, 6, /must be a number, not a distribution/],
    ["an assignment", c('"a = 1"'), 3, 9, /assignment/],
    ["a property", c('"a.b == 1"'), 3, 8, /property/],
    ["a string", c("'\"x\" == 1'"), 3, 7, /string/],
    ["import", c('import("fs") == 1'), 3, 13, /string|import/],
    ["an alias", `${head}let:\n  u: &u 1\nclaims:\n  a: *u\n`, 3, 9, /anchors/],
    ["a tag", c("!!js/function x"), 3, 20, /tags/],
    ["a tolerance", c("{claim: 1 == 1, tolerance: much}"), 3, 33, /tolerance from 0 to 1/],
    ["an unknown key of a claim", c("{clam: 1 == 1}"), 3, 7, /unknown key "clam"; did you mean "claim"/],
    ["a derivation line without relation", `${head}derivations:\n  d:\n    - 1\n    - 1\n`, 5, 7, /must begin with =/],
    ["a first line with relation", `${head}derivations:\n  d:\n    - "= 1"\n    - "= 1"\n`, 4, 8, /nothing before it/],
    ["a derivation of one line", `${head}derivations:\n  d:\n    - 1\n`, 4, 5, /at least one line/],
    ["an unknown name in a line", `${head}derivations:\n  d:\n    - 1\n    - "= nope"\n`, 5, 10, /unknown name "nope"/],
    ["broken YAML", `${head}claims:\n  a: "1 == 1\n`, 4, 1, /YAML is expected/],
    ["a formula in bars", `${head}claims:\n  a: |x| <= 1\n`, 3, 6, /formula that begins with \| stands in quotes/],
    ["a line that begins with >=", `${head}derivations:\n  d:\n    - 1\n    - >= 0\n`, 5, 7, /formula that begins with > stands in quotes/],
  ])("%s", (_, text, line, column, message) => {
    expect(faults(text)).toContainEqual({ line, column, message: expect.stringMatching(message) })
  })

  it("not UTF-8, and too large", () => {
    expect(faults("lemmata: 1\nclaims:\n  a: 1 =\u200b= 1\n")).toEqual([{ line: 3, column: 9, message: expect.stringContaining("U+200B") }])
    expect(faults(new Uint8Array([97, 10, 0xff]))).toEqual([{ line: 2, column: 1, message: expect.stringContaining("UTF-8") }])
    expect(faults(new Uint8Array(2 ** 20 + 1))).toEqual([{ line: 1, column: 1, message: expect.stringContaining("1048576 bytes") }])
  })
})

describe("hostile files", () => {
  it("billion laughs, 1e5 keys and long lists are refused in a few seconds", () => {
    const laughs = `a: &a [x,x,x,x]\n${"bcdefgh".replace(/./g, (n) => `${n}: &${n} [*${String.fromCharCode(n.charCodeAt(0) - 1)},*${String.fromCharCode(n.charCodeAt(0) - 1)}]\n`)}`
    const many = `${head}parameters:\n${Array.from({ length: 60_000 }, (_, i) => `  p${i}: 1`).join("\n")}`
    const wide = `${head}claims:\n${Array.from({ length: 60_000 }, (_, i) => `  p${i}: 1==1`).join("\n")}`
    for (const text of [laughs, many, wide]) {
      const start = process.cpuUsage().user
      expect(faults(text).length).toBeGreaterThan(0)
      expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(5)
    }
  })

  it("any text, cut or spliced, is read or refused, never thrown at", () => {
    const good = readFileSync("examples/elbo.claims.yaml", "utf8")
    const pieces = ["__proto__", "constructor: ", "*a", "&a", "[", "{", "? ", "- ", "|\n", "\u0000", "\n", "  ", "E(", ")", "==", "'", "<<: "]
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(good.length), fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (i, j, inserted) => {
        const got = read(good.slice(0, Math.min(i, j)) + inserted.join("") + good.slice(Math.max(i, j)))
        if ("faults" in got) for (const f of got.faults) expect(f.line >= 1 && f.column >= 1 && f.message !== "").toBe(true)
      }),
      { numRuns: 150, seed: 1 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)),
      { numRuns: 150, seed: 1 },
    )
  })
})
