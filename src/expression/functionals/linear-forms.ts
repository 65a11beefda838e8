/**
 * The linear forms through which a formula depends on its variables: f(x) = g(U x) with the rows of U in reduced echelon form, in exact rationals.
 */
import * as Q from "../../core/rational.ts"
import type { Rational } from "../../core/rational.ts"
import { plus, sum, times } from "../derivative.ts"
import { mapChildren } from "../map-children.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { asPolynomial, degreeOf } from "./polynomial.ts"

export interface Forms {
  /** Rows of U. */
  readonly basis: ReadonlyArray<ReadonlyArray<Node>>
  /** g, in the first variables. */
  readonly node: Node
}

type Rows = ReadonlyArray<ReadonlyArray<Rational>>

interface Form {
  readonly constant: Node
  readonly row: ReadonlyArray<Rational>
}

/** U and g with f(x) = g(U x); the identity when f depends on its variables otherwise than through rational linear forms. */
export const linearForms = (node: Node, names: ReadonlyArray<string>): Forms => {
  const found = new Map<Node, Form>()
  const touches = (n: Node): boolean => names.some((x) => n.free.includes(x))
  const collect = (n: Node): void => {
    if (!touches(n) || found.has(n)) return
    const form = formOf(n, names)
    if (form !== undefined) found.set(n, form)
    else N.children(n).forEach(collect)
  }
  collect(node)
  const { rows, pivots } = echelon([...found.values()].map((f) => f.row))
  const image = (form: Form): Node => plus(form.constant, sum(pivots.map((column, j) => times(N.constant(form.row[column]!), N.variable(names[j]!)))))
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!touches(n)) return n
    let value = memo.get(n)
    if (value === undefined) memo.set(n, (value = found.has(n) ? image(found.get(n)!) : mapChildren(n, go)))
    return value
  }
  return { basis: rows.map((row) => row.map(N.constant)), node: go(node) }
}

const formOf = (n: Node, names: ReadonlyArray<string>): Form | undefined => {
  const p = asPolynomial(n, names)
  if (p === undefined || degreeOf(p) > 1) return undefined
  const key = (i: number): string => names.map((_, j) => (i === j ? 1 : 0)).join(",")
  const row = names.map((_, i) => p.get(key(i)) ?? N.integer(0))
  if (!row.every((c) => c.op === "const")) return undefined
  return { constant: p.get(key(-1)) ?? N.integer(0), row: row.map((c) => (c.op === "const" ? c.value : Q.ZERO)) }
}

/** Reduced row echelon form without zero rows. */
const echelon = (input: Rows): { readonly rows: Rows; readonly pivots: ReadonlyArray<number> } => {
  let rows = input.map((row) => [...row])
  const pivots: Array<number> = []
  for (let column = 0; column < (input[0]?.length ?? 0); column++) {
    const at = rows.findIndex((row, i) => i >= pivots.length && row[column]!.n !== 0n)
    if (at < 0) continue
    const lead = rows[at]!.map((c) => Q.div(c, rows[at]![column]!))
    rows[at] = rows[pivots.length]!
    rows[pivots.length] = lead
    rows = rows.map((row, i) => (i === pivots.length ? lead : row.map((c, j) => Q.sub(c, Q.mul(row[column]!, lead[j]!)))))
    pivots.push(column)
  }
  return { rows: rows.slice(0, pivots.length), pivots }
}
