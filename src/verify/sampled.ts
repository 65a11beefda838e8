/**
 * The statistical rung: expectations that no deterministic rung reaches, by a confidence sequence with a proved reason.
 *
 * The top-level terms c_i E f_i(Z) of D are sampled as ONE function g = sum c_i f_i of the same standard coordinates (common random numbers); the
 * other terms are enclosed. Why the interval holds is proved by the kernel, never inferred from the sample:
 *   Lipschitz  |grad g| <= L on the whole space by interval evaluation of grad g  -> sub-Gaussian with proxy L^2 (normal coordinates),
 *   range      besides, g in [a, b] on the whole space                            -> betting,
 * else the answer is heuristic and supports no verdict; the message names the missing bound.
 */
import type { Estimate } from "../core/estimate.ts"
import { decide } from "../core/verdict.ts"
import type { Verdict } from "../core/verdict.ts"
import { derivative } from "../expression/derivative.ts"
import { evaluate } from "../expression/evaluate.ts"
import { mapChildren } from "../expression/map-children.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { substitute } from "../expression/substitute.ts"
import { tape } from "../expression/tape.ts"
import { Unsupported } from "../expression/value.ts"
import { enclose } from "../expression/enclose.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import { addUp, mulUp, sqrtUp } from "../interval/rounding.ts"
import { lipschitzGap } from "../random/coupling.ts"
import { stream } from "../random/stream.ts"
import { add, entire } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"
import { hypothesis } from "./confidence/method.ts"
import type { Method } from "./confidence/method.ts"
import { sampleMean } from "./confidence/sample-mean.ts"
import type { Question, Strategy } from "./examine.ts"
import { terms } from "./ladder.ts"
import type { Evidence } from "./ladder.ts"

type Law = "normal" | "uniform"

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

/** c E f as coefficient and expectation, or undefined for a term without an expectation at the top. */
const linear = (sign: 1 | -1, node: Node): Linear | undefined => {
  if (node.op === "expect") return { coefficient: N.integer(sign), law: node.law.kind, variables: node.law.variables, body: node.body }
  if (node.op === "neg") return linear(sign === 1 ? -1 : 1, node.a)
  const [scale, inner, invert] =
    node.op === "mul"
      ? node.a.op === "const"
        ? [node.a, node.b, false]
        : [node.b, node.a, false]
      : node.op === "div"
        ? [node.b, node.a, true]
        : [undefined, undefined, false]
  if (scale?.op !== "const" || inner === undefined) return undefined
  const found = linear(sign, inner)
  return found && { ...found, coefficient: invert ? N.div(found.coefficient, scale) : N.mul(found.coefficient, scale) }
}

const gather = (q: Question): Evidence => {
  const evidence = sample(q)
  q.record?.({ tier: "samples", allowed: q.budget.samples, evidence })
  return evidence
}

const sample = (q: Question): Evidence => {
  const all = [...terms(q.left), ...terms(N.neg(q.right))]
  const expectations = all.flatMap(([sign, node]) => linear(sign, node) ?? [])
  const rest = all.filter(([sign, node]) => linear(sign, node) === undefined)
  let evaluations = 0
  let trouble = ""
  const bounds = (node: Node): Bounds => {
    const e = enclose(node, { bits: 53, evaluations: q.budget.evaluations })
    evaluations += e.evaluations
    if (e.status !== "defined") trouble = e.reason ?? "a term could not be enclosed"
    return [e.lo, e.hi]
  }
  const enclosed = rest.map(([sign, node]) => ({ sign, value: bounds(node) }))
  q.obligations.forEach(bounds)
  const fixed = enclosed.reduce<Bounds>((s, t) => add(s, t.sign === 1 ? t.value : [-t.value[1], -t.value[0]]), [0, 0])
  const restScale = enclosed.reduce((s, t) => s + Math.max(0, t.value[0], -t.value[1]), 0)
  const answer = (verdict: Verdict, estimate: Estimate, scale: number, detail: string): Evidence => {
    const shown: Bounds = [estimate.lo, estimate.hi]
    return { verdict, estimate, scale, left: shown, right: [0, 0], terms: enclosed.map((t) => t.value), evaluations, detail, divergent: false }
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
  const decided = (lo: number, hi: number): { estimate: Estimate; scale: number; verdict: Verdict | undefined } => {
    const d = add(fixed, [lo, hi])
    const estimate: Estimate = { lo: d[0], hi: d[1], grade: "statistical", alpha: q.alpha, hypotheses: [hypothesis(proof.method)] }
    const scale = restScale + Math.max(0, lo, -hi)
    return { estimate, scale, verdict: decide(q.relation, estimate, scale, q.tolerance) }
  }
  const mean = sampleMean({
    stream: stream(q.key[0]!, ...q.key.slice(1)),
    law,
    dimension,
    draw: (z) => {
      const value = run(Array.from(z, (x) => intervalArithmetic.range(x, x)))
      return intervalArithmetic.status(value) === "defined" ? value : Number.NaN
    },
    method: proof.method,
    alpha: q.alpha,
    slack: proof.slack,
    until: (lo, hi) => decided(lo, hi).verdict !== undefined,
    maximum: q.budget.samples,
  })
  evaluations += mean.n
  if (mean.alarm !== undefined) return heuristic(`estimator alarm: ${mean.alarm}`)
  const { estimate, scale, verdict } = decided(mean.lo, mean.hi)
  return answer(verdict ?? { _tag: "Inconclusive", reason: "budget" }, estimate, scale, `${hypothesis(proof.method)}; ${mean.n} samples`)
}

interface Reason {
  readonly method: Method
  readonly slack: number
}

/** The proved reason for an interval of E g, or a sentence that names what is missing. */
const reasonFor = (g: Node, names: ReadonlyArray<string>, law: Law): Reason | string => {
  const A = intervalArithmetic
  const everywhere = new Map(names.map((name) => [name, law === "normal" ? A.range(-Infinity, Infinity) : A.range(0, 1)]))
  const range = (node: Node): Bounds => {
    const value = evaluate(node, A, everywhere)
    return A.status(value) === "defined" ? A.bounds(value) : entire
  }
  const gradient = lipschitz(g, names, range)
  // Sampled coordinates are only close to ideal ones, and closeness says something about g only where g is Lipschitz.
  if (!Number.isFinite(gradient)) return "no proved bound for the gradient of the sampled function on the whole space"
  const slack = lipschitzGap(law, names.length, gradient)
  const [a, b] = range(g)
  const bounded = Number.isFinite(a) && Number.isFinite(b)
  if (law === "normal" && !(bounded && addUp(b, -a) <= gradient)) return { method: { kind: "sub-gaussian", proxy: mulUp(gradient, gradient) }, slack }
  return bounded ? { method: { kind: "betting", a, b }, slack } : "no proved bound for the range of the sampled function"
}

/** An upper bound of the Euclidean norm of the gradient on the whole space: a Lipschitz constant where g has no jumps (kinks do not matter). */
const lipschitz = (g: Node, names: ReadonlyArray<string>, range: (node: Node) => Bounds): number => {
  if (jumps(g, names)) return Infinity
  try {
    const squares = names.map((name) => {
      const [lo, hi] = range(withoutKinks(derivative(g, name)))
      const most = Math.max(Math.abs(lo), Math.abs(hi))
      return mulUp(most, most)
    })
    return sqrtUp(squares.reduce((s, x) => addUp(s, x), 0))
  } catch (error) {
    if (error instanceof Unsupported) return Infinity
    throw error
  }
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
