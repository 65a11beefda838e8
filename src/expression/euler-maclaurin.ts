/**
 * The rest of a slowly converging sum by the Euler-Maclaurin formula (DLMF 2.10.1), for an analytic f that falls:
 *
 *   sum_{k >= N} f(k) = int_N^inf f + f(N)/2 - sum_{j=1..p} B_2j / (2j)! f^(2j-1)(N) + R,   |R| <= |B_2p| / (2p)! int_N^inf |f^(2p)|
 *
 * and |f^(2p)(x)| <= (2p)! r^-2p max |f| over the disc of radius r around x (Cauchy), which a growth form bounds for all x >= N at once. With r = N/2 the
 * bound is about e^(-pi N).
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { above, make } from "../interval/complex.ts"
import { jetArithmetic } from "../interval/jet.ts"
import type { Context } from "./context.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { innerScope } from "./scope.ts"
import type { Scope } from "./scope.ts"
import { tailFrom } from "./tail.ts"

/** An enclosure of the sum of `body` over the integers k >= first, and the first; `undefined` where no bound is found. */
export const eulerMaclaurin = <T>(body: Node, k: string, from: number, scope: Scope<T>, shared: Context): { first: number; rest: T } | undefined => {
  const A = scope.arithmetic
  const bridge = bridgeOf(A)
  if (!bridge.pointwise || A.bits > 256) return undefined
  const first = Math.max(from, A.bits)
  const r = first / 2
  const p = Math.ceil(A.bits / 4)
  const whole = tailFrom(body, k, { end: "far", side: 1, origin: make(-r, r, -r, r, 2) }, (n) => bridge.embed(scope.evaluate(n)), first)
  if (whole === undefined) return undefined
  const jets = jetArithmetic(A, 2 * p - 1)
  const inner = innerScope(jets, shared.quiet.prepare, k, (n) => jets.lift(scope.evaluate(n)))
  inner.assign(jets.variable(A.range(first, first)))
  shared.budget.left -= p * p
  const jet = inner.evaluate(body)
  if (jet.status !== "defined") return undefined
  const area = scope.evaluate(N.integral(k, N.integer(first), undefined, body))
  if (A.status(area) !== "defined") return undefined
  const b = bernoulli(2 * p)
  let rest = A.add(area, A.div(jets.coefficient(jet, 0), A.range(2, 2)))
  for (let j = 1; j <= p; j++) rest = A.sub(rest, A.mul(A.rational(Q.div(b[2 * j]!, Q.rational(2 * j))), jets.coefficient(jet, 2 * j - 1)))
  const last = Math.abs(Q.toNumber(Q.div(b[2 * p]!, Q.powInteger(Q.fromNumber(r), 2 * p))))
  return { first, rest: bridge.inflate(rest, above(above(last * (1 + 1e-15)) * whole)) }
}

/** B_0, ..., B_n (B_1 = -1/2) by sum_{j <= m} C(m+1, j) B_j = 0. */
const bernoulli = (n: number): ReadonlyArray<Rational> => {
  const b: Array<Rational> = [Q.ONE]
  for (let m = 1; m <= n; m++) {
    let choose = Q.ONE
    let sum = Q.ZERO
    for (let j = 0; j < m; j++) {
      sum = Q.add(sum, Q.mul(choose, b[j]!))
      choose = Q.div(Q.mul(choose, Q.rational(m + 1 - j)), Q.rational(j + 1))
    }
    b.push(Q.neg(Q.div(sum, Q.rational(m + 1))))
  }
  return b
}
