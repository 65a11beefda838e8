/**
 * log Phi(t - g) - log Phi(t) for a constant gap g > 0, which two bounds of quadratics cannot tell from 0: log Phi is concave with the slope
 * phi/Phi > -t, so the difference is at most g t wherever t < 0. Densities of uniform laws under Gaussian noise are made of it.
 */
import { isReal } from "../interval/complex.ts"
import { scale, supremum } from "./growth-form.ts"
import type { Growth } from "./growth.ts"
import { complete, negate, sum } from "./growth.ts"
import type { Walk } from "./growth-inner.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"

/** The growth of a - b when both are log Phi at arguments a constant apart; `undefined` for anything else. */
export const normalGap = (a: Node, b: Node, walk: Walk, grow: (node: Node, walk: Walk) => Growth): Growth | undefined => {
  if (a.op !== "call" || b.op !== "call" || a.f !== "lognormcdf" || b.f !== "lognormcdf") return undefined
  const moves = (n: Node): boolean => n.free.some((name) => walk.variables.has(name))
  const gap = gapOf(a.a, b.a, moves)
  const g = gap && walk.coefficient(gap)
  if (g === undefined || g.state !== 2 || !isReal(g) || !(g.reLo > 0)) return undefined
  const t = grow(b.a, walk)
  if (!t.real || t.up === undefined || !(supremum(t.up, walk.R) < 0)) return undefined
  const both = sum(grow(a, walk), negate(grow(b, walk)), walk.R)
  return complete({ real: true, up: scale(t.up, g.reLo, g.reHi), down: both.down, sign: -1 }, walk.R)
}

/** b - a as a node free of what moves, where both are built alike around the same moving part. */
const gapOf = (a: Node, b: Node, moves: (n: Node) => boolean): Node | undefined => {
  const inside = (x: Node, y: Node): Node | undefined => gapOf(x, y, moves)
  if (a === b) return N.integer(0)
  if (!moves(a) && !moves(b)) return N.sub(b, a)
  if (a.op === "neg" && b.op === "neg") {
    const g = inside(a.a, b.a)
    return g && N.neg(g)
  }
  if (a.op === "div" && b.op === "div" && a.b === b.b && !moves(a.b)) {
    const g = inside(a.a, b.a)
    return g && N.div(g, a.b)
  }
  const [x, p] = parts(a, moves)
  const [y, q] = parts(b, moves)
  return x === y ? N.sub(q, p) : undefined
}

/** A node as moving part plus constant. */
const parts = (n: Node, moves: (n: Node) => boolean): readonly [Node, Node] => {
  if (n.op === "add" && !moves(n.b)) return [n.a, n.b]
  if (n.op === "add" && !moves(n.a)) return [n.b, n.a]
  if (n.op === "sub" && !moves(n.b)) return [n.a, N.neg(n.b)]
  return [n, N.integer(0)]
}
