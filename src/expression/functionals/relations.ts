/**
 * How two laws lie to each other: equal, dominated, on which parts of the line both live.
 */
import { compareNodes } from "../decide.ts"
import type { Law, Support } from "../law.ts"
import { combine, coordinateTypes } from "../laws/mixture.ts"
import type { Part } from "../laws/mixture.ts"
import { normal } from "../laws/normal.ts"
import { isZero } from "../laws/support.ts"
import type { Density } from "../laws/support.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined, Unsupported } from "../value.ts"
import { sortNodes } from "./pieces.ts"

/** Same law, node by node. Nodes are hash-consed, so equal exact parameters are the same object. */
export const sameLaw = (p: Law, q: Law): boolean => {
  if (p === q) return true
  if (p.kind !== q.kind || p.dimension !== q.dimension) return false
  const [a, b] = [Object.keys(p.params), Object.keys(q.params)]
  if (a.length !== b.length || !a.every((key) => p.params[key] === q.params[key])) return false
  if (p.atoms !== undefined || q.atoms !== undefined) return sameAtoms(p, q)
  const [g, h] = [p.gaussian, q.gaussian]
  if (g !== undefined && h !== undefined) {
    if (!g.mean.every((m, i) => m === h.mean[i]) || !g.cov.every((row, i) => row.every((c, j) => c === h.cov[i]![j]))) return false
  }
  const [s, t] = [p.parts ?? [], q.parts ?? []]
  return s.length === t.length && s.every((x, i) => x.weight === t[i]!.weight && sameLaw(x.law, t[i]!.law))
}

const sameAtoms = (p: Law, q: Law): boolean => {
  const matched = matchAtoms(p, q)
  return matched.every((m) => m.p === m.q || isZero(N.sub(m.p, m.q)))
}

/** Two laws with the same divergences: a common bijection (the exponential of normal laws, an affine map) changes nothing. */
export const pulledBack = (p: Law, q: Law): readonly [Law, Law] => {
  const normalOf = (law: Law): Law => normal(law.params["m"]!, law.params["s"]!)
  if (p.kind === "Affine" && q.kind === "Affine" && p.params["a"] === q.params["a"] && p.params["b"] === q.params["b"])
    return pulledBack(p.parts![0]!.law, q.parts![0]!.law)
  return p.kind === "LogNormal" && q.kind === "LogNormal" ? [normalOf(p), normalOf(q)] : [p, q]
}

/**
 * Mutually singular because a coordinate has a density under one law and atoms under the other.
 * Throws Unsupported for a law with both, and for two infinite discrete laws that do not both live on the integers: their formulas do not know the other's atoms.
 */
export const apart = (p: Law, q: Law): boolean => {
  const [s, t] = [coordinateTypes(p), coordinateTypes(q)]
  if (s.includes("mixed") || t.includes("mixed"))
    throw new Unsupported("a divergence of a mixture of unlike kinds (atoms beside a density, or beside infinitely many) is not supported")
  if (s.some((type, i) => type !== t[i])) return true
  const endless = (law: Law): boolean => law.dimension === 1 && law.type === "discrete" && law.atoms === undefined
  if (endless(p) && endless(q) && (p.from === undefined || q.from === undefined) && !sameLaw(p, q))
    throw new Unsupported("a divergence of infinite discrete laws needs laws on the integers")
  return false
}

/** Two products with factors of the same dimensions. */
export const sameBlocks = (p: Law, q: Law): boolean =>
  p.kind === "Product" &&
  q.kind === "Product" &&
  p.parts!.length === q.parts!.length &&
  p.parts!.every((x, i) => x.law.dimension === q.parts![i]!.law.dimension)

export const needSameDimension = (form: string, p: Law, q: Law): void => {
  if (p.dimension !== q.dimension) throw new Undefined(`shape mismatch: ${form} of laws in dimensions ${p.dimension} and ${q.dimension}`)
}

export interface Matched {
  readonly at: Node
  readonly p: Node
  readonly q: Node
}

/** The union of the atoms of two finite laws with both masses. Throws Unsupported when it cannot be decided whether two atoms are the same. */
export const matchAtoms = (p: Law, q: Law): ReadonlyArray<Matched> => {
  const zero = N.integer(0)
  const rest = [...q.atoms!]
  const first = p.atoms!.map((a): Matched => {
    const i = rest.findIndex((b) => {
      if (a.at === b.at) return true
      const c = compareNodes(a.at, b.at)
      if (c === undefined) throw new Unsupported("it cannot be decided whether two atoms coincide")
      return c === 0
    })
    const partner = i < 0 ? undefined : rest.splice(i, 1)[0]
    return { at: a.at, p: a.mass, q: partner?.mass ?? zero }
  })
  return [...first, ...rest.map((b) => ({ at: b.at, p: zero, q: b.mass }))]
}

/** A part of the line with the densities there; `undefined` where a law has no mass. */
export interface Segment {
  readonly support: Support
  readonly p: Density | undefined
  readonly q: Density | undefined
}

const partsOf = (law: Law): ReadonlyArray<Part> => (law.kind === "Mixture" ? law.parts! : [{ weight: N.integer(1), law }])

/** Order of a lower (upper) end, an absent one being -inf (+inf); `undefined` when open. */
const compareEnds = (a: Node | undefined, b: Node | undefined, infinity: 1 | -1): -1 | 0 | 1 | undefined =>
  a === b ? 0 : a === undefined ? infinity : b === undefined ? (infinity === 1 ? -1 : 1) : compareNodes(a, b)

/** True, false, or undefined when it cannot be decided: the support of p lies inside that of q (hulls; no gaps). */
export const supportInside = (p: Law, q: Law): boolean | undefined => {
  const lo = compareEnds(p.support.lo, q.support.lo, -1)
  const hi = compareEnds(p.support.hi, q.support.hi, 1)
  if (lo === -1 || hi === 1) return false
  return lo === undefined || hi === undefined ? undefined : true
}

/** A law whose support has ends that only some of its components share. */
export const isPatchy = (law: Law): boolean =>
  law.kind === "Mixture" &&
  law.parts!.some((p) => compareEnds(p.law.support.lo, law.support.lo, -1) !== 0 || compareEnds(p.law.support.hi, law.support.hi, 1) !== 0)

/** The line cut at every end of a component's support, with what lives on each part. Throws Unsupported when the ends cannot be ordered. */
export const segments = (p: Law, q: Law): ReadonlyArray<Segment> => {
  const all = [...partsOf(p), ...partsOf(q)].map((part) => part.law.support)
  const distinct: Array<Node> = []
  for (const end of all.flatMap((s) => [s.lo, s.hi]))
    if (end !== undefined && !distinct.some((d) => d === end || compareNodes(d, end) === 0)) distinct.push(end)
  const ends = sortNodes(distinct)
  if (ends === undefined) throw new Unsupported("the ends of two supports cannot be ordered")
  const limits = [undefined, ...ends, undefined]
  return limits.slice(1).flatMap((hi, i): ReadonlyArray<Segment> => {
    const support = { lo: limits[i], hi }
    const active = (law: Law): Density | undefined => {
      const parts = partsOf(law).filter((part) => covers(part.law.support, support))
      return parts.length === 0 ? undefined : combine(parts)
    }
    const segment = { support, p: active(p), q: active(q) }
    return segment.p === undefined && segment.q === undefined ? [] : [segment]
  })
}

const covers = (outer: Support, inner: Support): boolean => {
  const [lo, hi] = [compareEnds(outer.lo, inner.lo, -1), compareEnds(inner.hi, outer.hi, 1)]
  return lo !== undefined && hi !== undefined && lo <= 0 && hi <= 0
}
