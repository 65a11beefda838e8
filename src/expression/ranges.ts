/**
 * Ranges of bound variables while a formula is written out: E(z, d, f) builds f with z a symbol, and a law inside f has to know whether its scale, a
 * function of z, can be negative anywhere. Variables without a stated range (those of differentiation) are not judged here.
 */
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import { evaluate } from "./evaluate.ts"
import type { Node } from "./node.ts"

type Bounds = readonly [lo: number, hi: number]
const LINE: Bounds = [-Infinity, Infinity]

// The dynamic extent of the callbacks that write bodies out, like the levels in integrals.ts; restored on the way out.
let known: ReadonlyMap<string, Bounds> = new Map()

/** Runs `build` with the variables between the two ends (`undefined`: infinite). */
export const ranging = <A>(names: ReadonlyArray<string>, lo: Node | undefined, hi: Node | undefined, build: () => A): A => {
  const before = known
  const range: Bounds = [lo === undefined ? -Infinity : (rangeOf(lo) ?? LINE)[0], hi === undefined ? Infinity : (rangeOf(hi) ?? LINE)[1]]
  known = new Map([...known, ...names.map((name) => [name, range] as const)])
  try {
    return build()
  } finally {
    known = before
  }
}

/** Pieces that the range of a single variable is cut into, against overestimation. */
const PIECES = 64

/** Bounds of a node over the ranges of its variables, or undefined when one of them has none. */
export const rangeOf = (node: Node): Bounds | undefined => {
  if (!node.free.every((name) => known.has(name))) return undefined
  const box = node.free.map((name) => [name, known.get(name)!] as const)
  const over = (values: ReadonlyMap<string, Interval>): Bounds => I.bounds(evaluate(node, I, values, { evaluations: 1000 }))
  const [first] = box
  if (box.length !== 1 || first === undefined || !Number.isFinite(first[1][1] - first[1][0]))
    return over(new Map(box.map(([name, [lo, hi]]) => [name, I.range(lo, hi)])))
  const [name, [lo, hi]] = first
  const end = (i: number): number => (i === PIECES ? hi : lo + ((hi - lo) * i) / PIECES)
  const all = Array.from({ length: PIECES }, (_, i) => over(new Map([[name, I.range(end(i), end(i + 1))]])))
  return [Math.min(...all.map((b) => b[0])), Math.max(...all.map((b) => b[1]))]
}
