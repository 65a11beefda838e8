/**
 * The claim language against other software (test/fixtures/contract.json, written by contract.py): every functional for every law. A value lies in the
 * enclosure, which is narrow; what is infinite or undefined is never a number. Then a true and a false claim for every domain, form and function.
 */
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { FUNCTION_NAMES } from "../../src/expression/claim-names.ts"
import { draw, parseDomain } from "../../src/expression/domain.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { resetNodes } from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { namesIn, parseFormula } from "../../src/expression/syntax.ts"
import { Undefined } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { decided } from "./deciding.ts"
import { CLAIMS, DOMAINS, OPEN } from "./contract.ts"

interface Case {
  readonly formula: string
  readonly value: string
  /** Digits that the reference is good for; absent for words. */
  readonly digits?: number
}
const { cases } = JSON.parse(readFileSync(new URL("../fixtures/contract.json", import.meta.url), "utf8")) as { readonly cases: ReadonlyArray<Case> }

/** Far below every difference that a wrong formula makes, far above what quadrature in doubles leaves of the default tolerance. */
const WIDTH = 1e-9
/** References that vanish are known to this. */
const FLOOR = Q.powInteger(Q.rational(10), -3)

const first = (v: Value): Node => {
  if (v.kind === "scalar") return v.node
  if (v.kind === "array") return first(v.items[0]!)
  throw new Error("no number")
}

const answer = ({ formula, value, digits }: Case): string => {
  resetNodes()
  try {
    const node = first(elaborate(parseFormula(formula), environment(new Map())))
    if (node.op === "infinite" || node.op === "undefined") return node.op
    const found = enclose(node, { bits: 53, evaluations: 100_000 })
    if (found.status === "undefined") return /infinite|diverge/.test(found.reason ?? "") ? "infinite" : "undefined"
    if (found.exact === undefined) return `open: ${found.reason}`
    if (digits === undefined) return `a number in [${found.lo}, ${found.hi}]`
    const r = Q.parseRational(value)!
    const size = [r, Q.neg(r), FLOOR].reduce((a, b) => (Q.compare(a, b) >= 0 ? a : b))
    const slack = Q.mul(size, Q.powInteger(Q.rational(10), -digits))
    if (Q.compare(found.exact.lo, Q.add(r, slack)) > 0 || Q.compare(Q.sub(r, slack), found.exact.hi) > 0) return `misses: [${found.lo}, ${found.hi}]`
    return found.hi - found.lo <= WIDTH * Q.toNumber(size) ? value : `wide: [${found.lo}, ${found.hi}] ${found.reason ?? ""}`
  } catch (error) {
    if (error instanceof Undefined) return "undefined"
    throw error
  }
}

describe("values of other software", () => {
  test.each(cases.filter((c) => !OPEN.has(c.formula)).map((c) => [c.formula, c] as const))("%s", (_, c) => {
    expect(answer(c)).toBe(c.value)
  })
})

describe("every name", () => {
  test.each(CLAIMS.map((c) => [c.text, c] as const))("%s", (_, { text, verdict, at }) => {
    expect(decided(text, {}, at ?? {})).toBe(verdict)
  })
  test("of the language stands in a true and in a false claim", () => {
    const inside = (verdict: string): ReadonlySet<string> =>
      new Set(CLAIMS.filter((c) => c.verdict === verdict).flatMap(({ text }) => [...namesIn(parseFormula(text))]))
    const [yes, no] = [inside("Verified"), inside("Refuted")]
    expect(FUNCTION_NAMES.filter((name) => !yes.has(name))).toEqual([])
    expect(FUNCTION_NAMES.filter((name) => !no.has(name))).toEqual([])
  })
})

describe("domains", () => {
  test.each(DOMAINS)("%s holds what it draws", (text, holds) => {
    let state = 7
    const below = (n: number): number => {
      state = (state * 1103 + 12345) % 65536
      return state % n
    }
    for (let i = 0; i < 12; i++) {
      const x = draw(parseDomain(text), (e) => elaborate(e, environment(new Map())), { below })
      const value = elaborate(parseFormula(holds), environment(new Map([["x", x]])))
      expect(first(value)).toBe(first(elaborate(parseFormula("1"), environment(new Map()))))
    }
  })
})
