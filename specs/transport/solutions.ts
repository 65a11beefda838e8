/**
 * Couplings and potentials of a discrete transport problem, and its value.
 *
 *   value = min <C, pi> = max a.phi + b.psi,   phi_i + psi_j <= C_ij
 *
 * The plan is exact. Potentials are sums and differences of the costs along the tree of the optimal basis, so they are as exact as the costs are: the steps
 * check that they are feasible. The value is enclosed by weak duality, a.phi + b.phi^c <= value <= <C, pi>, whatever the solver did.
 */
import type { Rational } from "../../src/core/rational.ts"
import { signOf } from "../../src/expression/decide.ts"
import { enclose } from "../../src/expression/enclose.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { Undefined, array, asMatrix, asVector, matrix, scalar, typedFunction, vector } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { optimalBasis, planMatrix } from "../../src/math/transport-basis.ts"
import { transportComplaint } from "../../src/math/transport-problem.ts"
import type { PlanEntry } from "../../src/math/transport-problem.ts"
import { conjugate, rationals } from "./costs.ts"
import type { Matrix } from "./costs.ts"

/** Bits to which irrational costs are known to the solver; what it proposes is judged by the costs themselves. */
const BITS = 128

const masses = (v: Value): ReadonlyArray<Rational> => rationals(asVector(v, "masses"), "masses")

const approximate = (x: Node): Rational => {
  const lower = x.op === "const" ? x.value : enclose(x, { bits: BITS, evaluations: 1 }).exact?.lo
  if (lower === undefined) throw new Undefined("a cost is no number")
  return lower
}

interface Solution {
  readonly plan: Matrix
  readonly u: ReadonlyArray<Node>
  readonly v: ReadonlyArray<Node>
}

const solution = (cost: Matrix, a: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>): Solution => {
  const costs = cost.map((row) => row.map(approximate))
  const complaint = transportComplaint({ cost: costs, a, b })
  if (complaint !== undefined) throw new Undefined(complaint)
  const arcs = optimalBasis(costs, a, b)
  const plan = planMatrix(arcs, a.length, b.length).map((row) => row.map(N.constant))
  const root = a.findIndex((w) => w.n > 0n)
  return { plan, ...potentials(cost, arcs, root) }
}

/**
 * u_i + v_j = C_ij along the arcs, from u = 1 at the root (from 0, differences that vanish would leave a relation without a scale); atoms without mass get
 * the largest feasible potential.
 */
const potentials = (cost: Matrix, arcs: ReadonlyArray<PlanEntry>, root: number): Pick<Solution, "u" | "v"> => {
  const u: Array<Node | undefined> = cost.map((_, i) => (i === root ? N.integer(1) : undefined))
  const v: Array<Node | undefined> = cost[0]!.map(() => undefined)
  for (let open = true; open; ) {
    open = false
    for (const { row, column } of arcs) {
      const [p, q] = [u[row], v[column]]
      if ((p === undefined) === (q === undefined)) continue
      open = true
      if (p === undefined) u[row] = N.sub(cost[row]![column]!, q!)
      else v[column] = N.sub(cost[row]![column]!, p)
    }
  }
  const known = [...cost.keys()].filter((i) => u[i] !== undefined)
  const columns = v.map((q, j) => q ?? known.map((i) => N.sub(cost[i]![j]!, u[i]!)).reduce(N.min))
  return { u: u.map((p, i) => p ?? columns.map((q, j) => N.sub(cost[i]![j]!, q)).reduce(N.min)), v: columns }
}

/** solve(C, a, b) = [pi, u, v]: an optimal coupling (n x m) and the potentials of its basis (n and m). */
export const solve = typedFunction(3, ([c, a, b]) => {
  const { plan, u, v } = solution(asMatrix(c!, "C of solve"), masses(a!), masses(b!))
  return array([matrix(plan), vector(u), vector(v)])
})

const dot = (a: ReadonlyArray<Rational>, x: ReadonlyArray<Node>): Node => a.map((w, i) => N.mul(N.constant(w), x[i]!)).reduce(N.add)

/** transport(C, a, b): the optimal value, rational for rational costs. */
export const transport = typedFunction(3, ([c, a, b]) => {
  const cost = asMatrix(c!, "C of transport")
  const [p, q] = [masses(a!), masses(b!)]
  const { plan, u } = solution(cost, p, q)
  const lower = N.add(dot(p, u), dot(q, conjugate(cost, u)))
  const carried = plan.flatMap((row, i) => row.flatMap((w, j) => (w.op === "const" && w.value.n > 0n ? [N.mul(w, cost[i]![j]!)] : [])))
  const upper = carried.reduce(N.add)
  if (lower === upper) return scalar(lower)
  // A free plan: nothing is cheaper where no cost is negative.
  if (upper === N.integer(0) && cost.flat().every((c) => (signOf(c) ?? -1) >= 0)) return scalar(upper)
  if (lower.op === "const" && upper.op === "const") throw new RangeError("the dual value differs from the cost of the plan")
  return scalar(N.external("transport", [lower, upper], (A, [lo, hi]) => A.hull(lo!, hi!)))
})

export const solutionFunctions = { solve, transport }
