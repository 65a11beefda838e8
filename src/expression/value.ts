/**
 * What a formula denotes at one instance: a real (a node), an array of values (vector, matrix, list of laws), a law, or a truth value.
 */
import type { Comparison, Node } from "./node.ts"
import type { Law } from "./law.ts"
import type { TypedFunction } from "../core/statement.ts"

export type Value =
  | { readonly kind: "scalar"; readonly node: Node }
  | { readonly kind: "array"; readonly items: ReadonlyArray<Value> }
  /** `vector`: its values are vectors, of one entry where the dimension is 1. */
  | { readonly kind: "law"; readonly law: Law; readonly vector: boolean }
  | { readonly kind: "truth"; readonly rel: Comparison; readonly a: Node; readonly b: Node }

/**
 * A formula that denotes nothing at this instance: a hypothesis of a law or functional fails (sd <= 0, mean of a Cauchy law, shapes differ).
 * Thrown inside the pure elaborator, caught where a relation is evaluated, and reported as `undefined` with the reason.
 */
export class Undefined extends Error {
  override readonly name = "Undefined"
}

/** A formula that no rule covers: neither true nor false nor undefined, our language is just too small for it. */
export class Unsupported extends Error {
  override readonly name = "Unsupported"
}

/** A formula that would be written out beyond all measure. */
export class TooLarge extends Unsupported {}

export const scalar = (node: Node): Value => ({ kind: "scalar", node })
export const array = (items: ReadonlyArray<Value>): Value => {
  const value: Value = { kind: "array", items }
  const count = items.reduce((n, item) => n + (item.kind === "array" ? entries.get(item)! : 1), 0)
  if (count > MAX_ENTRIES) throw new TooLarge(`an array of at most ${MAX_ENTRIES} entries is expected, not of ${count}`)
  entries.set(value, count)
  return value
}
/** Numbers or laws in an array, inner arrays included. */
const entries = new WeakMap<Value, number>()
const MAX_ENTRIES = 4096
export const vector = (nodes: ReadonlyArray<Node>): Value => array(nodes.map(scalar))
export const matrix = (rows: ReadonlyArray<ReadonlyArray<Node>>): Value => array(rows.map(vector))
export const lawValue = (law: Law, vector: boolean): Value => ({ kind: "law", law, vector })
export const isVectorLaw = (v: Value): boolean => (v.kind === "array" ? v.items.some(isVectorLaw) : v.kind === "law" && v.vector)

const describe = (v: Value): string =>
  v.kind === "array" ? `an array of ${v.items.length}` : v.kind === "scalar" ? "a number" : v.kind === "law" ? "a law" : "a condition"

/** The node of a scalar value; throws Undefined naming `what` otherwise. */
export const asNode = (v: Value, what: string): Node => {
  if (v.kind === "scalar") return v.node
  throw new Undefined(`${what} must be a number, not ${describe(v)}`)
}
export const asLaw = (v: Value, what: string): Law => {
  if (v.kind === "law") return v.law
  throw new Undefined(`${what} must be a distribution, not ${describe(v)}`)
}
/** A vector as nodes; a scalar counts as a vector of length 1. */
export const asVector = (v: Value, what: string): ReadonlyArray<Node> => {
  if (v.kind === "scalar") return [v.node]
  if (v.kind !== "array") throw new Undefined(`${what} must be a vector, not ${describe(v)}`)
  return v.items.map((item) => asNode(item, what))
}
export const asMatrix = (v: Value, what: string): ReadonlyArray<ReadonlyArray<Node>> => {
  if (v.kind === "scalar") return [[v.node]]
  if (v.kind !== "array") throw new Undefined(`${what} must be a matrix, not ${describe(v)}`)
  const rows = v.items.map((row) => asVector(row, what))
  if (rows.some((row) => row.length !== rows[0]!.length)) throw new Undefined(`shape mismatch: ${what} has rows of different lengths`)
  return rows
}
export const isMatrix = (v: Value): boolean => v.kind === "array" && v.items.length > 0 && v.items.every((row) => row.kind === "array")

/** A function callable from formulas. `apply` is pure and gets elaborated values; it may throw Undefined. */
export const typedFunction = (arity: number, apply: (args: ReadonlyArray<Value>) => Value): TypedFunction => ({
  arity,
  apply: apply as (args: ReadonlyArray<never>) => unknown,
})
