/**
 * Supports and parameter hypotheses, shared by all laws.
 *
 * A density is written twice: `pdf` with its conditions (exactly 0 outside the support), and `inside`, the bare formula on the interior, for
 * integrals whose range is the support already.
 */
import * as Q from "../../core/rational.ts"
import { compareNodes, signOf } from "../decide.ts"
import { minus, over, plus, sum, times } from "../derivative.ts"
import type { Law, Support } from "../law.ts"
import * as N from "../node.ts"
import { rangeOf } from "../ranges.ts"
import type { Comparison, Node } from "../node.ts"
import { Undefined, Unsupported } from "../value.ts"

export interface Density {
  readonly pdf: (x: ReadonlyArray<Node>) => Node
  readonly logpdf: (x: ReadonlyArray<Node>) => Node
}

/** A law that knows its density without the conditions of the support. */
export interface Bounded extends Law {
  readonly inside: Density
}

/** The density on the interior of the support. */
export const insideOf = (law: Law): Density => ("inside" in law ? (law as Bounded).inside : law)

export const LINE: Support = { lo: undefined, hi: undefined }
export const outsideLog = (): Node => N.infinite(-1, "log density outside the support")

/** `then` for lo rel x rel hi, `otherwise` elsewhere. */
export const within = (x: Node, support: Support, rel: Extract<Comparison, "<" | "<=">, then: Node, otherwise: Node): Node => {
  const above = support.hi === undefined ? then : N.conditional(rel, x, support.hi, then, otherwise)
  return support.lo === undefined ? above : N.conditional(rel, support.lo, x, above, otherwise)
}

/** The density with the conditions of a 1-D support; `closed` when the ends belong to it. */
export const bounded = (support: Support, inside: Density, closed: boolean): { readonly inside: Density } & Density => {
  const rel = closed ? "<=" : "<"
  return {
    inside,
    pdf: (x) => within(x[0]!, support, rel, inside.pdf(x), N.integer(0)),
    logpdf: (x) => within(x[0]!, support, rel, inside.logpdf(x), outsideLog()),
  }
}

export const half = (): Node => N.constant(Q.rational(1, 2))
export const halved = (a: Node): Node => over(a, N.integer(2))
export const isConst = (a: Node, k: number): boolean => a.op === "const" && Q.equals(a.value, Q.rational(k))
/** The integer that a constant node holds, if it does. */
export const integerOf = (a: Node): number | undefined => (a.op === "const" && Q.isInteger(a.value) ? Number(a.value.n) : undefined)

/** base^k, expanded by the simplifying constructors so that base = 0 and 1 vanish. */
export const power = (base: Node, k: number): Node => (k === 0 ? N.integer(1) : N.powi(base, k))

/** log a, with log of a square root or a square written through the argument. */
export const log = (a: Node): Node => N.call("log", a)
export const exp = (a: Node): Node => N.call("exp", a)
export const sqrt = (a: Node): Node => N.call("sqrt", a)

export const show = (a: Node): string => (a.op === "const" ? Q.toText(a.value) : "a value that is not")

/**
 * A hypothesis a >= 0 (a > 0 but for single points) that cannot be decided: no law, and no claim that there is none. Bound variables may be anywhere in
 * their range; variables of differentiation are taken to meet it, since the formula is written out at their value, too.
 */
const needDecided = (law: string, hypothesis: string, sign: -1 | 0 | 1 | undefined, a: Node): void => {
  if (sign !== undefined) return
  const range = a.free.length === 0 ? [-1, 1] : rangeOf(a)
  if (range !== undefined && !(range[0]! >= 0)) throw new Unsupported(`${law} needs ${hypothesis}, which cannot be decided`)
}

/** Throws Undefined when a is certainly not above 0. */
export const needPositive = (law: string, name: string, a: Node): void => {
  const s = signOf(a)
  needDecided(law, `${name} > 0`, s, a)
  if (s !== undefined && s <= 0) throw new Undefined(`${law} needs ${name} > 0, got ${show(a)}`)
}

export const needLess = (law: string, aName: string, a: Node, bName: string, b: Node): void => {
  const s = compareNodes(a, b)
  needDecided(law, `${aName} < ${bName}`, s, N.sub(b, a))
  if (s !== undefined && s >= 0) throw new Undefined(`${law} needs ${aName} < ${bName}, got ${show(a)} and ${show(b)}`)
}

/** Throws Undefined unless a may lie in [0, 1]. */
export const needProbability = (law: string, name: string, a: Node): void => {
  const rest = N.sub(N.integer(1), a)
  const [s, t] = [signOf(a), compareNodes(a, N.integer(1))]
  // A probability may be 0 or 1 in disguise, but not beyond.
  if (a.free.length > 0)
    for (const [sign, end] of [
      [s, a],
      [t, rest],
    ] as const)
      needDecided(law, `0 <= ${name} <= 1`, sign, end)
  if (s === -1 || t === 1) throw new Undefined(`${law} needs 0 <= ${name} <= 1, got ${show(a)}`)
}

/** Weights are at least 0 and sum to 1: exactly when they are rational, as far as it can be decided otherwise. */
export const needWeights = (law: string, weights: ReadonlyArray<Node>): void => {
  if (weights.length === 0) throw new Undefined(`${law} needs at least one weight`)
  for (const w of weights) if (signOf(w) === -1) throw new Undefined(`${law} needs weights >= 0, got ${show(w)}`)
  const total = sum(weights)
  const s = compareNodes(total, N.integer(1))
  if (s === 1 || s === -1) throw new Undefined(`${law} needs weights that sum to 1, got ${show(total)}`)
}

/** Certainly zero. */
export const isZero = (a: Node): boolean => signOf(a) === 0

/** sum_j C(k, j) a^j b^(k-j) E Y^j = E (a Y + b)^k, with E Y^j from `moment` (E Y^0 = 1). The first moment that does not exist is the answer. */
export const affineMoment = (moment: (k: number) => Node, a: Node, b: Node, k: number): Node => {
  const terms: Array<Node> = []
  for (let j = 0; j <= k; j++) {
    const m = j === 0 ? N.integer(1) : moment(j)
    if (m.op === "undefined" || m.op === "infinite") return m
    terms.push(times(times(N.integer(binomial(k, j)), times(power(a, j), power(b, k - j))), m))
  }
  return sum(terms)
}

export const binomial = (n: number, k: number): number => {
  let c = 1
  for (let i = 1; i <= k; i++) c = (c * (n - k + i)) / i
  return c
}

/** n! as an exact node. */
export const factorial = (n: number): Node => N.constant(Q.rational(Array.from({ length: n }, (_, i) => BigInt(i + 1)).reduce((a, b) => a * b, 1n)))

/** Stirling numbers of the second kind S(k, j): E X^k = sum_j S(k, j) E X(X-1)...(X-j+1). */
export const stirling = (k: number, j: number): number => (j === 0 ? (k === 0 ? 1 : 0) : j > k ? 0 : j * stirling(k - 1, j) + stirling(k - 1, j - 1))

export const standardised = (x: Node, location: Node, scale: Node): Node => over(minus(x, location), scale)
export const placed = (y: Node, location: Node, scale: Node): Node => plus(location, times(scale, y))

/** Every node that a law is made of: what a new variable must not capture. */
export const nodesOf = (law: Law): ReadonlyArray<Node> => [
  ...Object.values(law.params),
  ...(law.atoms ?? []).flatMap((a) => [a.at, a.mass]),
  ...(law.parts ?? []).flatMap((p) => [p.weight, ...nodesOf(p.law)]),
  ...(law.gaussian === undefined ? [] : [...law.gaussian.mean, ...law.gaussian.cov.flat()]),
  ...(law.standard === undefined ? [] : [law.standard.location, law.standard.scale]),
  ...[law.support.lo, law.support.hi].filter((n) => n !== undefined),
]
