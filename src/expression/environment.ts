/**
 * Names and what they stand for while a formula is elaborated.
 *
 * A `let` is a definition, substituted where it is used: names are looked up by need (call by name), so that D(p, t) is the total derivative through every
 * `let` that contains t. Arguments and bound variables hide parameters of the same name inside their own formula only.
 */
import type { TypedFunction } from "../core/statement.ts"
import { charge } from "./meter.ts"
import type { Node } from "./node.ts"
import type { Expr } from "./syntax.ts"
import { TooLarge } from "./value.ts"
import type { Value } from "./value.ts"

export interface Definition {
  readonly parameters: ReadonlyArray<string>
  readonly body: Expr
}

/** A formula waiting for its environment: what a name stands for until it is needed. */
export interface Closure {
  readonly expr: Expr
  readonly env: Env
}

export interface Env {
  readonly lets: ReadonlyMap<string, Definition>
  readonly functions: Readonly<Record<string, TypedFunction>>
  /** Parameters of the instance; under a derivative the variable of differentiation replaces its value. */
  readonly globals: ReadonlyMap<string, Value>
  readonly locals: ReadonlyMap<string, Value | Closure>
  /** Closed nodes that have to be defined for the formula to mean anything, although simplification may have dropped them. */
  readonly obligations: Array<Node>
  /** Values of argument-less lets, per set of globals. */
  readonly memo: Map<string, Value>
  /** Definitions being expanded, to stop cycles. */
  readonly depth: number
  /** Expansions of definitions and terms of sums that may still be written out: nested sums and chains of calls multiply. */
  readonly work: { left: number }
  /** The elaborator itself: the forms that bind variables call it on their arguments. */
  readonly elaborate: (expr: Expr, env: Env) => Value
}

/** The environment with one more local name. */
export const bind = (env: Env, name: string, value: Value): Env => ({ ...env, locals: new Map(env.locals).set(name, value) })

/** The environment in which `name` (a local or a parameter) has another value; lets are expanded again. */
export const rebind = (env: Env, name: string, value: Value): Env =>
  env.locals.has(name) ? bind(env, name, value) : { ...env, globals: new Map(env.globals).set(name, value), memo: new Map() }

const isClosure = (v: Value | Closure): v is Closure => "expr" in v

/** The value of a name in scope, or undefined. */
export const lookup = (env: Env, name: string): Value | undefined => {
  const local = env.locals.get(name)
  if (local !== undefined)
    return isClosure(local) ? env.elaborate(local.expr, { ...local.env, globals: env.globals, memo: env.memo, depth: env.depth }) : local
  const global = env.globals.get(name)
  if (global !== undefined) return global
  const definition = env.lets.get(name)
  if (definition !== undefined && definition.parameters.length === 0) {
    const known = env.memo.get(name)
    if (known !== undefined) return known
    const value = env.elaborate(definition.body, deeper({ ...env, locals: new Map() }))
    env.memo.set(name, value)
    return value
  }
  return undefined
}

/** Nodes of every local variable in scope, for choosing names that capture nothing. */
export const localNodes = (env: Env): ReadonlyArray<Node> => {
  const nodes: Array<Node> = []
  const walk = (v: Value): void => {
    if (v.kind === "scalar") nodes.push(v.node)
    else if (v.kind === "array") v.items.forEach(walk)
  }
  for (const v of env.locals.values()) if (!isClosure(v)) walk(v)
  return nodes
}

export const deeper = (env: Env): Env => {
  if (env.depth > 200) throw new TooLarge("definitions nested at most 200 deep are expected")
  spend(env, 1)
  return { ...env, depth: env.depth + 1 }
}

/** Counts `steps` more expansions or terms; throws TooLarge when a formula would be written out beyond all measure. */
export const spend = (env: Env, steps: number): void => {
  env.work.left -= steps
  charge(steps)
  if (env.work.left < 0) throw new TooLarge("the formula is too long when it is written out: sums and definitions are nested too widely")
}
