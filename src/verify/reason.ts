/**
 * Why an interval of E g(Z), Z standard coordinates, holds: proved by the kernel, never inferred from the sample.
 *
 *   Lipschitz   |grad g| <= L on the whole space                         -> sub-Gaussian with proxy L^2 (normal coordinates)
 *   range       g in [a, b] on the whole space                           -> betting
 *   steps       g is a sum of conditions that are polynomial in z        -> betting, the law of the samples by Koksma's inequality
 *   truncation  g in [a, b] on max |z_i| <= M, an envelope beyond        -> betting on g cut to the box, or Catoni with E g^2 <= v; the rest is a gap
 *
 * The sampled coordinates are only close to ideal ones, which says something about g where g is Lipschitz, at least on the box.
 */
import { evaluate } from "../expression/evaluate.ts"
import { asPolynomial, exponents } from "../expression/functionals/polynomial.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import { addUp, mulUp, sqrtUp } from "../interval/rounding.ts"
import { boundedGap, lipschitzGap } from "../random/coupling.ts"
import { entire } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"
import type { Method } from "./confidence/method.ts"
import { lipschitz } from "./lipschitz.ts"
import type { Range } from "./lipschitz.ts"
import { envelope, expectedOutside, outside, secondMoment } from "./envelope.ts"

export type Law = "normal" | "uniform"

export interface Reason {
  readonly method: Method
  /** |g(sampled) - g(ideal)| on every draw. */
  readonly slack: number
  /** |E of what is averaged - E g|. */
  readonly gap: number
  /** Draws with a coordinate beyond this count with an end of the range. */
  readonly box: number
  /** In words, where the method alone does not say it. */
  readonly because: string | undefined
}

/** Boxes that are tried, from the narrowest. */
const BOXES = [6, 7, 8, 9, 10, 12, 14]
/** A rest that is this small against the range decides nothing. */
const NEGLIGIBLE = 1e-9

/** The proved reason for an interval of E g, or a sentence that names what is missing. */
export const reasonFor = (g: Node, names: ReadonlyArray<string>, law: Law): Reason | string => {
  const d = names.length
  const on = (lo: number, hi: number) => {
    const box = new Map(names.map((name) => [name, I.range(lo, hi)]))
    return (node: Node, more: ReadonlyMap<string, Bounds> = new Map()): Bounds => {
      const value = evaluate(node, I, new Map([...box, ...[...more].map(([name, [l, h]]) => [name, I.range(l, h)] as const)]))
      return I.status(value) === "defined" ? I.bounds(value) : entire
    }
  }
  const range = law === "normal" ? on(-Infinity, Infinity) : on(0, 1)
  const whole = { gap: 0, box: Infinity, because: undefined }
  const [a, b] = range(g)
  const bounded = Number.isFinite(a) && Number.isFinite(b)
  const pieces = bounded ? steps(g, names) : undefined
  if (pieces !== undefined) return { ...whole, method: { kind: "betting", a, b }, slack: 0, gap: boundedGap(law, d, addUp(b, -a), pieces) }
  if (jumps(g, names)) return "no proved bound for a function that jumps on a surface without a polynomial equation"
  const gradient = lipschitz(g, names, range)
  if (Number.isFinite(gradient)) {
    const slack = lipschitzGap(law, d, gradient)
    if (law === "normal" && !(bounded && addUp(b, -a) <= gradient))
      return { ...whole, method: { kind: "sub-gaussian", proxy: mulUp(gradient, gradient) }, slack }
    return bounded ? { ...whole, method: { kind: "betting", a, b }, slack } : "no proved bound for the range of the sampled function"
  }
  if (law === "uniform") return "no proved bound for the gradient of the sampled function"
  const far = envelope(g, range)
  if (far === undefined) return "no proved bound for the growth of the sampled function: neither its gradient nor an envelope of it is known"
  return truncated(g, names, on, far)
}

const truncated = (
  g: Node,
  names: ReadonlyArray<string>,
  on: (lo: number, hi: number) => Range,
  far: NonNullable<ReturnType<typeof envelope>>,
): Reason | string => {
  const d = names.length
  let why = "no proved bound for the gradient of the sampled function on a box"
  for (const M of BOXES) {
    // A little wider, so that the ideal coordinates lie in it, too.
    const range = on(-M - 1e-6, M + 1e-6)
    const [a, b] = range(g)
    const gradient = lipschitz(g, names, range)
    if (!Number.isFinite(a) || !Number.isFinite(b) || !Number.isFinite(gradient)) return why
    const inner = M - 1e-6
    const cut = addUp(mulUp(Math.max(Math.abs(a), Math.abs(b)), outside(d, inner)), expectedOutside(far, d, inner))
    const near = lipschitzGap("normal", d, gradient)
    const gap = addUp(near, cut)
    why = "the part of the expectation beyond the box is not proved to be small"
    if (!(gap <= NEGLIGIBLE * (b - a))) continue
    // E x^2 of what is averaged: of g, moved by the coupling, and an end of the range outside the box.
    const root = addUp(sqrtUp(secondMoment(far, d)), near)
    const ends = mulUp(mulUp(Math.max(Math.abs(a), Math.abs(b)), Math.max(Math.abs(a), Math.abs(b))), outside(d, inner))
    const variance = addUp(mulUp(root, root), ends)
    const method: Method = b - a <= WIDE * Math.sqrt(variance) ? { kind: "betting", a, b } : { kind: "catoni", variance }
    return { method, slack: 0, gap, box: M, because: `inside max |z_i| <= ${M}, the rest at most ${gap.toExponential(1)}` }
  }
  return why
}

/** Ranges wider than this many standard deviations make betting slow. */
const WIDE = 20

/** Whether g chooses, rounds or takes a sign by one of the variables. */
const jumps = (g: Node, names: ReadonlyArray<string>): boolean => {
  const seen = new Set<Node>()
  const walk = (n: Node): boolean => {
    if (seen.has(n) || !names.some((name) => n.free.includes(name))) return false
    seen.add(n)
    return n.op === "if" || n.op === "sign" || n.op === "floor" || N.children(n).some(walk)
  }
  return walk(g)
}

/** Monotone (here: constant) pieces along any line parallel to an axis, of a function that depends on z only through polynomial conditions. */
const steps = (g: Node, names: ReadonlyArray<string>): number | undefined => {
  const seen = new Set<Node>()
  let turns = 0
  const moves = (n: Node): boolean => names.some((name) => n.free.includes(name))
  const walk = (n: Node): boolean => {
    if (seen.has(n) || !moves(n)) return true
    seen.add(n)
    if (n.op === "var") return false
    if (n.op === "floor") return false
    const difference = n.op === "if" ? N.sub(n.a, n.b) : n.op === "sign" ? n.a : undefined
    if (difference === undefined) return N.children(n).every(walk)
    const p = asPolynomial(difference, names)
    if (p === undefined) return false
    // Each zero of the condition along a line may begin a piece and end one.
    turns += 2 * Math.max(0, ...[...p.keys()].flatMap(exponents))
    return n.op !== "if" || (walk(n.then) && walk(n.else))
  }
  return walk(g) ? 1 + turns : undefined
}
