/**
 * Evaluation of core nodes in any arithmetic: double intervals, balls, jets, complex rectangles. One formula, one walk, many meanings.
 *
 * What cannot be decided is never guessed: an open condition gives the hull of both branches where the arithmetic is an enclosure of reals, and status
 * `unknown` in jets and on complex rectangles (there a branch is an analytic function, a choice between two is not).
 */
import type { Arithmetic } from "../interval/arithmetic.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Complex } from "../interval/complex.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import { nothing, worse } from "./context.ts"
import type { Context, Report } from "./context.ts"
import { integral } from "./integral.ts"
import type { Comparison, Node } from "./node.ts"
import { root } from "./root.ts"
import { rootScope } from "./scope.ts"
import type { Cell, Scope } from "./scope.ts"
import { series } from "./series.ts"

export interface Options {
  /** Evaluations of integrands (points, panels and their continuations), nested ones included; 100 000 when absent. */
  readonly evaluations?: number
  /** Error aimed at, relative to the integral of the absolute integrand; from the precision of the arithmetic when absent. */
  readonly tolerance?: number
  readonly report?: (report: Report) => void
}

/** The value of `node`, an enclosure whatever happens; variables come from `environment` (a RangeError names a missing one). */
export const evaluate = <T>(node: Node, arithmetic: Arithmetic<T>, environment: ReadonlyMap<string, T>, options: Options = {}): T =>
  evaluateIn(node, arithmetic, environment, context(options))

export const context = (options: Options): Context => {
  const shared: Context = {
    budget: { left: options.evaluations ?? 100_000 },
    tolerance: options.tolerance,
    report: options.report ?? (() => undefined),
    step: (node, scope, cell) => step(node, scope, cell, shared),
  }
  return shared
}

export const evaluateIn = <T>(node: Node, arithmetic: Arithmetic<T>, environment: ReadonlyMap<string, T>, shared: Context): T =>
  rootScope(arithmetic, shared.step, environment).evaluate(node)

/** A function that evaluates nodes at one environment after another; what is closed is computed once. */
export const evaluator = <T>(arithmetic: Arithmetic<T>, shared: Context): ((node: Node, environment: ReadonlyMap<string, T>) => T) => {
  const here = new Map<string, T>()
  const scope = rootScope(arithmetic, shared.step, here)
  return (node, environment) => {
    for (const [name, value] of environment) here.set(name, value)
    scope.refresh()
    return scope.evaluate(node)
  }
}

/** The continuation of `node` from a real box to rectangles around it; `state` 2 only where it is analytic in all variables. */
export const continueFrom = (node: Node, rectangles: ReadonlyMap<string, Complex>, box: ReadonlyMap<string, Interval>, shared: Context): Complex =>
  rootScope(complexArithmetic, shared.step, rectangles, rootScope(I, shared.step, box)).evaluate(node)

const step = <T>(node: Node, scope: Scope<T>, cell: Cell<T>, shared: Context): T => {
  const A = scope.arithmetic
  const go = scope.evaluate
  switch (node.op) {
    case "const":
      return A.rational(node.value)
    case "pi":
      return A.pi()
    case "var":
      throw new RangeError(`no value for ${node.name}`)
    case "add":
      return A.add(go(node.a), go(node.b))
    case "sub":
      return A.sub(go(node.a), go(node.b))
    case "mul":
      return node.a === node.b ? A.powi(go(node.a), 2) : A.mul(go(node.a), go(node.b))
    case "div":
      return A.div(go(node.a), go(node.b))
    case "min":
      return scope.trace === undefined ? A.min(go(node.a), go(node.b)) : continuedChoice(node, scope, scope.trace)
    case "max":
      return scope.trace === undefined ? A.max(go(node.a), go(node.b)) : continuedChoice(node, scope, scope.trace)
    case "pow":
      return A.pow(go(node.a), go(node.b))
    case "powi":
      return A.powi(go(node.a), node.n)
    case "neg":
      return A.neg(go(node.a))
    case "abs":
      return scope.trace === undefined ? A.abs(go(node.a)) : continuedAbs(node, scope, scope.trace)
    case "sign":
      return A.sign(go(node.a))
    case "floor":
      return A.floor(go(node.a))
    case "call":
      return A.call(node.f, go(node.a))
    case "logsumexp":
      return A.logsumexp(node.args.map(go))
    case "if":
      return conditional(node, scope)
    case "external":
      return node.compute(A, node.args.map(go))
    case "integral":
      return integral(node, scope, cell, shared)
    case "root":
      return root(node, scope, cell, shared)
    case "series":
      return series(node, scope, cell, shared)
    case "expect":
      shared.report({ kind: "unsupported", node, reason: "only sampling reaches this expectation" })
      return nothing(A, "unknown")
    case "undefined":
      shared.report({ kind: "undefined", node, reason: node.reason })
      return nothing(A, "undefined")
    case "infinite":
      shared.report({ kind: "divergent", node, reason: `infinite: ${node.reason}` })
      return nothing(A, "undefined")
  }
}

type Binary = Extract<Node, { readonly a: Node; readonly b: Node; readonly op: "min" | "max" | "add" | "sub" | "mul" | "div" | "pow" }>
type Unary = Extract<Node, { readonly a: Node; readonly op: "abs" | "neg" | "sign" | "floor" }>

/** On a continuation the choice is made on the real segment; where it is open, A's own answer is (`unknown`). */
const continuedChoice = <T>(node: Binary, scope: Scope<T>, trace: Scope<Interval>): T => {
  const [a, b] = [trace.evaluate(node.a), trace.evaluate(node.b)]
  const [small, large] = a.hi <= b.lo ? [node.a, node.b] : b.hi <= a.lo ? [node.b, node.a] : [undefined, undefined]
  if (small !== undefined) return scope.evaluate(node.op === "min" ? small : large)
  const A = scope.arithmetic
  return A.restrict(A.hull(scope.evaluate(node.a), scope.evaluate(node.b)), "unknown")
}

const continuedAbs = <T>(node: Unary, scope: Scope<T>, trace: Scope<Interval>): T => {
  const A = scope.arithmetic
  const a = trace.evaluate(node.a)
  const value = scope.evaluate(node.a)
  return a.lo >= 0 ? value : a.hi <= 0 ? A.neg(value) : A.restrict(A.hull(value, A.neg(value)), "unknown")
}

const conditional = <T>(node: Extract<Node, { op: "if" }>, scope: Scope<T>): T => {
  const A = scope.arithmetic
  const [a, b] = [scope.evaluate(node.a), scope.evaluate(node.b)]
  const truth =
    scope.trace === undefined ? compare(A, node.rel, a, b) : compare(I, node.rel, scope.trace.evaluate(node.a), scope.trace.evaluate(node.b))
  const tested = worse(A.status(a), A.status(b))
  if (truth !== undefined) {
    const taken = scope.evaluate(truth ? node.then : node.else)
    return tested === "defined" ? taken : A.restrict(taken, tested)
  }
  if (tested === "undefined") return nothing(A, "undefined")
  const [yes, no] = [scope.evaluate(node.then), scope.evaluate(node.else)]
  const both = A.hull(yes, no)
  const status = worse(worse(A.status(yes), A.status(no)), tested)
  // Both undefined is undefined; one undefined is open, since it may not be the branch that is taken.
  if (A.status(yes) === "undefined" && A.status(no) === "undefined") return nothing(A, "undefined")
  return A.restrict(both, status === "defined" && bridgeOf(A).pointwise ? "defined" : "unknown")
}

/** Three-valued comparison. */
export const compare = <T>(A: Arithmetic<T>, rel: Comparison, a: T, b: T): boolean | undefined => {
  const not = (t: boolean | undefined): boolean | undefined => (t === undefined ? undefined : !t)
  switch (rel) {
    case "<":
      return A.less(a, b)
    case "<=":
      return not(A.less(b, a))
    case "!=":
      return not(equal(A, a, b))
    case "==":
      return equal(A, a, b)
  }
}

const equal = <T>(A: Arithmetic<T>, a: T, b: T): boolean | undefined => {
  if (A.less(a, b) === true || A.less(b, a) === true) return false
  const [al, ah] = A.bounds(a)
  const [bl, bh] = A.bounds(b)
  return bridgeOf(A).pointwise && al === ah && bl === bh && al === bl ? true : undefined
}
