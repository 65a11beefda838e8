/**
 * Enclosures of all eigenvalues of a matrix known to have real ones, in any arithmetic, from its characteristic polynomial.
 *
 * All roots of p real means that the roots of p' separate those of p. So the derivatives are treated from the linear one up: between two
 * neighbouring critical points p is monotone, and the sign at a rational point tells on which side the root lies. Where a sign stays open the
 * enclosure stops shrinking; multiple roots are enclosed because the critical points are.
 */
import * as Q from "../../core/rational.ts"
import type { Rational } from "../../core/rational.ts"
import type { Arithmetic } from "../../interval/arithmetic.ts"

interface Enclosure {
  readonly lo: Rational
  readonly hi: Rational
}

/** Enclosures of the roots, in increasing order, of x^n + c[n-1] x^(n-1) + ... + c[0] with real roots only; `undefined` when no bound is known. */
export const realRoots = <T>(A: Arithmetic<T>, c: ReadonlyArray<T>): ReadonlyArray<T> | undefined => {
  const bound = cauchyBound(A, c)
  if (bound === undefined) return undefined
  const chain = [[...c, A.rational(Q.ONE)]]
  while (chain[0]!.length > 2) chain.unshift(chain[0]!.slice(1).map((a, k) => A.mul(A.rational(Q.rational(k + 1)), a)))
  let critical: ReadonlyArray<Enclosure> = []
  for (const p of chain) {
    const ends = [{ lo: Q.neg(bound), hi: Q.neg(bound) }, ...critical, { lo: bound, hi: bound }]
    critical = ends.slice(1).map((right, i) => between(A, p, ends[i]!, right, p.length - 2 - i))
  }
  return critical.map((e) => A.hull(A.rational(e.lo), A.rational(e.hi)))
}

const HALF = Q.rational(1, 2)

/** |root| < 1 + max |c_k|, as a power of two. */
const cauchyBound = <T>(A: Arithmetic<T>, c: ReadonlyArray<T>): Rational | undefined => {
  const most = Math.max(
    ...c.map((a) => {
      const [lo, hi] = A.bounds(a)
      return Math.max(-lo, hi)
    }),
  )
  if (!(most < 1e300)) return undefined
  let power = 2
  while (power < 2 * (1 + most)) power *= 2
  return Q.fromNumber(power)
}

const signAt = <T>(A: Arithmetic<T>, p: ReadonlyArray<T>, x: Rational): -1 | 0 | 1 => {
  const at = A.rational(x)
  const value = p.reduceRight((sum, a) => A.add(A.mul(sum, at), a))
  const [lo, hi] = A.bounds(value)
  return lo > 0 ? 1 : hi < 0 ? -1 : 0
}

/** The root between two critical points; `above` roots lie to the right of it, so p has the sign (-1)^above just right of it. */
const between = <T>(A: Arithmetic<T>, p: ReadonlyArray<T>, left: Enclosure, right: Enclosure, above: number): Enclosure => {
  const after = above % 2 === 0 ? 1 : -1
  const [a, b] = [left.hi, right.lo]
  if (Q.compare(a, b) >= 0) return { lo: left.lo, hi: right.hi }
  // Certainly monotone on [a, b] only: a root that is not certainly inside is enclosed together with the doubtful neighbourhood of a critical point.
  const [atA, atB] = [signAt(A, p, a), signAt(A, p, b)]
  if (atA === after) return { lo: left.lo, hi: a }
  if (atB === -after) return { lo: b, hi: right.hi }
  const near = polished(A, p, a, b)
  // Certify a small neighbourhood of Newton's guess, widening it while the signs at its ends stay open.
  for (let bits = A.bits + 8; near !== undefined && bits > 8; bits -= 12) {
    const reach = Q.mul(Q.sub(b, a), Q.powInteger(HALF, bits))
    const [lo, hi] = [Q.sub(near, reach), Q.add(near, reach)]
    if (Q.compare(a, lo) < 0 && Q.compare(hi, b) < 0 && signAt(A, p, lo) === -after && signAt(A, p, hi) === after) return { lo, hi }
  }
  const steps = A.bits + 64
  const search = (start: Rational, end: Rational, sign: 1 | -1): Rational => {
    // Moves from `start`, where p has `sign` or is open, towards `end` as long as the sign is certain.
    let [known, open] = [start, end]
    for (let k = 0; k < steps; k++) {
      const middle = Q.mul(Q.add(known, open), HALF)
      if (signAt(A, p, middle) === sign) known = middle
      else open = middle
    }
    return known
  }
  const lo = search(a, b, after === 1 ? -1 : 1)
  const hi = search(b, lo, after)
  return { lo: atA === 0 && Q.equals(lo, a) ? left.lo : lo, hi: atB === 0 && Q.equals(hi, b) ? right.hi : hi }
}

/** A guess of the root in ]a, b[: bisection on the signs of middle values, then Newton steps in rationals rounded to the working precision. */
const polished = <T>(A: Arithmetic<T>, p: ReadonlyArray<T>, a: Rational, b: Rational): Rational | undefined => {
  const slopes = p.slice(1).map((c, k) => A.mul(A.rational(Q.rational(k + 1)), c))
  const middle = (coefficients: ReadonlyArray<T>, x: Rational): number => {
    const at = A.rational(x)
    const [lo, hi] = A.bounds(coefficients.reduceRight((sum, c) => A.add(A.mul(sum, at), c)))
    return lo / 2 + hi / 2
  }
  let [left, right] = [a, b]
  const rising = middle(p, b) >= middle(p, a)
  for (let k = 0; k < 40; k++) {
    const x = Q.mul(Q.add(left, right), HALF)
    if (middle(p, x) > 0 === rising) right = x
    else left = x
  }
  let x = Q.mul(Q.add(left, right), HALF)
  const unit = 1n << BigInt(A.bits + 64)
  for (let k = 0; k < 8; k++) {
    const move = middle(p, x) / middle(slopes, x)
    if (!Number.isFinite(move)) return undefined
    const next = Q.sub(x, Q.fromNumber(move))
    x = Q.rational((next.n * unit) / next.d, unit)
    if (move === 0) break
  }
  return x
}
