/**
 * Discrete laws on the line, exactly: W1 = int |F - G| dx (Vallender 1974), and the monotone (quantile) coupling, which is optimal for every
 * cost h(x - y) with h convex and in general not for others (Villani 2003, section 2.2).
 */
import { add, compare, mul, sub, ZERO, type Rational } from "../core/rational.ts"
import { planCost, type Cost, type Enclosure, type PlanEntry } from "./transport-problem.ts"

/** Atoms in any order, with masses >= 0. */
export interface LineLaw {
  readonly at: ReadonlyArray<Rational>
  readonly mass: ReadonlyArray<Rational>
}

/** int |F - G| dx for two laws of the same total mass. */
export const w1OnLine = (p: LineLaw, q: LineLaw): Rational => integrateCdfs(p, q, (f) => (f.n < 0n ? { n: -f.n, d: f.d } : f))

/** int (F - G)^2 dx: Cramer's distance, squared. */
export const cramerOnLine = (p: LineLaw, q: LineLaw): Rational => integrateCdfs(p, q, (f) => mul(f, f))

/** int x dP, unnormalised. */
export const meanOnLine = (p: LineLaw): Rational => p.at.reduce((s, x, k) => add(s, mul(x, p.mass[k]!)), ZERO)

/** The coupling of F^{-1}(U) and G^{-1}(U), with indices into the laws as given; the totals must agree. */
export const quantileCoupling = (p: LineLaw, q: LineLaw): Array<PlanEntry> => {
  const [I, J] = [sorted(p), sorted(q)]
  const plan: Array<PlanEntry> = []
  let [k, l] = [0, 0]
  let [left, room] = [I[0] === undefined ? ZERO : p.mass[I[0]]!, J[0] === undefined ? ZERO : q.mass[J[0]]!]
  while (k < I.length && l < J.length) {
    const order = compare(left, room)
    const mass = order < 0 ? left : room
    if (mass.n > 0n) plan.push({ row: I[k]!, column: J[l]!, mass })
    left = sub(left, mass)
    room = sub(room, mass)
    if (order <= 0 && ++k < I.length) left = p.mass[I[k]!]!
    if (order >= 0 && ++l < J.length) room = q.mass[J[l]!]!
  }
  return plan
}

/** int_0^1 c(F^{-1}(u), G^{-1}(u)) du, an upper bound of the transport cost, attained for c = h(x - y) with convex h. */
export const quantileCost = (p: LineLaw, q: LineLaw, c: (x: Rational, y: Rational) => Cost): Enclosure =>
  planCost(quantileCoupling(p, q), (i, j) => c(p.at[i]!, q.at[j]!))

const sorted = (p: LineLaw): Array<number> => [...p.at.keys()].sort((i, j) => compare(p.at[i]!, p.at[j]!))

/** int g(F - G) dx, where F - G is constant between neighbouring atoms. */
const integrateCdfs = (p: LineLaw, q: LineLaw, g: (difference: Rational) => Rational): Rational => {
  const steps = [...p.at.map((x, k) => ({ x, jump: p.mass[k]! })), ...q.at.map((x, k) => ({ x, jump: sub(ZERO, q.mass[k]!) }))].sort((s, t) =>
    compare(s.x, t.x),
  )
  let [total, difference] = [ZERO, ZERO]
  steps.forEach(({ x, jump }, k) => {
    difference = add(difference, jump)
    const after = steps[k + 1]
    if (after !== undefined) total = add(total, mul(g(difference), sub(after.x, x)))
  })
  return total
}
