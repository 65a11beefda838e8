/**
 * Integral nodes in any arithmetic.
 *
 * The range is cut at the kinks that are affine in the integration variable (their place may depend on outer variables: then the pieces are analytic in
 * those) and at rational poles; singular and infinite ends are cut off where a proved bound of the rest is small (`tail.ts`), and every piece goes to `piece.ts`.
 */
import type { Rational } from "../core/rational.ts"
import * as Q from "../core/rational.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import type { Context } from "./context.ts"
import { nothing, worse } from "./context.ts"
import { affine, force, poles, spread, switches } from "./kinks.ts"
import type { Node } from "./node.ts"
import { integratePiece, surcharge } from "./piece.ts"
import { goalOf, rationalEnd } from "./run.ts"
import type { End, Run } from "./run.ts"
import { traceOf } from "./scope.ts"
import type { Cell, Scope } from "./scope.ts"

/** Evaluations that any integral takes. */
const LEAST = 64

type Integral = Extract<Node, { op: "integral" }>

export const integral = <T>(node: Integral, scope: Scope<T>, cell: Cell<T>, shared: Context): T => {
  const A = scope.arithmetic
  const [lo, hi] = [endOf(node.lo, scope), endOf(node.hi, scope)]
  const status = worse(lo === undefined ? "defined" : A.status(lo.value), hi === undefined ? "defined" : A.status(hi.value))
  if (status !== "defined") return nothing(A, status)
  if (surcharge(A, node.body, node.x) * LEAST > shared.budget.left) {
    shared.report({ kind: "budget", node, reason: "the budget is spent: the integrand is too large" })
    return nothing(A, "unknown")
  }
  const run: Run<T> = {
    x: node.x,
    scope,
    shared,
    arithmetic: A,
    bridge: bridgeOf(A),
    relative: goalOf(A, shared),
    scopes: (cell.inner ??= new Map()) as Run<T>["scopes"],
    total: A.range(0, 0),
    scale: 0,
    infinite: new Set(),
    trouble: undefined,
    fresh: new Set(),
  }
  const backwards = lo !== undefined && hi !== undefined && hi.trace.hi <= lo.trace.lo && !(lo.trace.hi <= hi.trace.lo)
  const [from, to] = backwards ? [hi, lo] : [lo, hi]
  for (const piece of pieces(node, from, to, scope)) integratePiece(run, piece.body, piece.lo, piece.hi)
  const value = conclude(run, node)
  return backwards ? A.neg(value) : value
}

const conclude = <T>(run: Run<T>, node: Node): T => {
  const { arithmetic: A, shared } = run
  // A continuation that fails is no event: the panel is halved and tried again.
  const report: Context["report"] = (A as unknown) === complexArithmetic ? () => undefined : shared.report
  if (run.infinite.size > 0) {
    const reason = run.infinite.size === 2 ? "infinity minus infinity" : `to ${run.infinite.has(1) ? "" : "-"}infinity`
    report({ kind: "divergent", node, reason: `the integral diverges: ${reason}` })
    return nothing(A, "undefined")
  }
  if (run.trouble === undefined) return run.total
  report({ ...run.trouble, node })
  if (run.trouble.kind === "undefined") return nothing(A, "undefined")
  return run.trouble.lost ? nothing(A, "unknown") : run.total
}

const endOf = <T>(node: Node | undefined, scope: Scope<T>): End<T> | undefined =>
  node === undefined
    ? undefined
    : { value: scope.evaluate(node), trace: traceOf(scope, node), rational: node.op === "const" ? node.value : undefined }

interface Piece<T> {
  readonly body: Node
  readonly lo: End<T> | undefined
  readonly hi: End<T> | undefined
}

interface Cut<T> {
  readonly at: End<T>
  /** Switches that change here, with the sign of their difference to the right. */
  readonly switches: Array<readonly [Node, -1 | 1]>
}

/** The pieces between affine kinks whose order is decided; where the order of the ends is open, no kink between them is. */
const pieces = <T>(node: Integral, lo: End<T> | undefined, hi: End<T> | undefined, scope: Scope<T>): ReadonlyArray<Piece<T>> => {
  const A = scope.arithmetic
  const signs = new Map<Node, -1 | 1>()
  const cuts: Array<Cut<T>> = []
  const forwards = lo === undefined || hi === undefined || lo.trace.hi <= hi.trace.lo
  // Of two ends in an open order, each may be the lower one.
  const [low, high] = forwards ? [lo?.trace.lo, hi?.trace.hi] : [Math.min(lo.trace.lo, hi.trace.lo), Math.max(lo.trace.hi, hi.trace.hi)]
  const all = switches(node.body, node.x)
  for (const s of all) {
    const line = affine(s.difference, node.x)
    if (line === undefined) continue
    const [b, a] = [scope.evaluate(line[0]), scope.evaluate(line[1])]
    const [realB, realA] = [traceOf(scope, line[0]), traceOf(scope, line[1])]
    const right = realA.lo > 0 ? 1 : realA.hi < 0 ? -1 : undefined
    if (right === undefined || A.status(a) !== "defined" || A.status(b) !== "defined") continue
    const left = right === 1 ? -1 : 1
    const trace = I.neg(I.div(realB, realA))
    const rational = line[0].op === "const" && line[1].op === "const" ? Q.neg(Q.div(line[0].value, line[1].value)) : undefined
    // A kink at an end makes an empty piece, which is harmless; so <= is enough.
    if (low !== undefined && trace.hi <= low) signs.set(s.node, right)
    else if (high !== undefined && high <= trace.lo) signs.set(s.node, left)
    else if (forwards && (lo === undefined || lo.trace.hi <= trace.lo) && (hi === undefined || trace.hi <= hi.trace.lo)) {
      if (insert(cuts, { at: { value: A.neg(A.div(b, a)), trace, rational }, switches: [[s.node, right]] })) signs.set(s.node, left)
    }
  }
  for (const pole of forwards ? poles(node.body, node.x) : []) {
    const line = affine(pole, node.x)
    if (line?.[0].op !== "const" || line[1].op !== "const" || line[1].value.n === 0n) continue
    const at = rationalEnd(A, Q.neg(Q.div(line[0].value, line[1].value)))
    if ((lo === undefined || lo.trace.hi < at.trace.lo) && (hi === undefined || at.trace.hi < hi.trace.lo)) insert(cuts, { at, switches: [] })
  }
  const out: Array<Piece<T>> = []
  let start = lo
  for (const cut of cuts) {
    out.push({ body: force(node.body, node.x, spread(all, signs)), lo: start, hi: cut.at })
    for (const [n, s] of cut.switches) signs.set(n, s)
    start = cut.at
  }
  out.push({ body: force(node.body, node.x, spread(all, signs)), lo: start, hi })
  return out
}

/** Puts a cut into its place; false where that place is not decided. */
const insert = <T>(cuts: Array<Cut<T>>, cut: Cut<T>): boolean => {
  const here = cut.at.trace
  for (const [i, other] of cuts.entries()) {
    if (same(cut.at.rational, other.at.rational)) {
      other.switches.push(...cut.switches)
      return true
    }
    if (here.hi <= other.at.trace.lo) {
      cuts.splice(i, 0, cut)
      return true
    }
    if (!(other.at.trace.hi <= here.lo)) return false
  }
  cuts.push(cut)
  return true
}

const same = (a: Rational | undefined, b: Rational | undefined): boolean => a !== undefined && b !== undefined && Q.equals(a, b)
