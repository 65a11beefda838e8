/**
 * Rectangles [reLo, reHi] + i [imLo, imHi] in the complex plane, in double precision: they bound analytic continuations, from which quadrature and
 * Taylor remainders get their error bounds (|f| <= M on an ellipse or a disc). Only M matters, so the ends are rounded outwards by one or two ulps
 * instead of tightly.
 *
 * `state` is 2 when the function is known to be analytic on the whole rectangle, 1 when it is not known, 0 when it is undefined everywhere.
 * Rectangles on the real axis (imLo = imHi = 0) enclose real values even where the state is 1.
 *
 * With r = fl(x), |true - r| <= 2^-53 |r| + 2^-1075, and d = fl(2^-52 |r|) + 2^-1074 is at least one ulp of r, hence fl(r - d) <= true <= fl(r + d).
 */
export type State = 0 | 1 | 2

export interface Complex {
  readonly reLo: number
  readonly reHi: number
  readonly imLo: number
  readonly imHi: number
  readonly state: State
}

const ULP = 2.220446049250313e-16 // 2^-52
const TINY = Number.MIN_VALUE

export const below = (r: number): number => r - (Math.abs(r) * ULP + TINY)
export const above = (r: number): number => r + (Math.abs(r) * ULP + TINY)

/** The whole plane, of which nothing is known. */
export const PLANE: Complex = { reLo: -Infinity, reHi: Infinity, imLo: -Infinity, imHi: Infinity, state: 1 }

const weaker = (a: State, b: State): State => (a < b ? a : b)

/** A rectangle; anything unbounded or not a number becomes the whole plane with state at most 1. */
export const make = (reLo: number, reHi: number, imLo: number, imHi: number, state: State): Complex =>
  reHi - reLo + (imHi - imLo) < Infinity ? { reLo, reHi, imLo, imHi, state } : state === 0 ? { ...PLANE, state } : PLANE

/** [lo, hi] on the real axis. */
export const real = (lo: number, hi: number): Complex => make(lo, hi, 0, 0, 2)

export const isReal = (z: Complex): boolean => z.imLo === 0 && z.imHi === 0

export const lower = (z: Complex, state: State): Complex => (z.state <= state ? z : { ...z, state })

/** An upper bound of |z|. */
export const magnitude = (z: Complex): number => {
  const x = Math.max(-z.reLo, z.reHi)
  const y = Math.max(-z.imLo, z.imHi)
  return norm(x, y)
}

/** sqrt(x^2 + y^2) rounded up, without underflow of the squares; x, y >= 0. */
const norm = (x: number, y: number): number => {
  const [large, small] = x > y ? [x, y] : [y, x]
  const r = small / large
  return small === 0 ? large : above(large * (Math.sqrt(1 + r * r) * (1 + 4 * ULP)))
}

/** An upper bound of |z - w| for z in the rectangle and its centre w. */
export const radius = (z: Complex): number => {
  const x = above(z.reHi - z.reLo) / 2
  const y = above(z.imHi - z.imLo) / 2
  return norm(x, y)
}

/** A lower bound of |z|^2. */
export const squareBelow = (z: Complex): number => {
  const x = z.reLo > 0 ? z.reLo : z.reHi < 0 ? -z.reHi : 0
  const y = z.imLo > 0 ? z.imLo : z.imHi < 0 ? -z.imHi : 0
  return Math.max(0, below(x * x + y * y - TINY))
}

export const neg = (z: Complex): Complex => ({ reLo: -z.reHi, reHi: -z.reLo, imLo: -z.imHi, imHi: -z.imLo, state: z.state })

// Sums do not underflow: a sum that is 0 or subnormal is exact.
const sumBelow = (r: number): number => r - Math.abs(r) * ULP
const sumAbove = (r: number): number => r + Math.abs(r) * ULP

export const add = (a: Complex, b: Complex): Complex =>
  make(sumBelow(a.reLo + b.reLo), sumAbove(a.reHi + b.reHi), sumBelow(a.imLo + b.imLo), sumAbove(a.imHi + b.imHi), weaker(a.state, b.state))

export const sub = (a: Complex, b: Complex): Complex => add(a, neg(b))

// Ends of the last interval product: module variables instead of a pair per product.
let low = 0
let high = 0
const product = (a: number, b: number, c: number, d: number): void => {
  const p = a * c
  const q = a * d
  const r = b * c
  const s = b * d
  low = Math.min(p, q, r, s)
  high = Math.max(p, q, r, s)
}

const isZero = (z: Complex): boolean => z.reLo === 0 && z.reHi === 0 && z.imLo === 0 && z.imHi === 0

export const mul = (a: Complex, b: Complex): Complex => {
  const state = weaker(a.state, b.state)
  if ((isZero(a) && b.reLo > -Infinity) || (isZero(b) && a.reLo > -Infinity)) return { reLo: 0, reHi: 0, imLo: 0, imHi: 0, state }
  product(a.reLo, a.reHi, b.reLo, b.reHi)
  const [xl, xh] = [low, high]
  if (isReal(a) && isReal(b)) return make(below(xl), above(xh), 0, 0, state)
  if (isReal(b)) {
    product(a.imLo, a.imHi, b.reLo, b.reHi)
    return make(below(xl), above(xh), below(low), above(high), state)
  }
  if (isReal(a)) {
    product(b.imLo, b.imHi, a.reLo, a.reHi)
    return make(below(xl), above(xh), below(low), above(high), state)
  }
  product(a.imLo, a.imHi, b.imLo, b.imHi)
  const reLo = below(below(xl) - above(high))
  const reHi = above(above(xh) - below(low))
  product(a.reLo, a.reHi, b.imLo, b.imHi)
  const [ul, uh] = [below(low), above(high)]
  product(a.imLo, a.imHi, b.reLo, b.reHi)
  return make(reLo, reHi, below(ul + below(low)), above(uh + above(high)), state)
}

/** z^2: re^2 - im^2 with the squares taken as such. */
export const sqr = (z: Complex): Complex => {
  const xl = z.reLo > 0 ? below(z.reLo * z.reLo) : z.reHi < 0 ? below(z.reHi * z.reHi) : 0
  const xm = Math.max(-z.reLo, z.reHi)
  const xh = above(xm * xm)
  if (isReal(z)) return make(Math.max(0, xl), xh, 0, 0, z.state)
  const yl = z.imLo > 0 ? below(z.imLo * z.imLo) : z.imHi < 0 ? below(z.imHi * z.imHi) : 0
  const ym = Math.max(-z.imLo, z.imHi)
  product(z.reLo, z.reHi, z.imLo, z.imHi)
  return make(below(xl - above(ym * ym)), above(xh - yl), below(2 * low), above(2 * high), z.state)
}

/** 1/z = conj(z)/|z|^2; the whole plane when 0 is in the rectangle. */
export const recip = (z: Complex): Complex => {
  if (z.reLo <= 0 && z.reHi >= 0 && z.imLo <= 0 && z.imHi >= 0) return z.state === 0 ? z : PLANE
  if (isReal(z)) return make(below(1 / z.reHi), above(1 / z.reLo), 0, 0, z.state)
  // Ends whose squares would underflow move outward to where they do not: a sliver of 5e-324 must not cost the shape of the rectangle.
  const [a, b, c, d] = [floorEnd(z.reLo), -floorEnd(-z.reHi), floorEnd(z.imLo), -floorEnd(-z.imHi)]
  if (!(moderate(a) && moderate(b) && moderate(c) && moderate(d)) || (a <= 0 && b >= 0 && c <= 0 && d >= 0)) {
    const m = above(1 / Math.max(z.reLo, -z.reHi, z.imLo, -z.imHi))
    return m > 0 ? make(-m, m, -m, m, z.state) : PLANE
  }
  // x / (x^2 + y^2) takes its extremes on the boundary: at the corners, and where |x| = |y| on an edge.
  const [xl, xh] = component(a, b, c, d)
  const [yl, yh] = component(c, d, a, b)
  return make(xl, xh, -yh, -yl, z.state)
}

const wider = (r: number): number => Math.abs(r) * (4 * ULP) + TINY

/** Range of x / (x^2 + y^2) over x in [a, b], y in [c, d], without (0, 0). */
const component = (a: number, b: number, c: number, d: number): readonly [number, number] => {
  const near = c > 0 ? c : d < 0 ? -d : 0
  const far = Math.max(-c, d)
  // For fixed x > 0 the value falls with |y|; for fixed |y| it rises with x up to x = |y| and falls after it.
  const top = b > 0 ? (near >= b ? ratio(b, near) : near <= Math.max(a, 0) ? ratio(Math.max(a, 0), near) : 1 / (2 * near)) : ratio(b, far)
  const bottom = a < 0 ? (near >= -a ? ratio(a, near) : near <= Math.max(-b, 0) ? ratio(Math.min(b, 0), near) : -1 / (2 * near)) : 0
  const up = b > 0 ? top : Math.max(ratio(a, far), ratio(b, far))
  const down = a < 0 ? bottom : Math.min(ratio(a, far), ratio(b, far))
  return [down - wider(down), up + wider(up)]
}

const ratio = (x: number, y: number): number =>
  x === 0 ? 0 : Math.abs(x) > y ? 1 / (x * (1 + (y / x) * (y / x))) : x / y / (y * (1 + (x / y) * (x / y)))

/** A lower end, moved down to 0 or -1e-139 where its square would underflow. */
const floorEnd = (x: number): number => (x > 0 && x < 1e-139 ? 0 : x < 0 && x > -1e-139 ? -1e-139 : x)

/** True where squares of the ends neither over- nor underflow. */
const moderate = (x: number): boolean => x === 0 || (Math.abs(x) > 1e-140 && Math.abs(x) < 1e140)

export const div = (a: Complex, b: Complex): Complex => mul(a, recip(b))

/** z^n by repeated squaring. */
export const powi = (z: Complex, n: number): Complex => {
  // The reciprocal first: a power of a rectangle may cover 0 although the rectangle does not.
  if (n < 0) return powi(recip(z), -n)
  if (n === 0) return { reLo: 1, reHi: 1, imLo: 0, imHi: 0, state: z.state }
  if (n === 1) return z
  const half = powi(z, Math.floor(n / 2))
  const square = sqr(half)
  return n % 2 === 0 ? square : mul(square, z)
}

export const hull = (a: Complex, b: Complex): Complex =>
  make(Math.min(a.reLo, b.reLo), Math.max(a.reHi, b.reHi), Math.min(a.imLo, b.imLo), Math.max(a.imHi, b.imHi), weaker(a.state, b.state))
