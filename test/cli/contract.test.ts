/**
 * The JSON of `lemmata check` as docs/claims.md states it under "Results", for a claim of every verdict, and the exit codes.
 */
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { REASONS } from "../../src/core/verdict.ts"
import { lemmata } from "./lemmata.ts"
import type { Ended } from "./lemmata.ts"

const folder = mkdtempSync(join(tmpdir(), "contract-"))
const PATH = join(folder, "every verdict.claims.yaml")
const TEXT = `lemmata: 1
parameters:
  x: real(-1, 1)
  v: vector(2, 1, 2)
claims:
  true: x^2 >= 0
  false: norm2(v) == v[1] + x
  undefined: Mean(Cauchy(0, 1)) == x
  open: x < exp(x) - 1 + 1 - exp(x) + x
  infinite: KL(Dirac(0), Dirac(1)) + x == 1
derivations:
  chain:
    - x + x
    - = 2*x
    - <= 3*x - x
    - = 2*x + 1
    - = 2*x + 1
`
const VACUOUS = "lemmata: 1\nparameters: {x: 'real(0, 1)'}\nassume: [x > 2]\nclaims: {a: x == 1}\n"

/** What is wrong with a value against the contract, as `path: what was expected`. */
type Rule = (value: unknown, path: string) => ReadonlyArray<string>
const rule =
  (what: string, holds: (value: unknown) => boolean): Rule =>
  (value, path) =>
    holds(value) ? [] : [`${path}: ${what}, not ${JSON.stringify(value)}`]
const text = rule("text", (v) => typeof v === "string")
const finite = rule("a number", (v) => typeof v === "number" && Number.isFinite(v))
const bound = rule("a number or an infinity", (v) => (typeof v === "number" && Number.isFinite(v)) || v === "Infinity" || v === "-Infinity")
const oneOf = (...values: ReadonlyArray<unknown>): Rule => rule(`one of ${values.join(", ")}`, (v) => values.includes(v))
const nullOr =
  (inner: Rule): Rule =>
  (v, path) =>
    v === null ? [] : inner(v, path)
const object =
  (fields: Readonly<Record<string, Rule>>): Rule =>
  (v, path) => {
    if (typeof v !== "object" || v === null || Array.isArray(v)) return [`${path}: an object`]
    const keys = Object.keys(v)
    if (keys.join() !== Object.keys(fields).join()) return [`${path}: the keys ${Object.keys(fields).join(", ")}, not ${keys.join(", ")}`]
    return Object.entries(fields).flatMap(([key, inner]) => inner((v as Record<string, unknown>)[key], `${path}.${key}`))
  }
const interval: Rule = (v, path) =>
  Array.isArray(v) && v.length === 2
    ? [...bound(v[0], `${path}[0]`), ...bound(v[1], `${path}[1]`), ...(Number(v[0]) <= Number(v[1]) ? [] : [`${path}: lo <= hi`])]
    : [`${path}: [lo, hi]`]
const rational: Rule = (v, path) =>
  Array.isArray(v)
    ? v.flatMap((item, i) => rational(item, `${path}[${i}]`))
    : rule('"p/q"', (t) => typeof t === "string" && /^-?\d+(\/[1-9]\d*)?$/.test(t))(v, path)
const counterexample = object({
  parameters: (v, path) =>
    typeof v === "object" && v !== null ? Object.entries(v).flatMap(([name, value]) => rational(value, `${path}.${name}`)) : [`${path}: an object`],
  left: interval,
  right: interval,
  difference: interval,
})
const RESULT = object({
  id: text,
  kind: oneOf("step", "claim", "mutant"),
  verdict: oneOf("Verified", "Refuted", "Inconclusive", "Vacuous", "Faulted"),
  reason: nullOr(text),
  grade: nullOr(oneOf("exact", "enclosed", "statistical", "heuristic")),
  alpha: finite,
  coverage: object({ kind: oneOf("box", "grid", "draw"), instances: rule("a count", (v) => Number.isInteger(v) && (v as number) >= 0) }),
  tolerance: finite,
  detectable: nullOr(bound),
  counterexample: nullOr(counterexample),
  replay: text,
  seconds: finite,
})

interface Line {
  readonly id: string
  readonly kind: string
  readonly verdict: string
  readonly reason: string | null
  readonly counterexample: unknown
  readonly coverage: { readonly instances: number }
}
interface Answer {
  readonly results: ReadonlyArray<Line>
  readonly summary: Readonly<Record<string, number>>
}

const REPORT = object({
  lemmata: rule("a version", (v) => typeof v === "string" && /^\d+\.\d+\.\d+/.test(v)),
  format: oneOf(1),
  seed: finite,
  alpha: finite,
  results: (v, path) => (Array.isArray(v) ? v.flatMap((r, i) => RESULT(r, `${path}[${i}]`)) : [`${path}: a list`]),
  summary: object(Object.fromEntries(["verified", "refuted", "inconclusive", "vacuous", "faulted"].map((word) => [word, finite]))),
})

describe("lemmata check FILE --json", () => {
  let ended: Ended
  let answer: Answer
  beforeAll(async () => {
    writeFileSync(PATH, TEXT)
    ended = await lemmata(["check", PATH, "--json", "--budget", "quick", "--jobs", "1"])
    answer = JSON.parse(ended.stdout)
  })

  it("is what the documentation says, field by field", () => {
    expect(REPORT(answer, "$")).toEqual([])
    expect(ended).toMatchObject({ code: 1, stderr: "" })
  })

  it("notices what is not", () => {
    expect(REPORT({ ...answer, format: 2 }, "$")).toHaveLength(1)
    expect(RESULT({ ...answer.results[0]!, detectable: Number.NaN }, "$")).toHaveLength(1)
    expect(counterexample({ parameters: { x: 0.5 }, left: [0, 1], right: [1, 0], difference: [null, 1] }, "$")).toHaveLength(3)
  })

  it("names claims and lines of derivations by their place", () => {
    expect(answer.results.map((r) => r.id)).toEqual(
      ["true", "false", "undefined", "open", "infinite", "chain/2", "chain/3", "chain/4", "chain/5"].map((name) => `${PATH}#${name}`),
    )
    expect(new Set(answer.results.map((r) => r.kind))).toEqual(new Set(["claim"]))
  })

  it("relates every line to the one before it, also after one that broke", () => {
    const verdicts = Object.fromEntries(answer.results.map((r) => [r.id.split("#")[1], r.verdict]))
    expect(verdicts).toMatchObject({ "chain/2": "Verified", "chain/3": "Verified", "chain/4": "Refuted", "chain/5": "Verified" })
    expect(verdicts).toMatchObject({ true: "Verified", false: "Refuted", undefined: "Inconclusive", infinite: "Inconclusive" })
  })

  it("gives a reason where it is Inconclusive, a counterexample where it is Refuted, and neither elsewhere", () => {
    for (const r of answer.results) {
      if (r.verdict === "Inconclusive") expect(REASONS).toContain(r.reason)
      else expect(r.reason).toBeNull()
      expect(r.counterexample === null).toBe(r.verdict !== "Refuted")
    }
    expect(answer.results.find((r) => r.id.endsWith("#undefined"))!.reason).toBe("undefined")
    expect(answer.results.find((r) => r.id.endsWith("#false"))!.counterexample).toMatchObject({
      parameters: { v: [expect.any(String), expect.any(String)] },
    })
  })

  it("counts them", () => {
    for (const word of ["Verified", "Refuted", "Inconclusive", "Vacuous", "Faulted"])
      expect(answer.summary[word.toLowerCase()], word).toBe(answer.results.filter((r) => r.verdict === word).length)
  })
})

describe("exit codes", () => {
  const run = (text: string): Promise<Ended> => {
    const path = join(folder, "exit.claims.yaml")
    writeFileSync(path, text)
    return lemmata(["check", path, "--json", "--budget", "quick", "--jobs", "1"])
  }
  it.each<[name: string, text: string, code: number]>([
    ["0: all Verified", "lemmata: 1\nclaims: {a: 1 == 1}\n", 0],
    ["1: one Refuted, another undecided", "lemmata: 1\nclaims: {a: 1 == 2, b: 0/0 == 1}\n", 1],
    ["2: bad input", "lemmata: 1\nclaims: {a: 1}\n", 2],
    ["3: none Refuted, one undecided", "lemmata: 1\nclaims: {a: 1 == 1, b: 0/0 == 1}\n", 3],
    ["3: Vacuous", VACUOUS, 3],
  ])("%s", async (_, text, code) => {
    const ended = await run(text)
    expect(ended.code).toBe(code)
    expect(JSON.parse(ended.stdout)).toHaveProperty(code === 2 ? "error" : "results")
  })
  it("5: nothing selected", async () => {
    const ended = await lemmata(["check", "no-such-topic/*", "--json"])
    expect(ended.code).toBe(5)
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: "nothing-selected", message: expect.any(String) } })
  })
})
