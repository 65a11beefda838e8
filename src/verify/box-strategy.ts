/**
 * The box strategy: named parameters range over whole intervals around their values, and the relation is decided for all of them at once.
 *
 * D = left - right is enclosed on the box as one analytic function, so that an identity stays one; S is the sum over the top-level terms of the smallest
 * |T| on the box, a lower bound of the scale at every point of it. Verified and Refuted then hold on the whole box. Where the box decides nothing, its
 * centre may still refute.
 */
import { certain } from "../core/estimate.ts"
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { decide } from "../core/verdict.ts"
import { encloseOnBox } from "../expression/box.ts"
import type { BoxEnclosure } from "../expression/box.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { substitute } from "../expression/substitute.ts"
import { add } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"
import type { Question, Strategy } from "./examine.ts"
import { climb, terms } from "./ladder.ts"
import type { Evidence } from "./ladder.ts"

/**
 * Evidence on boxes of the given half-widths, parameter name to rational text; a vector widens in every entry, at most three numbers in all.
 * `instances` bounds how many boxes a family gets. Throws a RangeError for a radius that is no rational.
 */
export const box = (radii: Readonly<Record<string, string>>, options: { readonly instances?: number } = {}): Strategy => ({
  name: "box",
  statistical: false,
  instances: options.instances ?? 2,
  radii: Object.fromEntries(Object.entries(radii).map(([name, text]) => [name, radius(text)])),
  gather,
})

const radius = (text: string): Rational => {
  const r = Q.parseRational(text)
  if (r === undefined || r.n < 0n) throw new RangeError(`"${text}" is no radius`)
  return r
}

const gather = (q: Question): Evidence => {
  const sides = q.box ?? new Map()
  let evaluations = 0
  const trouble: Array<BoxEnclosure> = []
  const on = (node: Node, accept: (lo: number, hi: number) => boolean): Bounds => {
    const e = encloseOnBox(node, sides, { evaluations: q.budget.evaluations, accept })
    evaluations += e.evaluations
    if (e.status !== "defined") trouble.push(e)
    return [e.lo, e.hi]
  }
  // A few per cent of each term are all that its part of the scale needs.
  const near = (lo: number, hi: number): boolean => lo > hi / 2 || hi < lo / 2 || (lo === 0 && hi === 0)
  const parts = [q.left, q.right].map((side) =>
    terms(side).map(([sign, node]) => ({ sign, value: rough(node, sides, q.budget.evaluations / 64, near) })),
  )
  const all = parts.flat()
  const scale = all.reduce((s, { value: [lo, hi] }) => s + Math.max(0, lo, -hi), 0)
  const sum = (side: (typeof parts)[number]): Bounds =>
    side.reduce<Bounds>((s, { sign, value: [lo, hi] }) => add(s, sign === 1 ? [lo, hi] : [-hi, -lo]), [0, 0])
  const decided = (lo: number, hi: number): Evidence["verdict"] | undefined => decide(q.relation, certain(lo, hi, "enclosed"), scale, q.tolerance)
  const d = q.left === q.right ? ([0, 0] as const) : on(N.sub(q.left, q.right), (lo, hi) => decided(lo, hi) !== undefined)
  q.obligations.forEach((o) => on(o, () => true))
  const verdict = trouble.length === 0 ? decided(d[0], d[1]) : undefined
  if (verdict === undefined) {
    const centre = new Map([...sides].map(([name, [lo, hi]]) => [name, N.constant(Q.div(Q.add(lo, hi), Q.rational(2)))]))
    const [left, right, ...obligations] = [q.left, q.right, ...q.obligations].map((node) => substitute(node, centre)) as [Node, Node, ...Array<Node>]
    const there = climb(left, right, obligations, q.relation, q.tolerance, q.budget)
    if (there.verdict._tag === "Refuted") return { ...there, evaluations: evaluations + there.evaluations }
  }
  const undefinedHere = trouble.some((e) => e.status === "undefined")
  return {
    verdict: verdict ?? { _tag: "Inconclusive", reason: undefinedHere ? "undefined" : "budget" },
    estimate: certain(d[0], d[1], "enclosed"),
    scale,
    left: sum(parts[0]!),
    right: sum(parts[1]!),
    terms: all.map((t) => t.value),
    evaluations,
    detail: verdict === undefined ? (trouble[0]?.reason ?? "the box is too wide for the budget") : "",
    divergent: false,
  }
}

/** An enclosure of a term, as good as a small part of the budget makes it. */
const rough = (node: Node, sides: NonNullable<Question["box"]>, evaluations: number, accept: (lo: number, hi: number) => boolean): Bounds => {
  const e = encloseOnBox(node, sides, { evaluations, accept })
  return e.status === "undefined" ? [-Infinity, Infinity] : [e.lo, e.hi]
}
