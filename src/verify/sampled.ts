/**
 * The statistical rung: expectations that no deterministic rung reaches, by a confidence sequence with a proved reason.
 *
 * The top-level terms c_i E f_i(Z) of D are sampled as ONE function g = sum c_i f_i of the same standard coordinates (common random numbers); the
 * other terms are enclosed. Why the interval holds is proved (`reason.ts`), else the answer is heuristic and supports no verdict; the message names the
 * missing bound.
 */
import type { Estimate } from "../core/estimate.ts"
import { decide } from "../core/verdict.ts"
import type { Verdict } from "../core/verdict.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { substitute } from "../expression/substitute.ts"
import { tape } from "../expression/tape.ts"
import { enclose } from "../expression/enclose.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import { charge } from "../expression/meter.ts"
import { SAMPLE } from "../expression/price.ts"
import { stream } from "../random/stream.ts"
import { add } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"
import { hypothesis } from "./confidence/method.ts"
import { sampleMean } from "./confidence/sample-mean.ts"
import type { Question, Strategy } from "./examine.ts"
import type { Evidence } from "./ladder.ts"
import { reasonFor } from "./reason.ts"
import type { Law } from "./reason.ts"

/** A confidence sequence per look; `instances` bounds how many looks a family gets. */
export const sampled = (options: { readonly instances?: number } = {}): Strategy => ({
  name: "sampled",
  statistical: true,
  instances: options.instances ?? 2,
  gather,
})

interface Linear {
  readonly coefficient: Node
  readonly law: Law
  readonly variables: ReadonlyArray<string>
  readonly body: Node
}

/** The additive terms c T of a side with their closed coefficients multiplied out, as far as an expectation hides in a product. */
const expanded = (coefficient: Node, node: Node): ReadonlyArray<{ readonly coefficient: Node; readonly node: Node }> => {
  const go = (n: Node, c: Node = coefficient): ReturnType<typeof expanded> => expanded(c, n)
  if (!samples(node)) return [{ coefficient, node }]
  switch (node.op) {
    case "add":
      return [...go(node.a), ...go(node.b)]
    case "sub":
      return [...go(node.a), ...go(node.b, N.neg(coefficient))]
    case "neg":
      return go(node.a, N.neg(coefficient))
    case "mul":
      return samples(node.a)
        ? samples(node.b)
          ? [{ coefficient, node }]
          : go(node.a, N.mul(coefficient, node.b))
        : go(node.b, N.mul(coefficient, node.a))
    case "div":
      return samples(node.b) ? [{ coefficient, node }] : go(node.a, N.div(coefficient, node.b))
    default:
      return [{ coefficient, node }]
  }
}

const linear = ({ coefficient, node }: { readonly coefficient: Node; readonly node: Node }): Linear | undefined =>
  node.op === "expect" ? { coefficient, law: node.law.kind, variables: node.law.variables, body: node.body } : undefined

/** Whether an expectation that only sampling reaches is left in the node. */
export const samples = (node: Node): boolean => {
  const seen = new Set<Node>()
  const walk = (n: Node): boolean => {
    if (seen.has(n)) return false
    seen.add(n)
    return n.op === "expect" || N.children(n).some(walk)
  }
  return walk(node)
}

const gather = (q: Question): Evidence => {
  const evidence = sample(q)
  q.record?.({ tier: "samples", allowed: q.budget.samples, evidence })
  return evidence
}

const sample = (q: Question): Evidence => {
  const all = [...expanded(N.integer(1), q.left), ...expanded(N.integer(-1), q.right)]
  const expectations = all.flatMap((t) => linear(t) ?? [])
  const rest = all.filter((t) => linear(t) === undefined)
  let evaluations = 0
  let trouble = ""
  const bounds = (node: Node): Bounds => {
    const e = enclose(node, { bits: 53, evaluations: q.budget.evaluations })
    evaluations += e.evaluations
    if (e.status !== "defined") trouble = e.reason ?? "a term could not be enclosed"
    return [e.lo, e.hi]
  }
  const enclosed = rest.map(({ coefficient, node }) => bounds(N.mul(coefficient, node)))
  q.obligations.forEach(bounds)
  const fixed = enclosed.reduce<Bounds>(add, [0, 0])
  const restScale = enclosed.reduce((s, [lo, hi]) => s + Math.max(0, lo, -hi), 0)
  const answer = (verdict: Verdict, estimate: Estimate, scale: number, detail: string): Evidence => {
    const shown: Bounds = [estimate.lo, estimate.hi]
    return { verdict, estimate, scale, left: shown, right: [0, 0], terms: enclosed, evaluations, detail, divergent: false }
  }
  const heuristic = (why: string): Evidence =>
    answer({ _tag: "Inconclusive", reason: "heuristic-only" }, { lo: -Infinity, hi: Infinity, grade: "heuristic", alpha: 0, hypotheses: [] }, 0, why)
  if (trouble !== "") return heuristic(trouble)
  if (expectations.length === 0) return heuristic("nothing to sample: the relation has no expectation at its top level")
  const law = expectations[0]!.law
  if (expectations.some((e) => e.law !== law)) return heuristic("expectations under different standard laws")
  const dimension = Math.max(...expectations.map((e) => e.variables.length))
  const names = Array.from({ length: dimension }, (_, i) => `sample.${i}~0`)
  const g = expectations
    .map((e) => N.mul(e.coefficient, substitute(e.body, new Map(e.variables.map((v, i) => [v, N.variable(names[i]!)])))))
    .reduce(N.add)
  const proof = reasonFor(g, names, law)
  if (typeof proof === "string") return heuristic(proof)
  const run = tape(g, names, intervalArithmetic)
  // Outside the box of a truncation any value of the range will do; the gap covers it.
  const edge = "a" in proof.method ? proof.method.a : 0
  const why = [hypothesis(proof.method), ...(proof.because === undefined ? [] : [proof.because])].join(" ")
  const decided = (lo: number, hi: number): { estimate: Estimate; scale: number; verdict: Verdict | undefined } => {
    const d = add(fixed, [lo, hi])
    const estimate: Estimate = { lo: d[0], hi: d[1], grade: "statistical", alpha: q.alpha, hypotheses: [why] }
    const scale = restScale + Math.max(0, lo, -hi)
    return { estimate, scale, verdict: decide(q.relation, estimate, scale, q.tolerance) }
  }
  const mean = sampleMean({
    stream: stream(q.key[0]!, ...q.key.slice(1)),
    law,
    dimension,
    draw: (z) => {
      charge(SAMPLE)
      if (!(z.reduce((m, x) => Math.max(m, Math.abs(x)), 0) <= proof.box)) return edge
      const value = run(Array.from(z, (x) => intervalArithmetic.range(x, x)))
      return intervalArithmetic.status(value) === "defined" ? value : Number.NaN
    },
    method: proof.method,
    alpha: q.alpha,
    slack: proof.slack,
    gap: proof.gap,
    until: (lo, hi) => decided(lo, hi).verdict !== undefined,
    maximum: q.budget.samples,
  })
  evaluations += mean.n
  if (mean.alarm !== undefined) return heuristic(`estimator alarm: ${mean.alarm}`)
  const { estimate, scale, verdict } = decided(mean.lo, mean.hi)
  return answer(verdict ?? { _tag: "Inconclusive", reason: "budget" }, estimate, scale, `${why}; ${mean.n} samples`)
}
