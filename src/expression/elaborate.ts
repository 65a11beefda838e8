/**
 * Elaboration: a formula at one instance becomes a value, with every distribution and functional written out in core nodes.
 */
import * as Q from "../core/rational.ts"
import type { TypedFunction } from "../core/statement.ts"
import { ELEMENTARY } from "../interval/arithmetic.ts"
import type { Elementary } from "../interval/arithmetic.ts"
import { BINDERS } from "./binders.ts"
import { deeper, lookup } from "./environment.ts"
import type { Closure, Definition, Env } from "./environment.ts"
import { logOf } from "./log-of.ts"
import { FUNCTIONALS } from "./functionals/functionals.ts"
import { LAWS } from "./laws/laws.ts"
import * as N from "./node.ts"
import type { Comparison, Node } from "./node.ts"
import { LINEAR, binaryValue, indexValue, negateValue } from "./operators.ts"
import { namesIn } from "./syntax.ts"
import type { Law } from "./law.ts"
import type { Expr } from "./syntax.ts"
import { Undefined, array, asNode, asVector, isMatrix, isVectorLaw, lawValue, scalar } from "./value.ts"
import type { Value } from "./value.ts"

// About half a second of writing out; the catalogue's longest formula takes a fiftieth of it.
const WORK = 100_000

export const environment = (
  parameters: ReadonlyMap<string, Value>,
  lets: ReadonlyMap<string, Definition> = new Map(),
  functions: Readonly<Record<string, TypedFunction>> = {},
): Env => ({ lets, functions, globals: parameters, locals: new Map(), obligations: [], memo: new Map(), depth: 0, work: { left: WORK }, elaborate })

const CONSTANTS: Readonly<Record<string, () => Node>> = { pi: N.pi, e: () => N.call("exp", N.integer(1)), inf: () => N.infinite(1, "inf") }
const ELEMENTARY_NAMES: ReadonlySet<string> = new Set(ELEMENTARY)

export const elaborate = (expr: Expr, env: Env): Value => {
  switch (expr.kind) {
    case "number":
      return scalar(N.constant(expr.value))
    case "array":
      return array(expr.items.map((item) => elaborate(item, env)))
    case "negate":
      return negateValue(elaborate(expr.a, env))
    case "binary":
      return binaryValue(expr.op, elaborate(expr.a, env), elaborate(expr.b, env))
    case "index":
      return indexValue(
        elaborate(expr.of, env),
        expr.at.map((at) => elaborate(at, env)),
        expr.at.every((at) => namesIn(at).size === 0),
      )
    case "name": {
      const value = lookup(env, expr.name)
      if (value !== undefined) return value
      const constant = CONSTANTS[expr.name]
      if (constant !== undefined && Object.hasOwn(CONSTANTS, expr.name)) return scalar(constant())
      throw new Undefined(`unknown name ${expr.name}`)
    }
    case "compare": {
      const [a, b] = [asNode(elaborate(expr.a, env), "a compared quantity"), asNode(elaborate(expr.b, env), "a compared quantity")]
      const rel = expr.rel === ">" ? "<" : expr.rel === ">=" ? "<=" : expr.rel
      const swap = expr.rel === ">" || expr.rel === ">="
      return { kind: "truth", rel: rel as Comparison, a: swap ? b : a, b: swap ? a : b }
    }
    case "call":
      return call(expr, env)
  }
}

/** A law of vectors where one of its laws is, or where its mean or its map was written as an array: in one dimension too, as sizes may be parameters. */
const lawOf = (name: string, law: Law, values: ReadonlyArray<Value>): Value =>
  lawValue(
    law,
    law.dimension > 1 ||
      values.some(isVectorLaw) ||
      (name === "MvNormal" && values[0]?.kind === "array") ||
      (name === "Affine" && values[1] !== undefined && isMatrix(values[1])),
  )

const expectArity = (name: string, args: ReadonlyArray<unknown>, arity: number): void => {
  if (args.length !== arity) throw new Undefined(`${name} takes ${arity} argument${arity === 1 ? "" : "s"}, not ${args.length}`)
}

const call = (expr: Extract<Expr, { kind: "call" }>, env: Env): Value => {
  const { name, args } = expr
  const definition = env.lets.get(name)
  if (definition !== undefined) {
    expectArity(name, args, definition.parameters.length)
    const locals = new Map<string, Value | Closure>(definition.parameters.map((parameter, i) => [parameter, { expr: args[i]!, env }]))
    return elaborate(definition.body, deeper({ ...env, locals }))
  }
  const binder = own(BINDERS, name)
  if (binder !== undefined) return binder(args, env)
  const values = args.map((a) => elaborate(a, env))
  const typed = own(env.functions, name)
  if (typed !== undefined) {
    expectArity(name, args, typed.arity)
    return typed.apply(values as unknown as ReadonlyArray<never>) as Value
  }
  const law = own(LAWS, name)
  if (law !== undefined) return lawOf(name, law.build(values), values)
  const functional = own(FUNCTIONALS, name)
  if (functional !== undefined) {
    if (functional.arity !== undefined) expectArity(name, args, functional.arity)
    return functional.apply(values)
  }
  const linear = own(LINEAR, name)
  if (linear !== undefined) {
    expectArity(name, args, linear.arity)
    return linear.apply(values)
  }
  return elementary(name, values)
}

const own = <V>(table: Readonly<Record<string, V>>, name: string): V | undefined => (Object.hasOwn(table, name) ? table[name] : undefined)

const elementary = (name: string, values: ReadonlyArray<Value>): Value => {
  const nodes = (): ReadonlyArray<Node> => values.flatMap((v) => asVector(v, `an argument of ${name}`))
  if (name === "logsumexp") return scalar(N.logsumexp(nodes()))
  if (name === "min") return scalar(nodes().reduce(N.min))
  if (name === "max") return scalar(nodes().reduce(N.max))
  if (!ELEMENTARY_NAMES.has(name) && name !== "abs" && name !== "sign" && name !== "floor" && name !== "gamma")
    throw new Undefined(`unknown function ${name}`)
  expectArity(name, values, 1)
  const a = asNode(values[0]!, `the argument of ${name}`)
  switch (name) {
    case "abs":
      return scalar(N.abs(a))
    case "sign":
      return scalar(N.sign(a))
    case "floor":
      return scalar(N.floor(a))
    case "gamma":
      return scalar(gamma(a))
    case "log":
      return scalar(logOf(a))
    default:
      return scalar(N.call(name as Elementary, a))
  }
}

/** Gamma(a): a factorial for small integers, else the sign of Gamma times exp(log|Gamma(a)|). */
const gamma = (a: Node): Node => {
  if (a.op === "const" && Q.isInteger(a.value)) {
    const n = Number(a.value.n)
    if (n <= 0) return N.undefinedNode(`gamma of ${n}`)
    if (n <= 200) return N.constant(Q.rational(Array.from({ length: n - 1 }, (_, i) => BigInt(i + 1)).reduce((x, y) => x * y, 1n)))
  }
  const magnitude = N.call("exp", N.call("lgamma", a))
  if (a.op === "const" && a.value.n > 0n) return magnitude
  const parity = N.sub(N.floor(a), N.mul(N.integer(2), N.floor(N.div(N.floor(a), N.integer(2)))))
  return N.conditional("<", N.integer(0), a, magnitude, N.mul(magnitude, N.sub(N.integer(1), N.mul(N.integer(2), parity))))
}
