/**
 * Couplings of two discrete laws that need no program: filled corner first, monotone on the line, and the best permutation by enumeration.
 */
import type { Rational } from "../../src/core/rational.ts"
import { rational } from "../../src/core/rational.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { Undefined, asMatrix, asVector, matrix, scalar, typedFunction } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { planMatrix } from "../../src/math/transport-basis.ts"
import { quantileCoupling } from "../../src/math/transport-line.ts"
import { rationals } from "./costs.ts"

const numbers = (v: Value, what: string): ReadonlyArray<Rational> => rationals(asVector(v, what), what)
const coupling = (from: ReadonlyArray<Rational>, a: ReadonlyArray<Rational>, to: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>): Value =>
  matrix(planMatrix(quantileCoupling({ at: from, mass: a }, { at: to, mass: b }), a.length, b.length).map((row) => row.map(N.constant)))
const indices = (v: ReadonlyArray<unknown>): ReadonlyArray<Rational> => v.map((_, i) => rational(i))

/** corner(a, b): the coupling that fills the matrix from its first corner. */
export const corner = typedFunction(2, ([a, b]) => {
  const [p, q] = [numbers(a!, "masses"), numbers(b!, "masses")]
  return coupling(indices(p), p, indices(q), q)
})

/** monotone(x, a, y, b): the law of (F^-1(U), G^-1(U)), U uniform on ]0, 1[. */
export const monotone = typedFunction(4, ([x, a, y, b]) =>
  coupling(numbers(x!, "atoms"), numbers(a!, "masses"), numbers(y!, "atoms"), numbers(b!, "masses")),
)

/** min over permutations s of (1/k) sum_i C_i,s(i), k <= 12: over sets of columns, f(S) = min_j in S of C_|S|j + f(S without j). */
export const cheapest = (cost: ReadonlyArray<ReadonlyArray<Node>>): Node => {
  const k = cost.length
  const best: Array<Node> = [N.integer(0)]
  for (let set = 1; set < 1 << k; set++) {
    const members = [...cost.keys()].filter((j) => (set & (1 << j)) !== 0)
    best.push(members.map((j) => N.add(cost[members.length - 1]![j]!, best[set ^ (1 << j)]!)).reduce(N.min))
  }
  return N.div(best.at(-1)!, N.integer(k))
}

/** assignment(C) = cheapest(C) for a square C. */
export const assignment = typedFunction(1, ([c]) => {
  const cost = asMatrix(c!, "the argument of assignment")
  if (cost.length > 12 || cost[0]!.length !== cost.length) throw new Undefined("assignment needs a square matrix of size at most 12")
  return scalar(cheapest(cost))
})

export const couplingFunctions = { assignment, corner, monotone }
