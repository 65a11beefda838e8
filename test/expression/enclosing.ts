/**
 * Formulas evaluated to enclosures, and reference decimals held against them.
 *
 * A reference with d digits is known to half a unit of its last place: an enclosure agrees when it meets [r - u, r + u], u = 10^-d max(|r|, floor).
 */
import { expect } from "vitest"
import * as Q from "../../src/core/rational.ts"
import type { Rational } from "../../src/core/rational.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import type { Enclosure } from "../../src/expression/enclose.ts"
import { constant } from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { scalar } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"

/** Parameters that formulas may name. */
const PARAMETERS: ReadonlyMap<string, Value> = new Map([
  ["m", scalar(constant(Q.rational(1, 3)))],
  ["s", scalar(constant(Q.rational(5, 4)))],
])

export const valueOf = (formula: string): Value => elaborate(parseFormula(formula), environment(PARAMETERS))

export const nodeOf = (formula: string): Node => {
  const value = valueOf(formula)
  if (value.kind !== "scalar") throw new Error(`${formula} is no number`)
  return value.node
}

/** Integrals to 14 digits: kinks at irrational points allow no more in reasonable time. */
export const encloseNode = (node: Node, bits = 128): Enclosure => enclose(node, { bits, evaluations: 200_000, tolerance: 1e-14 })
export const encloseText = (formula: string, bits = 128): Enclosure => encloseNode(nodeOf(formula), bits)

const magnitude = (a: Rational): Rational => (a.n < 0n ? Q.neg(a) : a)
const largest = (a: Rational, b: Rational): Rational => (Q.compare(a, b) >= 0 ? a : b)

/** Asserts that the enclosure is defined, meets the reference and is no wider than `width` relative to max(|r|, floor). */
export const expectMeets = (found: Enclosure, reference: string, what: string, digits: number, width: number, floor = "0"): void => {
  expect(found.status, `${what}: ${found.reason ?? ""}`).toBe("defined")
  const r = Q.parseRational(reference)!
  const size = largest(magnitude(r), Q.parseRational(floor)!)
  const slack = Q.mul(size, Q.powInteger(Q.rational(10), -digits))
  expect(found.exact, `${what}: ${found.reason ?? "no finite enclosure"}`).toBeDefined()
  const { lo, hi } = found.exact!
  const meets = Q.compare(lo, Q.add(r, slack)) <= 0 && Q.compare(Q.sub(r, slack), hi) <= 0
  expect(meets, `${what}: [${found.lo}, ${found.hi}] misses ${reference}`).toBe(true)
  const spread = Q.toNumber(Q.sub(hi, lo))
  expect(spread, `${what}: the enclosure is too wide`).toBeLessThanOrEqual(width * Math.max(Q.toNumber(size), 1e-300))
}
