/**
 * Directed rounding from round-to-nearest: `opDown(a, b)` is the largest double <= a op b and `opUp(a, b)` the smallest double >= a op b.
 *
 * The sign of the rounding error decides. It is computed without error: TwoSum (Knuth) for sums, Veltkamp-Dekker products for products,
 * and from these the remainders a - q b of a quotient and a - s^2 of a square root (exact by Sterbenz' lemma and Boldo 2006).
 * Outside the range in which those identities hold (products below 2^-969 or factors above 2^996) the operands are rescaled by powers of two.
 *
 * Only + - * / and Math.sqrt are used, which IEEE 754 rounds correctly; `**` is not, so powers of two come from repeated doubling.
 * In this file an upper end never is -Infinity and a lower end never is +Infinity: overflow gives the largest finite double on that side.
 */

const doubling = (k: number): number => {
  let x = 1
  for (let i = 0; i < k; i++) x *= 2
  for (let i = 0; i > k; i--) x /= 2
  return x
}

export const MAX = Number.MAX_VALUE
/** The smallest positive double, 2^-1074. */
export const MIN = Number.MIN_VALUE

const LOWEST = -1074
const POWERS = new Float64Array(1023 - LOWEST + 1)
POWERS[0] = MIN
for (let i = 1; i < POWERS.length; i++) POWERS[i] = POWERS[i - 1]! * 2

/** 2^k for an integer -1074 <= k <= 1023, exact. */
export const power2 = (k: number): number => POWERS[k - LOWEST]!

const HALF_ULP = doubling(-53) * (1 + doubling(-52))
const NORMAL = doubling(-969)
const SUBNORMAL = doubling(-1021)
const LIFT = doubling(60)
const DROP = doubling(-60)

/**
 * The next double above c. With u = 2^-53 and 2^k <= |c| < 2^(k+1), fl(u(1+2u)|c|) lies in ]2^(k-53), 2^(k-52)], so that c plus it rounds to
 * the neighbour (also downwards from c = 2^k). Rump, Zimmermann, Boldo, Melquiond 2009; below 2^-969 by rescaling, below 2^-1021 by 2^-1074.
 */
export const nextUp = (c: number): number => {
  const a = Math.abs(c)
  if (a >= NORMAL) return c === -Infinity ? -MAX : c + HALF_ULP * a
  if (a < SUBNORMAL) return c + MIN
  return (c * LIFT + HALF_ULP * (a * LIFT)) * DROP
}

/** The next double below c. */
export const nextDown = (c: number): number => -nextUp(-c)

const SPLIT = 134217729 // 2^27 + 1
const SMALL = doubling(-960)
const LARGE = doubling(1020)

/** a b - p for p = fl(a b), exact where 2^-969 <= |p| <= 2^1021; NaN where a factor is too large to split. */
export const productError = (a: number, b: number, p: number): number => {
  const c = SPLIT * a
  const ah = c - (c - a)
  const al = a - ah
  const d = SPLIT * b
  const bh = d - (d - b)
  const bl = b - bh
  return al * bl - (p - ah * bh - al * bh - ah * bl)
}

const word = new Float64Array(1)
const halves = new Uint32Array(word.buffer)
word[0] = 1
const TOP = halves[1] === 0x3ff00000 ? 1 : 0

/** floor(log2 |x|) for a finite x != 0. */
export const exponent = (x: number): number => {
  word[0] = x
  const e = (halves[TOP]! >>> 20) & 0x7ff
  if (e > 0) return e - 1023
  word[0] = x * LIFT
  return ((halves[TOP]! >>> 20) & 0x7ff) - 1083
}

/** x 2^k for 2^-100 <= |x| <= 2^100 or x = 0, rounded once to nearest. */
const scaled = (x: number, k: number): number => (k > 0 ? x * power2(900) * power2(k - 900) : x * power2(-900) * power2(k + 900))

/** The largest double <= (h + l) 2^k, for |l| at most half an ulp of h and 2^-100 <= |h| <= 2^100. */
export const scaleDown = (h: number, l: number, k: number): number => {
  if (k <= 900 && k >= -900) return l < 0 ? nextDown(h * power2(k)) : h * power2(k)
  const n = k > 1900 ? 1900 : k < -1900 ? -1900 : k
  const t = scaled(h, n)
  if (t === Infinity) return MAX
  if (t === -Infinity) return t
  if (n > 0) return l < 0 ? nextDown(t) : t
  const y = h * power2(-900)
  const back = t * power2(-900 - n)
  return back > y || (back === y && l < 0) ? nextDown(t) : t
}

/** The smallest double >= (h + l) 2^k, same conditions. */
export const scaleUp = (h: number, l: number, k: number): number => -scaleDown(-h, -l, k)

/** The largest double <= a + b. */
export const addDown = (a: number, b: number): number => {
  const s = a + b
  const t = s - a
  const e = a - (s - t) + (b - t)
  return e < 0 ? nextDown(s) : e === e ? s : addEdge(a, b, s)
}

/** TwoSum met an infinity: the sum overflowed, an operand is infinite, or an intermediate result overflowed beside |s| near 2^1024. */
const addEdge = (a: number, b: number, s: number): number => {
  if (s === Infinity) return MAX
  if (s - s !== 0) return s
  const [big, small] = Math.abs(a) >= Math.abs(b) ? [a, b] : [b, a]
  return small - (s - big) < 0 ? nextDown(s) : s
}

/** The smallest double >= a + b. */
export const addUp = (a: number, b: number): number => {
  const s = a + b
  const t = s - a
  const e = a - (s - t) + (b - t)
  return e > 0 ? nextUp(s) : e === e ? s : -addEdge(-a, -b, -s)
}

/** The largest double <= a b, with 0 * Infinity = 0. */
export const mulDown = (a: number, b: number): number => {
  const p = a * b
  const m = Math.abs(p)
  if (m >= SMALL && m <= LARGE) {
    const e = productError(a, b, p)
    if (e < 0) return nextDown(p)
    if (e === e) return p
  }
  return mulEdge(a, b, p)
}

const mulEdge = (a: number, b: number, p: number): number => {
  if (a === 0 || b === 0) return 0
  if (p === Infinity) return MAX
  if (p - p !== 0) return p
  const i = exponent(a)
  const j = exponent(b)
  const x = unit(a, i)
  const y = unit(b, j)
  const h = x * y
  return scaleDown(h, productError(x, y, h), i + j)
}

/** x 2^-i in two exact steps, for i = exponent(x). */
const unit = (x: number, i: number): number => {
  const half = i >> 1
  return x * power2(-half) * power2(half - i)
}

/** The smallest double >= a b, with 0 * Infinity = 0. */
export const mulUp = (a: number, b: number): number => {
  const p = a * b
  const m = Math.abs(p)
  if (m >= SMALL && m <= LARGE) {
    const e = productError(a, b, p)
    if (e > 0) return nextUp(p)
    if (e === e) return p
  }
  return -mulEdge(-a, b, -p)
}

/** The largest double <= a / b for b != 0, with a / Infinity = 0. */
export const divDown = (a: number, b: number): number => {
  const q = a / b
  const m = Math.abs(q)
  const n = Math.abs(a)
  if (m >= SMALL && m <= LARGE && n >= SMALL && n <= LARGE) {
    const p = q * b
    const r = a - p - productError(q, b, p)
    if (r === r) return (b > 0 ? r < 0 : r > 0) ? nextDown(q) : q
  }
  return divEdge(a, b, q)
}

const divEdge = (a: number, b: number, q: number): number => {
  if (a === 0 || b - b !== 0) return 0
  if (q === Infinity) return MAX
  if (a - a !== 0) return q
  const i = exponent(a)
  const j = exponent(b)
  const x = unit(a, i)
  const y = unit(b, j)
  const h = x / y
  const p = h * y
  const r = x - p - productError(h, y, p)
  return scaleDown(h, y > 0 ? r : -r, i - j)
}

/** The smallest double >= a / b for b != 0, with a / Infinity = 0. */
export const divUp = (a: number, b: number): number => -divDown(-a, b)

/** The largest double <= sqrt(a), a >= 0. */
export const sqrtDown = (a: number): number => {
  const s = Math.sqrt(a)
  return sqrtRemainder(a, s) < 0 ? nextDown(s) : s
}

/** The smallest double >= sqrt(a), a >= 0. */
export const sqrtUp = (a: number): number => {
  const s = Math.sqrt(a)
  return sqrtRemainder(a, s) > 0 ? nextUp(s) : s
}

/** A number with the sign of a - s^2 for s = fl(sqrt a); roots of numbers far from 1 are rescaled by 2^(+-300), exactly. */
export const sqrtRemainder = (a: number, s: number): number => {
  if (a === 0 || a === Infinity) return 0
  const k = a < SMALL ? 300 : a > LARGE ? -300 : 0
  const x = a * power2(k) * power2(k)
  const y = s * power2(k)
  const p = y * y
  return x - p - productError(y, y, p)
}
