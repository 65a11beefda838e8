/**
 * The solution of x' = v(x, t) at time T from x(0) = x_0, enclosed.
 *
 * Per step of length h from t: a box B with X + [0, h] v(B, [t, t + h]) inside B holds every solution from X up to t + h (Picard-Lindelof), and with x_k
 * the Taylor coefficients,  x(t + h) in sum_(k < n) x_k(X, t) h^k + x_n(B, [t, t + h]) h^n.  Steps are T/2^m, so that all times are exact.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"
import type { Node } from "./node.ts"
import { taylorSeries } from "./taylor-series.ts"
import type { Coefficients } from "./taylor-series.ts"

/** No step is shorter than T 2^-FINEST; a flow that needs one is given up. */
const FINEST = 16
/** How often a box that was too small is widened. */
const ATTEMPTS = 4

/** x(T) for v a node in the variables named `x` and `t`; status `unknown` where no step succeeds. */
export const taylorFlow = <T>(A: Arithmetic<T>, v: Node, x: string, t: string, start: T, horizon: Rational): T => {
  const order = Math.ceil(A.bits / 3)
  const series = taylorSeries(v, x, t, A)
  // The position is `at` units of T 2^-level.
  let [state, at, level] = [start, 0, 0]
  while (at < 2 ** level) {
    const [time, exact] = [Q.mul(horizon, Q.rational(at, 2 ** level)), series(state, A.rational(Q.mul(horizon, Q.rational(at, 2 ** level))), order)]
    while (at % 2 === 0 && level > 0) [at, level] = [at / 2, level - 1]
    let next: T | undefined
    while (next === undefined) {
      const h = Q.div(horizon, Q.rational(2 ** level))
      next = small(A, A.mul(exact[order]!, A.powi(A.rational(h), order)), state) ? advance(A, series, exact, time, h) : undefined
      if (next === undefined && level === FINEST) return A.restrict(A.range(-Infinity, Infinity), "unknown")
      if (next === undefined) [at, level] = [2 * at, level + 1]
    }
    state = next
    at++
  }
  return state
}

/** One step from the coefficients at its start, or undefined when it is too long. */
const advance = <T>(A: Arithmetic<T>, series: Coefficients<T>, exact: ReadonlyArray<T>, t: Rational, h: Rational): T | undefined => {
  const [order, step] = [exact.length - 1, A.rational(h)]
  const during = A.hull(A.rational(t), A.rational(Q.add(t, h)))
  const box = confine(A, series, exact[0]!, during, A.hull(A.rational(Q.ZERO), step))
  if (box === undefined) return undefined
  const remainder = A.mul(series(box, during, order)[order]!, A.powi(step, order))
  if (!small(A, remainder, exact[0]!)) return undefined
  return A.add(
    exact.slice(0, order).reduceRight((s, c) => A.add(c, A.mul(s, step))),
    remainder,
  )
}

/** The remainder is defined and at most a few roundings of x. */
const small = <T>(A: Arithmetic<T>, remainder: T, x: T): boolean => {
  const [lo, hi] = A.bounds(remainder)
  const [a, b] = A.bounds(x)
  return A.status(remainder) === "defined" && Math.max(-lo, hi) <= (1 + Math.max(-a, b)) * 2 ** (4 - A.bits)
}

/** A box that no solution from `x` leaves while its time runs through `during`, for steps up to the upper end of `step`; undefined when none was found. */
export const confine = <T>(A: Arithmetic<T>, series: Coefficients<T>, x: T, during: T, step: T): T | undefined => {
  let reach = A.add(x, A.mul(step, series(x, during, 1)[1]!))
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [lo, hi] = A.bounds(reach)
    if (A.status(reach) !== "defined" || !Number.isFinite(hi - lo)) return undefined
    const margin = (hi - lo) / 4 + 2 ** -A.bits
    const box = A.range(lo - margin, hi + margin)
    reach = A.add(x, A.mul(step, series(box, during, 1)[1]!))
    const [from, to] = A.bounds(reach)
    if (A.status(reach) === "defined" && from >= lo - margin && to <= hi + margin) return box
  }
  return undefined
}
