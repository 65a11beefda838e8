/**
 * A reference case as formulas of the claim language, and their enclosures at a precision.
 */
import * as Q from "../../src/core/rational.ts"
import type { Rational } from "../../src/core/rational.ts"
import type { Literal, Spec, TypedFunction } from "../../src/core/statement.ts"
import { parameterValue } from "../../src/expression/domain.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import type { EncloseOptions, Enclosure } from "../../src/expression/enclose.ts"
import type { Node } from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { Undefined, Unsupported } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { parseLet } from "../../src/verify/problem.ts"
import type { Parameters, Reference } from "./case.ts"

export interface Question {
  readonly parameters?: Readonly<Record<string, Literal>>
  /** Definitions, as in a family of a spec. */
  readonly let?: Readonly<Record<string, string>>
  readonly functions?: Readonly<Record<string, TypedFunction>>
  /** Formulas that all must have the reference value; the first one is the headline. */
  readonly formulas: ReadonlyArray<string>
}

/** The definitions of a family of a spec. Throws a TypeError for a family that it lacks. */
export const definitions = (spec: Spec, name: string): Readonly<Record<string, string>> => {
  const found = spec.families.find((f) => f.name === name)
  if (found === undefined) throw new TypeError(`${spec.id} has no family ${name}`)
  return found.let
}

/** How the cases of one kind are asked; `undefined` when the parameters do not have the shape that the rule is about. */
export interface Rule {
  readonly quantity: string
  readonly ask: (p: Parameters) => Question | undefined
}

/** What a formula denotes: nodes in the shape of the reference, or why there is none. */
export type Denoted = { readonly kind: "value"; readonly value: Value } | { readonly kind: "undefined" | "unsupported"; readonly why: string }

export const denote = (question: Question, formula: string): Denoted => {
  const parameters = new Map(Object.entries(question.parameters ?? {}).map(([name, v]) => [name, parameterValue(v)]))
  const lets = new Map(Object.entries(question.let ?? {}).map(([key, body]) => parseLet(key, body)))
  try {
    return { kind: "value", value: elaborate(parseFormula(formula), environment(parameters, lets, question.functions ?? {})) }
  } catch (error) {
    if (error instanceof Undefined) return { kind: "undefined", why: error.message }
    if (error instanceof Unsupported) return { kind: "unsupported", why: error.message }
    throw error
  }
}

/** The numbers of a value beside those of the reference. Throws a TypeError when the shapes differ; a number counts as a list of one. */
export const beside = (value: Value, reference: Reference): ReadonlyArray<readonly [Node, string]> => {
  if (typeof reference === "string") {
    if (value.kind === "array" && value.items.length === 1) return beside(value.items[0]!, reference)
    if (value.kind !== "scalar") throw new TypeError("the formula is no number, but its reference is")
    return [[value.node, reference]]
  }
  if (value.kind === "scalar" && reference.length === 1) return beside(value, reference[0]!)
  if (value.kind !== "array" || value.items.length !== reference.length)
    throw new TypeError(`the formula has not the shape of its reference: ${reference.length} entries`)
  return value.items.flatMap((item, i) => beside(item, reference[i]!))
}

/** The decimal as the interval of the numbers that round to it: half a unit of the 34th significant digit on either side (trailing zeros are not printed). */
export const reading = (decimal: string, exact?: string): readonly [Rational, Rational] => {
  const r = Q.parseRational(exact ?? decimal)
  if (r === undefined) throw new TypeError(`"${decimal}" is no number`)
  if (exact !== undefined || r.n === 0n) return [r, r]
  const digits = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d+))?$/.exec(decimal)
  if (digits === null) return [r, r]
  const [whole = "", part = ""] = digits[1]!.split(".")
  const leading = whole.replace(/^0+/, "").length
  const magnitude = Number(digits[2] ?? "0") + (leading > 0 ? leading - 1 : -1 - /^0*/.exec(part)![0].length)
  const half = Q.div(Q.powInteger(Q.rational(10), magnitude - 33), Q.rational(2))
  return [Q.sub(r, half), Q.add(r, half)]
}

export interface Found {
  readonly contained: boolean
  /** -log10 of the relative width, the absolute width at 0; Infinity for an exact value. */
  readonly digits: number
  readonly enclosure: Enclosure
}

/** The enclosure of a node against its reference. An infinite reference is met by a value that is reported to be infinite, by nothing else. */
export const compare = (node: Node, reference: string, exact: string | undefined, options: EncloseOptions): Found => {
  const enclosure = enclose(node, options)
  if (/^[+-]?Infinity$/.test(reference)) {
    const reported = enclosure.status === "undefined" && /diverge|infinite/.test(enclosure.reason ?? "")
    const bounded = enclosure.status === "defined" && Number.isFinite(enclosure.lo) && Number.isFinite(enclosure.hi)
    return { contained: !bounded, digits: reported ? Infinity : 0, enclosure }
  }
  // An undefined value where there is a number is a miss, not a wide enclosure.
  if (enclosure.status === "undefined") return { contained: false, digits: 0, enclosure }
  const ends = enclosure.exact
  if (ends === undefined) return { contained: true, digits: 0, enclosure }
  const [lo, hi] = reading(reference, exact)
  const contained = Q.compare(ends.lo, hi) <= 0 && Q.compare(lo, ends.hi) <= 0
  return { contained, digits: enclosure.status === "defined" ? claimed(ends.lo, ends.hi, reference) : 0, enclosure }
}

const claimed = (lo: Rational, hi: Rational, reference: string): number => {
  const width = Q.toNumber(Q.sub(hi, lo))
  const scale = Math.abs(Number(reference)) || 1
  return width === 0 ? Infinity : Math.max(0, -Math.log10(width / scale))
}
