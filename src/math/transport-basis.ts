/**
 * The optimal basis of a transport problem with rational costs, and the coupling that it carries.
 *
 * A basis is a spanning tree over the atoms that have mass; phi_i + psi_j = C_ij along its arcs gives the potentials, also for costs C that the rational
 * ones only approximate. The flows are checked here: pi >= 0, pi 1 = a, pi' 1 = b. That no arc prices out is for the reader of the potentials to check.
 */
import { add, equals, mul, rational, ZERO, type Rational } from "../core/rational.ts"
import { solveIntegerTransport } from "./transport-exact.ts"
import { transportComplaint, type PlanEntry } from "./transport-problem.ts"

type Matrix = ReadonlyArray<ReadonlyArray<Rational>>

/** The arcs of an optimal tree with their flows, some of which may be 0. Throws a RangeError on what is no transport problem or has no end of pivots. */
export const optimalBasis = (cost: Matrix, a: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>): ReadonlyArray<PlanEntry> => {
  const complaint = transportComplaint({ cost, a, b })
  if (complaint !== undefined) throw new RangeError(complaint)
  const [costs, masses] = [integers(cost.flat()), integers([...a, ...b])]
  const { basis, optimal } = solveIntegerTransport(
    { cost: costs.n, a: masses.n.slice(0, a.length), b: masses.n.slice(a.length) },
    1000 + 20 * (a.length + b.length),
  )
  const arcs = basis.map(({ row, column, flow }) => ({ row, column, mass: rational(flow, masses.d) }))
  if (!optimal || !carries(arcs, a, b)) throw new RangeError("the transport solver found no optimal coupling")
  return arcs
}

/** The flows as a matrix of n x m masses. */
export const planMatrix = (arcs: ReadonlyArray<PlanEntry>, rows: number, columns: number): Array<Array<Rational>> => {
  const plan = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ZERO))
  for (const { row, column, mass } of arcs) plan[row]![column] = add(plan[row]![column]!, mass)
  return plan
}

const carries = (arcs: ReadonlyArray<PlanEntry>, a: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>): boolean => {
  const plan = planMatrix(arcs, a.length, b.length)
  const total = (v: ReadonlyArray<Rational>): Rational => v.reduce(add, ZERO)
  return (
    arcs.every((e) => e.mass.n >= 0n) &&
    plan.every((row, i) => equals(total(row), a[i]!)) &&
    b.every((w, j) => equals(total(plan.map((row) => row[j]!)), w))
  )
}

/** Numerators over the least common denominator d. */
const integers = (v: ReadonlyArray<Rational>): { readonly n: Array<bigint>; readonly d: bigint } => {
  // The reduced denominator of l/d is d/gcd(l, d).
  const d = v.reduce((l, x) => l * rational(l, x.d).d, 1n)
  return { n: v.map((x) => mul(x, rational(d)).n), d }
}
