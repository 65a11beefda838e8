/**
 * The verifier's entry: an enclosure of a closed node at one rung of the ladder, with the reason when there is none.
 */
import type { Rational } from "../core/rational.ts"
import { fromNumber, rational } from "../core/rational.ts"
import type { Arithmetic, Status } from "../interval/arithmetic.ts"
import { ballArithmetic } from "../interval/ball-arithmetic.ts"
import { doubleAbove } from "../interval/ball-convert.ts"
import type { Ball } from "../interval/ball.ts"
import { realBridge, registerBridge } from "../interval/bridge.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import { context, evaluateIn } from "./evaluate.ts"
import type { Report } from "./context.ts"
import { children } from "./node.ts"
import type { Node } from "./node.ts"

export interface EncloseOptions {
  /** Working precision: up to 53 uses double intervals, more uses balls. */
  readonly bits: number
  /** Evaluations of integrands that may be spent. */
  readonly evaluations: number
  /** Error aimed at in integrals, relative to the integral of the absolute integrand. */
  readonly tolerance?: number
}

export interface Enclosure {
  /** Outward double bounds; infinite where nothing is known. */
  readonly lo: number
  readonly hi: number
  readonly status: Status
  /** Why the value is wide, unknown or undefined; contains "budget" when the budget ran out and "diverges" or "infinite" when the value is infinite. */
  readonly reason?: string
  readonly evaluations: number
  /** The ends in full precision, where they are finite. */
  readonly exact?: { readonly lo: Rational; readonly hi: Rational }
}

const tiers = new Map<number, Arithmetic<Ball>>()

/** Ball arithmetic of a precision, one object each, so that what is cached per arithmetic is found again. */
export const ballTier = (bits: number): Arithmetic<Ball> => {
  let tier = tiers.get(bits)
  if (tier === undefined) {
    tier = ballArithmetic(bits)
    tiers.set(bits, tier)
    registerBridge(tier, { ...realBridge(tier), middle: (b) => (b.r < 0n ? b : { ...b, r: 0n }), spread: widthOf })
  }
  return tier
}

/** Width of a ball, rounded up: bounds in doubles would never differ by less than an ulp of the midpoint. */
const widthOf = (b: Ball): number => (b.r < 0n ? Infinity : doubleAbove(2n * b.r, b.e))

/** Digits to which nested integrals are enclosed first: that costs a fraction of full precision, and most verdicts need no more. */
const FIRST = 7

/** Encloses a closed node. A node with free variables throws a RangeError. */
export const enclose = (node: Node, options: EncloseOptions): Enclosure => {
  if (options.tolerance !== undefined || depth(node) < 2) return once(node, options)
  const rough = once(node, { ...options, tolerance: 1e-7 })
  const left = options.evaluations - rough.evaluations
  // Points per dimension grow with the digits, so twice the digits cost about four times as much; a half more is kept in reserve.
  const digits = Math.floor(FIRST * Math.sqrt(left / (1.5 * rough.evaluations)))
  if (rough.status === "undefined" || digits < FIRST + 2) return rough
  const full = Math.floor((options.bits - 6) * 0.3)
  const finer = digits < full ? { tolerance: Number(`1e-${digits}`) } : {}
  const fine = once(node, { ...options, evaluations: left, ...finer })
  const evaluations = rough.evaluations + fine.evaluations
  return fine.hi - fine.lo <= rough.hi - rough.lo || fine.status === "undefined" ? { ...fine, evaluations } : { ...rough, evaluations }
}

const once = (node: Node, options: EncloseOptions): Enclosure => {
  if (options.bits <= 53) return run(node, intervalArithmetic, options, (x) => ends(x.lo, x.hi))
  return run(node, ballTier(options.bits), options, exactEnds)
}

/** How deep integrals, sums and roots are nested. */
export const depth = (node: Node, known = new Map<Node, number>()): number => {
  const found = known.get(node)
  if (found !== undefined) return found
  const below = children(node).reduce((most, child) => Math.max(most, depth(child, known)), 0)
  const own = below + (node.op === "integral" || node.op === "series" || node.op === "root" || node.op === "sup" ? 1 : 0)
  known.set(node, own)
  return own
}

const ends = (lo: number, hi: number): Enclosure["exact"] =>
  Number.isFinite(lo) && Number.isFinite(hi) ? { lo: fromNumber(lo), hi: fromNumber(hi) } : undefined

/** Ends with more digits than this before or after the point are not written out. */
const FARTHEST = 2 ** 16

const exactEnds = (b: Ball): Enclosure["exact"] => {
  if (b.r < 0n || Math.abs(b.e) > FARTHEST) return undefined
  const at = (n: bigint): Rational => (b.e >= 0 ? rational(n << BigInt(b.e)) : rational(n, 1n << BigInt(-b.e)))
  return { lo: at(b.m - b.r), hi: at(b.m + b.r) }
}

const run = <T>(node: Node, A: Arithmetic<T>, options: EncloseOptions, exact: (value: T) => Enclosure["exact"]): Enclosure => {
  const reports: Array<Report> = []
  const shared = context({
    evaluations: options.evaluations,
    ...(options.tolerance === undefined ? {} : { tolerance: options.tolerance }),
    report: (r) => reports.push(r),
  })
  const value = evaluateIn(node, A, new Map(), shared)
  const status = A.status(value)
  const [lo, hi] = status === "undefined" ? [-Infinity, Infinity] : A.bounds(value)
  const full = status === "undefined" ? undefined : exact(value)
  const reason = explain(reports, status)
  return {
    lo,
    hi,
    status,
    evaluations: options.evaluations - shared.budget.left,
    ...(reason === undefined ? {} : { reason }),
    ...(full === undefined ? {} : { exact: full }),
  }
}

const ORDER: ReadonlyArray<Report["kind"]> = ["divergent", "undefined", "budget", "immovable", "unsupported"]

/** The report that matters most; an undefined value without report came from an operation outside its domain. */
const explain = (reports: ReadonlyArray<Report>, status: Status): string | undefined => {
  const useful = status === "undefined" ? reports : reports.filter((r) => r.kind !== "divergent" && r.kind !== "undefined")
  const worst = ORDER.flatMap((kind) => useful.filter((r) => r.kind === kind))[0] ?? reports[0]
  if (worst !== undefined) return worst.reason
  return status === "undefined" ? "an operation is undefined here" : status === "unknown" ? "an operation may be undefined here" : undefined
}
