/**
 * W1 of two laws with densities from the places c_1 < ... < c_n where F - G changes its sign:
 *
 *   T(c) = int_-inf^c (F - G) = E[Y; Y < c] - E[X; X < c] where F(c) = G(c),   W1 = sum_i |T(c_{i+1}) - T(c_i)|,  T(-inf) = 0, T(inf) = E Y - E X.
 *
 * F - G is monotone between two sign changes of p - q and vanishes at both infinities, so its own changes are found by its signs at those of p - q.
 */
import * as Q from "../../core/rational.ts"
import { signOf } from "../decide.ts"
import { minus, plus, sum } from "../derivative.ts"
import { fresh } from "../integrals.ts"
import type { Law } from "../law.ts"
import { nodesOf } from "../laws/support.ts"
import { survival } from "../laws/survival.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { signChanges } from "../sign-changes.ts"
import type { SignChange } from "../sign-changes.ts"
import { substitute } from "../substitute.ts"
import { Unsupported } from "../value.ts"
import { expectation } from "./expectation.ts"
import { segments } from "./relations.ts"
import { cdf, mean } from "./summary.ts"

/** W1 for continuous laws on the line with means; `undefined` where the crossings cannot be certified. */
export const w1ByCrossings = (p: Law, q: Law): Node | undefined => {
  if (p.type !== "continuous" || q.type !== "continuous" || [...nodesOf(p), ...nodesOf(q)].some((n) => n.free.length > 0)) return undefined
  const changes = densityChanges(p, q)
  if (changes === undefined || changes.length === 0) return undefined
  const gap = (at: number): Node => minus(cdf(p, N.constant(Q.fromNumber(at))), cdf(q, N.constant(Q.fromNumber(at))))
  // Left of the first change F - G has the sign of p - q there, right of the last one the opposite of p - q there.
  // Between the ends of a bracket F - G need not be monotone, so both of its ends have to agree.
  const last = changes.length - 1
  const signs = changes.map(({ lo, hi, right }, i) => {
    const l = i === 0 ? -right : signOf(gap(lo))
    const r = i === last ? -right : signOf(gap(hi))
    return l === r ? l : undefined
  })
  if (last > 0 && signs.some((s) => s === undefined || s === 0)) return undefined
  const x = fresh("x", ...nodesOf(p), ...nodesOf(q))
  const places = changes.slice(1).flatMap((right, i): ReadonlyArray<Node> => {
    if (signs[i] === signs[i + 1]) return []
    const [lo, hi] = [N.constant(Q.fromNumber(changes[i]!.hi)), N.constant(Q.fromNumber(right.lo))]
    // Far to the right both distribution functions are nearly 1: there the upper tails cross.
    const above = signOf(minus(plus(cdf(p, lo), cdf(p, hi)), N.integer(1))) === 1
    const v = N.variable(x)
    const difference = above ? minus(upper(q, v), upper(p, v)) : minus(cdf(p, v), cdf(q, v))
    return [N.root(x, lo, hi, signs[i] === -1 ? difference : N.neg(difference))]
  })
  const below = (law: Law, c: Node): Node => expectation(law, ([z]) => N.conditional("<=", z!, c, z!, N.integer(0)))
  const values = [N.integer(0), ...places.map((c) => minus(below(q, c), below(p, c))), minus(mean(q)[0]!, mean(p)[0]!)]
  return sum(values.slice(1).map((v, i) => N.abs(minus(v, values[i]!))))
}

const upper = (law: Law, x: Node): Node => survival(law, x) ?? minus(N.integer(1), cdf(law, x))

/** The sign changes of p - q on the whole line, from the log ratio where both densities live. */
const densityChanges = (p: Law, q: Law): ReadonlyArray<SignChange> | undefined => {
  const all: Array<SignChange> = []
  let before: -1 | 1 | undefined
  const join = (sign: -1 | 1, at: Node | undefined): boolean => {
    if (before !== undefined && before !== sign) {
      if (at?.op !== "const") return false
      const here = Q.toNumber(at.value)
      if (!Q.equals(Q.fromNumber(here), at.value)) return false
      all.push({ lo: here, hi: here, right: sign })
    }
    before = sign
    return true
  }
  for (const s of ordered(p, q) ?? []) {
    const { p: f, q: g, support } = s
    if (f === undefined || g === undefined) {
      if (!join(f === undefined ? -1 : 1, support.lo)) return undefined
      continue
    }
    const x = fresh("x", ...nodesOf(p), ...nodesOf(q))
    const ratio = minus(f.logpdf([N.variable(x)]), g.logpdf([N.variable(x)]))
    const found = signChanges(ratio, x, support.lo, support.hi)
    if (found === undefined) return undefined
    const inside = found[0] === undefined ? signInside(ratio, x, support) : (-found[0].right as -1 | 1)
    if (inside === undefined || !join(inside, support.lo)) return undefined
    all.push(...found)
    if (found.length > 0) before = found.at(-1)!.right
  }
  return all
}

const ordered = (p: Law, q: Law): ReturnType<typeof segments> | undefined => {
  try {
    return segments(p, q)
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

/** The sign of a function that does not change it, at a point inside. */
const signInside = (f: Node, x: string, { lo, hi }: Law["support"]): -1 | 1 | undefined => {
  const [a, b] = [lo, hi].map((end) => (end?.op === "const" ? end.value : undefined))
  const at =
    a !== undefined && b !== undefined
      ? Q.div(Q.add(a, b), Q.rational(2))
      : a !== undefined
        ? Q.add(a, Q.ONE)
        : b !== undefined
          ? Q.sub(b, Q.ONE)
          : Q.ZERO
  const s = signOf(substitute(f, new Map([[x, N.constant(at)]])))
  return s === 0 ? undefined : s
}
