/** The state of one integral under evaluation: its scopes, the lines along which its variable runs, and what its pieces add up to. */
import type { Rational } from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"
import type { Bridge } from "../interval/bridge.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Complex } from "../interval/complex.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import type { Context, Report } from "./context.ts"
import type { Node } from "./node.ts"
import { innerScope, traceOf } from "./scope.ts"
import type { Inner, Scope } from "./scope.ts"

export interface End<T> {
  readonly value: T
  readonly trace: Interval
  readonly rational: Rational | undefined
}

export interface Scopes<T> {
  readonly values: Inner<T>
  readonly continued: Inner<Complex>
  readonly trace: Inner<Interval>
}

/** What the pieces of one integral share and add up. */
export interface Run<T> {
  readonly x: string
  readonly scope: Scope<T>
  readonly shared: Context
  readonly arithmetic: Arithmetic<T>
  readonly bridge: Bridge<T>
  readonly relative: number
  /** Inner scopes by body, kept from one evaluation of the integral to the next; `fresh` are those already refreshed in this one. */
  readonly scopes: Map<Node, Scopes<T>>
  readonly fresh: Set<Node>
  total: T
  scale: number
  readonly infinite: Set<1 | -1>
  /** `lost`: not even a wide enclosure. */
  trouble: (Omit<Report, "node"> & { readonly lost?: boolean }) | undefined
}

/** x = origin + slope t, and the same on the real axis. */
export interface Line<T> {
  readonly origin: T | undefined
  readonly slope: T | undefined
  readonly real: { readonly origin: Interval | undefined; readonly slope: Interval | undefined }
  /** Ends that x does not pass, though rounding might: the domain of the integrand may stop there. */
  readonly within?: readonly [lo: T, hi: T] | undefined
}

/** x = t. */
export const STRAIGHT: Line<never> = { origin: undefined, slope: undefined, real: { origin: undefined, slope: undefined } }

export const lineBetween = <T>(A: Arithmetic<T>, from: End<T>, to: End<T> | undefined): Line<T> => ({
  origin: from.value,
  slope: to && A.sub(to.value, from.value),
  real: { origin: from.trace, slope: to && intervalArithmetic.sub(to.trace, from.trace) },
  within: to !== undefined && bridgeOf(A).pointwise && from.trace.hi <= to.trace.lo ? [from.value, to.value] : undefined,
})

/** An end at a rational place. */
export const rationalEnd = <T>(A: Arithmetic<T>, at: Rational): End<T> => ({
  value: A.rational(at),
  trace: intervalArithmetic.rational(at),
  rational: at,
})

export const scopesOf = <T>(run: Run<T>, body: Node): Scopes<T> => {
  let scopes = run.scopes.get(body)
  if (scopes === undefined) run.scopes.set(body, (scopes = scopesAt(run.x, run.scope, run.shared)))
  else if (!run.fresh.has(body)) {
    scopes.values.refresh()
    scopes.continued.refresh()
    scopes.trace.refresh()
  }
  run.fresh.add(body)
  return scopes
}

/** Inner scopes for a bound variable: its values, their continuation, and the real segment behind that. */
export const scopesAt = <T>(x: string, scope: Scope<T>, shared: Context): Scopes<T> => {
  const A = scope.arithmetic
  const { embed } = bridgeOf(A)
  const trace = innerScope(intervalArithmetic, shared.prepare, x, (n) => traceOf(scope, n))
  const nested = (A as unknown) === complexArithmetic
  const values = innerScope(A, shared.prepare, x, scope.evaluate, nested ? trace : undefined)
  const continued = nested
    ? (values as unknown as Inner<Complex>)
    : innerScope(complexArithmetic, shared.prepare, x, (n) => embed(scope.evaluate(n)), trace)
  return { values, continued, trace }
}

/** Error aimed at relative to the integral of |f|: six bits above the rounding of the arithmetic. A continuation only needs a bound. */
export const goalOf = <T>(A: Arithmetic<T>, shared: Context): number =>
  (A as unknown) === complexArithmetic ? 1 / 64 : (shared.tolerance ?? 2 ** (6 - A.bits))
