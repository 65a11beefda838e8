/**
 * Formulas of the claim language on tensors, entry by entry and in float32: a live batch is compared with the tree that verdicts are about.
 *
 * Every operation is the library's own, so the result can be differentiated. log sigmoid(a) is taken as -softplus(-a), which does not underflow
 * (the library's logSigmoid reads an argument that is gone by the time it is differentiated).
 */
import * as Q from "../core/rational.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import * as N from "../expression/node.ts"
import type { Comparison, Node } from "../expression/node.ts"
import { parseFormula } from "../expression/syntax.ts"
import { Unsupported, asNode, scalar } from "../expression/value.ts"
import type { Elementary } from "../interval/arithmetic.ts"
import type { Tensor, Tf } from "./tf.ts"

/**
 * The formula at every entry of its inputs, whose shapes broadcast; to be called inside a tidy.
 *
 * `inputs` are the variables by name. Throws `SyntaxFault` and `Undefined` as claims do, and `Unsupported` for what has no kernel: integrals, infinite
 * sums, roots, suprema, and the functions lgamma, digamma and lognormcdf.
 *
 *   onTensors(tf, "KL(Normal(m, exp(l/2)), Normal(0, 1))", { m, l })     // [n, q]: the KL of every coordinate
 */
export const onTensors = (tf: Tf, formula: string, inputs: Readonly<Record<string, Tensor>>): Tensor => {
  const root = written(formula, Object.keys(inputs))
  const made = new Map<Node, Tensor>()
  const make = (n: Node): Tensor => {
    let value = made.get(n)
    if (value === undefined) made.set(n, (value = n.op === "var" ? inputs[n.name]! : build(tf, n, make)))
    return value
  }
  return make(root)
}

// A formula is asked for again and again while a model trains.
const known = new Map<string, Node>()

const written = (formula: string, names: ReadonlyArray<string>): Node => {
  const key = JSON.stringify([formula, ...names])
  let node = known.get(key)
  if (node === undefined) {
    const variables = new Map(names.map((name) => [name, scalar(N.variable(name))] as const))
    known.set(key, (node = asNode(elaborate(parseFormula(formula), environment(variables)), "the formula")))
  }
  return node
}

const build = (tf: Tf, n: Node, make: (n: Node) => Tensor): Tensor => {
  switch (n.op) {
    case "const":
      return tf.scalar(Q.toNumber(n.value))
    case "pi":
      return tf.scalar(Math.PI)
    case "infinite":
      return tf.scalar(n.sign * Infinity)
    case "undefined":
      return tf.scalar(NaN)
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "pow":
      return tf[n.op](make(n.a), make(n.b))
    case "min":
      return tf.minimum(make(n.a), make(n.b))
    case "max":
      return tf.maximum(make(n.a), make(n.b))
    case "neg":
    case "abs":
    case "sign":
    case "floor":
      return tf[n.op](make(n.a))
    case "powi":
      return n.n === 2 ? tf.square(make(n.a)) : n.n < 0 ? tf.reciprocal(build(tf, N.powi(n.a, -n.n), make)) : tf.pow(make(n.a), n.n)
    case "call":
      return n.f === "log" && n.a.op === "call" && n.a.f === "sigmoid" ? tf.neg(tf.softplus(tf.neg(make(n.a.a)))) : call(tf, n.f, make(n.a))
    case "logsumexp": {
      const args = n.args.map(make)
      const most = args.reduce((a, b) => tf.maximum(a, b))
      return tf.add(most, tf.log(args.map((a) => tf.exp(tf.sub(a, most))).reduce((a, b) => tf.add(a, b))))
    }
    case "if":
      return tf.where(compare(tf, n.rel, make(n.a), make(n.b)), make(n.then), make(n.else))
    default:
      throw new Unsupported(`${NAMES[n.op]} cannot be evaluated on tensors`)
  }
}

const NAMES = {
  var: "a variable",
  integral: "an integral",
  series: "an infinite sum",
  root: "a root",
  sup: "a supremum",
  expect: "an expectation",
  external: "a typed function",
} as const

const compare = (tf: Tf, rel: Comparison, a: Tensor, b: Tensor): Tensor => {
  switch (rel) {
    case "<":
      return tf.less(a, b)
    case "<=":
      return tf.lessEqual(a, b)
    case "==":
      return tf.equal(a, b)
    case "!=":
      return tf.notEqual(a, b)
  }
}

const call = (tf: Tf, f: Elementary, x: Tensor): Tensor => {
  switch (f) {
    case "erfc":
      return tf.sub(1, tf.erf(x))
    case "normcdf":
      return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5)
    case "lgamma":
    case "digamma":
    case "lognormcdf":
      throw new Unsupported(`${f} cannot be evaluated on tensors`)
    default:
      return tf[f](x)
  }
}
