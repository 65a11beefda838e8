/**
 * The discrete transport problem in exact numbers, and its costs.
 *
 * min <C, pi> over pi >= 0, pi 1 = a, pi' 1 = b. Entries of C are rationals, or enclosures [lo, hi] of irrational numbers: the optimal
 * value is monotone in C, so the dual at lo bounds it from below and any plan at hi from above.
 */
import { add, compare, exactSqrt, integerSqrt, mul, neg, ONE, rational, sign, sub, ZERO, type Rational } from "../core/rational.ts"

/** The real number in question lies in [lo, hi]. */
export interface Enclosure {
  readonly lo: Rational
  readonly hi: Rational
}

export type Cost = Rational | Enclosure

/** cost: n rows of m entries, or a row-major Float64Array of n*m doubles taken at their exact values; a: n masses >= 0; b: m masses >= 0. */
export interface TransportProblem {
  readonly cost: ReadonlyArray<ReadonlyArray<Cost>> | Float64Array
  readonly a: ReadonlyArray<Rational>
  readonly b: ReadonlyArray<Rational>
}

/** mass of pi at (row, column). */
export interface PlanEntry {
  readonly row: number
  readonly column: number
  readonly mass: Rational
}

export const lowerCost = (c: Cost): Rational => ("lo" in c ? c.lo : c)
export const upperCost = (c: Cost): Rational => ("hi" in c ? c.hi : c)

/** Why this is no transport problem, or `undefined`: shapes, lo <= hi, finite doubles, masses >= 0, equal positive totals. */
export const transportComplaint = ({ cost, a, b }: TransportProblem): string | undefined => {
  const [n, m] = [a.length, b.length]
  if (n === 0 || m === 0) return "a marginal has no atoms"
  if (cost instanceof Float64Array) {
    if (cost.length !== n * m) return `the cost matrix has ${cost.length} entries, expected ${n} x ${m}`
    if (!cost.every(Number.isFinite)) return "a cost is not finite"
  } else {
    if (cost.length !== n || cost.some((row) => row.length !== m)) return `the cost matrix is not ${n} x ${m}`
    if (cost.some((row) => row.some((c) => "lo" in c && compare(c.lo, c.hi) > 0))) return "a cost enclosure is empty"
  }
  if ([...a, ...b].some((w) => w.n < 0n)) return "a mass is negative"
  const [s, t] = [a.reduce(add, ZERO), b.reduce(add, ZERO)]
  if (compare(s, t) !== 0) return "the totals differ"
  return s.n === 0n ? "the total mass is 0" : undefined
}

/** The matrix c(x_i, y_j). */
export const costMatrix = <X, Y>(x: ReadonlyArray<X>, y: ReadonlyArray<Y>, c: (x: X, y: Y) => Cost): Array<Array<Cost>> =>
  x.map((p) => y.map((q) => c(p, q)))

export type Point = ReadonlyArray<Rational>

/** sum_k |x_k - y_k|. */
export const manhattan = (x: Point, y: Point): Rational => x.reduce((s, p, k) => add(s, absolute(sub(p, y[k]!))), ZERO)

/** sum_k (x_k - y_k)^2. */
export const squaredEuclidean = (x: Point, y: Point): Rational => x.reduce((s, p, k) => add(s, square(sub(p, y[k]!))), ZERO)

/** |x - y|_2, exact where it is rational, else an enclosure of width 2^-bits. */
export const euclidean =
  (bits: number) =>
  (x: Point, y: Point): Cost =>
    sqrtCost(bits)(squaredEuclidean(x, y))

/** |x - y|. */
export const distance = (x: Rational, y: Rational): Rational => absolute(sub(x, y))

/** 0 where x = y, else 1: the cost of total variation. */
export const zeroOne = (x: Rational, y: Rational): Rational => (compare(x, y) === 0 ? ZERO : ONE)

/** sqrt(q) for q >= 0, exact where it is rational, else an enclosure of width 2^-bits. */
export const sqrtCost =
  (bits: number) =>
  (q: Rational): Cost => {
    const root = exactSqrt(q)
    if (root !== undefined) return root
    if (sign(q) < 0) throw new RangeError("square root of a negative cost")
    const unit = 1n << BigInt(bits)
    const floor = integerSqrt((q.n * unit * unit) / q.d)
    return { lo: rational(floor, unit), hi: rational(floor + 1n, unit) }
  }

/** sum of mass * c(row, column) over a plan, as an enclosure. */
export const planCost = (plan: ReadonlyArray<PlanEntry>, c: (row: number, column: number) => Cost): Enclosure =>
  plan.reduce<Enclosure>(
    ({ lo, hi }, { row, column, mass }) => {
      const entry = c(row, column)
      return { lo: add(lo, mul(mass, lowerCost(entry))), hi: add(hi, mul(mass, upperCost(entry))) }
    },
    { lo: ZERO, hi: ZERO },
  )

/** (1/2) sum |p_k - q_k|. */
export const totalVariation = (p: ReadonlyArray<Rational>, q: ReadonlyArray<Rational>): Rational =>
  mul(
    rational(1, 2),
    p.reduce((s, x, k) => add(s, absolute(sub(x, q[k]!))), ZERO),
  )

const absolute = (x: Rational): Rational => (x.n < 0n ? neg(x) : x)

const square = (x: Rational): Rational => mul(x, x)
