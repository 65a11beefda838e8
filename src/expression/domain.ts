/**
 * Parameter domains and the exact rational points in them.
 *
 * real(lo, hi)  positive(lo, hi)  integer(lo, hi)  oneof(a, b, ...)  vector(n, lo, hi)  simplex(n)  spd(n, lo, hi)  matrix(n, m, lo, hi)  orthogonal(n)
 * Orthogonal matrices come from Cayley's transform (I - A)(I + A)^-1 of a rational skew matrix, so they are orthogonal exactly; a symmetric positive
 * definite one is Q diag(eigenvalues) Q^T with eigenvalues in [lo, hi].
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { ParameterValue } from "../core/verdict.ts"
import type { Literal } from "../core/statement.ts"
import * as L from "./linear.ts"
import * as N from "./node.ts"
import { parseFormula } from "./syntax.ts"
import type { Expr } from "./syntax.ts"
import { array, asNode, matrix, scalar, vector } from "./value.ts"
import type { Value } from "./value.ts"

/** Sizes and bounds are formulas: they may name an earlier parameter. */
export type Domain = { readonly kind: (typeof KINDS)[number]; readonly args: ReadonlyArray<Expr>; readonly text: string }

const KINDS = ["real", "positive", "integer", "oneof", "vector", "simplex", "spd", "matrix", "orthogonal"] as const
/** Every domain with its least and greatest number of arguments. */
export const DOMAIN_ARITY: Readonly<Record<string, readonly [number, number]>> = {
  real: [2, 2],
  positive: [2, 2],
  integer: [2, 2],
  oneof: [1, 1000],
  vector: [3, 3],
  simplex: [1, 1],
  spd: [3, 3],
  matrix: [4, 4],
  orthogonal: [1, 1],
}

/** A domain that cannot be read; the message says what was expected. */
export class DomainFault extends Error {
  override readonly name = "DomainFault"
}

export const parseDomain = (text: string): Domain => {
  const tree = /^\s*\w+\s*\(/.test(text) ? parseFormula(text) : undefined
  const kind = KINDS.find((k) => tree?.kind === "call" && k === tree.name)
  if (tree?.kind !== "call" || kind === undefined)
    throw new DomainFault(`"${text}" is no domain; expected one of ${KINDS.map((k) => `${k}(...)`).join(", ")}`)
  const [least, most] = DOMAIN_ARITY[kind]!
  if (tree.args.length < least || tree.args.length > most)
    throw new DomainFault(`${kind} takes ${least === most ? least : `at least ${least}`} arguments, not ${tree.args.length}`)
  return { kind, args: tree.args, text }
}

/** Where draws come from: u() is uniform on [0, 1[ with few bits, so that parameters keep small denominators. */
export interface Source {
  /** A uniform integer in 0..n-1. */
  readonly below: (n: number) => number
}

/**
 * Where in its domain a parameter is put: anywhere, at an end, or at 0 or 1 where that lies inside. The entries of an array are at either end; weights are
 * equal at 1.
 */
export type Place = "anywhere" | "lo" | "hi" | "zero" | "one"

const GRID = 1024
const WORD = 1n << 30n

const between = (lo: Rational, hi: Rational, source: Source): Rational => {
  // One draw in eight sits on an end: extremes are where scales and tails bite.
  const end = source.below(16)
  if (end < 2) return end === 0 ? lo : hi
  return roundTo(Q.add(lo, Q.mul(Q.sub(hi, lo), Q.rational(source.below(GRID - 1) + 1, GRID))), lo, hi)
}

/** The dyadic rational with about 10 significant bits nearest to x, unless that leaves [lo, hi]. */
const roundTo = (x: Rational, lo: Rational, hi: Rational): Rational => {
  if (x.n === 0n) return x
  const magnitude = (x.n < 0n ? -x.n : x.n).toString(2).length - x.d.toString(2).length
  const unit = Q.powInteger(Q.rational(2), magnitude - 10)
  const scaled = Q.div(x, unit)
  const rounded = Q.mul(Q.rational(scaled.n / scaled.d), unit)
  return Q.compare(rounded, lo) < 0 || Q.compare(rounded, hi) > 0 ? x : rounded
}

const logBetween = (lo: Rational, hi: Rational, source: Source): Rational => {
  const end = source.below(16)
  if (end < 2) return end === 0 ? lo : hi
  // Geometric subdivision by ten exact halvings of the exponent range: factor 2^k first, then a uniform mantissa.
  const ratio = Q.div(hi, lo)
  const octaves = Math.max(1, ratio.n.toString(2).length - ratio.d.toString(2).length + 1)
  const x = Q.mul(Q.mul(lo, Q.powInteger(Q.rational(2), source.below(octaves))), Q.rational(GRID + source.below(GRID), GRID))
  return Q.compare(x, hi) > 0 ? hi : roundTo(x, lo, hi)
}

const list = <A>(n: number, make: (i: number) => A): ReadonlyArray<A> => Array.from({ length: n }, (_, i) => make(i))

type Pick = (lo: Rational, hi: Rational, source: Source) => Rational

/** How numbers are put at the place. */
const placed = (place: Place, pick: Pick, entry: boolean): Pick => {
  if (place === "anywhere") return pick
  if (place === "zero" || place === "one") {
    const x = place === "zero" ? Q.ZERO : Q.ONE
    return (lo, hi, source) => (Q.compare(lo, x) <= 0 && Q.compare(x, hi) <= 0 ? x : pick(lo, hi, source))
  }
  return entry ? (lo, hi, source) => (source.below(2) === 0 ? lo : hi) : (lo, hi) => (place === "lo" ? lo : hi)
}

/** A random point of the domain at the place, in exact rationals; `evaluate` gives sizes and bounds at the parameters drawn before. */
export const draw = (domain: Domain, evaluate: (e: Expr) => Value, source: Source, place: Place = "anywhere"): Value => {
  const rationals = (): ReadonlyArray<Rational> => domain.args.map((a) => rationalOf(evaluate(a), domain.text))
  switch (domain.kind) {
    case "oneof":
      return evaluate(domain.args[place === "lo" ? 0 : place === "hi" ? domain.args.length - 1 : source.below(domain.args.length)]!)
    case "real":
    case "positive":
    case "integer": {
      const [lo, hi] = rationals() as [Rational, Rational]
      if (Q.compare(lo, hi) > 0) throw new DomainFault(`domain upside down: ${domain.text}`)
      if (domain.kind === "positive" && lo.n <= 0n) throw new DomainFault(`${domain.text}: the lower end of positive must be above 0`)
      if (domain.kind !== "integer") return scalar(N.constant(placed(place, domain.kind === "real" ? between : logBetween, false)(lo, hi, source)))
      const first = lo.n > 0n ? (lo.n + lo.d - 1n) / lo.d : lo.n / lo.d
      const span = (hi.n >= 0n ? hi.n / hi.d : (hi.n - hi.d + 1n) / hi.d) - first
      // Of more integers than a word holds, every 2^-30th part of the range.
      const step = span <= WORD ? BigInt(source.below(Number(span) + 1)) : (span * BigInt(source.below(Number(WORD) + 1))) / WORD
      return scalar(N.constant(placed(place, () => Q.rational(first + step), false)(Q.rational(first), Q.rational(first + span), source)))
    }
    case "vector": {
      const [n, lo, hi] = rationals() as [Rational, Rational, Rational]
      return vector(list(Number(n.n), () => N.constant(placed(place, between, true)(lo, hi, source))))
    }
    case "matrix": {
      const [n, m, lo, hi] = rationals() as [Rational, Rational, Rational, Rational]
      return matrix(list(Number(n.n), () => list(Number(m.n), () => N.constant(placed(place, between, true)(lo, hi, source)))))
    }
    case "simplex": {
      const weights = list(Number(rationals()[0]!.n), () => (place === "one" ? 1 : source.below(31) + 1))
      const total = weights.reduce((a, b) => a + b, 0)
      return vector(weights.map((w) => N.constant(Q.rational(w, total))))
    }
    case "orthogonal":
      return matrix(reflected(cayley(Number(rationals()[0]!.n), source), source))
    case "spd": {
      const [n, lo, hi] = rationals() as [Rational, Rational, Rational]
      const q = cayley(Number(n.n), source)
      const eigenvalues = list(Number(n.n), () => N.constant(placed(place, logBetween, true)(lo, hi, source)))
      return matrix(
        L.matmul(
          q.map((row) => row.map((x, j) => N.mul(x, eigenvalues[j]!))),
          L.transpose(q),
        ),
      )
    }
  }
}

/** Half of all orthogonal matrices reflect, which no Cayley transform does. */
const reflected = (q: L.Matrix, source: Source): L.Matrix => (source.below(2) === 0 ? q : q.map((row, i) => (i === 0 ? row.map(N.neg) : row)))

const cayley = (n: number, source: Source): L.Matrix => {
  const skew: Array<Array<N.Node>> = Array.from({ length: n }, () => Array.from({ length: n }, () => N.integer(0)))
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const x = N.constant(Q.rational(source.below(9) - 4, 4))
      skew[i]![j] = x
      skew[j]![i] = N.neg(x)
    }
  const one = L.identity(n)
  return L.matmul(L.zip(one, skew, N.sub), L.inverse(L.zip(one, skew, N.add)))
}

const rationalOf = (v: Value, what: string): Rational => {
  const node = asNode(v, what)
  if (node.op !== "const") throw new DomainFault(`${what}: sizes and bounds must be rational`)
  return node.value
}

/** Exact text of an instance parameter: `p/q` or nested lists. */
export const parameterText = (v: Value): ParameterValue => (v.kind === "array" ? v.items.map(parameterText) : Q.toText(rationalOf(v, "a parameter")))

/** The value of a stated parameter: a rational in text, or nested lists. Throws DomainFault for anything else. */
export const parameterValue = (literal: Literal): Value => {
  if (typeof literal === "object") return array(literal.map(parameterValue))
  const value = Q.parseRational(String(literal))
  if (value === undefined) throw new DomainFault(`"${literal}" is not a rational number`)
  return scalar(N.constant(value))
}

/** Sum of the heights max(|p|, q) of all entries, the order in which counterexamples are minimal. */
export const height = (v: Value): number =>
  v.kind === "array"
    ? v.items.reduce((h, item) => h + height(item), v.items.length)
    : v.kind === "scalar" && v.node.op === "const"
      ? Math.log2(1 + Math.abs(Number(v.node.value.n))) + 2 * Math.log2(Number(v.node.value.d))
      : 0
