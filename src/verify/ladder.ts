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
import type { Rational } from "../core/rational.ts"
import { decide } from "../core/verdict.ts"
import type { Relation, Verdict } from "../core/verdict.ts"
import { depth, enclose } from "../expression/enclose.ts"
import type { Enclosure } from "../expression/enclose.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { add, around, entire, sub } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"
import { magnitude } from "./scale.ts"

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
  /** 2r/S, the smallest relative discrepancy that would have shown, where doubles cannot express r and S. */
  readonly detectable?: number
}

/** One rung that was tried, recorded for whoever asks; nothing is recorded, and nothing is paid, where nobody does. */
export interface Rung {
  /** `exact`: rational arithmetic; a number: intervals of that many bits; `samples`: a confidence sequence; `box`: whole ranges of parameters. */
  readonly tier: "exact" | "samples" | "box" | number
  /** Evaluations or samples that it might have spent. */
  readonly allowed: number
  /** What it gave; absent where the rung does not apply, and then `note` says why. */
  readonly evidence?: Evidence
  readonly note?: string
}
export type Recorder = (rung: Rung) => void

/** More terms are not told apart: each is enclosed on its own, and a definition that doubles another one 60 times has 2^60. */
const MOST_TERMS = 1000

/** Top-level additive terms with their signs, in the order of the formula; the largest sums stay whole once there are MOST_TERMS. */
export const terms = (node: Node): ReadonlyArray<readonly [sign: 1 | -1, term: Node]> => {
  let found: ReadonlyArray<readonly [1 | -1, Node]> = [[1, node]]
  while (found.length < MOST_TERMS) {
    const finer = found.flatMap(([sign, n]): typeof found => {
      const flip: 1 | -1 = sign === 1 ? -1 : 1
      return n.op === "neg"
        ? [[flip, n.a]]
        : n.op === "add" || n.op === "sub"
          ? [
              [sign, n.a],
              [n.op === "add" ? sign : flip, n.b],
            ]
          : [[sign, n]]
    })
    if (finer.every(([, n], i) => n === found[i]?.[1])) break
    found = finer
  }
  return found
}

/** Climbs until `decide` gives a verdict. */
export const climb = (
  left: Node,
  right: Node,
  obligations: ReadonlyArray<Node>,
  relation: Relation,
  tolerance: number,
  budget: Budget,
  record?: Recorder,
): Evidence => {
  const exact = exactly(left, right, relation)
  if (exact !== undefined && obligations.every((o) => o.op === "const")) {
    record?.({ tier: "exact", allowed: 1, evidence: exact })
    return exact
  }
  record?.({ tier: "exact", allowed: 1, note: "not both sides are rational numbers" })
  let spent = 0
  let previous: Evidence | undefined
  const question = { left, right, obligations, relation, tolerance }
  if (Math.max(depth(left), depth(right)) > 1) {
    // Nested integrals cost as much as all their digits: an inequality, or a crude error, shows in the first few.
    const evaluations = Math.ceil(budget.evaluations / 4)
    const rough = climbTo({ ...question, bits: 53, previous, evaluations, accuracy: ROUGH })
    record?.({ tier: 53, allowed: evaluations, evidence: rough })
    if (rough.verdict._tag !== "Inconclusive" || rough.verdict.reason === "undefined") return rough
    spent += rough.evaluations
  }
  for (const bits of budget.bits) {
    // An evaluation in balls costs as much as a hundred double ones: the budget shrinks with it.
    const evaluations = bits === 53 ? budget.evaluations : Math.ceil((12 * budget.evaluations) / bits)
    const rung = climbTo({ ...question, bits, previous, evaluations })
    record?.({ tier: bits, allowed: evaluations, evidence: rung })
    spent += rung.evaluations
    const result = { ...rung, evaluations: spent }
    if (rung.verdict._tag !== "Inconclusive" || rung.verdict.reason === "undefined") return result
    if (previous !== undefined && !/budget/.test(rung.detail) && !moved(previous.estimate, rung.estimate))
      return { ...result, verdict: { _tag: "Inconclusive", reason: "immovable" } }
    previous = result
  }
  return previous!
}

/** Error aimed at by the first look at nested integrals. */
const ROUGH = 1e-3

// A width that underflows says nothing, and no enclosure at all may become one with more bits.
const moved = (before: Estimate, after: Estimate): boolean => {
  const [w, v] = [before.hi - before.lo, after.hi - after.lo]
  return !(v >= 0.9 * w) || w <= 2 * Number.MIN_VALUE || w === Infinity
}

/** Both sides rational: D and S are exact, whatever the tolerance. */
const exactly = (left: Node, right: Node, relation: Relation): Evidence | undefined => {
  if (left.op !== "const" || right.op !== "const") return undefined
  const d = Q.sub(left.value, right.value)
  const [lo, hi] = around(d)
  const estimate = certain(lo, hi, "exact")
  const scale = Math.abs(Q.toNumber(left.value)) + Math.abs(Q.toNumber(right.value))
  // The sign decides: the ends are rounded outwards, to 0 where they are below the least double.
  const sign = Q.sign(d)
  const verdict = decide(relation, certain(sign, sign, "exact"), 0, 0)!
  const [l, r] = [around(left.value), around(right.value)]
  return { verdict, estimate, scale, left: l, right: r, terms: [l, r], evaluations: 1, detail: "", divergent: false }
}

interface Climb {
  readonly left: Node
  readonly right: Node
  readonly obligations: ReadonlyArray<Node>
  readonly relation: Relation
  readonly tolerance: number
  readonly bits: number
  readonly evaluations: number
  readonly previous: Evidence | undefined
  /** Error aimed at in integrals instead of what the precision allows. */
  readonly accuracy?: number
}

const climbTo = ({ left, right, obligations, relation, tolerance, bits, evaluations, previous, accuracy }: Climb): Evidence => {
  // Balls carry more digits than the doubles that terms are rounded to, so above the double tier D is enclosed as one node; known terms only give S.
  if (previous !== undefined && previous.scale > Number.MIN_VALUE && previous.scale < Infinity && previous.detail === "" && left !== right) {
    const e = enclose(N.sub(left, right), { bits, evaluations })
    const estimate = certain(e.lo, e.hi, "enclosed")
    const verdict = e.status === "defined" ? decide(relation, estimate, previous.scale, tolerance) : undefined
    return {
      ...previous,
      verdict: verdict ?? { _tag: "Inconclusive", reason: "budget" },
      estimate,
      evaluations: e.evaluations,
      detail: e.reason ?? "",
    }
  }
  let spent = 0
  let trouble: { status: "unknown" | "undefined"; reason: string } | undefined
  const take = (node: Node): Enclosure => {
    const e = enclose(node, {
      bits,
      evaluations: Math.max(1, evaluations - spent),
      ...(accuracy === undefined ? {} : { tolerance: accuracy }),
    })
    spent += e.evaluations
    if (e.status !== "defined" && trouble?.status !== "undefined") trouble = { status: e.status, reason: e.reason ?? "" }
    return e
  }
  const sides = [terms(left), terms(right)].map((parts) => parts.map(([sign, node]) => ({ sign, node, value: take(node) })))
  const sum = (parts: (typeof sides)[number]): Bounds =>
    parts.reduce<Bounds>((s, p) => (p.sign === 1 ? add : sub)(s, [p.value.lo, p.value.hi]), [0, 0])
  const [l, r] = [sum(sides[0]!), sum(sides[1]!)]
  obligations.forEach(take)
  const all = sides.flat()
  const whole = trouble !== undefined || left === right || bits === 53 ? undefined : take(N.sub(left, right))
  const d: Bounds = trouble !== undefined ? entire : left === right ? [0, 0] : whole === undefined ? sub(l, r) : [whole.lo, whole.hi]
  const estimate = certain(d[0], d[1], "enclosed")
  let scale = all.reduce((s, { value }) => s + Math.max(0, value.lo, -value.hi), 0)
  let verdict: Verdict | undefined
  let sharp: number | undefined
  if (trouble === undefined) {
    verdict = decide(relation, estimate, scale, tolerance)
    const close =
      verdict === undefined && whole !== undefined
        ? relative(
            whole,
            all.map((t) => t.value),
          )
        : undefined
    if (close !== undefined) verdict = decide(relation, certain(close[0], close[1], "enclosed"), 1, tolerance)
    if (close !== undefined && verdict !== undefined) sharp = close[1] - close[0]
    if (verdict === undefined) {
      const magnitudes = all.map(({ node, value }) => magnitude(node, Math.max(0, value.lo, -value.hi)))
      scale = magnitudes.reduce((s, m) => s + m.scale, 0)
      spent += magnitudes.reduce((n, m) => n + m.evaluations, 0)
      verdict = decide(relation, estimate, scale, tolerance)
    }
  }
  const undefinedHere = trouble?.status === "undefined"
  const open: Verdict = { _tag: "Inconclusive", reason: undefinedHere ? "undefined" : "budget" }
  const divergent = undefinedHere && /diverge|infinite/.test(trouble?.reason ?? "")
  return {
    verdict: verdict ?? open,
    estimate,
    scale,
    left: l,
    right: r,
    terms: all.map((t) => [t.value.lo, t.value.hi]),
    evaluations: spent,
    detail: trouble?.reason ?? "",
    divergent,
    ...(sharp === undefined ? {} : { detectable: sharp }),
  }
}

/** D / S from ball ends in full precision: what underflows or overflows in doubles has digits there. */
const relative = (whole: Enclosure, parts: ReadonlyArray<Enclosure>): Bounds | undefined => {
  if (whole.exact === undefined || parts.some((p) => p.exact === undefined)) return undefined
  const least = (p: Enclosure): Rational => (p.exact!.lo.n > 0n ? p.exact!.lo : p.exact!.hi.n < 0n ? Q.neg(p.exact!.hi) : Q.ZERO)
  const scale = parts.map(least).reduce(Q.add, Q.ZERO)
  return scale.n === 0n ? undefined : [around(Q.div(whole.exact.lo, scale))[0], around(Q.div(whole.exact.hi, scale))[1]]
}
