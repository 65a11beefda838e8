/**
 * Expectations in several dimensions.
 *
 *   polynomials           E prod X_i^{e_i}: products of moments, or Stein's recursion E X_i g = mu_i E g + sum_j S_ij E d_j g for normal laws
 *   a term in one block   the law of that block
 *   a term in u_1.X, ..., u_r.X of a normal law: the normal law of (u_1.X, ..., u_r.X)
 *   r = 2                 nested integrals in whitened coordinates mu + L y, L L^T = S
 *   more                  a sampled expectation in whitened coordinates
 */
import { signOf } from "../decide.ts"
import { negate, plus, sum, times } from "../derivative.ts"
import { avoiding, fresh } from "../integrals.ts"
import type { Law } from "../law.ts"
import { blocks } from "../laws/product.ts"
import { gaussianImage, isSingular, mvNormal } from "../laws/mv-normal.ts"
import { normal } from "../laws/normal.ts"
import { nodesOf } from "../laws/support.ts"
import { cholesky, matvec } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { substitute } from "../substitute.ts"
import { Unsupported } from "../value.ts"
import { linearForms } from "./linear-forms.ts"
import { normalForm } from "./normal-form.ts"
import { exponents, splitPolynomial } from "./polynomial.ts"
import { fromNormal } from "./sampling.ts"
import { tilt } from "./tilt.ts"

// Dimensions in which integrals are nested; fewer for the dynamic extent of `preferSampling`, restored on the way out.
let nested = 2

/** Writes out with sampled expectations already where nested integrals would do, for relations that nested quadrature could not decide. */
export const preferSampling = <A>(build: () => A): A => {
  nested = 1
  try {
    return build()
  } finally {
    nested = 2
  }
}

/** E over the named variables of a node: `settle` of expectation.ts, handed down because the rules for the line and for space use each other. */
export type Settle = (law: Law, names: ReadonlyArray<string>, node: Node) => Node

/** E over a law in dimension >= 2 of a node in its named coordinates. */
export const settleInSpace = (settle: Settle, law: Law, names: ReadonlyArray<string>, node: Node): Node => {
  if (law.kind === "Mixture") return sum(law.parts!.map((p) => times(p.weight, settle(p.law, names, node))))
  const parts = splitPolynomial(normalForm(node, names), names)
  const known: Array<Node> = []
  for (const [key, c] of parts.polynomial) {
    const m = monomial(law, exponents(key))
    if (m.op === "undefined" || m.op === "infinite") return nonexistent(m, c, parts.polynomial.size === 1 && parts.rest === undefined)
    known.push(times(c, m))
  }
  const terms = parts.rest === undefined ? [] : additive(parts.rest)
  return sum([...known, ...terms.map((t) => term(settle, law, names, t))])
}

const nonexistent = (m: Extract<Node, { op: "undefined" | "infinite" }>, c: Node, alone: boolean): Node => {
  const s = signOf(c)
  if (m.op === "undefined" || !alone || s === undefined || s === 0) return N.undefinedNode(m.reason)
  return N.infinite(m.sign === s ? 1 : -1, m.reason)
}

/** The additive terms of a node. */
const additive = (n: Node): ReadonlyArray<Node> => {
  switch (n.op) {
    case "add":
      return [...additive(n.a), ...additive(n.b)]
    case "sub":
      return [...additive(n.a), ...additive(n.b).map(negate)]
    case "neg":
      return additive(n.a).map(negate)
    default:
      return [n]
  }
}

/** E prod X_i^{e_i}; the moment that does not exist otherwise. */
const monomial = (law: Law, e: ReadonlyArray<number>, memo: Map<string, Node> = new Map()): Node => {
  const key = e.join(",")
  let value = memo.get(key)
  if (value === undefined) memo.set(key, (value = computed(law, e, memo)))
  return value
}

const computed = (law: Law, e: ReadonlyArray<number>, memo: Map<string, Node>): Node => {
  if (e.every((k) => k === 0)) return N.integer(1)
  if (law.kind === "Product") {
    const factors = blocks(
      law.parts!.map((p) => p.law),
      e,
    ).map((block, i) => monomial(law.parts![i]!.law, block))
    return factors.find((m) => m.op === "undefined") ?? factors.find((m) => m.op === "infinite") ?? factors.reduce(times)
  }
  if (law.dimension === 1) {
    const m = law.moment?.(e[0]!)
    if (m === undefined) throw new Unsupported(`moments of a ${law.kind} law are not known`)
    return m
  }
  if (law.kind === "Mixture") return sum(law.parts!.map((p) => times(p.weight, monomial(p.law, e))))
  if (law.gaussian === undefined) throw new Unsupported(`moments of a ${law.kind} law are not known`)
  const { mean, cov } = law.gaussian
  const i = e.findIndex((k) => k > 0)
  const less = e.map((k, j) => (j === i ? k - 1 : k))
  const lower = (j: number): Node =>
    monomial(
      law,
      less.map((l, m) => (m === j ? l - 1 : l)),
      memo,
    )
  const steps = less.map((k, j) => (k === 0 ? N.integer(0) : times(times(cov[i]![j]!, N.integer(k)), lower(j))))
  return sum([times(mean[i]!, monomial(law, less, memo)), ...steps])
}

/** E of one additive term that is no polynomial. */
const term = (settle: Settle, law: Law, names: ReadonlyArray<string>, t: Node): Node => {
  // N.mul keeps a factor 0: it must not hide an expectation that does not exist.
  if (t.op === "mul" && !names.some((x) => t.a.free.includes(x))) return N.mul(t.a, settle(law, names, t.b))
  if (t.op === "mul" && !names.some((x) => t.b.free.includes(x))) return N.mul(settle(law, names, t.a), t.b)
  if (t.op === "div" && !names.some((x) => t.b.free.includes(x))) return N.div(settle(law, names, t.a), t.b)
  if (t.op === "neg") return negate(settle(law, names, t.a))
  const tilted = tilt(settle, law, names, t)
  if (tilted !== undefined) return tilted
  return law.kind === "Product"
    ? overProduct(settle, law, names, t)
    : law.gaussian !== undefined
      ? overNormal(settle, law, names, t)
      : unsupported(law)
}

const unsupported = (law: Law): never => {
  throw new Unsupported(`expectations under a ${law.kind} law in ${law.dimension} dimensions are not supported`)
}

type Block = { readonly law: Law; readonly names: ReadonlyArray<string> }

const overProduct = (settle: Settle, law: Law, names: ReadonlyArray<string>, t: Node): Node => {
  const laws = law.parts!.map((p) => p.law)
  return overBlocks(
    settle,
    blocks(laws, names).map((block, i) => ({ law: laws[i]!, names: block })),
    t,
  )
}

/** E over independent blocks: sums over atoms outside, at most two integrals inside. */
const overBlocks = (settle: Settle, all: ReadonlyArray<Block>, t: Node): Node => {
  const touched = (n: Node): ReadonlyArray<Block> => all.filter((b) => b.names.some((x) => n.free.includes(x)))
  const used = touched(t)
  if (used.length === 0) return t
  if (used.length === 1) return settle(used[0]!.law, used[0]!.names, t)
  if (t.op === "mul") {
    const [a, b] = [touched(t.a), touched(t.b)]
    if (!a.some((block) => b.includes(block))) return times(overBlocks(settle, a, t.a), overBlocks(settle, b, t.b))
  }
  if (used.every((b) => b.law.gaussian !== undefined))
    return overNormal(
      settle,
      joined(used.map((b) => b.law)),
      used.flatMap((b) => b.names),
      t,
    )
  const finite = used.find((b) => b.law.atoms !== undefined)
  if (finite !== undefined) {
    const inner = (at: Node): Node =>
      overBlocks(
        settle,
        used.filter((b) => b !== finite),
        substitute(t, new Map([[finite.names[0]!, at]])),
      )
    return sum(finite.law.atoms!.filter((a) => signOf(a.mass) !== 0).map((a) => times(a.mass, inner(a.at))))
  }
  if (used.reduce((d, b) => d + b.law.dimension, 0) > nested) return whitened(used, t)
  return used.reduceRight((n, b) => settle(b.law, b.names, n), t)
}

/** Independent normal blocks as one normal law. */
const joined = (laws: ReadonlyArray<Law>): Law => {
  const mean = laws.flatMap((l) => l.gaussian!.mean)
  const starts = laws.map((_, i) => laws.slice(0, i).reduce((d, l) => d + l.dimension, 0))
  const cov = laws.flatMap((l, i) =>
    l.gaussian!.cov.map((row) => mean.map((_, j) => (j >= starts[i]! && j < starts[i]! + l.dimension ? row[j - starts[i]!]! : N.integer(0)))),
  )
  return mvNormal(mean, cov)
}

const overNormal = (settle: Settle, law: Law, names: ReadonlyArray<string>, t: Node): Node => {
  const forms = linearForms(t, names)
  const inner = names.slice(0, forms.basis.length)
  if (forms.basis.length === 1) return settle(gaussianImage(law, forms.basis), inner, forms.node)
  if (forms.basis.length > 2 || forms.basis.length === names.length) return whitenedNormal(settle, law, names, t)
  return whitenedNormal(settle, gaussianImage(law, forms.basis), inner, forms.node)
}

/** x = mu + L y: nested integrals in two dimensions, sampling in more. */
const whitenedNormal = (settle: Settle, law: Law, names: ReadonlyArray<string>, t: Node): Node => {
  if (isSingular(law)) throw new Unsupported("an expectation under a singular normal law needs a function of fewer linear forms")
  const y = names.map(N.variable)
  const lx = matvec(cholesky(law.gaussian!.cov), y)
  const body = substitute(t, new Map(names.map((x, i) => [x, plus(law.gaussian!.mean[i]!, lx[i]!)])))
  const standard = normal(N.integer(0), N.integer(1))
  return names.length <= nested ? names.reduceRight((n, x) => settle(standard, [x], n), body) : N.expect({ kind: "normal", variables: names }, body)
}

/** Every block written through standard normal coordinates, for sampling. */
const whitened = (used: ReadonlyArray<Block>, t: Node): Node => {
  const names = used.flatMap((b) => b.names)
  const image = used.flatMap((b) => fromNormal(b.law, b.names.map(N.variable)))
  return N.expect({ kind: "normal", variables: names }, substitute(t, new Map(names.map((x, i) => [x, image[i]!]))))
}

/** E f as a sampled expectation throughout. */
export const sampled = (law: Law, body: (x: ReadonlyArray<Node>) => Node): Node => {
  if (law.kind === "Mixture") return sum(law.parts!.map((p) => times(p.weight, sampled(p.law, body))))
  const base = fresh("x", ...nodesOf(law))
  const names = Array.from({ length: law.dimension }, (_, i) => base.replace("~", `.${i + 1}~`))
  const y = names.map(N.variable)
  return avoiding(y, () => N.expect({ kind: "normal", variables: names }, body(fromNormal(law, y))))
}
