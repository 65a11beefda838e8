/**
 * The arithmetic of values: numbers, vectors and matrices. Indices start at 1.
 */
import * as Q from "../core/rational.ts"
import * as L from "./linear.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { Undefined, array, asMatrix, asNode, asVector, isMatrix, matrix, scalar, vector } from "./value.ts"
import type { Value } from "./value.ts"

const elementwise = (a: Value, b: Value, f: (x: Node, y: Node) => Node, what: string): Value => {
  if (a.kind === "scalar" && b.kind === "scalar") return scalar(f(a.node, b.node))
  if (a.kind === "array" && b.kind === "array") {
    if (a.items.length !== b.items.length) throw new Undefined(`shape mismatch: ${what} of arrays of length ${a.items.length} and ${b.items.length}`)
    return array(a.items.map((x, i) => elementwise(x, b.items[i]!, f, what)))
  }
  throw new Undefined(`shape mismatch: ${what} needs two numbers or two arrays of equal shape`)
}

const map = (a: Value, f: (x: Node) => Node): Value =>
  a.kind === "array" ? array(a.items.map((x) => map(x, f))) : scalar(f(asNode(a, "an operand")))

export const negateValue = (a: Value): Value => map(a, N.neg)

export const binaryValue = (op: "+" | "-" | "*" | "/" | "^", a: Value, b: Value): Value => {
  switch (op) {
    case "+":
      return elementwise(a, b, N.add, "a sum")
    case "-":
      return elementwise(a, b, N.sub, "a difference")
    case "/":
      return map(a, (x) => N.div(x, asNode(b, "a divisor")))
    case "^":
      return scalar(N.pow(asNode(a, "the base of a power"), asNode(b, "an exponent")))
    case "*": {
      if (a.kind === "scalar") return map(b, (y) => N.mul(a.node, y))
      if (b.kind === "scalar") return map(a, (x) => N.mul(x, b.node))
      if (isMatrix(a) && isMatrix(b)) return matrix(L.matmul(asMatrix(a, "a factor"), asMatrix(b, "a factor")))
      if (isMatrix(a)) return vector(L.matvec(asMatrix(a, "a factor"), asVector(b, "a factor")))
      throw new Undefined("shape mismatch: the product of two vectors is written dot(a, b) or outer(a, b)")
    }
  }
}

/** The integer that an index or a count denotes; throws Undefined when it is none. */
export const asInteger = (v: Value, what: string): number => {
  const node = asNode(v, what)
  if (node.op !== "const" || !Q.isInteger(node.value)) throw new Undefined(`${what} must be an integer`)
  return Number(node.value.n)
}

/** The entry at the indices, which count from 1. One that is `written` as a number fits nowhere where it does not fit here; another is undefined here. */
export const indexValue = (of: Value, at: ReadonlyArray<Value>, written: boolean): Value =>
  at.reduce<Value>((v, position) => {
    const i = asInteger(position, "an index")
    if (v.kind !== "array") throw new Undefined(`shape mismatch: an index into ${v.kind === "scalar" ? "a number" : "what is no array"}`)
    if (i < 1 || i > v.items.length) throw new Undefined(`${written ? "shape mismatch: " : ""}index ${i} is outside 1..${v.items.length}`)
    return v.items[i - 1]!
  }, of)

type Rule = { readonly arity: number; readonly apply: (args: ReadonlyArray<Value>) => Value }
const onMatrix = (f: (m: L.Matrix) => Value): Rule => ({ arity: 1, apply: ([a]) => f(asMatrix(a!, "the argument")) })
const onVectors = (f: (a: L.Vector, b: L.Vector) => Value): Rule => ({
  arity: 2,
  apply: ([a, b]) => f(asVector(a!, "the first argument"), asVector(b!, "the second argument")),
})

/** Functions of vectors and matrices by name. */
export const LINEAR: Readonly<Record<string, Rule>> = {
  dot: onVectors((a, b) => scalar(L.dot(a, b))),
  outer: onVectors((a, b) => matrix(a.map((x) => b.map((y) => N.mul(x, y))))),
  norm2: { arity: 1, apply: ([a]) => scalar(squaredNorm(a!)) },
  norm: { arity: 1, apply: ([a]) => scalar(N.call("sqrt", squaredNorm(a!))) },
  inv: { arity: 1, apply: ([a]) => (a!.kind === "scalar" ? scalar(N.div(N.integer(1), a!.node)) : matrix(L.inverse(asMatrix(a!, "the argument")))) },
  det: onMatrix((m) => scalar(L.determinant(m))),
  logdet: onMatrix((m) => scalar(N.call("log", L.determinant(m)))),
  trace: onMatrix((m) => scalar(L.trace(m))),
  transpose: {
    arity: 1,
    apply: ([a]) => (a!.kind === "scalar" ? a! : isMatrix(a!) ? matrix(L.transpose(asMatrix(a!, "the argument"))) : array([a!])),
  },
  identity: { arity: 1, apply: ([n]) => matrix(L.identity(asInteger(n!, "the size of identity"))) },
  diag: {
    arity: 1,
    apply: ([a]) =>
      isMatrix(a!)
        ? vector(asMatrix(a!, "the argument").map((row, i) => row[i]!))
        : matrix(asVector(a!, "the argument").map((x, i, all) => all.map((_, j) => (i === j ? x : N.integer(0))))),
  },
}

const squaredNorm = (a: Value): Node => {
  const x = isMatrix(a) ? asMatrix(a, "the argument").flat() : asVector(a, "the argument")
  return x.map((c) => N.powi(c, 2)).reduce(N.add)
}
