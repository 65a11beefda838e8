/**
 * The ladder: both sides of a relation are enclosed at rising precision until a verdict falls, nothing moves any more, or the budget is spent.
 *
 * D = left - right is the signed sum of the top-level additive terms T_i of both sides, S = sum |T_i|; rungs: exact rationals, double intervals with
 * rigorous quadrature, then balls of more and more bits. Deterministic throughout, so no alpha is spent.
 */
import type { Budget } from "../core/budget.ts"
import { certain } from "../core/estimate.ts"
import type { Estimate } from "../core/estimate.ts"
import * as Q from "../core/rational.ts"
import { decide } from "../core/verdict.ts"
import type { Reason, Relation, Verdict } from "../core/verdict.ts"
import { enclose } from "../expression/enclose.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { add, around, entire, sub } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"

export interface Evidence {
  readonly verdict: Verdict
  readonly estimate: Estimate
  readonly scale: number
  readonly left: Bounds
  readonly right: Bounds
  readonly terms: ReadonlyArray<Bounds>
  readonly evaluations: number
  readonly detail: string
  readonly divergent: boolean
}

/** Top-level additive terms with their signs. */
export const terms = (node: Node, sign: 1 | -1 = 1): ReadonlyArray<readonly [sign: 1 | -1, term: Node]> => {
  const flip: 1 | -1 = sign === 1 ? -1 : 1
  if (node.op === "add") return [...terms(node.a, sign), ...terms(node.b, sign)]
  if (node.op === "sub") return [...terms(node.a, sign), ...terms(node.b, flip)]
  if (node.op === "neg") return terms(node.a, flip)
  return [[sign, node]]
}

/** Climbs until `decide` gives a verdict. */
export const climb = (left: Node, right: Node, obligations: ReadonlyArray<Node>, relation: Relation, tolerance: number, budget: Budget): Evidence => {
  const exact = exactly(left, right, relation, tolerance)
  if (exact !== undefined && obligations.every((o) => o.op === "const")) return exact
  let spent = 0
  let previous: Evidence | undefined
  for (const bits of budget.bits) {
    const rung = evaluateRung(left, right, obligations, relation, tolerance, bits, budget.evaluations)
    spent += rung.evaluations
    const result = { ...rung, evaluations: spent }
    if (rung.verdict._tag !== "Inconclusive" || rung.verdict.reason === "undefined") return result
    if (previous !== undefined && !moved(previous.estimate, rung.estimate)) return { ...result, verdict: { _tag: "Inconclusive", reason: "immovable" } }
    previous = result
  }
  return previous!
}

const moved = (before: Estimate, after: Estimate): boolean => !(after.hi - after.lo >= 0.9 * (before.hi - before.lo))

/** Both sides rational: D and S are exact, whatever the tolerance. */
const exactly = (left: Node, right: Node, relation: Relation, tolerance: number): Evidence | undefined => {
  if (left.op !== "const" || right.op !== "const") return undefined
  const d = Q.sub(left.value, right.value)
  const [lo, hi] = around(d)
  const estimate = certain(lo, hi, "exact")
  const scale = Math.abs(Q.toNumber(left.value)) + Math.abs(Q.toNumber(right.value))
  const verdict = decide(relation, estimate, scale, relation === "==" ? 0 : tolerance) ?? { _tag: "Inconclusive" as const, reason: "budget" as const }
  const [l, r] = [around(left.value), around(right.value)]
  return { verdict, estimate, scale, left: l, right: r, terms: [l, r], evaluations: 1, detail: "", divergent: false }
}

const evaluateRung = (
  left: Node, right: Node, obligations: ReadonlyArray<Node>, relation: Relation, tolerance: number, bits: number, evaluations: number,
): Evidence => {
  let spent = 0
  let trouble: { status: "unknown" | "undefined"; reason: string } | undefined
  const bounds = (node: Node): Bounds => {
    const e = enclose(node, { bits, evaluations: Math.max(1, evaluations - spent) })
    spent += e.evaluations
    if (e.status !== "defined" && trouble?.status !== "undefined") trouble = { status: e.status, reason: e.reason ?? "" }
    return [e.lo, e.hi]
  }
  const side = (node: Node): { sum: Bounds; parts: ReadonlyArray<Bounds> } => {
    const parts = terms(node).map(([sign, term]) => ({ sign, value: bounds(term) }))
    const sum = parts.reduce<Bounds>((s, p) => (p.sign === 1 ? add(s, p.value) : sub(s, p.value)), [0, 0])
    return { sum, parts: parts.map((p) => p.value) }
  }
  const [l, r] = [side(left), side(right)]
  obligations.forEach(bounds)
  const all = [...l.parts, ...r.parts]
  const scale = all.reduce((s, [lo, hi]) => s + Math.max(0, lo, -hi), 0)
  // Balls carry more digits than the doubles that their terms were rounded to, so above the double tier D is enclosed as one node.
  const d = trouble !== undefined ? entire : left === right ? ([0, 0] as const) : bits === 53 ? sub(l.sum, r.sum) : bounds(N.sub(left, right))
  const estimate = certain(d[0], d[1], "enclosed")
  const reason: Reason = trouble === undefined ? "budget" : trouble.status === "undefined" ? "undefined" : trouble.reason.includes("budget") ? "budget" : "undefined"
  const open: Verdict = { _tag: "Inconclusive", reason }
  const verdict = trouble === undefined ? (decide(relation, estimate, scale, tolerance) ?? open) : open
  const divergent = trouble?.status === "undefined" && /diverge|infinite/.test(trouble.reason)
  // "unknown" may still be decided by more bits; only a certain "undefined" ends the climb at once.
  const final = trouble?.status === "unknown" ? { _tag: "Inconclusive" as const, reason: "budget" as const } : verdict
  return { verdict: final, estimate, scale, left: l.sum, right: r.sum, terms: all, evaluations: spent, detail: trouble?.reason ?? "", divergent }
}
