/**
 * Exact derivatives of nodes with respect to one variable.
 *
 * The constructors here simplify (0 + a, 1 * a, 0 * a): a derivative needs its function to be defined anyway, and the elaborator keeps the function
 * itself as an obligation. Integrals are differentiated under the sign plus the boundary terms of Leibniz; a root by the implicit function theorem.
 */
import * as Q from "../core/rational.ts"
import { fresh } from "./integrals.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { substitute } from "./substitute.ts"
import { Unsupported } from "./value.ts"

const isConst = (a: Node, k: number): boolean => a.op === "const" && Q.equals(a.value, Q.rational(k))

export const plus = (a: Node, b: Node): Node => (isConst(a, 0) ? b : isConst(b, 0) ? a : N.add(a, b))
export const minus = (a: Node, b: Node): Node => (isConst(b, 0) ? a : isConst(a, 0) ? negate(b) : N.sub(a, b))
export const times = (a: Node, b: Node): Node =>
  isConst(a, 0) || isConst(b, 0)
    ? N.integer(0)
    : isConst(a, 1)
      ? b
      : isConst(b, 1)
        ? a
        : isConst(a, -1)
          ? negate(b)
          : isConst(b, -1)
            ? negate(a)
            : N.mul(a, b)
export const over = (a: Node, b: Node): Node => (isConst(a, 0) ? a : isConst(b, 1) ? a : N.div(a, b))
export const negate = (a: Node): Node => (a.op === "neg" ? a.a : N.neg(a))
export const sum = (terms: ReadonlyArray<Node>): Node => terms.reduce(plus, N.integer(0))

/** One or more terms combined in a tree of logarithmic depth: evaluators recurse, and a long sum must not exhaust their stack. */
export const balanced = (terms: ReadonlyArray<Node>, combine: (a: Node, b: Node) => Node): Node => {
  if (terms.length === 1) return terms[0]!
  const half = terms.length >> 1
  return combine(balanced(terms.slice(0, half), combine), balanced(terms.slice(half), combine))
}

const caches = new WeakMap<Node, Map<string, Node>>()

/**
 * The derivative of `node` in `x`; undefined at kinks and jumps, which under an integral are single points unless they fill a part of the range.
 * Throws Unsupported for typed functions and integrands whose jumps move with x.
 */
export const derivative = (node: Node, x: string): Node => {
  if (node.op === "undefined" || node.op === "infinite") return N.undefinedNode(node.reason)
  if (!node.free.includes(x)) return N.integer(0)
  let cache = caches.get(node)
  if (cache === undefined) caches.set(node, (cache = new Map()))
  const known = cache.get(x)
  if (known !== undefined) return known
  const value = differentiate(node, x)
  cache.set(x, value)
  return value
}

/** One derivative where a < b, another where b < a, and none where they meet (unless both agree). */
const sides = (a: Node, b: Node, below: Node, above: Node): Node =>
  below === above ? below : N.conditional("<", a, b, below, N.conditional("==", a, b, N.undefinedNode("a derivative at a kink"), above))

const differentiate = (node: Node, x: string): Node => {
  const d = (a: Node): Node => derivative(a, x)
  const zero = N.integer(0)
  const jump = N.undefinedNode("a derivative at a jump")
  switch (node.op) {
    case "const":
    case "pi":
    case "undefined":
    case "infinite":
      return zero
    case "var":
      return N.integer(node.name === x ? 1 : 0)
    case "add":
      return plus(d(node.a), d(node.b))
    case "sub":
      return minus(d(node.a), d(node.b))
    case "neg":
      return negate(d(node.a))
    case "mul":
      return plus(times(d(node.a), node.b), times(node.a, d(node.b)))
    case "div":
      return over(minus(d(node.a), times(node, d(node.b))), node.b)
    case "powi":
      return times(times(N.integer(node.n), N.powi(node.a, node.n - 1)), d(node.a))
    case "pow":
      return node.b.free.includes(x)
        ? times(node, plus(times(d(node.b), N.call("log", node.a)), over(times(node.b, d(node.a)), node.a)))
        : times(times(node.b, N.pow(node.a, minus(node.b, N.integer(1)))), d(node.a))
    case "call":
      return times(outer(node.f, node.a, node), d(node.a))
    // The weight of a term, exp(a - lse(all)), as sigmoid(a - lse(others)): an enclosure of it stays inside [0, 1] however wide a is.
    case "logsumexp":
      return sum(node.args.map((a, i) => times(N.call("sigmoid", N.sub(a, N.logsumexp(node.args.filter((_, j) => j !== i)))), d(a))))
    case "abs":
      return sides(node.a, zero, negate(d(node.a)), d(node.a))
    case "min":
      return sides(node.a, node.b, d(node.a), d(node.b))
    case "max":
      return sides(node.a, node.b, d(node.b), d(node.a))
    case "sign":
      return N.conditional("==", node.a, zero, jump, zero)
    case "floor":
      return N.conditional("==", node.a, node, jump, zero)
    case "if": {
      const [yes, no] = [d(node.then), d(node.else)]
      if (node.smooth || (!node.a.free.includes(x) && !node.b.free.includes(x))) return N.conditional(node.rel, node.a, node.b, yes, no, node.smooth)
      if (node.rel === "==" || node.rel === "!=") return N.conditional("==", node.a, node.b, jump, node.rel === "==" ? no : yes)
      return N.conditional("<", node.a, node.b, yes, N.conditional("==", node.a, node.b, jump, no))
    }
    case "integral": {
      if (movingJump(node.body, node.x, x)) throw new Unsupported("the derivative of an integral whose integrand jumps at a point that moves")
      const edge = (end: Node | undefined): Node =>
        end === undefined || !end.free.includes(x) ? zero : times(substitute(node.body, new Map([[node.x, end]])), d(end))
      const inner = derivative(node.body, x)
      const body = isConst(inner, 0) ? inner : N.integral(node.x, node.lo, node.hi, inner)
      return plus(body, minus(edge(node.hi), edge(node.lo)))
    }
    case "series":
      return N.series(node.k, node.from, d(node.body))
    case "expect":
      if (node.law.variables.some((z) => movingJump(node.body, z, x)))
        throw new Unsupported("the derivative of an expectation whose function jumps at a point that moves")
      return N.expect(node.law, derivative(node.body, x))
    case "root": {
      const at = new Map([[node.x, node as Node]])
      return negate(over(substitute(d(node.body), at), substitute(derivative(node.body, node.x), at)))
    }
    case "sup":
      throw new Unsupported("the derivative of a supremum or infimum is not available: it exists only where a unique optimum is proved")
    case "external":
      throw new Unsupported(`the derivative of ${node.label} is not known`)
  }
}

/** Whether the body may jump at a place in z that depends on x: then differentiating under the integral loses a term. */
const movingJump = (body: Node, z: string, x: string): boolean => {
  const seen = new Set<Node>()
  const both = (...nodes: ReadonlyArray<Node>): boolean => nodes.some((n) => n.free.includes(z)) && nodes.some((n) => n.free.includes(x))
  const walk = (n: Node): boolean => {
    if (seen.has(n) || !(n.free.includes(z) && n.free.includes(x))) return false
    seen.add(n)
    if (n.op === "if" ? !n.smooth && both(n.a, n.b) : (n.op === "sign" || n.op === "floor") && both(n.a)) return true
    return N.children(n).some(walk)
  }
  return walk(body)
}

/** f'(a), with `value` = f(a) where the derivative reuses it. */
const outer = (f: Extract<Node, { op: "call" }>["f"], a: Node, value: Node): Node => {
  const one = N.integer(1)
  const gauss = (scale: Node): Node => times(scale, N.call("exp", negate(N.powi(a, 2))))
  switch (f) {
    case "exp":
      return value
    case "expm1":
      return N.call("exp", a)
    case "log":
      return over(one, a)
    case "log1p":
      return over(one, plus(one, a))
    case "sqrt":
      return over(one, times(N.integer(2), value))
    case "sin":
      return N.call("cos", a)
    case "cos":
      return negate(N.call("sin", a))
    case "tan":
      return plus(one, N.powi(value, 2))
    case "atan":
      return over(one, plus(one, N.powi(a, 2)))
    case "sinh":
      return N.call("cosh", a)
    case "cosh":
      return N.call("sinh", a)
    case "tanh":
      return minus(one, N.powi(value, 2))
    case "sigmoid":
      return times(value, N.call("sigmoid", negate(a)))
    case "softplus":
      return N.call("sigmoid", a)
    case "erf":
      return gauss(over(N.integer(2), N.call("sqrt", N.pi())))
    case "erfc":
      return gauss(over(N.integer(-2), N.call("sqrt", N.pi())))
    case "normcdf":
      return N.call("exp", logPhi(a))
    case "lognormcdf":
      return N.call("exp", minus(logPhi(a), value))
    case "lgamma":
      return N.call("digamma", a)
    // psi'(a) = sum_{k >= 0} (a + k)^-2 (DLMF 5.15.1), and termwise from there.
    case "digamma": {
      const k = fresh("k", a)
      return N.series(k, 0, N.powi(plus(a, N.variable(k)), -2))
    }
  }
}

/** log of the standard normal density: -a^2/2 - log(2 pi)/2. */
const logPhi = (a: Node): Node => minus(over(negate(N.powi(a, 2)), N.integer(2)), over(N.call("log", times(N.integer(2), N.pi())), N.integer(2)))
