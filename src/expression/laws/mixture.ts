/**
 * Mixtures: p = sum_k w_k p_k,  log p = logsumexp_k(log w_k + log p_k). Components of weight 0 are dropped, nested mixtures flattened.
 * Atoms beside a density (a point mass and a normal law) have neither a density nor a mass function, but moments, expectations and noisy versions; finitely many
 * atoms beside infinitely many (zeros beside a Poisson law) have a mass function, too.
 */
import { plus, sum, times } from "../derivative.ts"
import { compareNodes } from "../decide.ts"
import type { Law, Support } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { TooLarge, Undefined } from "../value.ts"
import { discrete } from "./discrete.ts"
import { LINE, exp, insideOf, isConst, isZero, log, needWeights, outsideLog, within } from "./support.ts"
import type { Density } from "./support.ts"

const MAX_PARTS = 1000

export type Part = { readonly weight: Node; readonly law: Law }

/** Mixture of laws of one dimension with weights >= 0 that sum to 1; else throws Undefined. */
export const mixture = (weights: ReadonlyArray<Node>, laws: ReadonlyArray<Law>): Law => {
  if (weights.length !== laws.length)
    throw new Undefined(`shape mismatch: Mixture needs as many weights as laws, got ${weights.length} and ${laws.length}`)
  needWeights("Mixture", weights)
  const parts = laws
    .map((law, i): Part => ({ weight: weights[i]!, law }))
    .filter((p) => !isZero(p.weight))
    .flatMap(
      (p): ReadonlyArray<Part> => (p.law.kind === "Mixture" ? p.law.parts!.map((q) => ({ weight: times(p.weight, q.weight), law: q.law })) : [p]),
    )
  if (parts.length > MAX_PARTS) throw new TooLarge(`a mixture of at most ${MAX_PARTS} components is expected, not of ${parts.length}`)
  const first = parts[0]!.law
  if (parts.length === 1 && isConst(parts[0]!.weight, 1)) return first
  const other = parts.find((p) => p.law.dimension !== first.dimension)
  if (other !== undefined) throw new Undefined(`shape mismatch: Mixture of laws in dimensions ${first.dimension} and ${other.law.dimension}`)
  if (parts.every((p) => p.law.atoms !== undefined)) {
    const atoms = parts.flatMap((p) => p.law.atoms!.map((a) => ({ at: a.at, mass: times(p.weight, a.mass) })))
    return discrete(
      atoms.map((a) => a.at),
      atoms.map((a) => a.mass),
    )
  }
  return mixtureOf(parts)
}

/** Whether each coordinate has a density, atoms, or both. */
export const coordinateTypes = (law: Law): ReadonlyArray<Law["type"]> => {
  if (law.dimension === 1) return [law.type]
  if (law.kind === "Product") return law.parts!.flatMap((p) => coordinateTypes(p.law))
  if (law.kind !== "Mixture") return Array.from({ length: law.dimension }, () => law.type)
  return law.parts!.map((p) => coordinateTypes(p.law)).reduce((a, b) => a.map((type, i) => (type === b[i] ? type : "mixed")))
}

/** The mixture of parts whose weights are known to be right. */
export const mixtureOf = (parts: ReadonlyArray<Part>): Law => {
  const first = parts[0]!.law
  const types = coordinateTypes(first)
  const mixed = parts.some((p) => coordinateTypes(p.law).some((type, i) => type !== types[i] || type === "mixed"))
  const support = hull(parts.map((p) => p.law.support))
  const full = parts.every((p) => p.law.support.lo === undefined && p.law.support.hi === undefined && !("inside" in p.law))
  const inflated = !mixed && parts.some((p) => (p.law.atoms === undefined) !== (first.atoms === undefined))
  const density = mixed ? NONE : combine(parts, (law) => law)
  const pdf = density.pdf
  const cdfs = parts.map((p) => p.law.cdf)
  const moments = parts.map((p) => p.law.moment)
  return {
    kind: "Mixture",
    params: {},
    dimension: first.dimension,
    type: mixed || inflated ? "mixed" : first.type,
    support,
    ...(parts.some((p) => p.law.from === undefined) ? {} : { from: Math.min(...parts.map((p) => p.law.from!)) }),
    parts,
    pdf,
    logpdf:
      full && !inflated ? density.logpdf : (x) => (first.dimension === 1 ? within(x[0]!, support, "<=", log(pdf(x)), outsideLog()) : log(pdf(x))),
    ...(cdfs.every((f) => f !== undefined) ? { cdf: (x: Node) => sum(parts.map((p) => times(p.weight, p.law.cdf!(x)))) } : {}),
    ...(moments.every((f) => f !== undefined) ? { moment: (k: number) => mixedMoment(parts, k) } : {}),
  }
}

const none = (): never => {
  throw new Undefined("a mixture of continuous and discrete laws has neither a density nor a mass function")
}
const NONE: Density = { pdf: none, logpdf: none }

/** Densities of the components as they are on their interiors, all supports covering the point. */
export const combine = (parts: ReadonlyArray<Part>, view: (law: Law) => Density = insideOf): Density => {
  if (parts.length === 1 && isConst(parts[0]!.weight, 1)) return view(parts[0]!.law)
  return {
    pdf: (x) => parts.map((p) => times(p.weight, view(p.law).pdf(x))).reduce(plus),
    logpdf: (x) => N.logsumexp(parts.map((p) => plus(log(p.weight), view(p.law).logpdf(x)))),
  }
}

const mixedMoment = (parts: ReadonlyArray<Part>, k: number): Node => {
  const each = parts.map((p) => p.law.moment!(k))
  return each.find((m) => m.op === "undefined") ?? each.find((m) => m.op === "infinite") ?? sum(parts.map((p, i) => times(p.weight, each[i]!)))
}

/** Smallest interval that holds all supports; an end that cannot be compared is kept as a minimum or maximum. */
const hull = (supports: ReadonlyArray<Support>): Support => {
  if (supports.length === 0) return LINE
  const end = (pick: (s: Support) => Node | undefined, join: (a: Node, b: Node) => Node, sign: 1 | -1): Node | undefined =>
    supports.map(pick).reduce((a, b) => {
      if (a === undefined || b === undefined) return undefined
      const c = compareNodes(a, b)
      return c === undefined ? join(a, b) : c * sign <= 0 ? a : b
    })
  return { lo: end((s) => s.lo, N.min, 1), hi: end((s) => s.hi, N.max, -1) }
}

/** exp of a log density: for laws whose density is best written through its logarithm. */
export const expOf = (logpdf: Density["logpdf"]): Density => ({ logpdf, pdf: (x) => exp(logpdf(x)) })
