/**
 * W2 of two laws with densities on the line by the monotone map T, G(T(x)) = F(x), a root inside the integral:
 *
 *   W2^2 = int (x - T(x))^2 p(x) dx = the part between x_l and x_r + a rest in [0, 2 E[X^2; X < x_l] + 2 E[Y^2; Y < T(x_l)] + the same above]
 *
 * where F(x_l) and 1 - F(x_r) are about 2^-50. Left of the median T solves G(y) = F(x), right of it 1 - G(y) = 1 - F(x), so that no tail cancels.
 */
import * as Q from "../../core/rational.ts"
import { intervalArithmetic as I } from "../../interval/interval-arithmetic.ts"
import { minus, sum, times } from "../derivative.ts"
import { context, evaluator } from "../evaluate.ts"
import { avoiding, fresh } from "../integrals.ts"
import type { Law } from "../law.ts"
import { insideOf, nodesOf } from "../laws/support.ts"
import { survival } from "../laws/survival.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { expectation } from "./expectation.ts"
import { integrateBody } from "./pieces.ts"
import { cdf } from "./summary.ts"

const TAIL = 2 ** -50

/** W2^2 of continuous laws on the line with second moments; `undefined` where the map cannot be bracketed. */
export const w2SquaredByMap = (p: Law, q: Law): Node | undefined => {
  if (p.type !== "continuous" || q.type !== "continuous" || [...nodesOf(p), ...nodesOf(q)].some((n) => n.free.length > 0)) return undefined
  const [f, g] = [tails(p), tails(q)]
  const [left, right] = [f.find(1, TAIL), f.find(-1, TAIL)]
  const middle = f.find(1, 0.5)
  if (left === undefined || right === undefined || middle === undefined || !(left < middle && middle < right)) return undefined
  // Doubles on both sides of T(x_l) and T(x_r).
  const outer = [g.beyond(1, f.at(1, left)[0]), g.beyond(-1, f.at(-1, right)[0])]
  const inner = [g.within(1, f.at(1, left)[1]), g.within(-1, f.at(-1, right)[1])]
  if (inner.some((y) => y === undefined)) return undefined
  const x = fresh("x", ...nodesOf(p), ...nodesOf(q))
  const vx = N.variable(x)
  const y = fresh("y", vx)
  const vy = N.variable(y)
  // Rounding may hide where the other tail is as small; then the bracket has no end on that side.
  const bracket = outer.map((end) => (end === undefined ? undefined : constant(end)))
  const part = (from: number, to: number, difference: Node): Node => {
    const map = N.root(y, bracket[0], bracket[1], difference)
    const body = avoiding([vx], () => times(N.powi(minus(vx, map), 2), insideOf(p).pdf([vx])))
    return integrateBody(x, { lo: constant(from), hi: constant(to) }, body)
  }
  const square = (law: Law, below: boolean, at: number): Node =>
    expectation(law, ([z]) =>
      below ? N.conditional("<=", z!, constant(at), N.powi(z!, 2), N.integer(0)) : N.conditional("<=", constant(at), z!, N.powi(z!, 2), N.integer(0)),
    )
  const rest = times(N.integer(2), sum([square(p, true, left), square(q, true, inner[0]!), square(p, false, right), square(q, false, inner[1]!)]))
  return sum([
    part(left, middle, minus(cdf(q, vy), cdf(p, vx))),
    part(middle, right, minus(upper(p, vx), upper(q, vy))),
    N.external("a part of", [rest], (A, [most]) => A.hull(A.range(0, 0), most!)),
  ])
}

const constant = (x: number): Node => N.constant(Q.fromNumber(x))
const upper = (law: Law, x: Node): Node => survival(law, x) ?? minus(N.integer(1), cdf(law, x))

/** Searches in the tails of a law: side 1 for F, side -1 for 1 - F. */
const tails = (law: Law) => {
  const at = evaluator(I, context({ evaluations: 200_000 }))
  const x = fresh("x", ...nodesOf(law))
  const nodes = avoiding([N.variable(x)], () => ({ below: cdf(law, N.variable(x)), above: upper(law, N.variable(x)) }))
  const mass = (side: 1 | -1, t: number): readonly [number, number] => {
    const value = at(side === 1 ? nodes.below : nodes.above, new Map([[x, I.range(t, t)]]))
    return I.status(value) === "defined" ? [value.lo, value.hi] : [Number.NaN, Number.NaN]
  }
  const ends = [law.support.lo, law.support.hi].map((end) => (end === undefined ? undefined : at(end, new Map())))
  const [lo, hi] = [ends[0]?.hi, ends[1]?.lo]
  /** The double next to the place where `inside` begins to hold, walking inwards from the end of the side; on the outer (false) or inner side of it. */
  const search = (side: 1 | -1, inside: (t: number) => boolean, wantInside: boolean): number | undefined => {
    const [near, far] = side === 1 ? [lo, hi] : [hi, lo]
    let out = near ?? 0
    for (let step = 1; near === undefined && inside(out); step *= 2) {
      if (step > 2 ** 60) return undefined
      out = -side * step
    }
    let into = far ?? out
    for (let step = 1; far === undefined && !inside(into); step *= 2) {
      if (step > 2 ** 60) return undefined
      into = out + side * step
    }
    for (let i = 0; i < 60 && Math.abs(into - out) > 1e-9 * Math.max(1e-3, Math.abs(into)); i++) {
      const m = out + (into - out) / 2
      if (inside(m)) into = m
      else out = m
    }
    return wantInside ? into : near === out ? undefined : out
  }
  return {
    at: mass,
    /** About the place where the mass beyond it is `u`. */
    find: (side: 1 | -1, u: number) => search(side, (t) => mass(side, t)[0] >= u, true),
    /** A double beyond which the mass is certainly below u, or the end of the support. */
    beyond: (side: 1 | -1, u: number) => search(side, (t) => !(mass(side, t)[1] < u), false) ?? (side === 1 ? lo : hi),
    /** A double beyond which the mass is certainly above u. */
    within: (side: 1 | -1, u: number) => search(side, (t) => mass(side, t)[0] > u, true),
  }
}
