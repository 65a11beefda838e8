/**
 * What is known of a function g(x) for all x >= R: bounds of its value and of its logarithm by growth forms, its sign, and, where they exist, the
 * polynomial that it equals and the rational limit that it approaches (so that F - G of two distribution functions decays although both tend to 1).
 *
 * Coefficients may be complex (outer variables of a nested integral that are being continued): then `up` and `down` bound the real part, `mag` and
 * `floor` the modulus, `sign` the sign of the real part, and `real` is false.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Complex } from "../interval/complex.ts"
import { above, add as cadd, below, isReal, magnitude, mul as cmul, neg as cneg, real as creal, recip, squareBelow } from "../interval/complex.ts"
import type { Form } from "./growth-form.ts"
import {
  better,
  expUp,
  FLAT,
  form,
  isFinite,
  level,
  logAdd,
  logDown,
  logUp,
  maximum,
  plus,
  scale,
  shift,
  supremum,
  withQuad,
  ZERO,
} from "./growth-form.ts"
import { expOf, logOf, minusLogOf } from "./growth-log.ts"
import type { Limit } from "./growth-limit.ts"
import { addLimits, approach, distance, invertLimit, isZero, multiplyLimits, negateLimit, pointLimit, sizeOf } from "./growth-limit.ts"

/** A coefficient of a polynomial, with its exact value where that is known to be rational. */
export type Coefficient = Complex & { readonly exact?: Rational | undefined }

export interface Growth {
  readonly real: boolean
  /** Re g <= up. */
  readonly up?: Form | undefined
  /** -Re g <= down. */
  readonly down?: Form | undefined
  /** log|g| <= mag. */
  readonly mag?: Form | undefined
  /** -log|g| <= floor. */
  readonly floor?: Form | undefined
  /** Sign of Re g where it is the same for all x >= R, else 0. */
  readonly sign: -1 | 0 | 1
  /** g = c_0 + c_1 x + c_2 x^2 + c_3 v + c_4 x v + c_5 v^2; trailing zeros left out. */
  readonly poly?: ReadonlyArray<Coefficient> | undefined
  readonly limit?: Limit | undefined
  /** h where g = e^h, so that a logarithm finds it again. */
  readonly exponent?: Growth | undefined
}

export const UNKNOWN: Growth = { real: true, sign: 0 }
/** Complex-valued for complex outer variables, and nothing more is known. */
export const lost = (...of: ReadonlyArray<Growth>): Growth => ({ real: of.every((g) => g.real), sign: 0 })

/** Fills in what follows from the rest. */
export const complete = (g: Growth, R: number): Growth => {
  let { up, down, mag, floor, sign } = g
  if (g.poly !== undefined) {
    const p = polynomialForms(g.poly, R)
    up = better(up, p.up, R)
    down = better(down, p.down, R)
    mag = better(mag, p.mag, R)
    floor = better(floor, p.floor, R)
  }
  if (g.limit !== undefined) {
    const far = distance(g.limit, R)
    const { most, least } = sizeOf(g.limit)
    if (isZero(g.limit)) mag = better(mag, g.limit.rest, R)
    else mag = better(mag, level(logUp(most + far * (1 + 1e-15))), R)
    if (far < least / 2) {
      floor = better(floor, level(-logDown((least - far) * (1 - 1e-15))), R)
      sign = g.limit.value.n > 0n ? 1 : -1
    }
  }
  if (sign === 0 && down !== undefined && supremum(down, R) < 0) sign = 1
  if (sign === 0 && up !== undefined && supremum(up, R) < 0) sign = -1
  if (mag === undefined && g.real && up !== undefined && down !== undefined) {
    mag = sign === 1 ? logOf(up, R) : sign === -1 ? logOf(down, R) : maximum(logOf(up, R), logOf(down, R), R)
  }
  if (floor === undefined && sign !== 0) {
    const toward = sign === 1 ? down : up
    if (toward !== undefined) floor = minusLogOf(toward, R)
  }
  if (mag !== undefined && (up === undefined || down === undefined)) {
    const value = expOf(mag, R)
    up ??= sign === -1 ? ZERO : value
    down ??= sign === 1 ? ZERO : value
  }
  // What is small and known to no other limit has the limit 0, so that exp and 1 + of it have one too.
  const limit = g.limit ?? (mag !== undefined && supremum(mag, R) < 0 ? approach(0, mag) : undefined)
  return { ...g, up: finite(up), down: finite(down), mag: finite(mag), floor: finite(floor), sign, limit }
}

const finite = (f: Form | undefined): Form | undefined => (f !== undefined && isFinite(f) ? f : undefined)

/** Index in a form, powers of x and of v of the monomials of `poly`. */
const MONOMIALS: ReadonlyArray<readonly [index: number, x: number, v: number]> = [
  [8, 0, 0],
  [2, 1, 0],
  [0, 2, 0],
  [6, 0, 1],
  [5, 1, 1],
  [4, 0, 2],
]

const polynomialForms = (c: ReadonlyArray<Coefficient>, R: number): { up: Form; down: Form; mag: Form; floor?: Form } => {
  const up: Array<number> = [...ZERO]
  const down: Array<number> = [...ZERO]
  const size: Array<number> = [...ZERO]
  c.forEach((z, i) => {
    const at = MONOMIALS[i]![0]
    up[at] = z.reHi
    down[at] = -z.reLo
    size[at] = magnitude(z)
  })
  const at = (i: number): Rational | undefined => (i < c.length ? c[i]!.exact : Q.ZERO)
  const [a, q, p] = [at(2), at(4), at(5)]
  const quad = c.length <= 2 ? FLAT : a && q && p && { a, q, p }
  const minus = quad === FLAT ? FLAT : quad && { a: Q.neg(quad.a), q: Q.neg(quad.q), p: Q.neg(quad.p) }
  const forms = { up: withQuad(up, quad), down: withQuad(down, minus), mag: logOf(size, R) }
  if (c.length > 3) return forms
  // |c_0 + .. + c_d x^d| >= x^d (|c_d| - |c_{d-1}|/x - ..).
  const degree = Math.max(0, c.length - 1)
  let others = 0
  for (let i = 0; i < degree; i++) {
    let t = magnitude(c[i]!)
    for (let j = i; j < degree; j++) t = above(t / R)
    others = above(others + t)
  }
  const left = below(below(Math.sqrt(squareBelow(c[degree]!))) - others)
  return left > 0 ? { ...forms, floor: form({ 3: -degree, 8: -logDown(left) }) } : forms
}

/** The growth of a constant: an enclosure, and its exact value when it is rational (or rational times a power of pi). */
export const constantGrowth = (z: Complex, R: number, value?: Rational, limit: Limit | undefined = value && pointLimit(value)): Growth => {
  if (z.state !== 2) return { real: isReal(z), sign: 0 }
  return complete({ real: isReal(z), sign: 0, poly: [value === undefined ? z : { ...z, exact: value }], limit }, R)
}

export const negate = (g: Growth): Growth => ({
  ...g,
  up: g.down,
  down: g.up,
  sign: g.sign === 1 ? -1 : g.sign === -1 ? 1 : 0,
  poly: g.poly?.map((c) => coefficient(cneg(c), c.exact && Q.neg(c.exact))),
  limit: negateLimit(g.limit),
  exponent: undefined,
})

export const sum = (a: Growth, b: Growth, R: number): Growth => {
  const poly =
    a.poly &&
    b.poly &&
    Array.from({ length: Math.max(a.poly.length, b.poly.length) }, (_, i) => addCoefficients(a.poly![i] ?? NONE, b.poly![i] ?? NONE))
  const limit = addLimits(a.limit, b.limit, R)
  const mag = a.mag && b.mag && logAdd(a.mag, b.mag, R)
  const sign = a.sign === b.sign ? a.sign : 0
  return complete(
    {
      real: a.real && b.real,
      up: a.up && b.up && plus(a.up, b.up),
      down: a.down && b.down && plus(a.down, b.down),
      mag,
      floor: sign !== 0 && a.real && b.real ? better(a.floor, b.floor, R) : apart(a, b, R),
      sign: sign !== 0 ? sign : a.real && b.real ? dominant(a, b, R) : 0,
      poly,
      limit,
    },
    R,
  )
}

/** log of how much smaller b is than a, at its worst. */
const lag = (a: Growth, b: Growth, R: number): number => (a.floor && b.mag ? supremum(plus(a.floor, b.mag), R) : Infinity)

/** |a + b| >= |a| - |b| where one of them dominates. */
const apart = (a: Growth, b: Growth, R: number): Form | undefined => {
  for (const [big, small] of [
    [a, b],
    [b, a],
  ] as const) {
    const s = lag(big, small, R)
    if (s < -0.01) return shift(big.floor!, -logDown(1 - expUp(s)))
  }
  return undefined
}
const dominant = (a: Growth, b: Growth, R: number): -1 | 0 | 1 => (lag(a, b, R) < -0.01 ? a.sign : lag(b, a, R) < -0.01 ? b.sign : 0)

/** An integer as a coefficient. */
export const exactly = (n: number): Coefficient => ({ ...creal(n, n), exact: Q.rational(n) })
const NONE: Coefficient = exactly(0)
const coefficient = (z: Complex, exact: Rational | undefined): Coefficient => (exact === undefined ? z : { ...z, exact })
const addCoefficients = (a: Coefficient, b: Coefficient): Coefficient =>
  a === NONE ? b : b === NONE ? a : coefficient(cadd(a, b), a.exact && b.exact && Q.add(a.exact, b.exact))

const isConstant = (g: Growth): Coefficient | undefined => (g.poly?.length === 1 ? g.poly[0] : undefined)

const isNothing = (g: Growth): boolean => isConstant(g)?.exact?.n === 0n

/** c g for a real constant c. */
const multiple = (c: Coefficient, g: Growth): Pick<Growth, "up" | "down"> => {
  if (!isReal(c) || (c.reLo < 0 && c.reHi > 0)) return {}
  const size = c.exact && (c.exact.n < 0n ? Q.neg(c.exact) : c.exact)
  const by = (f: Form | undefined, lo: number, hi: number): Form | undefined => f && scale(f, lo, hi, size)
  // A form may be negative, so scaling by an interval takes the worse end per coefficient; both ends have one sign.
  return c.reLo >= 0
    ? { up: by(g.up, c.reLo, c.reHi), down: by(g.down, c.reLo, c.reHi) }
    : { up: by(g.down, -c.reHi, -c.reLo), down: by(g.up, -c.reHi, -c.reLo) }
}

export const product = (a: Growth, b: Growth, R: number): Growth => {
  const [ca, cb] = [isConstant(a), isConstant(b)]
  const forms = ca !== undefined ? multiple(ca, b) : cb !== undefined ? multiple(cb, a) : {}
  const poly = a.poly && b.poly && convolve(a.poly, b.poly)
  return complete(
    {
      real: a.real && b.real,
      ...forms,
      mag: a.mag && b.mag && plus(a.mag, b.mag),
      floor: a.floor && b.floor && plus(a.floor, b.floor),
      sign: a.real && b.real ? ((a.sign * b.sign) as -1 | 0 | 1) : 0,
      poly,
      limit: multiplyLimits(a.limit, b.limit, R),
    },
    R,
  )
}

/** The product of two polynomials, if its degree is at most 2. */
const convolve = (a: ReadonlyArray<Coefficient>, b: ReadonlyArray<Coefficient>): ReadonlyArray<Coefficient> | undefined => {
  const out: Array<Coefficient> = []
  for (const [i, x] of a.entries())
    for (const [j, y] of b.entries()) {
      if (x.exact?.n === 0n || y.exact?.n === 0n) continue
      const [dx, dv] = [MONOMIALS[i]![1] + MONOMIALS[j]![1], MONOMIALS[i]![2] + MONOMIALS[j]![2]]
      const at = MONOMIALS.findIndex(([, p, q]) => p === dx && q === dv)
      const term = coefficient(cmul(x, y), x.exact && y.exact && Q.mul(x.exact, y.exact))
      if (at >= 0) {
        while (out.length <= at) out.push(NONE)
        out[at] = addCoefficients(out[at]!, term)
      } else if (magnitude(x) > 0 && magnitude(y) > 0) return undefined
    }
  return out.length === 0 ? [NONE] : out
}

export const reciprocal = (g: Growth, R: number): Growth => {
  const c = isConstant(g)
  const inverse = c && recip(c)
  if (inverse?.state === 2) {
    return constantGrowth(inverse, R, c?.exact && c.exact.n !== 0n ? Q.div(Q.ONE, c.exact) : undefined, invertLimit(g.limit))
  }
  return complete({ real: g.real, mag: g.floor, floor: g.mag, sign: g.real ? g.sign : 0 }, R)
}

/** Either of two; 0 is below every bound of a modulus, whatever its decay. */
export const hullOf = (a: Growth, b: Growth, R: number): Growth =>
  complete(
    {
      real: a.real && b.real,
      up: a.up && b.up && maximum(a.up, b.up, R),
      down: a.down && b.down && maximum(a.down, b.down, R),
      mag: isNothing(b) ? a.mag : isNothing(a) ? b.mag : a.mag && b.mag && maximum(a.mag, b.mag, R),
      floor: a.floor && b.floor && maximum(a.floor, b.floor, R),
      sign: a.sign === b.sign ? a.sign : 0,
    },
    R,
  )

/** Certain bounds of Re g over all x >= R. */
export const rangeOf = (g: Growth, R: number): readonly [number, number] => [
  g.down ? -supremum(g.down, R) : -Infinity,
  g.up ? supremum(g.up, R) : Infinity,
]
