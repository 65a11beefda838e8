/**
 * Scopes: evaluation of hash-consed nodes in which every shared subexpression is computed once per assignment of the variables it depends on.
 *
 * A scope binds one variable (the root scope binds the environment). A node is evaluated in the innermost scope whose variable occurs in it;
 * everything else is fetched from the scope outside and kept until that one changes. So a body under an integral costs only what depends on x.
 */
import type { Arithmetic } from "../interval/arithmetic.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import { charge } from "./meter.ts"
import type { Node } from "./node.ts"
import { CELL, priceOf } from "./price.ts"

export interface Cell<T> {
  stamp: number
  value: T | undefined
  /** Computes the value from the operands' cells; prepared when the node is first needed, so a branch never taken costs nothing. */
  run: (() => T) | undefined
  /** Whatever a binder keeps between its evaluations (its inner scopes). */
  inner: unknown
  readonly node: Node
  /** Whether the value comes from the scope outside. */
  readonly outer: boolean
  /** Operations that one value costs. */
  readonly price: number
}

/** How a node is computed: operands are looked up once (`scope.cell`) and read at every evaluation (`scope.read`). */
export type Prepare = <T>(node: Node, scope: Scope<T>, cell: Cell<T>) => () => T

export interface Scope<T> {
  readonly arithmetic: Arithmetic<T>
  readonly cell: (node: Node) => Cell<T>
  readonly read: (cell: Cell<T>) => T
  readonly evaluate: (node: Node) => T
  /**
   * On complex rectangles: the same variables restricted to the real segment that is being continued from. What is decided there (the branch of an
   * `if`, the sign inside an `abs`) holds for the continuation.
   */
  readonly trace?: Scope<Interval>
}

/** The real values behind a scope. */
export const traceOf = <T>(scope: Scope<T>, node: Node): Interval => {
  if (scope.trace !== undefined) return scope.trace.evaluate(node)
  const A = scope.arithmetic
  const value = scope.evaluate(node)
  const [lo, hi] = A.bounds(value)
  return intervalArithmetic.restrict(intervalArithmetic.range(lo, hi), A.status(value))
}

export interface Root<T> extends Scope<T> {
  /** Forgets all values: the environment has changed. */
  readonly refresh: () => void
}

const cellsBy = <T>(A: Arithmetic<T>, outer: (node: Node) => boolean): ((node: Node) => Cell<T>) => {
  const cells = new Map<number, Cell<T>>()
  return (node) => {
    let cell = cells.get(node.id)
    if (cell === undefined) {
      charge(CELL)
      cell = { stamp: 0, value: undefined, run: undefined, inner: undefined, node, outer: outer(node), price: priceOf(A, node) }
      cells.set(node.id, cell)
    }
    return cell
  }
}

/** The scope of an environment. Variables missing from it throw a RangeError. */
export const rootScope = <T>(arithmetic: Arithmetic<T>, prepare: Prepare, environment: ReadonlyMap<string, T>, trace?: Scope<Interval>): Root<T> => {
  // Closed nodes keep their values.
  const cell = cellsBy<T>(arithmetic, (node) => node.free.length === 0)
  let clock = 1
  const start = (c: Cell<T>): (() => T) => {
    const { node } = c
    return node.op === "var" ? () => look(node.name, environment) : prepare(node, scope, c)
  }
  const read = (c: Cell<T>): T => {
    if (c.stamp === clock || (c.outer && c.stamp > 0)) return c.value!
    c.run ??= start(c)
    charge(c.price)
    c.value = c.run()
    c.stamp = clock
    return c.value
  }
  const scope: Root<T> = {
    arithmetic,
    ...(trace === undefined ? {} : { trace }),
    refresh: () => {
      clock++
    },
    cell,
    read,
    evaluate: (node) => read(cell(node)),
  }
  return scope
}

const look = <T>(name: string, environment: ReadonlyMap<string, T>): T => {
  const value = environment.get(name)
  if (value === undefined) throw new RangeError(`no value for ${name}`)
  return value
}

export interface Inner<T> extends Scope<T> {
  /** Gives the bound variable a value; forgets what depends on it. */
  readonly assign: (value: T) => void
  /** Forgets what came from outside too. */
  readonly refresh: () => void
}

/** A scope for the variable `name`; `outside` evaluates nodes in which it does not occur. */
export const innerScope = <T>(
  arithmetic: Arithmetic<T>,
  prepare: Prepare,
  name: string,
  outside: (node: Node) => T,
  trace?: Inner<Interval>,
): Inner<T> => {
  const cell = cellsBy<T>(arithmetic, (node) => !node.free.includes(name))
  let current: T | undefined
  // Stamps rise on every assignment; `since` is the first stamp of the present outside.
  let clock = 1
  let since = 1
  const start = (c: Cell<T>): (() => T) => {
    const { node } = c
    if (c.outer) return () => outside(node)
    return node.op === "var" ? () => current! : prepare(node, scope, c)
  }
  const read = (c: Cell<T>): T => {
    if (c.outer ? c.stamp >= since : c.stamp === clock) return c.value!
    c.run ??= start(c)
    charge(c.price)
    c.value = c.run()
    c.stamp = clock
    return c.value
  }
  const scope: Inner<T> = {
    arithmetic,
    ...(trace === undefined ? {} : { trace }),
    assign: (value) => {
      current = value
      clock++
    },
    refresh: () => {
      since = ++clock
    },
    cell,
    read,
    evaluate: (node) => read(cell(node)),
  }
  return scope
}
