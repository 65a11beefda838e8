/**
 * Exact rationals n/d, d > 0, gcd(n, d) = 1. Every literal and every parameter of Lemmata is one: `0.1` is 1/10.
 *
 * Not a number type for long computations: denominators grow. The interval kernel takes over from here.
 */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

const abs = (a: bigint): bigint => (a < 0n ? -a : a)

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [abs(a), abs(b)]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** The rational n/d in lowest terms. Throws a RangeError when d = 0. */
export const rational = (n: bigint | number, d: bigint | number = 1n): Rational => {
  let [p, q] = [BigInt(n), BigInt(d)]
  if (q === 0n) throw new RangeError("rational with denominator 0")
  if (q < 0n) [p, q] = [-p, -q]
  const g = gcd(p, q)
  return g > 1n ? { n: p / g, d: q / g } : { n: p, d: q }
}

export const ZERO: Rational = rational(0)
export const ONE: Rational = rational(1)

/** Reads `3`, `-0.25`, `1e-3`, `7/8`, `-1.5/0.5`; `undefined` for anything else (exponents beyond 4000 included). */
export const parseRational = (text: string): Rational | undefined => {
  const parts = text.trim().split("/")
  if (parts.length > 2) return undefined
  const [a, b] = parts.map(parseDecimal)
  if (a === undefined) return undefined
  if (parts.length === 1) return a
  return b === undefined || b.n === 0n ? undefined : div(a, b)
}

const parseDecimal = (text: string): Rational | undefined => {
  const m = /^\s*([+-]?)(\d+(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text)
  if (m === null) return undefined
  const fraction = m[3] ?? m[4] ?? ""
  const digits = m[2]!.replace(".", "")
  const exponent = Number(m[5] ?? "0") - fraction.length
  if (Math.abs(exponent) > 4000) return undefined
  const n = BigInt(m[1] + digits)
  return exponent >= 0 ? rational(n * 10n ** BigInt(exponent)) : rational(n, 10n ** BigInt(-exponent))
}

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d)
export const sub = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d)
export const mul = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d)
/** a / b. Throws a RangeError when b = 0. */
export const div = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n)
export const neg = (a: Rational): Rational => ({ n: -a.n, d: a.d })
export const sign = (a: Rational): -1 | 0 | 1 => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0)
export const compare = (a: Rational, b: Rational): -1 | 0 | 1 => sign({ n: a.n * b.d - b.n * a.d, d: 1n })
export const equals = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d
export const isInteger = (a: Rational): boolean => a.d === 1n

/** a^k for an integer k. Throws a RangeError for 0 to a negative power. */
export const powInteger = (a: Rational, k: number): Rational => (k >= 0 ? { n: a.n ** BigInt(k), d: a.d ** BigInt(k) } : div(ONE, powInteger(a, -k)))

/** The exact square root when a is the square of a rational, else `undefined`. */
export const exactSqrt = (a: Rational): Rational | undefined => {
  if (a.n < 0n) return undefined
  const [n, d] = [integerSqrt(a.n), integerSqrt(a.d)]
  return n * n === a.n && d * d === a.d ? { n, d } : undefined
}

/** floor(sqrt(a)) for a >= 0. */
export const integerSqrt = (a: bigint): bigint => {
  if (a < 2n) return a
  let x = 1n << BigInt((a.toString(2).length + 1) >> 1)
  for (;;) {
    const y = (x + a / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

/** `p/q`, or `p` when q = 1. */
export const toText = (a: Rational): string => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`)

/** The exact rational value of a finite double. Throws a RangeError on NaN and infinities. */
export const fromNumber = (x: number): Rational => {
  if (!Number.isFinite(x)) throw new RangeError(`no rational equals ${x}`)
  let [m, e] = [x, 0]
  while (!Number.isInteger(m)) [m, e] = [m * 2, e + 1]
  // In lowest terms: m is odd, or e = 0.
  return { n: BigInt(m), d: 1n << BigInt(e) }
}

/** Integers up to here are doubles. */
const SAFE = 1n << 53n

/** The nearest double, ties to even; overflows to an infinity. */
export const toNumber = (a: Rational): number => {
  if (a.n === 0n) return 0
  // The quotient of two doubles is rounded correctly, and here it is no subnormal.
  if (a.n <= SAFE && a.n >= -SAFE && a.d <= SAFE) return Number(a.n) / Number(a.d)
  const [n, negative] = [abs(a.n), a.n < 0n]
  // Scale so that the quotient has 55 or 56 bits, keep a sticky bit, and let one exact double operation round once.
  const shift = 55 - (n.toString(2).length - a.d.toString(2).length)
  const [p, q] = shift >= 0 ? [n << BigInt(shift), a.d] : [n, a.d << BigInt(-shift)]
  let [m, e] = [p / q, -shift]
  let sticky = m * q === p ? 0n : 1n
  // Subnormal results keep fewer bits: drop them into the sticky bit before the only rounding.
  const extra = -1074 - 2 - e
  if (extra > 0) {
    const cut = BigInt(extra)
    if ((m >> cut) << cut !== m) sticky = 1n
    m >>= cut
    e += extra
  }
  const drop = Math.max(0, m.toString(2).length - 53, Math.min(2, -1074 - e))
  const [unit, half] = [1n << BigInt(drop), drop > 0 ? 1n << BigInt(drop - 1) : 0n]
  let kept = m / unit
  const rest = m - kept * unit
  if (drop > 0 && (rest > half || (rest === half && (sticky === 1n || (kept & 1n) === 1n)))) kept += 1n
  const value = scale(Number(kept), e + drop)
  return negative ? -value : value
}

const scale = (m: number, e: number): number => {
  let [x, k] = [m, e]
  for (; k > 900; k -= 900) x *= 2 ** 900
  for (; k < -900; k += 900) x *= 2 ** -900
  return x * 2 ** k
}
