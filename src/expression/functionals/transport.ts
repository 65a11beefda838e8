/**
 * Wasserstein distances (not squared). On the line the monotone coupling is optimal for convex costs:
 *
 *   W1 = integral |F - G| = integral_0^1 |F^-1 - G^-1|,   W2^2 = integral_0^1 (F^-1 - G^-1)^2
 *   one location-scale family:   W1 = E |dm + ds Y|,  W2^2 = E (dm + ds Y)^2   (dm when ds = 0, whether or not moments exist)
 *   F <= G or F >= G throughout: W1 = |E X - E Y|
 * Without a first (second) moment on one side the distance is infinite.
 */
import { compareNodes } from "../decide.ts"
import { minus, over, plus, sum, times } from "../derivative.ts"
import { avoiding } from "../integrals.ts"
import type { Atom, Law } from "../law.ts"
import { survival } from "../laws/survival.ts"
import { exp, half, halved, isZero, log, nodesOf, placed, sqrt, standardised } from "../laws/support.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Unsupported } from "../value.ts"
import { buresSquared } from "./bures.ts"
import { w1ByCrossings } from "./crossings.ts"
import { expectation } from "./expectation.ts"
import { integrateOver, sortNodes } from "./pieces.ts"
import { needSameDimension, sameBlocks, sameLaw } from "./relations.ts"
import { cdf, closedQuantile, mean, quantile } from "./summary.ts"
import { w2SquaredByMap } from "./transport-map.ts"

/** First Wasserstein distance. */
export const w1 = (p: Law, q: Law): Node => {
  needSameDimension("W1", p, q)
  if (sameLaw(p, q)) return N.integer(0)
  const point = againstPoint(p, q, (d) => (d.length === 1 ? N.abs(d[0]!) : sqrt(sum(d.map((c) => N.powi(c, 2))))))
  if (point !== undefined) return point
  if (p.dimension > 1) return shifted(p, q) ?? unsupported("W1", p, q)
  if (sameMap(p, q)) return times(N.abs(p.params["a"]!), w1(p.parts![0]!.law, q.parts![0]!.law))
  if (p.atoms !== undefined && q.atoms !== undefined) return sum(coupling(p.atoms, q.atoms).map((c) => times(c.mass, N.abs(minus(c.x, c.y)))))
  const family = sameFamily(p, q)
  if (family !== undefined) {
    const { law, shift, stretch } = family
    if (stretch === 0) return N.abs(shift)
    const missing = missingMoment(law, 1)
    if (missing !== undefined) return missing
    if (law.kind === "Normal") return foldedNormal(shift, stretch)
    return avoidingBoth(p, q, () => expectation(law, ([y]) => N.abs(plus(shift, times(stretch, y!)))))
  }
  const [a, b] = [missingMoment(p, 1), missingMoment(q, 1)]
  if ((a === undefined) !== (b === undefined)) return (a ?? b)!
  if (ordered(p, q) && a === undefined) return N.abs(minus(mean(p)[0]!, mean(q)[0]!))
  if (p.type === "discrete" && q.type === "discrete") return unsupported("W1", p, q)
  return avoidingBoth(p, q, () => (a === undefined ? w1ByCrossings(p, q) : undefined) ?? betweenDistributionFunctions(p, q))
}

/** Second Wasserstein distance. */
export const w2 = (p: Law, q: Law): Node => {
  needSameDimension("W2", p, q)
  if (sameLaw(p, q)) return N.integer(0)
  const squared = w2Squared(p, q)
  return squared.op === "infinite" || squared.op === "undefined" ? squared : sqrt(squared)
}

/** One affine map of two laws. */
const sameMap = (p: Law, q: Law): boolean =>
  p.kind === "Affine" && q.kind === "Affine" && p.params["a"] === q.params["a"] && p.params["b"] === q.params["b"]

const w2Squared = (p: Law, q: Law): Node => {
  if (sameMap(p, q)) return times(N.powi(p.params["a"]!, 2), w2Squared(p.parts![0]!.law, q.parts![0]!.law))
  const point = againstPoint(p, q, (d) => sum(d.map((c) => N.powi(c, 2))))
  if (point !== undefined) return point
  if (p.dimension > 1) {
    if (p.gaussian !== undefined && q.gaussian !== undefined) return buresSquared(p, q)
    if (sameBlocks(p, q)) return sum(p.parts!.map((x, i) => (sameLaw(x.law, q.parts![i]!.law) ? N.integer(0) : w2Squared(x.law, q.parts![i]!.law))))
    return unsupported("W2", p, q)
  }
  if (p.atoms !== undefined && q.atoms !== undefined) return sum(coupling(p.atoms, q.atoms).map((c) => times(c.mass, N.powi(minus(c.x, c.y), 2))))
  const family = sameFamily(p, q)
  if (family !== undefined) {
    const { law, shift, stretch } = family
    if (stretch === 0) return N.powi(shift, 2)
    return missingMoment(law, 2) ?? avoidingBoth(p, q, () => expectation(law, ([y]) => N.powi(plus(shift, times(stretch, y!)), 2)))
  }
  const logNormal = ofLogNormals(p, q)
  if (logNormal !== undefined) return logNormal
  const [a, b] = [missingMoment(p, 2), missingMoment(q, 2)]
  if ((a === undefined) !== (b === undefined)) return (a ?? b)!
  if (p.atoms !== undefined && q.type === "continuous") return avoidingBoth(p, q, () => atomsToDensity(p.atoms!, q))
  if (q.atoms !== undefined && p.type === "continuous") return avoidingBoth(p, q, () => atomsToDensity(q.atoms!, p))
  for (const [from, to] of [
    [p, q],
    [q, p],
  ] as const) {
    const map = monotoneMap(from, to)
    if (map !== undefined) return avoidingBoth(p, q, () => expectation(from, ([x]) => N.powi(minus(x!, map(x!)), 2)))
  }
  const found = a === undefined ? avoidingBoth(p, q, () => w2SquaredByMap(p, q)) : undefined
  return found ?? unsupported("W2", p, q)
}

const unsupported = (form: string, p: Law, q: Law): never => {
  throw new Unsupported(`${form} of a ${p.kind} law and a ${q.kind} law is not supported`)
}
const avoidingBoth = <A>(p: Law, q: Law, f: () => A): A => avoiding([...nodesOf(p), ...nodesOf(q)], f)

/** E cost(X - c) when one law is a point mass at c. */
const againstPoint = (p: Law, q: Law, cost: (d: ReadonlyArray<Node>) => Node): Node | undefined => {
  const charged = (law: Law): ReadonlyArray<Atom> | undefined => law.atoms?.filter((a) => !isZero(a.mass))
  const [a, b] = [charged(p), charged(q)]
  const [point, other] = a?.length === 1 ? [a[0]!.at, q] : b?.length === 1 ? [b[0]!.at, p] : [undefined, p]
  return point === undefined ? undefined : avoidingBoth(p, q, () => expectation(other, (x) => cost(x.map((c) => minus(c, point)))))
}

/** |dm| for normal laws with one covariance. */
const shifted = (p: Law, q: Law): Node | undefined => {
  const [g, h] = [p.gaussian, q.gaussian]
  if (g === undefined || h === undefined || !g.cov.every((row, i) => row.every((c, j) => c === h.cov[i]![j]))) return undefined
  return sqrt(sum(g.mean.map((m, i) => N.powi(minus(m, h.mean[i]!), 2))))
}

/** Families whose location is the median. */
const SYMMETRIC: ReadonlySet<string> = new Set(["Normal", "Logistic", "StudentT"])

/** E (e^U - e^V)^2 for comonotone normal U and V, the logarithms of log-normal laws. */
const ofLogNormals = (p: Law, q: Law): Node | undefined => {
  if (p.kind !== "LogNormal" || q.kind !== "LogNormal") return undefined
  const moment = (m: Node, s: Node): Node => exp(plus(m, halved(N.powi(s, 2))))
  const [m, s, n, r] = [p.params["m"]!, p.params["s"]!, q.params["m"]!, q.params["s"]!]
  const two = N.integer(2)
  const squares = [[m, s] as const, [n, r] as const].map(([a, b]) => moment(times(two, a), times(two, b)))
  return minus(sum(squares), times(two, moment(plus(m, n), plus(s, r))))
}

/** The optimal map G^-1(F(x)) where G^-1 is closed: from log F and log(1 - F), so that neither tail cancels. */
const monotoneMap = (from: Law, to: Law): ((x: Node) => Node) | undefined => {
  const { cdf: f, standard } = from
  if (f === undefined || from.type !== "continuous") return undefined
  const { kind, params } = to
  if (from.kind === "Normal" && kind === "LogNormal")
    return (x) => exp(placed(standardised(x, standard!.location, standard!.scale), params["m"]!, params["s"]!))
  const [logU, logV] =
    from.kind === "Normal" && standard !== undefined
      ? [1, -1].map((side) => (x: Node) => N.call("lognormcdf", times(N.integer(side), standardised(x, standard.location, standard.scale))))
      : [(x: Node) => log(f(x)), (x: Node) => log(survival(from, x)!)]
  const [place, median] = SYMMETRIC.has(from.kind) ? [(x: Node) => x, standard!.location] : [f, half()]
  const closed = closedQuantile(to)
  return (
    closed &&
    ((x) =>
      closed({
        u: f(x),
        logU: () => logU!(x),
        logV: () => logV!(x),
        halves: (below, above) => N.conditional("<=", place(x), median, below, above),
      }))
  )
}

type Family = { readonly law: Law; readonly shift: Node; readonly stretch: Node | 0 }

/** Both laws are m + s Y of one standard law: dm and ds, 0 when the scales are certainly equal. */
const sameFamily = (p: Law, q: Law): Family | undefined => {
  const [a, b] = [p.standard, q.standard]
  if (a === undefined || b === undefined || !sameLaw(a.law, b.law)) return undefined
  return { law: a.law, shift: minus(a.location, b.location), stretch: compareNodes(a.scale, b.scale) === 0 ? 0 : minus(a.scale, b.scale) }
}

/** The infinite distance that a missing absolute moment of order k makes. */
const missingMoment = (law: Law, k: number): Node | undefined => {
  const m = law.moment?.(k)
  return m === undefined || (m.op !== "undefined" && m.op !== "infinite") ? undefined : N.infinite(1, `the transport distance: ${m.reason}`)
}

/** E |dm + ds Z| = |ds| (sqrt(2/pi) e^(-r^2/2) + r erf(r / sqrt 2)),  r = dm/ds. */
const foldedNormal = (shift: Node, stretch: Node): Node => {
  const two = N.integer(2)
  const r = over(shift, stretch)
  const tail = times(sqrt(over(two, N.pi())), N.call("exp", N.neg(over(N.powi(r, 2), two))))
  return times(N.abs(stretch), plus(tail, times(r, N.call("erf", over(r, sqrt(two))))))
}

/** Pairs that are certainly ordered stochastically (likelihood ratio or hazard order within a family). */
const ordered = (p: Law, q: Law): boolean => {
  const [s, t] = [p.params, q.params]
  const c = (key: string): -1 | 0 | 1 | undefined => compareNodes(s[key]!, t[key]!)
  const agree = (x: -1 | 0 | 1 | undefined, y: -1 | 0 | 1 | undefined): boolean => x !== undefined && y !== undefined && x * y >= 0
  const flip = (x: -1 | 0 | 1 | undefined): -1 | 0 | 1 | undefined => (x === undefined ? undefined : x === 0 ? 0 : x === 1 ? -1 : 1)
  const gammas = ["Gamma", "Exponential"]
  if (gammas.includes(p.kind) && gammas.includes(q.kind)) return agree(c("shape"), flip(c("rate")))
  if (p.kind !== q.kind) return false
  switch (p.kind) {
    case "Pareto":
      return agree(c("xm"), flip(c("alpha")))
    case "Beta":
      return agree(c("a"), flip(c("b")))
    case "Poisson":
      return true
    case "Geometric":
      return true
    case "Uniform":
      return agree(c("a"), c("b"))
    default:
      return false
  }
}

/** The monotone coupling of two finite laws. */
const coupling = (p: ReadonlyArray<Atom>, q: ReadonlyArray<Atom>): ReadonlyArray<{ readonly x: Node; readonly y: Node; readonly mass: Node }> => {
  const [a, b] = [sorted(p), sorted(q)]
  const pairs: Array<{ x: Node; y: Node; mass: Node }> = []
  let [i, j] = [0, 0]
  let [left, right] = [a[0]!.mass, b[0]!.mass]
  while (i < a.length && j < b.length) {
    const order = compareNodes(left, right)
    if (order === undefined) throw new Unsupported("two masses cannot be compared")
    pairs.push({ x: a[i]!.at, y: b[j]!.at, mass: order <= 0 ? left : right })
    if (order === 0) {
      ;[i, j] = [i + 1, j + 1]
      ;[left, right] = [a[i]?.mass ?? left, b[j]?.mass ?? right]
    } else if (order < 0) {
      right = minus(right, left)
      left = a[++i]?.mass ?? left
    } else {
      left = minus(left, right)
      right = b[++j]?.mass ?? right
    }
  }
  return pairs
}

const sorted = (atoms: ReadonlyArray<Atom>): ReadonlyArray<Atom> => {
  const charged = atoms.filter((a) => !isZero(a.mass))
  const order = sortNodes(charged.map((a) => a.at))
  if (order === undefined) throw new Unsupported("the atoms of a law cannot be ordered")
  return order.map((at) => charged.find((a) => a.at === at)!)
}

/** integral |F - G|: distribution functions left of a centre, tails right of it, so that nothing cancels far out. */
const betweenDistributionFunctions = (p: Law, q: Law): Node => {
  const centre = [p, q].map((law) => law.standard?.location).find((m) => m?.op === "const") ?? N.integer(0)
  const end = (a: Law["support"]["lo"], b: Law["support"]["lo"], join: (x: Node, y: Node) => Node): Node | undefined =>
    a === undefined || b === undefined || p.atoms !== undefined || q.atoms !== undefined ? undefined : join(a, b)
  const [lo, hi] = [end(p.support.lo, q.support.lo, N.min), end(p.support.hi, q.support.hi, N.max)]
  const surroundings = [...nodesOf(p), ...nodesOf(q)]
  const upper = (law: Law, x: Node): Node => survival(law, x) ?? minus(N.integer(1), cdf(law, x))
  const left = { lo, hi: hi === undefined ? centre : N.min(centre, hi) }
  const right = { lo: lo === undefined ? centre : N.max(centre, lo), hi }
  const inner = (a: Node | undefined, b: Node | undefined): boolean => a === undefined || b === undefined || compareNodes(a, b) !== 1
  return plus(
    inner(left.lo, left.hi) ? integrateOver(left, surroundings, (x) => N.abs(minus(cdf(p, x), cdf(q, x)))) : N.integer(0),
    inner(right.lo, right.hi) ? integrateOver(right, surroundings, (x) => N.abs(minus(upper(p, x), upper(q, x)))) : N.integer(0),
  )
}

/** sum_i E[(Y - x_i)^2; F(Y) in the i-th slice]: the monotone coupling of atoms with a density. */
const atomsToDensity = (atoms: ReadonlyArray<Atom>, law: Law): Node => {
  const order = sorted(atoms)
  let below: Node = N.integer(0)
  const cuts = order.slice(0, -1).map((a) => quantile(law, (below = plus(below, a.mass))))
  const terms = order.map((a, i) => {
    const inside = (y: Node): Node => {
      const cost = N.powi(minus(y, a.at), 2)
      const under = i === order.length - 1 ? cost : N.conditional("<=", y, cuts[i]!, cost, N.integer(0))
      return i === 0 ? under : N.conditional("<", cuts[i - 1]!, y, under, N.integer(0))
    }
    return expectation(law, ([y]) => inside(y!))
  })
  return sum(terms)
}
