/**
 * A family's own formulas as nodes with the time and the place left open: what a typed function needs to run a scheme on exactly the process that the
 * formulas around it speak of.
 */
import type { Family } from "../../src/core/statement.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import type { Definition } from "../../src/expression/environment.ts"
import * as N from "../../src/expression/node.ts"
import type { Compute, Node } from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { asNode, scalar } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import type { Arithmetic } from "../../src/interval/arithmetic.ts"

/** The variables that stand for `time` and `place`; level 0 lies below every bound variable. */
export const TIME = "time~0"
export const PLACE = "place~0"

/** Formulas at the values of the named parameters, in `time`, `place` and the definitions. */
export type Writer = (formula: string, values: ReadonlyArray<Value>) => Node

export const writer = (lets: Family["let"], names: ReadonlyArray<string>): Writer => {
  const known = new Map(Object.entries(lets).map(([key, body]) => definition(key, body)))
  return (formula, values) => {
    const open: ReadonlyArray<readonly [string, Value]> = [
      ["time", scalar(N.variable(TIME))],
      ["place", scalar(N.variable(PLACE))],
    ]
    const given = names.map((name, i): readonly [string, Value] => [name, values[i]!])
    return asNode(elaborate(parseFormula(formula), environment(new Map([...given, ...open]), known)), formula)
  }
}

const definition = (key: string, body: string): readonly [string, Definition] => {
  const head = parseFormula(key)
  if (head.kind !== "call" && head.kind !== "name") throw new TypeError(`"${key}" is no name with optional arguments`)
  const parameters = head.kind === "name" ? [] : head.args.flatMap((a) => (a.kind === "name" ? [a.name] : []))
  return [head.name, { parameters, body: parseFormula(body) }]
}

/** A node that computes; with closed arguments once per arithmetic, however often it is asked. */
export const external = (label: string, args: ReadonlyArray<Node>, compute: Compute): Node =>
  N.external(label, args, args.every((a) => a.free.length === 0) ? once(compute) : compute)

const once = (compute: Compute): Compute => {
  const known = new WeakMap<object, unknown>()
  return <T>(A: Arithmetic<T>, args: ReadonlyArray<T>): T => {
    if (!known.has(A)) known.set(A, compute(A, args))
    return known.get(A) as T
  }
}

/** The numbers that a parameter consists of. */
export const entries = (v: Value): ReadonlyArray<Node> => (v.kind === "array" ? v.items.flatMap(entries) : [asNode(v, "a parameter")])
