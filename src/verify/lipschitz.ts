/**
 * Upper bounds of the Euclidean norm of a gradient, from enclosures of the partial derivatives: a Lipschitz constant where the function has no jumps.
 *
 * A norm sqrt(a_1^2 + ... + a_n^2) has no derivative where it vanishes, but |d/dz_j| <= sqrt(sum_i |d a_i/dz_j|^2) everywhere: it enters as a variable r
 * of its own, |d/dz_j g(z, r)| <= |dg/dz_j| + |dg/dr| that bound.
 */
import { derivative } from "../expression/derivative.ts"
import { mapChildren } from "../expression/map-children.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { Unsupported } from "../expression/value.ts"
import { addUp, mulUp, sqrtUp } from "../interval/rounding.ts"
import type { Bounds } from "./bounds.ts"

/** Encloses a node on a set of the variables; names that are no variables of the set bring their own ranges. */
export type Range = (node: Node, more?: ReadonlyMap<string, Bounds>) => Bounds

/** A bound of |grad g|, Infinity where there is none; kinks do not matter, jumps have to be excluded before. */
export const lipschitz = (g: Node, names: ReadonlyArray<string>, range: Range): number => {
  try {
    const { body, norms } = withoutNorms(g, names)
    const more = new Map(norms.map(({ name, node }) => [name, range(node)] as const))
    const slope = (f: Node, x: string): number => {
      const [lo, hi] = range(withoutKinks(derivative(f, x)), more)
      return Math.max(Math.abs(lo), Math.abs(hi))
    }
    const root = (xs: ReadonlyArray<number>): number => sqrtUp(xs.reduce((s, x) => addUp(s, mulUp(x, x)), 0))
    const partial = (x: string): number =>
      norms.reduce(
        (s, { name, parts }) => {
          const outer = slope(body, name)
          return outer === 0 ? s : addUp(s, mulUp(outer, root(parts.map((a) => slope(a, x)))))
        },
        slope(body, x),
      )
    return root(names.map(partial))
  } catch (error) {
    if (error instanceof Unsupported) return Infinity
    throw error
  }
}

interface Norm {
  readonly name: string
  readonly node: Node
  readonly parts: ReadonlyArray<Node>
}

const withoutNorms = (g: Node, names: ReadonlyArray<string>): { readonly body: Node; readonly norms: ReadonlyArray<Norm> } => {
  const norms: Array<Norm> = []
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    if (!names.some((name) => n.free.includes(name))) return n
    let value = memo.get(n)
    if (value !== undefined) return value
    const parts = n.op === "call" && n.f === "sqrt" ? squares(n.a) : undefined
    if (parts === undefined) value = mapChildren(n, go)
    else {
      const name = `norm.${norms.length}~0`
      norms.push({ name, node: n, parts })
      value = N.variable(name)
    }
    memo.set(n, value)
    return value
  }
  return { body: go(g), norms }
}

/** a_1, ..., a_n of a sum of squares. */
const squares = (n: Node): ReadonlyArray<Node> | undefined => {
  if (n.op === "powi" && n.n === 2) return [n.a]
  if (n.op === "mul" && n.a === n.b) return [n.a]
  if (n.op !== "add") return undefined
  const [a, b] = [squares(n.a), squares(n.b)]
  return a && b && [...a, ...b]
}

/** The derivative with its undefined points left out: a continuous g is Lipschitz with the larger slope of the two sides of a kink. */
const withoutKinks = (node: Node): Node => {
  const memo = new Map<Node, Node>()
  const go = (n: Node): Node => {
    const known = memo.get(n)
    if (known !== undefined) return known
    const value =
      n.op === "if" && n.then.op === "undefined" ? go(n.else) : n.op === "if" && n.else.op === "undefined" ? go(n.then) : mapChildren(n, go)
    memo.set(n, value)
    return value
  }
  return go(node)
}
