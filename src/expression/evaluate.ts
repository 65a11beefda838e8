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
import { allowance, isSpent, nothing, worse } from "./context.ts"
import type { Context, Report } from "./context.ts"
import { integral } from "./integral.ts"
import type { Comparison, Node } from "./node.ts"
import { root } from "./root.ts"
import { rootScope } from "./scope.ts"
import type { Cell, Scope } from "./scope.ts"
import { series } from "./series.ts"
import { supremum } from "./supremum.ts"

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
  const budget = allowance(options.evaluations ?? 100_000)
  const silent = (): void => undefined
  const make = (report: Context["report"]): Context => {
    const shared: Context = {
      budget,
      tolerance: options.tolerance,
      report,
      prepare: (node, scope, cell) => prepare(node, scope, cell, shared),
      get quiet() {
        return report === silent ? shared : make(silent)
      },
    }
    return shared
  }
  return make(options.report ?? silent)
}

export const evaluateIn = <T>(node: Node, arithmetic: Arithmetic<T>, environment: ReadonlyMap<string, T>, shared: Context): T =>
  rootScope(arithmetic, shared.prepare, environment).evaluate(node)

/** A function that evaluates nodes at one environment after another; what is closed is computed once. */
export const evaluator = <T>(arithmetic: Arithmetic<T>, shared: Context): ((node: Node, environment: ReadonlyMap<string, T>) => T) => {
  const here = new Map<string, T>()
  const scope = rootScope(arithmetic, shared.prepare, here)
  return (node, environment) => {
    for (const [name, value] of environment) here.set(name, value)
    scope.refresh()
    return scope.evaluate(node)
  }
}

/** The continuation of `node` from a real box to rectangles around it; `state` 2 only where it is analytic in all variables. */
export const continueFrom = (node: Node, rectangles: ReadonlyMap<string, Complex>, box: ReadonlyMap<string, Interval>, shared: Context): Complex =>
  rootScope(complexArithmetic, shared.prepare, rectangles, rootScope(I, shared.prepare, box)).evaluate(node)

const prepare = <T>(node: Node, scope: Scope<T>, cell: Cell<T>, shared: Context): (() => T) => {
  const A = scope.arithmetic
  const { read, trace } = scope
  switch (node.op) {
    case "const": {
      const value = A.rational(node.value)
      return () => value
    }
    case "pi": {
      const value = A.pi()
      return () => value
    }
    case "var":
      throw new RangeError(`no value for ${node.name}`)
    case "add":
      return two(A.add, node, scope)
    case "sub":
      return two(A.sub, node, scope)
    case "mul":
      return node.a === node.b ? one((a) => A.powi(a, 2), node, scope) : two(A.mul, node, scope)
    case "div":
      return two(A.div, node, scope)
    case "min":
    case "max":
      return trace === undefined ? two(A[node.op], node, scope) : () => continuedChoice(node, scope, trace)
    case "pow":
      return two(A.pow, node, scope)
    case "powi": {
      const { n } = node
      return one((a) => A.powi(a, n), node, scope)
    }
    case "neg":
    case "sign":
    case "floor":
      return one(A[node.op], node, scope)
    case "abs":
      return trace === undefined ? one(A.abs, node, scope) : () => continuedAbs(node, scope, trace)
    case "call": {
      const { f } = node
      return one((a) => A.call(f, a), node, scope)
    }
    case "logsumexp": {
      const cells = node.args.map(scope.cell)
      return () => A.logsumexp(cells.map(read))
    }
    case "if":
      return () => conditional(node, scope)
    case "external": {
      const cells = node.args.map(scope.cell)
      return () => node.compute(A, cells.map(read))
    }
    case "integral":
      return () => (isSpent(shared.budget) ? stopped(A, shared, node) : integral(node, scope, cell, shared))
    case "root":
      return () => (isSpent(shared.budget) ? stopped(A, shared, node) : root(node, scope, cell, shared))
    case "sup":
      return () => (isSpent(shared.budget) ? stopped(A, shared, node) : supremum(node, scope, cell, shared))
    case "series":
      return () => (isSpent(shared.budget) ? stopped(A, shared, node) : series(node, scope, cell, shared))
    case "expect":
      return () => failed(A, shared, { kind: "unsupported", node, reason: "only sampling reaches this expectation" })
    case "undefined":
      return () => failed(A, shared, { kind: "undefined", node, reason: node.reason })
    case "infinite":
      return () => failed(A, shared, { kind: "divergent", node, reason: `infinite: ${node.reason}` })
  }
}

const stopped = <T>(A: Arithmetic<T>, shared: Context, node: Node): T => {
  shared.report({ kind: "budget", node, reason: "the budget is spent" })
  return nothing(A, "unknown")
}

const failed = <T>(A: Arithmetic<T>, shared: Context, report: Report): T => {
  shared.report(report)
  return nothing(A, report.kind === "unsupported" ? "unknown" : "undefined")
}

const one = <T>(f: (a: T) => T, node: { readonly a: Node }, scope: Scope<T>): (() => T) => {
  const a = scope.cell(node.a)
  const { read } = scope
  return () => f(read(a))
}

const two = <T>(f: (a: T, b: T) => T, node: { readonly a: Node; readonly b: Node }, scope: Scope<T>): (() => T) => {
  const [a, b] = [scope.cell(node.a), scope.cell(node.b)]
  const { read } = scope
  return () => f(read(a), read(b))
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
