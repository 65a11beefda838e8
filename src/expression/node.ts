/**
 * The core language: what every formula becomes once distributions and functionals have been written out for one instance.
 * A node is a real number (or a real function of the variables that are free in it). Nodes are hash-consed: equal structure, same object,
 * so that `===` is structural equality and evaluators share common subexpressions by identity.
 *
 * Constructors fold rational constants exactly, and 1 - b where the complement has a form of its own: `x - x` and `0 * x` stay, because x may be
 * undefined. A rational of more than 4096 bits is not folded: balls enclose it without writing all its digits.
 * (`derivative.ts` has its own constructors, which do simplify.)
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Arithmetic, Elementary } from "../interval/arithmetic.ts"
import { charge } from "./meter.ts"

export type Comparison = "<" | "<=" | "==" | "!="

/** A typed function that claims cannot write: evaluated in whatever arithmetic the ladder has reached. Must be inclusion-isotone in its arguments. */
export type Compute = <T>(arithmetic: Arithmetic<T>, args: ReadonlyArray<T>) => T

/** A law to sample from, for expectations that no deterministic rung can reach: i.i.d. coordinates of the named standard law. */
export interface SampleLaw {
  readonly kind: "normal" | "uniform"
  readonly variables: ReadonlyArray<string>
}

interface Base {
  readonly id: number
  /** Names of the variables free in this node, sorted. */
  readonly free: ReadonlyArray<string>
}

export type Node = Base &
  (
    | { readonly op: "const"; readonly value: Rational }
    | { readonly op: "pi" }
    | { readonly op: "var"; readonly name: string }
    | { readonly op: "add" | "sub" | "mul" | "div" | "min" | "max" | "pow"; readonly a: Node; readonly b: Node }
    | { readonly op: "powi"; readonly a: Node; readonly n: number }
    | { readonly op: "neg" | "abs" | "sign" | "floor"; readonly a: Node }
    | { readonly op: "call"; readonly f: Elementary; readonly a: Node }
    | { readonly op: "logsumexp"; readonly args: ReadonlyArray<Node> }
    /** `rel(a, b) ? then : else`; only the taken branch has to be defined. */
    /** `smooth`: both branches are one analytic function, written for accuracy on either side; it has no jump where they meet. */
    | {
        readonly op: "if"
        readonly rel: Comparison
        readonly a: Node
        readonly b: Node
        readonly then: Node
        readonly else: Node
        readonly smooth: boolean
      }
    /** Integral of body over x from lo to hi; `undefined` stands for an infinite end (-inf below, +inf above). */
    | { readonly op: "integral"; readonly x: string; readonly lo: Node | undefined; readonly hi: Node | undefined; readonly body: Node }
    /** Sum of body over the integers k >= from. (Finite sums are written out.) */
    | { readonly op: "series"; readonly k: string; readonly from: number; readonly body: Node }
    /** The zero in x of body, which increases on ]lo, hi[ from negative to positive. */
    | { readonly op: "root"; readonly x: string; readonly lo: Node | undefined; readonly hi: Node | undefined; readonly body: Node }
    /** Supremum of body over x in [lo, hi] (`undefined`: an infinite end); single points where the body jumps or is undefined at an end do not matter. */
    | { readonly op: "sup"; readonly x: string; readonly lo: Node | undefined; readonly hi: Node | undefined; readonly body: Node }
    /** Expectation of body under i.i.d. standard coordinates; only sampling reaches it. */
    | { readonly op: "expect"; readonly law: SampleLaw; readonly body: Node }
    /** Typed function of its arguments; `label` identifies `compute` and prints. */
    | { readonly op: "external"; readonly label: string; readonly args: ReadonlyArray<Node>; readonly compute: Compute }
    /** No real number: log of a negative, a mean that does not exist. Any value that contains it is undefined. */
    | { readonly op: "undefined"; readonly reason: string }
    /** +infinity (a divergence between singular laws) or -infinity: an answer, not a number. */
    | { readonly op: "infinite"; readonly sign: 1 | -1; readonly reason: string }
  )

type Shape<N = Node> = N extends Node ? Omit<N, "id" | "free"> : never

/** Operations that writing one node down costs. */
const NODE = 40

const table = new Map<string, Node>()
let next = 0

const EMPTY: ReadonlyArray<string> = []
const union = (...sets: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const nonEmpty = sets.filter((s) => s.length > 0)
  if (nonEmpty.length === 0) return EMPTY
  const first = nonEmpty[0]!
  if (nonEmpty.every((s) => s === first)) return first
  return [...new Set(nonEmpty.flat())].sort()
}
const without = (set: ReadonlyArray<string>, ...names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const kept = set.filter((v) => !names.includes(v))
  return kept.length === set.length ? set : kept
}

const intern = (key: string, shape: Shape, free: ReadonlyArray<string>): Node => {
  charge(NODE)
  const known = table.get(key)
  if (known !== undefined) return known
  const node = { ...shape, id: next++, free } as Node
  table.set(key, node)
  return node
}

/** Forgets every node. Call between unrelated claims to bound memory; nodes built before must not be mixed with nodes built after. */
export const resetNodes = (): void => table.clear()

export const constant = (value: Rational): Node => intern(`c${Q.toText(value)}`, { op: "const", value }, EMPTY)
export const integer = (n: number): Node => constant(Q.rational(n))
export const pi = (): Node => intern("pi", { op: "pi" }, EMPTY)
export const variable = (name: string): Node => intern(`v${name}`, { op: "var", name }, [name])
export const undefinedNode = (reason: string): Node => intern(`?${reason}`, { op: "undefined", reason }, EMPTY)
export const infinite = (sign: 1 | -1, reason: string): Node => intern(`oo${sign}${reason}`, { op: "infinite", sign, reason }, EMPTY)

const binary = (op: "add" | "sub" | "mul" | "div" | "min" | "max" | "pow", a: Node, b: Node): Node =>
  intern(`${op} ${a.id} ${b.id}`, { op, a, b }, union(a.free, b.free))

const LARGEST = 1n << 4096n
const short = ({ n, d }: Rational): boolean => n < LARGEST && n > -LARGEST && d < LARGEST

const FOLD = { add: Q.add, sub: Q.sub, mul: Q.mul, div: Q.div } as const
const fold = (op: "add" | "sub" | "mul" | "div", a: Node, b: Node): Node => {
  if (a.op !== "const" || b.op !== "const" || !short(a.value) || !short(b.value)) return binary(op, a, b)
  const value = FOLD[op](a.value, b.value)
  return short(value) ? constant(value) : binary(op, a, b)
}

export const add = (a: Node, b: Node): Node => fold("add", a, b)
export const sub = (a: Node, b: Node): Node => (a.op === "const" && Q.equals(a.value, Q.ONE) ? complement(b) : undefined) ?? fold("sub", a, b)
export const mul = (a: Node, b: Node): Node => fold("mul", a, b)
export const div = (a: Node, b: Node): Node => (b.op === "const" && b.value.n === 0n ? undefinedNode("division by 0") : fold("div", a, b))
export const min = (a: Node, b: Node): Node =>
  a.op === "const" && b.op === "const" ? (Q.compare(a.value, b.value) <= 0 ? a : b) : binary("min", a, b)
export const max = (a: Node, b: Node): Node =>
  a.op === "const" && b.op === "const" ? (Q.compare(a.value, b.value) >= 0 ? a : b) : binary("max", a, b)
/** 1 - b without the cancellation that hides its sign: an equal function with an equal domain. */
const complement = (b: Node): Node | undefined => {
  // A constant share 1/(1 + x) shows its limit as it is.
  if (b.op === "div" && b.a.op !== "const" && b.b.op === "add") {
    if (b.a === b.b.a) return div(b.b.b, b.b)
    if (b.a === b.b.b) return div(b.b.a, b.b)
  }
  if (b.op !== "call") return undefined
  if (b.f === "sigmoid" || b.f === "normcdf") return call(b.f, neg(b.a))
  return b.f === "exp" ? neg(call("expm1", b.a)) : b.f === "erf" ? call("erfc", b.a) : undefined
}

export const neg = (a: Node): Node => (a.op === "const" ? constant(Q.neg(a.value)) : intern(`neg ${a.id}`, { op: "neg", a }, a.free))
export const abs = (a: Node): Node =>
  a.op === "const" ? (a.value.n < 0n ? constant(Q.neg(a.value)) : a) : intern(`abs ${a.id}`, { op: "abs", a }, a.free)
export const sign = (a: Node): Node => (a.op === "const" ? integer(Q.sign(a.value)) : intern(`sign ${a.id}`, { op: "sign", a }, a.free))
export const floor = (a: Node): Node => {
  if (a.op !== "const") return intern(`floor ${a.id}`, { op: "floor", a }, a.free)
  const { n, d } = a.value
  return constant(Q.rational(n >= 0n ? n / d : -((-n + d - 1n) / d)))
}

/** a^n. Exact for constants whose result stays below 4096 bits; 0 to a negative power is undefined. */
export const powi = (a: Node, n: number): Node => {
  if (n === 1) return a
  if (a.op === "const") {
    if (a.value.n === 0n && n < 0) return undefinedNode("division by 0")
    const bits = Math.max(a.value.n.toString(2).length, a.value.d.toString(2).length)
    if (bits * Math.abs(n) <= 4096) return constant(Q.powInteger(a.value, n))
  }
  if (a.op === "call" && a.f === "sqrt" && a.a.op === "const" && n % 2 === 0) return powi(a.a, n / 2)
  return intern(`powi ${a.id} ${n}`, { op: "powi", a, n }, a.free)
}

/** a^b; integer exponents become `powi`, and b = 1/2 on a square of a rational folds. */
export const pow = (a: Node, b: Node): Node => {
  if (b.op === "const" && Q.isInteger(b.value) && Math.abs(Number(b.value.n)) < 2 ** 31) return powi(a, Number(b.value.n))
  if (b.op === "const" && b.value.n === 1n && b.value.d === 2n) return call("sqrt", a)
  return binary("pow", a, b)
}

const AT_ZERO: Partial<Record<Elementary, number>> = {
  exp: 1,
  expm1: 0,
  log1p: 0,
  sin: 0,
  cos: 1,
  tan: 0,
  atan: 0,
  sinh: 0,
  cosh: 1,
  tanh: 0,
  erf: 0,
  erfc: 1,
}

/** f(a). Folds the exact values: sqrt of rational squares, log 1 = 0, and the integer values at 0. */
export const call = (f: Elementary, a: Node): Node => {
  if (a.op === "const") {
    const zero = a.value.n === 0n ? AT_ZERO[f] : undefined
    if (zero !== undefined) return integer(zero)
    if (f === "log" && Q.equals(a.value, Q.ONE)) return integer(0)
    if ((f === "log" && a.value.n <= 0n) || (f === "sqrt" && a.value.n < 0n)) return undefinedNode(`${f} of ${Q.toText(a.value)}`)
    if (f === "log1p" && Q.compare(a.value, Q.rational(-1)) <= 0) return undefinedNode(`log1p of ${Q.toText(a.value)}`)
    if (f === "sqrt") {
      const root = Q.exactSqrt(a.value)
      if (root !== undefined) return constant(root)
    }
  }
  if (f === "exp" && a.op === "call" && a.f === "log" && a.a.op === "const") return a.a
  return intern(`${f} ${a.id}`, { op: "call", f, a }, a.free)
}

export const logsumexp = (args: ReadonlyArray<Node>): Node =>
  args.length === 1 ? args[0]! : intern(`lse ${args.map((a) => a.id).join(" ")}`, { op: "logsumexp", args }, union(...args.map((a) => a.free)))

export const holds = (rel: Comparison, a: Rational, b: Rational): boolean => {
  const c = Q.compare(a, b)
  return rel === "<" ? c < 0 : rel === "<=" ? c <= 0 : rel === "==" ? c === 0 : c !== 0
}

export const conditional = (rel: Comparison, a: Node, b: Node, then: Node, otherwise: Node, smooth = false): Node => {
  if (a.op === "const" && b.op === "const") return holds(rel, a.value, b.value) ? then : otherwise
  return intern(
    `if ${rel} ${a.id} ${b.id} ${then.id} ${otherwise.id} ${smooth}`,
    { op: "if", rel, a, b, then, else: otherwise, smooth },
    union(a.free, b.free, then.free, otherwise.free),
  )
}

export const integral = (x: string, lo: Node | undefined, hi: Node | undefined, body: Node): Node =>
  intern(
    `int ${x} ${lo?.id} ${hi?.id} ${body.id}`,
    { op: "integral", x, lo, hi, body },
    union(lo?.free ?? EMPTY, hi?.free ?? EMPTY, without(body.free, x)),
  )

export const series = (k: string, from: number, body: Node): Node =>
  intern(`series ${k} ${from} ${body.id}`, { op: "series", k, from, body }, without(body.free, k))

export const root = (x: string, lo: Node | undefined, hi: Node | undefined, body: Node): Node =>
  intern(
    `root ${x} ${lo?.id} ${hi?.id} ${body.id}`,
    { op: "root", x, lo, hi, body },
    union(lo?.free ?? EMPTY, hi?.free ?? EMPTY, without(body.free, x)),
  )

export const supremum = (x: string, lo: Node | undefined, hi: Node | undefined, body: Node): Node =>
  intern(
    `sup ${x} ${lo?.id} ${hi?.id} ${body.id}`,
    { op: "sup", x, lo, hi, body },
    union(lo?.free ?? EMPTY, hi?.free ?? EMPTY, without(body.free, x)),
  )

export const expect = (law: SampleLaw, body: Node): Node =>
  intern(`E ${law.kind} ${law.variables.join(",")} ${body.id}`, { op: "expect", law, body }, without(body.free, ...law.variables))

export const external = (label: string, args: ReadonlyArray<Node>, compute: Compute): Node =>
  intern(`ext ${label} ${args.map((a) => a.id).join(" ")}`, { op: "external", label, args, compute }, union(...args.map((a) => a.free)))

/** The direct operands of a node (bounds before bodies). */
export const children = (node: Node): ReadonlyArray<Node> => {
  switch (node.op) {
    case "const":
    case "pi":
    case "var":
    case "undefined":
    case "infinite":
      return []
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "min":
    case "max":
    case "pow":
      return [node.a, node.b]
    case "powi":
    case "neg":
    case "abs":
    case "sign":
    case "floor":
    case "call":
      return [node.a]
    case "logsumexp":
    case "external":
      return node.args
    case "if":
      return [node.a, node.b, node.then, node.else]
    case "integral":
    case "root":
    case "sup":
      return [node.lo, node.hi, node.body].filter((n) => n !== undefined)
    case "series":
    case "expect":
      return [node.body]
  }
}
