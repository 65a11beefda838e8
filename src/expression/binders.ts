/**
 * The forms of the claim language that bind a variable: expectations, integrals, sums, derivatives.
 */
import { compareNodes, isDefined } from "./decide.ts"
import { balanced, derivative, sum } from "./derivative.ts"
import { bind, localNodes, lookup, rebind, spend } from "./environment.ts"
import type { Env } from "./environment.ts"
import { expectation } from "./functionals/expectation.ts"
import { followsIndices, indexing, overInteger } from "./integer-variable.ts"
import { avoiding, fresh, makeIntegral } from "./integrals.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { asInteger } from "./operators.ts"
import { ranging } from "./ranges.ts"
import { substitute } from "./substitute.ts"
import type { Expr } from "./syntax.ts"
import { TooLarge, Undefined, Unsupported, array, asLaw, asNode, asVector, isVectorLaw, scalar, vector } from "./value.ts"
import type { Value } from "./value.ts"

type Binder = (args: ReadonlyArray<Expr>, env: Env) => Value

const variableName = (form: string, expr: Expr | undefined): string => {
  if (expr?.kind === "name") return expr.name
  throw new Undefined(`the first argument of ${form} must be a name`)
}

const count = (form: string, args: ReadonlyArray<Expr>, ...allowed: ReadonlyArray<number>): void => {
  if (!allowed.includes(args.length)) throw new Undefined(`${form} takes ${allowed.join(" or ")} arguments, not ${args.length}`)
}

/** E over z ~ d of f, written out by `expectation`. */
const expectationOf = (form: string, args: ReadonlyArray<Expr>, env: Env, f: (inner: Env) => Node): Value => {
  count(form, args, 3)
  const name = variableName(form, args[0])
  const d = env.elaborate(args[1]!, env)
  const law = asLaw(d, `the second argument of ${form}`)
  return avoiding(localNodes(env), () => scalar(expectation(law, (x) => f(bind(env, name, isVectorLaw(d) ? vector(x) : scalar(x[0]!))))))
}

const condition = (expr: Expr, env: Env): Extract<Value, { kind: "truth" }> => {
  const value = env.elaborate(expr, env)
  if (value.kind !== "truth") throw new Undefined("a condition such as z > 1 is needed")
  return value
}

const bound = (value: Value, what: string): Node | undefined => {
  const node = asNode(value, what)
  if (node.op === "infinite" || (node.op === "neg" && node.a.op === "infinite")) return undefined
  return node
}
const isMinusInfinity = (node: Node): boolean => node.op === "neg" && node.a.op === "infinite"

const integralOf: Binder = (args, env) => {
  count("integral", args, 4)
  const name = variableName("integral", args[0])
  const [lo, hi] = [env.elaborate(args[1]!, env), env.elaborate(args[2]!, env)]
  const [a, b] = [bound(lo, "the lower limit"), bound(hi, "the upper limit")]
  if ((a === undefined && !isMinusInfinity(asNode(lo, ""))) || (b === undefined && isMinusInfinity(asNode(hi, ""))))
    throw new Undefined("the limits of an integral are upside down")
  return avoiding(localNodes(env), () => {
    const x = fresh(name, a, b)
    const variable = N.variable(x)
    const body = avoiding([variable], () => ranging([x], a, b, () => env.elaborate(args[3]!, bind(env, name, scalar(variable)))))
    return scalar(makeIntegral(x, a, b, asNode(body, "an integrand")))
  })
}

const extremum =
  (form: "sup" | "inf"): Binder =>
  (args, env) => {
    count(form, args, 4)
    const name = variableName(form, args[0])
    const [lo, hi] = [env.elaborate(args[1]!, env), env.elaborate(args[2]!, env)]
    const [a, b] = [bound(lo, "the lower end"), bound(hi, "the upper end")]
    const order = a !== undefined && b !== undefined ? compareNodes(a, b) : -1
    if (order === 1 || (a === undefined && !isMinusInfinity(asNode(lo, ""))) || (b === undefined && isMinusInfinity(asNode(hi, ""))))
      throw new Undefined(`the interval of ${form} is upside down`)
    return avoiding(localNodes(env), () => {
      const x = fresh(name, a, b)
      const variable = N.variable(x)
      const value = avoiding([variable], () => ranging([x], a, b, () => env.elaborate(args[3]!, bind(env, name, scalar(variable)))))
      const body = asNode(value, `the function under ${form}`)
      if (order === 0) return scalar(substitute(body, new Map([[x, a!]])))
      return scalar(form === "sup" ? N.supremum(x, a, b, body) : N.neg(N.supremum(x, a, b, N.neg(body))))
    })
  }

const MAX_TERMS = 20_000

const folded =
  (form: string, combine: (a: Node, b: Node) => Node, neutral: number): Binder =>
  (args, env) => {
    count(form, args, 4)
    const name = variableName(form, args[0])
    const [first, last] = [env.elaborate(args[1]!, env), env.elaborate(args[2]!, env)]
    const term = (k: Node): Node => asNode(env.elaborate(args[3]!, bind(env, name, scalar(k))), `a term of ${form}`)
    const [lo, hi] = [bound(first, `the first index of ${form}`), bound(last, `the last index of ${form}`)]
    const [open, endless] = [lo === undefined, hi === undefined]
    const moves = [lo, hi].some((end) => end !== undefined && end.free.length > 0)
    if (open || endless || moves) {
      if (form !== "total")
        throw new Undefined(moves ? "the indices of product must be integers, known where it stands" : "an infinite product is not supported")
      if ((open && !isMinusInfinity(asNode(first, ""))) || (endless && isMinusInfinity(asNode(last, ""))))
        throw new Undefined("the indices of total are upside down")
      const onwards = (from: number, index: (k: Node) => Node, within = (_: Node, f: () => Node): Node => f()): Node =>
        avoiding(localNodes(env), () => {
          const k = fresh(name)
          const variable = N.variable(k)
          const at = index(variable)
          const body = avoiding([variable], () => ranging([k], N.integer(from), undefined, () => indexing(k, () => within(at, () => term(at)))))
          return N.series(k, from, overInteger(body, k))
        })
      const same = (k: Node): Node => k
      if (moves) {
        for (const [end, what] of [
          [lo, "first"],
          [hi, "last"],
        ] as const)
          if (end !== undefined && !followsIndices(end))
            throw new Undefined(`the ${what} index of total must be an integer, and it depends on a variable that is no index of a sum around it`)
        if (lo === undefined) throw new Unsupported("a sum from -inf to an index of another sum is not supported")
        // All terms from the first on, 0 after the last.
        const upTo = (at: Node, f: () => Node): Node => (hi === undefined ? f() : N.conditional("<=", at, hi, f(), N.integer(0)))
        return scalar(
          lo.free.length === 0 ? onwards(asInteger(first, "the first index of total"), same, upTo) : onwards(0, (k) => N.add(lo, k), upTo),
        )
      }
      if (!open) return scalar(onwards(asInteger(first, "the first index of total"), same))
      if (!endless) return scalar(onwards(-asInteger(last, "the last index of total"), N.neg))
      return scalar(N.add(onwards(0, same), onwards(1, N.neg)))
    }
    const from = asInteger(first, `the first index of ${form}`)
    const to = asInteger(last, `the last index of ${form}`)
    if (to - from >= MAX_TERMS) throw new TooLarge(`${form} of at most ${MAX_TERMS} terms is expected, not of ${to - from + 1}`)
    spend(env, Math.max(0, to - from + 1))
    const terms = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => term(N.integer(from + i)))
    return scalar(terms.length === 0 ? N.integer(neutral) : balanced(terms, combine))
  }

/** The name under differentiation, its present nodes, and the formula elaborated with fresh variables in their place. */
const differentiable = (
  form: string,
  f: Expr,
  target: Expr,
  env: Env,
): { at: ReadonlyArray<Node>; names: ReadonlyArray<string>; value: Value; back: (n: Node) => Node } => {
  const name = variableName(`the variable of ${form}`, target)
  const present = lookup(env, name)
  if (present === undefined) throw new Undefined(`unknown name ${name}`)
  const at = asVector(present, `the variable of ${form}`)
  return avoiding([...localNodes(env), ...at], () => {
    const level = fresh(name)
    const names = at.length === 1 && present.kind === "scalar" ? [level] : at.map((_, i) => level.replace("~", `.${i + 1}~`))
    const variables = names.map(N.variable)
    // Names bound inside f must differ from the variables of differentiation, too.
    const value = avoiding(variables, () =>
      env.elaborate(f, rebind(env, name, present.kind === "scalar" ? scalar(variables[0]!) : vector(variables))),
    )
    const by = new Map(names.map((n, i) => [n, at[i]!]))
    // The function itself has to be defined. Closed nodes, and those whose only variables are open parameters (level 0, free everywhere), are checked
    // on their own; under an integral a function that may be undefined stays beside its derivative.
    const needed = scalarsOf(env.elaborate(f, env))
    env.obligations.push(...needed.filter(isFree))
    const beside = needed.filter((n) => !isFree(n) && !isDefined(n))
    const nothing = beside.length === 0 ? undefined : N.mul(N.integer(0), beside.reduce(N.add))
    const back = (n: Node): Node => (nothing === undefined ? substitute(n, by) : N.add(substitute(n, by), nothing))
    return { at, names, value, back }
  })
}

const isFree = (n: Node): boolean => n.free.every((v) => v.endsWith("~0"))
const scalarsOf = (v: Value): ReadonlyArray<Node> => (v.kind === "scalar" ? [v.node] : v.kind === "array" ? v.items.flatMap(scalarsOf) : [])

const derivativeOf: Binder = (args, env) => {
  count("D", args, 2, 3)
  const order = args.length === 3 ? asInteger(env.elaborate(args[2]!, env), "the order of a derivative") : 1
  if (order < 0 || order > 12) throw new Undefined("the order of a derivative must be 0..12")
  const { names, value, back } = differentiable("D", args[0]!, args[1]!, env)
  if (names.length !== 1) throw new Undefined("shape mismatch: D takes a scalar variable; use grad for a vector")
  let node = asNode(value, "the function under D")
  for (let i = 0; i < order; i++) node = derivative(node, names[0]!)
  return scalar(back(node))
}

const gradientOf: Binder = (args, env) => {
  count("grad", args, 2)
  const { names, value, back } = differentiable("grad", args[0]!, args[1]!, env)
  const node = asNode(value, "the function under grad")
  return vector(names.map((x) => back(derivative(node, x))))
}

const laplacianOf: Binder = (args, env) => {
  count("laplacian", args, 2)
  const { names, value, back } = differentiable("laplacian", args[0]!, args[1]!, env)
  const node = asNode(value, "the function under laplacian")
  return scalar(back(sum(names.map((x) => derivative(derivative(node, x), x)))))
}

const divergenceOf: Binder = (args, env) => {
  count("divergence", args, 2)
  const { names, value, back } = differentiable("divergence", args[0]!, args[1]!, env)
  const field = asVector(value, "the field under divergence")
  if (field.length !== names.length) throw new Undefined(`shape mismatch: a field of ${field.length} components in ${names.length} variables`)
  return scalar(back(sum(field.map((f, i) => derivative(f, names[i]!)))))
}

const conditionalOf: Binder = (args, env) => {
  count("if", args, 3)
  const { rel, a, b } = condition(args[0]!, env)
  if (a.op === "const" && b.op === "const") return env.elaborate(args[N.holds(rel, a.value, b.value) ? 1 : 2]!, env)
  const branch = (i: number): Node => {
    try {
      return asNode(env.elaborate(args[i]!, env), "a branch of if")
    } catch (error) {
      if (error instanceof Undefined) return N.undefinedNode(error.message)
      throw error
    }
  }
  return scalar(N.conditional(rel, a, b, branch(1), branch(2)))
}

/** Thrown by the integrand of E when it turns out to be an array; carries its shape. */
class ArrayValued extends Error {
  readonly shape: Value
  constructor(shape: Value) {
    super("array-valued")
    this.shape = shape
  }
}

/** E of a number, or of a vector or matrix coordinate by coordinate. */
const expectationOfAny = (args: ReadonlyArray<Expr>, env: Env): Value => {
  const coordinate = (path: ReadonlyArray<number>): Value =>
    expectationOf("E", args, env, (inner) => {
      const value = path.reduce<Value>((v, i) => (v.kind === "array" ? v.items[i]! : v), inner.elaborate(args[2]!, inner))
      if (value.kind === "array") throw new ArrayValued(value)
      return asNode(value, "the function under E")
    })
  const walk = (path: ReadonlyArray<number>): Value => {
    try {
      return coordinate(path)
    } catch (error) {
      if (!(error instanceof ArrayValued) || error.shape.kind !== "array") throw error
      return array(error.shape.items.map((_, i) => walk([...path, i])))
    }
  }
  return walk([])
}

export const BINDERS: Readonly<Record<string, Binder>> = {
  E: expectationOfAny,
  P: (args, env) =>
    expectationOf("P", args, env, (inner) => {
      const { rel, a, b } = condition(args[2]!, inner)
      return N.conditional(rel, a, b, N.integer(1), N.integer(0))
    }),
  integral: integralOf,
  sup: extremum("sup"),
  inf: extremum("inf"),
  total: folded("total", N.add, 0),
  product: folded("product", N.mul, 1),
  D: derivativeOf,
  grad: gradientOf,
  laplacian: laplacianOf,
  divergence: divergenceOf,
  if: conditionalOf,
}
