/**
 * Logarithms of products and sums of exponentials, written without the exponentials: log(c e^a) = log c + a, log(sum_i c_i e^(a_i)) = logsumexp(log c_i + a_i)
 * for c_i > 0. Equal functions with equal domains, and in the tails, where e^a underflows and log 0 would be undefined, still numbers.
 */
import { signOf } from "./decide.ts"
import { minus, plus } from "./derivative.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"

/** log a. */
export const logOf = (a: Node): Node => {
  const value = hasExponential(a) ? written(a) : undefined
  return value ?? N.call("log", a)
}

const hasExponential = (n: Node): boolean => {
  if (n.free.length === 0) return false
  if (n.op === "call") return n.f === "exp"
  return (n.op === "add" || n.op === "mul" || n.op === "div") && (hasExponential(n.a) || hasExponential(n.b))
}

/** log n for what is certainly positive by its form. */
const written = (n: Node): Node | undefined => {
  if (n.free.length === 0) return signOf(n) === 1 ? N.call("log", n) : undefined
  switch (n.op) {
    case "call":
      return n.f === "exp" ? n.a : undefined
    case "mul":
    case "div": {
      const a = written(n.a)
      const b = a && written(n.b)
      return a && b && (n.op === "mul" ? plus(a, b) : minus(a, b))
    }
    case "add": {
      const terms = additive(n).map(written)
      return terms.every((t) => t !== undefined) ? N.logsumexp(terms) : undefined
    }
    default:
      return undefined
  }
}

const additive = (n: Node): ReadonlyArray<Node> => (n.op === "add" && n.free.length > 0 ? [...additive(n.a), ...additive(n.b)] : [n])
