/**
 * A node as a straight list of operations, for functions that are evaluated at very many points: no recursion, no memo, one slot per distinct node.
 * Knows everything but integrals, series, roots and expectations.
 */
import type { Arithmetic } from "../interval/arithmetic.ts"
import { compare } from "./evaluate.ts"
import { charge } from "./meter.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { priceOf } from "./price.ts"
import { Unsupported } from "./value.ts"

/** The function (x_1, ..., x_n) -> node in the given arithmetic. Throws Unsupported for binding forms, RangeError for a variable not listed. */
export const tape = <T>(node: Node, variables: ReadonlyArray<string>, A: Arithmetic<T>): ((xs: ReadonlyArray<T>) => T) => {
  const slots = new Map<Node, number>()
  const program: Array<(s: Array<T>) => T> = []
  const initial: Array<T> = []
  let price = 0
  const inputs: Array<readonly [slot: number, input: number]> = []
  const at = (n: Node): number => {
    const known = slots.get(n)
    if (known !== undefined) return known
    N.children(n).forEach(at)
    const slot = initial.length
    slots.set(n, slot)
    const nowhere = A.restrict(A.range(-Infinity, Infinity), "undefined")
    initial.push(n.op === "const" ? A.rational(n.value) : n.op === "pi" ? A.pi() : nowhere)
    if (n.op === "var") {
      const input = variables.indexOf(n.name)
      if (input < 0) throw new RangeError(`no value for ${n.name}`)
      inputs.push([slot, input])
    } else if (n.op !== "const" && n.op !== "pi") {
      const operation = compile(n, at, A)
      price += priceOf(A, n)
      program.push((s) => (s[slot] = operation(s)))
    }
    return slot
  }
  const result = at(node)
  const state = [...initial]
  return (xs) => {
    charge(price)
    for (const [slot, input] of inputs) state[slot] = xs[input]!
    for (const operation of program) operation(state)
    return state[result]!
  }
}

const compile = <T>(n: Node, at: (n: Node) => number, A: Arithmetic<T>): ((s: ReadonlyArray<T>) => T) => {
  switch (n.op) {
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "min":
    case "max":
    case "pow": {
      const [f, a, b] = [A[n.op], at(n.a), at(n.b)]
      return n.op === "mul" && a === b ? (s) => A.powi(s[a]!, 2) : (s) => f(s[a]!, s[b]!)
    }
    case "powi": {
      const a = at(n.a)
      return (s) => A.powi(s[a]!, n.n)
    }
    case "neg":
    case "abs":
    case "sign":
    case "floor": {
      const [f, a] = [A[n.op], at(n.a)]
      return (s) => f(s[a]!)
    }
    case "call": {
      const a = at(n.a)
      return (s) => A.call(n.f, s[a]!)
    }
    case "logsumexp": {
      const args = n.args.map(at)
      return (s) => A.logsumexp(args.map((a) => s[a]!))
    }
    case "external": {
      const args = n.args.map(at)
      return (s) =>
        n.compute(
          A,
          args.map((a) => s[a]!),
        )
    }
    case "if": {
      const [a, b, yes, no] = [at(n.a), at(n.b), at(n.then), at(n.else)]
      return (s) => {
        const truth = compare(A, n.rel, s[a]!, s[b]!)
        return truth === undefined ? A.restrict(A.hull(s[yes]!, s[no]!), "unknown") : s[truth ? yes : no]!
      }
    }
    case "undefined":
    case "infinite": {
      const nothing = A.restrict(A.range(-Infinity, Infinity), "undefined")
      return () => nothing
    }
    default:
      throw new Unsupported(`${n.op} inside a sampled expectation`)
  }
}
