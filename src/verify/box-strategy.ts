/**
 * The box strategy: named parameters range over whole intervals around their values, and the relation is decided for all of them at once.
 *
 * D = left - right is enclosed on the whole box as one analytic function, so that an identity stays one, and set against the scale S at the centre of
 * the box: terms that vanish together somewhere on it would leave nothing to compare with. Where the box decides nothing, its centre may still refute.
 */
import { certain } from "../core/estimate.ts"
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { decide } from "../core/verdict.ts"
import type { Verdict } from "../core/verdict.ts"
import { encloseOnBox } from "../expression/box.ts"
import type { BoxEnclosure } from "../expression/box.ts"
import { enclose } from "../expression/enclose.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { substitute } from "../expression/substitute.ts"
import { add, entire, sub } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"
import type { Question, Strategy } from "./examine.ts"
import { climb, terms } from "./ladder.ts"
import type { Evidence } from "./ladder.ts"
import type { Box } from "./problem.ts"

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
  const sides: Box = q.box ?? new Map()
  const centre = new Map([...sides].map(([name, [lo, hi]]) => [name, N.constant(Q.div(Q.add(lo, hi), Q.rational(2)))]))
  const here = (node: Node): Node => substitute(node, centre)
  let evaluations = 0
  const trouble: Array<BoxEnclosure> = []
  const on = (node: Node, accept: (lo: number, hi: number) => boolean): Bounds => {
    const e = encloseOnBox(node, sides, { evaluations: q.budget.evaluations, accept })
    evaluations += e.evaluations
    if (e.status !== "defined") trouble.push(e)
    return [e.lo, e.hi]
  }
  const parts = [q.left, q.right].map((side) =>
    terms(side).map(([sign, node]): { readonly sign: 1 | -1; readonly value: Bounds } => {
      const e = enclose(here(node), { bits: 53, evaluations: q.budget.evaluations })
      evaluations += e.evaluations
      return { sign, value: e.status === "defined" ? [e.lo, e.hi] : entire }
    }),
  )
  const all = parts.flat()
  const scale = all.reduce((s, { value: [lo, hi] }) => s + Math.max(0, lo, -hi), 0)
  const sum = (side: (typeof parts)[number]): Bounds => side.reduce<Bounds>((s, { sign, value }) => (sign === 1 ? add : sub)(s, value), [0, 0])
  const decided = (lo: number, hi: number): Verdict | undefined => decide(q.relation, certain(lo, hi, "enclosed"), scale, q.tolerance)
  const d: Bounds = q.left === q.right ? [0, 0] : on(N.sub(q.left, q.right), (lo, hi) => decided(lo, hi) !== undefined)
  // Halving until all of an obligation is defined; its value does not matter.
  for (const o of [...q.obligations, ...(q.left === q.right ? [q.left] : [])]) on(o, () => true)
  const verdict = trouble.length === 0 ? decided(d[0], d[1]) : undefined
  const evidence: Evidence = {
    verdict: verdict ?? { _tag: "Inconclusive", reason: trouble.some((e) => e.status === "undefined") ? "undefined" : "budget" },
    estimate: certain(d[0], d[1], "enclosed"),
    scale,
    left: sum(parts[0]!),
    right: sum(parts[1]!),
    terms: all.map((t) => t.value),
    evaluations,
    detail: verdict === undefined ? (trouble[0]?.reason ?? "the box is too wide for the budget") : "",
    divergent: false,
  }
  q.record?.({ tier: "box", allowed: q.budget.evaluations, evidence })
  if (verdict === undefined) {
    const there = climb(here(q.left), here(q.right), q.obligations.map(here), q.relation, q.tolerance, q.budget, q.record)
    if (there.verdict._tag === "Refuted") return { ...there, evaluations: evaluations + there.evaluations }
  }
  return evidence
}
