/**
 * Enclosures for people. Whatever is printed contains the interval: digits are rounded outward.
 *
 *   0.318147180559945(1)   a narrow interval: the number in parentheses counts units of the last digit, so this is 0.318147180559945 +- 1e-15
 *   1.2e-3..4.6e-3         a wide one, or one that holds 0: both ends
 *   2                      a point
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"

/** Digits that a person still reads; doubles have one or two more. */
const DIGITS = 15
/** An interval narrower than this, relative to its number, is printed as that number. */
const NARROW = 1e-3
const END_DIGITS = 4

const power = (k: number): Rational => Q.powInteger(Q.rational(10), k)
const floor = (a: Rational): bigint => (a.n >= 0n ? a.n / a.d : -((-a.n + a.d - 1n) / a.d))
const ceil = (a: Rational): bigint => -floor(Q.neg(a))
const order = (x: number): number => Math.floor(Math.log10(Math.abs(x)))

/** The interval as text that contains it. */
export const interval = ([lo, hi]: readonly [number, number]): string => {
  if (lo === hi) return `${lo}`
  if (!Number.isFinite(lo) && !Number.isFinite(hi)) return "unknown"
  const [width, least] = [hi - lo, Math.min(Math.abs(lo), Math.abs(hi))]
  // An interval that holds 0 is wider than its nearer end.
  if (!(width <= NARROW * least)) return `${end(lo, floor)}..${end(hi, ceil)}`
  const [a, b] = [Q.fromNumber(lo), Q.fromNumber(hi)]
  const unit = Math.max(order(width / 2), order(least) - DIGITS + 1)
  const scaled = (x: Rational): Rational => Q.div(x, power(unit))
  const n = floor(Q.add(scaled(Q.div(Q.add(a, b), Q.rational(2))), Q.rational(1, 2)))
  const off = [Q.sub(scaled(b), Q.rational(n)), Q.sub(Q.rational(n), scaled(a))].map(ceil)
  return digits(n, unit, `(${off[0]! > off[1]! ? off[0] : off[1]})`)
}

const end = (x: number, round: (a: Rational) => bigint): string => {
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf"
  if (x === 0) return "0"
  let [n, unit] = [0n, order(x) - END_DIGITS + 1]
  for (n = round(Q.div(Q.fromNumber(x), power(unit))); n % 10n === 0n; unit++) n /= 10n
  return digits(n, unit, "")
}

/** n 10^unit with `mark` after its last digit; powers of ten where plain digits would be longer than a line of a table. */
const digits = (n: bigint, unit: number, mark: string): string => {
  const [sign, text] = n < 0n ? ["-", `${-n}`] : ["", `${n}`]
  const exponent = text.length - 1 + unit
  if (exponent < -4 || exponent > DIGITS || (unit > 0 && mark !== "")) {
    const rest = text.slice(1)
    return `${sign}${text[0]}${rest === "" ? "" : `.${rest}`}${mark}e${exponent}`
  }
  if (unit >= 0) return `${sign}${text}${"0".repeat(unit)}${mark}`
  const padded = text.padStart(1 - unit, "0")
  return `${sign}${padded.slice(0, unit)}.${padded.slice(unit)}${mark}`
}
