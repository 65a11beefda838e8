/**
 * Integral nodes in any arithmetic. The range is written x = origin + slope t with t in double-precision panels; infinite and singular ends are cut off at
 * a distance where a proved bound of the rest is small, see `tail.ts`.
 */
import * as Q from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Complex } from "../interval/complex.ts"
import { quadrature } from "../interval/quadrature.ts"
import type { Integrand } from "../interval/quadrature.ts"
import type { Context } from "./evaluate.ts"
import { nothing, worse } from "./evaluate.ts"
import type { Node } from "./node.ts"
import { innerScope } from "./scope.ts"
import type { Cell, Inner, Scope } from "./scope.ts"
import { tail } from "./tail.ts"

type Integral = Extract<Node, { op: "integral" }>

interface Scopes<T> {
  readonly values: Inner<T>
  readonly continued: Inner<Complex>
}

/** x = origin + slope t; both absent for x = t. */
interface Line<T> {
  readonly origin: T | undefined
  readonly slope: T | undefined
  readonly a: number
  readonly b: number
}

/** Error aimed at relative to the integral of |f|; six bits above the rounding of the arithmetic, one digit for error bounds. */
const goalOf = <T>(A: Arithmetic<T>, shared: Context): number =>
  (A as unknown) === complexArithmetic ? 1 / 64 : (shared.tolerance ?? 2 ** (6 - A.bits))

/** Below this nothing is resolved: products of doubles underflow. */
const FLOOR = 1e-290

export const integral = <T>(node: Integral, scope: Scope<T>, cell: Cell<T>, shared: Context): T => {
  const A = scope.arithmetic
  const scopes = scopesOf(node, scope, cell, shared)
  scopes.values.refresh()
  if ((scopes.continued as unknown) !== scopes.values) scopes.continued.refresh()
  const [lo, hi] = [node.lo && scope.evaluate(node.lo), node.hi && scope.evaluate(node.hi)]
  const status = worse(lo === undefined ? "defined" : A.status(lo), hi === undefined ? "defined" : A.status(hi))
  if (status !== "defined") return nothing(A, status)
  const line = lineOf(node, A, lo, hi)
  const f = integrand(node, A, scopes, line)
  const { embed } = bridgeOf(A)
  const relative = goalOf(A, shared)
  const fail = (kind: "divergent" | "undefined" | "immovable", reason: string): T => {
    shared.report({ kind, node, reason })
    return nothing(A, kind === "immovable" ? "unknown" : "undefined")
  }
  let { a, b } = line
  let rest = 0
  let guess: number | undefined
  const infinite: Array<1 | -1> = []
  let open: string | undefined
  for (const side of [-1, 1] as const) {
    if (side === 1 ? b < Infinity : a > -Infinity) continue
    guess ??= survey(f, a, b)
    const end = side === 1 ? "infinity" : "-infinity"
    const found = tail(node.body, node.x, { end: "far", side, origin: line.origin && embed(line.origin) }, scopes.continued.evaluate, Math.max(FLOOR, (relative * guess) / 16))
    if (found.kind === "divergent") infinite.push(found.sign)
    else if (found.kind === "unknown") open = `no bound of the integrand near ${end}`
    else {
      rest += found.bound
      if (side === 1) b = Math.max(found.from, a + 1)
      else a = Math.min(-found.from, b - 1)
    }
  }
  if (infinite.includes(1) && infinite.includes(-1)) return fail("divergent", "the integral diverges: infinity minus infinity")
  if (infinite.length > 0) return fail("divergent", `the integral diverges to ${infinite[0] === 1 ? "" : "-"}infinity`)
  if (open !== undefined) return fail("immovable", open)
  const { value, trouble } = quadrature(f, a, b, { relative, absolute: FLOOR, budget: shared.budget })
  if (trouble === "undefined") return fail("undefined", "the integrand is undefined on a part of the range")
  if (trouble !== undefined) shared.report({ kind: trouble, node, reason: trouble === "budget" ? "the budget is spent" : "the integrand is unbounded or its domain is not decided" })
  const sum = rest > 0 ? f.inflate(value, rest) : value
  return line.slope === undefined ? sum : A.mul(line.slope, sum)
}

const scopesOf = <T>(node: Integral, scope: Scope<T>, cell: Cell<T>, shared: Context): Scopes<T> => {
  const known = cell.inner as Scopes<T> | undefined
  if (known !== undefined) return known
  const A = scope.arithmetic
  const { embed } = bridgeOf(A)
  const values = innerScope(A, shared.step, node.x, scope.evaluate)
  const continued =
    (A as unknown) === complexArithmetic
      ? (values as unknown as Inner<Complex>)
      : innerScope(complexArithmetic, shared.step, node.x, (n) => embed(scope.evaluate(n)))
  const scopes = { values, continued }
  cell.inner = scopes
  return scopes
}

/** A constant that a double holds exactly. */
const exact = (node: Node | undefined): number | undefined => {
  if (node?.op !== "const") return undefined
  const x = Q.toNumber(node.value)
  return Number.isFinite(x) && Q.equals(Q.fromNumber(x), node.value) ? x : undefined
}

const lineOf = <T>(node: Integral, A: Arithmetic<T>, lo: T | undefined, hi: T | undefined): Line<T> => {
  const [a, b] = [node.lo === undefined ? -Infinity : exact(node.lo), node.hi === undefined ? Infinity : exact(node.hi)]
  if (a !== undefined && b !== undefined && a < b) return { origin: undefined, slope: undefined, a, b }
  if (lo !== undefined && hi !== undefined) return { origin: lo, slope: A.sub(hi, lo), a: 0, b: 1 }
  return lo !== undefined ? { origin: lo, slope: undefined, a: 0, b: Infinity } : { origin: hi, slope: undefined, a: -Infinity, b: 0 }
}

const integrand = <T>(node: Integral, A: Arithmetic<T>, scopes: Scopes<T>, line: Line<T>): Integrand<T> => {
  const { embed, inflate, symmetric } = bridgeOf(A)
  const C = complexArithmetic
  const [origin, slope] = [line.origin && embed(line.origin), line.slope && embed(line.slope)]
  return {
    arithmetic: A,
    symmetric,
    inflate,
    at: (t) => {
      const step = line.slope === undefined ? t : A.mul(line.slope, t)
      scopes.values.assign(line.origin === undefined ? step : A.add(line.origin, step))
      return scopes.values.evaluate(node.body)
    },
    continued: (t) => {
      const step = slope === undefined ? t : C.mul(slope, t)
      scopes.continued.assign(origin === undefined ? step : C.add(origin, step))
      return scopes.continued.evaluate(node.body)
    },
  }
}

/** A guess of the integral of |f| from dyadic points; it only sets how far out the range is cut. */
const survey = <T>(f: Integrand<T>, a: number, b: number): number => {
  const A = f.arithmetic
  let sum = 0
  for (const sign of [-1, 1])
    for (let k = -6; k <= 12; k++) {
      const t = sign * 2 ** k
      if (t <= a || t >= b) continue
      const [lo, hi] = A.bounds(f.at(A.range(t, t)))
      sum += (lo > 0 ? lo : hi < 0 ? -hi : 0) * Math.abs(t)
    }
  return sum
}
