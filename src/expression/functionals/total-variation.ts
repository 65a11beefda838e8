/**
 * Total variation TV = integral |p - q| / 2, in closed form where the crossings of the densities are known:
 *
 *   equal scales, symmetric unimodal: 2 F0(|d|/2) - 1,  d = (m_p - m_q)/s
 *   normals, v1 < v2: P1(x- < X < x+) - P2(x- < X < x+),  x+- = (m1 v2 - m2 v1 +- sqrt(v1 v2 ((m1 - m2)^2 + (v2 - v1) log(v2/v1)))) / (v2 - v1)
 */
import { compareNodes } from "../decide.ts"
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import { fresh } from "../integrals.ts"
import type { Law } from "../law.ts"
import { massBetween } from "../laws/survival.ts"
import { exp, half, halved, insideOf, isZero, log, nodesOf, sqrt, standardised } from "../laws/support.ts"
import type { Density } from "../laws/support.ts"
import { dot, inverse, matvec } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { between, overSegment } from "./divergences.ts"
import { variationByRatio } from "./f-divergences.ts"
import { apart, matchAtoms, needSameDimension, pulledBack, sameLaw, segments } from "./relations.ts"

/** Total variation distance, between 0 and 1. */
export const tv = (first: Law, second: Law): Node => {
  needSameDimension("TV", first, second)
  const [p, q] = pulledBack(first, second)
  if (sameLaw(p, q)) return N.integer(0)
  if (apart(p, q)) return N.integer(1)
  if (p.atoms !== undefined && q.atoms !== undefined) return halved(sum(matchAtoms(p, q).map((m) => N.abs(minus(m.p, m.q)))))
  if (p.atoms !== undefined) return againstFinite(p, q)
  if (q.atoms !== undefined) return againstFinite(q, p)
  return closedVariation(p, q) ?? between(p, q, () => general(p, q))
}

/** sum_i |p_i - q(x_i)| / 2 + q(everything else) / 2. */
const againstFinite = (p: Law, q: Law): Node => {
  const pairs = p.atoms!.filter((a) => !isZero(a.mass)).map((a) => ({ p: a.mass, q: q.pdf([a.at]) }))
  return halved(plus(sum(pairs.map((m) => N.abs(minus(m.p, m.q)))), minus(N.integer(1), sum(pairs.map((m) => m.q)))))
}

const closedVariation = (p: Law, q: Law): Node | undefined => {
  const [s, t] = [p.params, q.params]
  if (p.kind === "MvNormal" && q.kind === "MvNormal") {
    const [g, h] = [p.gaussian!, q.gaussian!]
    if (!g.cov.every((row, i) => row.every((c, j) => c === h.cov[i]![j]))) return undefined
    const d = g.mean.map((m, i) => minus(m, h.mean[i]!))
    return N.call("erf", sqrt(over(dot(d, matvec(inverse(g.cov), d)), N.integer(8))))
  }
  if (p.kind !== q.kind) return undefined
  if (p.kind === "Exponential") {
    const at = over(log(over(s["rate"]!, t["rate"]!)), minus(s["rate"]!, t["rate"]!))
    return N.abs(minus(exp(negate(times(s["rate"]!, at))), exp(negate(times(t["rate"]!, at)))))
  }
  const [a, b] = [p.standard, q.standard]
  if (a === undefined || b === undefined) return undefined
  if (compareNodes(a.scale, b.scale) === 0) {
    const d = over(N.abs(minus(a.location, b.location)), a.scale)
    switch (p.kind) {
      case "Normal":
        return N.call("erf", over(N.abs(minus(a.location, b.location)), sqrt(times(N.integer(8), s["v"]!))))
      case "Laplace":
        return negate(N.call("expm1", negate(halved(d))))
      case "Cauchy":
        return over(times(N.integer(2), N.call("atan", halved(d))), N.pi())
      case "Logistic":
        return N.call("tanh", over(d, N.integer(4)))
      case "StudentT":
        if (s["df"] === t["df"]) return times(N.integer(2), minus(a.law.cdf!(halved(d)), half()))
    }
    return undefined
  }
  if (p.kind !== "Normal") return undefined
  const order = compareNodes(s["v"]!, t["v"]!)
  return order === undefined ? undefined : order < 0 ? normals(p, q) : normals(q, p)
}

/** Normal laws with v1 < v2. */
const normals = (p: Law, q: Law): Node => {
  const [m1, v1, m2, v2] = [p.params["m"]!, p.params["v"]!, q.params["m"]!, q.params["v"]!]
  const gap = minus(v2, v1)
  const middle = over(minus(times(m1, v2), times(m2, v1)), gap)
  const reach = over(sqrt(times(times(v1, v2), plus(N.powi(minus(m1, m2), 2), times(gap, log(over(v2, v1)))))), gap)
  const inside = (law: Law): Node => {
    const z = (x: Node): Node => standardised(x, law.params["m"]!, law.params["s"]!)
    return minus(N.call("normcdf", z(plus(middle, reach))), N.call("normcdf", z(minus(middle, reach))))
  }
  return minus(inside(p), inside(q))
}

const general = (p: Law, q: Law): Node => {
  if (p.dimension > 1) return variationByRatio(p, q)
  if (p.type === "discrete") {
    const [first, both] = [Math.min(p.from!, q.from!), Math.max(p.from!, q.from!)]
    const k = fresh("k", ...nodesOf(p), ...nodesOf(q))
    const gap = (x: Node, f: Density, g: Density): Node => N.abs(minus(f.pdf([x]), g.pdf([x])))
    const alone = Array.from({ length: both - first }, (_, i) => gap(N.integer(first + i), p, q))
    return halved(plus(sum(alone), N.series(k, both, gap(N.variable(k), insideOf(p), insideOf(q)))))
  }
  return halved(
    sum(
      segments(p, q).map((s) => {
        const { p: f, q: g } = s
        if (f !== undefined && g !== undefined) return overSegment(p, q, s.support, (x) => N.abs(minus(f.pdf([x]), g.pdf([x]))))
        const [law, density] = f === undefined ? [q, g!] : [p, f]
        const mass = law.kind === "Mixture" ? undefined : massBetween(law, s.support.lo, s.support.hi)
        return mass ?? overSegment(p, q, s.support, (x) => density.pdf([x]))
      }),
    ),
  )
}
