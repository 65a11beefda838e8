/**
 * Growth forms: upper bounds
 *
 *   F(x, v) = a x^2 + l x log x + b x + k log x + p v^2 + q x v + r v + s log(1 + v) + c   for all x >= R >= 1, v >= 0,
 *
 * as arrays [a, l, b, k, p, q, r, s, c] of doubles rounded upwards: every basis function is non-negative there, so rounding each coefficient up is sound.
 * v is the distance along the half-line of an inner integral; without one its coefficients are 0. Lower bounds of g are upper bounds of -g.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import { charge } from "./meter.ts"
import { BLOCK } from "./price.ts"
import { addDown, addUp, divDown, divUp, mulDown, mulUp } from "../interval/rounding.ts"

/**
 * `quad` holds a, q and p exactly where they are known to be rational: completing the square in v subtracts two equal numbers whenever a law is convolved
 * with a Gaussian kernel, and rounding must not leave e^(1e-17 x^2) behind. Operations that do not say otherwise drop it, which is always sound.
 */
export type Form = ReadonlyArray<number> & { readonly quad?: Quad | undefined }
export interface Quad {
  readonly a: Rational
  readonly q: Rational
  readonly p: Rational
}

/** The form with its exact quadratic part; the doubles of that part become the nearest ones above. */
export const withQuad = (f: ReadonlyArray<number>, quad: Quad | undefined): Form => {
  if (quad === undefined || quad === FLAT) return mark(f, quad)
  const copy = [...f]
  copy[0] = I.rational(quad.a).hi
  copy[5] = I.rational(quad.q).hi
  copy[4] = I.rational(quad.p).hi
  return mark(copy, quad)
}
/** Without quadratic part. */
export const FLAT: Quad = { a: Q.ZERO, q: Q.ZERO, p: Q.ZERO }
/** Marks an array that was just made. */
const mark = (f: ReadonlyArray<number> & { quad?: Quad }, quad: Quad | undefined): Form => {
  if (quad !== undefined) f.quad = quad
  return f
}
const combine = (x: Quad | undefined, y: Quad | undefined, by: (s: Rational, t: Rational) => Rational): Quad | undefined => {
  if (x === undefined || y === undefined || y === FLAT) return y && x
  return { a: by(x.a, y.a), q: by(x.q, y.q), p: by(x.p, y.p) }
}

const SIZE = 9
/** Index of the constant. */
export const C = 8

export const form = (at: Readonly<Record<number, number>>): Form => {
  const f = [at[0] ?? 0, at[1] ?? 0, at[2] ?? 0, at[3] ?? 0, at[4] ?? 0, at[5] ?? 0, at[6] ?? 0, at[7] ?? 0, at[C] ?? 0]
  return f[0] === 0 && f[4] === 0 && f[5] === 0 ? withQuad(f, FLAT) : f
}
export const level = (c: number): Form => withQuad([0, 0, 0, 0, 0, 0, 0, 0, c], FLAT)
export const ZERO: Form = level(0)
/** An upper bound of log 0 that arithmetic can handle. */
export const LOG_ZERO = -1e9

export const plus = (f: Form, g: Form): Form => {
  const sum = f.map((t, i) => addUp(t, g[i]!))
  return withQuad(sum, f.quad === FLAT ? g.quad : combine(f.quad, g.quad, Q.add))
}
export const shift = (f: Form, c: number): Form => {
  if (c === 0) return f
  const g = f.map((x, i) => (i === C ? addUp(x, c) : x))
  return mark(g, f.quad)
}
/** An upper bound of t F for t in [lo, hi], t being `exact` if that is given. */
export const scale = (f: Form, lo: number, hi: number, exact?: Rational): Form =>
  withQuad(
    f.map((x) => Math.max(mulUp(lo, x), mulUp(hi, x))),
    f.quad === FLAT ? FLAT : exact && combine(f.quad, f.quad, (x) => Q.mul(exact, x)),
  )
export const isFinite = (f: Form): boolean => f.every((x) => x < Infinity && x === x)

const at = (f: "exp" | "log", x: number): readonly [number, number] => {
  const y = I.call(f, I.range(x, x))
  return [y.lo, y.hi]
}
export const expUp = (x: number): number => (x > 709 ? Infinity : at("exp", x)[1])
export const expDown = (x: number): number => (x > 709 ? Number.MAX_VALUE : at("exp", x)[0])
export const logUp = (x: number): number => (x <= 0 ? LOG_ZERO : x === Infinity ? x : Math.max(LOG_ZERO, at("log", x)[1]))
export const logDown = (x: number): number => (x <= 0 ? -Infinity : at("log", x)[0])

/** The larger one at infinity, coefficient by coefficient; coefficients that differ by rounding count as equal and the larger is taken. */
const leading = (f: Form, g: Form, order: ReadonlyArray<number>, into: Array<number>): void => {
  let winner: Form | undefined
  for (const i of order) {
    const [x, y] = [f[i]!, g[i]!]
    into[i] = winner === undefined ? Math.max(x, y) : winner[i]!
    if (winner === undefined && Math.abs(x - y) > 1e-10 * (Math.abs(x) + Math.abs(y))) winner = x > y ? f : g
  }
}

/** A form without constant that is at least f and g up to constants. */
const base = (f: Form, g: Form): Form => {
  const into = new Array<number>(SIZE).fill(0)
  leading(f, g, [0, 1, 2, 3], into)
  leading(f, g, [4, 6, 7], into)
  into[5] = Math.max(f[5]!, g[5]!)
  const kept = [f, g].find((h) => h[0] === into[0] && h[4] === into[4] && h[5] === into[5])
  return kept === undefined ? into : withQuad(into, kept.quad)
}

const minus = (f: Form, g: Form): Form => {
  const difference = f.map((t, i) => addUp(t, -g[i]!))
  return withQuad(difference, combine(f.quad, g.quad, Q.sub))
}

/** A form above max(f, g) for x >= R. */
export const maximum = (f: Form, g: Form, R: number): Form => {
  const b = base(f, g)
  return shift(b, Math.max(supremum(minus(f, b), R), supremum(minus(g, b), R)))
}

/** A form above log(e^f + e^g). */
export const logAdd = (f: Form, g: Form, R: number): Form => {
  const b = base(f, g)
  const [s, t] = [supremum(minus(f, b), R), supremum(minus(g, b), R)]
  const [top, low] = [Math.max(s, t), Math.min(s, t)]
  return shift(b, top === Infinity ? Infinity : addUp(top, logUp(addUp(1, expUp(addUp(low, -top))))))
}

/** The smaller one at infinity of two upper bounds of the same quantity. */
export const better = (f: Form | undefined, g: Form | undefined, R: number): Form | undefined => {
  if (f === undefined || !isFinite(f)) return g
  if (g === undefined || !isFinite(g)) return f
  for (const i of [0, 1, 4, 5, 2, 6, 3, 7]) if (Math.abs(f[i]! - g[i]!) > 1e-10 * (Math.abs(f[i]!) + Math.abs(g[i]!))) return f[i]! < g[i]! ? f : g
  return valueAt(f, R) <= valueAt(g, R) ? f : g
}

// Almost all logarithms are of the one R of the present walk.
let lastR = 1
let lastLog: readonly [number, number] = [0, 0]
const logOfR = (R: number): readonly [number, number] => {
  if (R !== lastR) {
    lastLog = at("log", R)
    lastR = R
  }
  return lastLog
}

/** F(R, 0), rounded up. */
export const valueAt = (f: Form, R: number): number => {
  const [lo, hi] = logOfR(R)
  const log = (t: number): number => Math.max(mulUp(t, lo), mulUp(t, hi))
  const x2 = f[0] === 0 ? 0 : f[0]! > 0 ? mulUp(f[0]!, mulUp(R, R)) : mulUp(f[0]!, mulDown(R, R))
  const xlog = f[1] === 0 ? 0 : f[1]! > 0 ? mulUp(f[1]!, mulUp(R, hi)) : mulUp(f[1]!, mulDown(R, lo))
  return addUp(addUp(addUp(x2, xlog), addUp(mulUp(f[2]!, R), log(f[3]!))), f[C]!)
}

/** An upper bound of dF/dx on [R, inf[ at v = 0; Infinity when none is found. With log x <= log R + (x - R)/R the bound is linear in x. */
export const slope = (f: Form, R: number): number => {
  const [lo, hi] = logOfR(R)
  const [a, l, b, k] = [f[0]!, f[1]!, f[2]!, f[3]!]
  if (addUp(mulUp(2, a), l > 0 ? divUp(l, R) : 0) > 0) return Infinity
  const logPart = l > 0 ? mulUp(l, addUp(hi, 1)) : mulUp(l, addDown(lo, 1))
  return addUp(addUp(mulUp(2 * a, R), logPart), addUp(b, k > 0 ? divUp(k, R) : 0))
}

/** An upper bound of F over x >= R, v >= 0. */
export const supremum = (f: Form, R: number): number => {
  const g = withoutInner(f)
  if (g === undefined) return Infinity
  const lead = g.findIndex((x, i) => i < 4 && x !== 0)
  if (lead < 0) return g[C]!
  if (g[lead]! > 0) return Infinity
  let worst = -Infinity
  for (let [x, i] = [R, 0]; i < 200; i++, x *= 1.25) {
    if (slope(g, x) <= 0) return Math.max(worst, valueAt(g, x))
    charge(BLOCK)
    worst = Math.max(worst, blockAbove(g, x, x * 1.25))
  }
  return Infinity
}

/** F <= the sum of its terms' maxima on [x, y]. */
const blockAbove = (f: Form, x: number, y: number): number => {
  const up = f.map((t, i) => (i < 4 && t > 0 ? t : 0))
  const down = f.map((t, i) => (i < 4 && t < 0 ? t : 0))
  return addUp(addUp(valueAt(up, y), valueAt(down, x)), f[C]!)
}

/** A form in x alone above sup over v >= 0: completes the square in v. */
export const withoutInner = (f: Form): Form | undefined => {
  const [p, q, r, s] = [f[4]!, f[5]!, f[6]!, f[7]!]
  if (p === 0 && q === 0 && r === 0 && s === 0) return f
  const own = f.map((x, i) => (i >= 4 && i < C ? 0 : x))
  if (p <= 0 && q <= 0 && r <= 0 && s <= 0) return own
  if (!(p < 0)) return undefined
  const t = tangent(s, Math.sqrt(-p))
  return square(shift(own, t.c), f, addUp(r, t.r))
}

/** s log(1 + v) <= e s v + s (e - 1 - log e) for s > 0, any e > 0; 0 for s <= 0. */
const tangent = (s: number, e: number): { readonly r: number; readonly c: number } =>
  s <= 0 ? { r: 0, c: 0 } : { r: mulUp(s, e), c: mulUp(s, addUp(addUp(e, -1), -logDown(e))) }

/** own + (q x + r)^2 / (-4p), an upper bound of own + p v^2 + (q x + r) v over v >= 0 for p < 0; parts that cannot help are dropped. */
const square = (own: Form, { 4: p, 5: q, quad }: Form, r: number): Form => {
  if (q! <= 0 && r <= 0) return own
  const high = divUp(1, -4 * p!)
  if (q! < 0) return plus(own, form({ [C]: mulUp(high, mulUp(r, r)) }))
  const cross = r < 0 ? -mulDown(divDown(1, -4 * p!), mulDown(-2 * r, q!)) : mulUp(high, mulUp(2 * r, q!))
  const sum = plus(own, form({ 0: mulUp(high, mulUp(q!, q!)), 2: cross, [C]: mulUp(high, mulUp(r, r)) }))
  return quad === undefined
    ? sum
    : withQuad(sum, { a: Q.sub(quad.a, Q.div(Q.mul(quad.q, quad.q), Q.mul(Q.rational(4), quad.p))), q: Q.ZERO, p: Q.ZERO })
}

/** A form in x above log of the integral of e^F over v from 0 to inf; undefined when none is found. */
export const integrateInner = (f: Form): Form | undefined => {
  const [p, q, r, s] = [f[4]!, f[5]!, f[6]!, f[7]!]
  const own = f.map((x, i) => (i >= 4 && i < C ? 0 : x))
  if (p < 0) {
    const t = tangent(s, Math.sqrt(-p))
    // int exp(p (v - m)^2) dv over the line = sqrt(pi / -p).
    return shift(square(shift(own, t.c), f, addUp(r, t.r)), addUp(0.573, -logDown(-p) / 2) + 1e-12)
  }
  if (p > 0 || q > 0) return undefined
  if (r < 0) {
    const t = tangent(s, s > 0 ? -r / (2 * s) : 1)
    return shift(own, addUp(t.c, -logDown(-addUp(r, t.r))))
  }
  return r === 0 && s < -1 ? shift(own, -logDown(addDown(-s, -1))) : undefined
}

/**
 * A form in x above log of the sum of e^F over v = 0, 1, ..: where F does not rise in v, e^F(x, 0) + int_0^inf e^F(x, v) dv. A rising s log(1 + v) is bounded by
 * half of a falling r v.
 */
export const sumInner = (f: Form, R: number): Form | undefined => {
  const [r, s] = [f[6]!, f[7]!]
  const t = tangent(s, -r / (2 * s))
  const g = s > 0 && r < 0 ? f.map((c, i) => (i === 6 ? addUp(r, t.r) : i === 7 ? 0 : i === C ? addUp(c, t.c) : c)) : f
  if (g.slice(4, C).some((c) => c > 0)) return undefined
  const rest = integrateInner(g)
  return (
    rest &&
    logAdd(
      g.map((c, i) => (i >= 4 && i < C ? 0 : c)),
      rest,
      R,
    )
  )
}

/** An upper bound of the integral of e^F over [R, inf[ (no inner variable left): by the logarithmic slope, or as a power law. */
export const integrateTail = (f: Form, R: number): number => {
  const top = expUp(valueAt(f, R))
  const v = slope(f, R)
  const exponential = v < 0 ? divUp(top, -v) : Infinity
  const power = f[0]! <= 0 && f[1]! <= 0 && f[2]! <= 0 && f[3]! < -1 ? divUp(mulUp(top, R), addDown(-f[3]!, -1)) : Infinity
  return Math.min(exponential, power)
}

/** Whether the integral of e^-F over [R, inf[ is certainly infinite, F being an upper bound of -log|g|. */
export const divergesBelow = (f: Form): boolean => {
  const [a, l, b, k] = [f[0]!, f[1]!, f[2]!, f[3]!]
  if (f.slice(4, C).some((x) => x !== 0)) return false
  return a < 0 || (a === 0 && (l < 0 || (l === 0 && (b < 0 || (b === 0 && k <= 1)))))
}
