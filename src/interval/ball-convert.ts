/** Conversions of balls: from rationals and double ranges, to outward double bounds and to decimal digits. */
import type { Rational } from "../core/rational.ts"
import type { Ball } from "./ball.ts"
import { bigAbs, bitLength, exact, isWhole, pow2, round, roundEnds, shiftUp, whole } from "./ball.ts"

/** n/d to p bits; exact when d is a power of two and n fits. */
export const fromRational = (q: Rational, p: number): Ball => {
  if (q.n === 0n) return exact(0n)
  const size = bitLength(q.d)
  // An exact power of two never rounds, so its bit length is right.
  if (q.d === 1n << BigInt(size - 1)) return round(q.n, 0n, 1 - size, "defined", p)
  const k = Math.max(0, p + 6 - bitLength(q.n) + size)
  return round((q.n << BigInt(k)) / q.d, 1n, -k, "defined", p)
}

const view = new DataView(new ArrayBuffer(8))
/** A finite double as m 2^e, exactly. */
export const fromDouble = (x: number): Ball => {
  if (x === 0) return exact(0n)
  view.setFloat64(0, x)
  const high = view.getUint32(0)
  const field = (high >>> 20) & 2047
  const fraction = (high & 0xfffff) * 2 ** 32 + view.getUint32(4)
  let [m, e] = field === 0 ? [fraction, -1074] : [fraction + 2 ** 52, field - 1075]
  for (; m % 1024 === 0; e += 10) m /= 1024
  for (; m % 2 === 0; e += 1) m /= 2
  return exact(BigInt(x < 0 ? -m : m), e)
}

/** The closed interval [lo, hi]; the whole line where an end is infinite. */
export const fromRange = (lo: number, hi: number, p: number): Ball => {
  if (lo === hi && Number.isFinite(lo)) return fromDouble(lo)
  if (!(lo < hi) || lo === -Infinity || hi === Infinity) return whole(lo < hi ? "defined" : "undefined")
  const [a, b] = [fromDouble(lo), fromDouble(hi)]
  const e = Math.min(a.m === 0n ? b.e : a.e, b.m === 0n ? a.e : b.e)
  const at = (x: Ball): bigint => (x.m === 0n ? 0n : x.m << BigInt(x.e - e))
  return roundEnds(at(a), at(b), e, "defined", p)
}

/** The largest double <= n 2^e. */
const doubleBelow = (n: bigint, e: number): number => (n < 0n ? -doubleAbove(-n, e) : n === 0n ? 0 : toward(n, e, false))
/** The smallest double >= n 2^e. */
export const doubleAbove = (n: bigint, e: number): number => (n < 0n ? -doubleBelow(-n, e) : n === 0n ? 0 : toward(n, e, true))

/** n > 0: keep 53 bits, fewer above 2^-1074, rounded in the given direction. */
const toward = (n: bigint, e: number, up: boolean): number => {
  const size = bitLength(n)
  if (size + e > 1026) return up ? Infinity : Number.MAX_VALUE
  if (size + e < -1080) return up ? Number.MIN_VALUE : 0
  let cut = Math.max(size - 53, -1074 - e)
  // A bit length one too large would waste a bit.
  if (size > 53 && cut === size - 53 && cut > -1074 - e && n >> BigInt(size - 1) === 0n) cut -= 1
  const kept = cut <= 0 ? n : up ? shiftUp(n, BigInt(cut)) : n >> BigInt(cut)
  const k = e + Math.max(0, cut)
  // kept <= 2^53 and k >= -1074: the product is exact, or overflows.
  const x = Number(kept) * pow2(k)
  return x === Infinity && !up ? Number.MAX_VALUE : x
}

/** Outward double bounds. */
export const bounds = (a: Ball): readonly [lo: number, hi: number] =>
  isWhole(a) ? [-Infinity, Infinity] : [doubleBelow(a.m - a.r, a.e), doubleAbove(a.m + a.r, a.e)]

/**
 * The certified digits: a decimal d with |x - d| at most one unit of its last digit for all x in the ball, `[+- u]` when the ball holds no digit,
 * `[-oo, oo]` for the whole line. At most `most` significant digits; exact balls print in full where these suffice.
 */
export const toDecimal = (a: Ball, most = 1000): string => {
  if (isWhole(a)) return "[-oo, oo]"
  if (a.m === 0n && a.r === 0n) return "0"
  const magnitude = bigAbs(a.m)
  // 10^-digits >= 2 r 2^e, and rounding the midpoint to that digit adds half of it.
  const decimals = a.r === 0n ? Math.max(0, -a.e) : Math.floor(-(bitLength(a.r) + 1 + a.e) * Math.LOG10E * Math.LN2 - 1e-9)
  const leading = Math.ceil((bitLength(magnitude) + a.e) * Math.LOG10E * Math.LN2)
  const places = Math.min(decimals, most - leading)
  if (magnitude <= a.r || places + leading < 1) return `[+- ${unit(magnitude + a.r, a.e)}]`
  const scaled = places >= 0 ? magnitude * 10n ** BigInt(places) : magnitude
  const divisor = (places < 0 ? 10n ** BigInt(-places) : 1n) << BigInt(Math.max(0, -a.e))
  const digits = (((scaled << BigInt(Math.max(0, a.e))) * 2n + divisor) / (2n * divisor)).toString()
  return `${a.m < 0n ? "-" : ""}${positional(digits, places)}`
}

const positional = (digits: string, places: number): string => {
  const exponent = digits.length - 1 - places
  if (exponent < -6 || exponent > 20 || places < 0) {
    const rest = digits.slice(1)
    return `${digits[0]}${rest === "" ? "" : `.${rest}`}e${exponent}`
  }
  const padded = digits.padStart(places + 1, "0")
  return places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`
}

/** A power of ten >= n 2^e. */
const unit = (n: bigint, e: number): string => `1e${Math.ceil((bitLength(n) + e) * Math.LOG10E * Math.LN2 + 1e-9)}`
