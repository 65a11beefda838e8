/**
 * Elementary functions of fixed-point integers: X stands for X / 2^w, w a multiple of 64. Each result is within `SLACK` units of 2^-w.
 *
 * Argument reduction by tables (6 + 6 + 6 bits for exp, 7 + 6 for log, 8 for sin and cos, 6 for atan), then a Taylor polynomial by Horner's rule with
 * coefficients floored to units (no divisions: an operation on big integers costs its call more than its digits).
 * Error counts below are in units of 2^-w: a floor costs less than 1; a Horner step in |t| <= 2^-7 keeps 2^-7 of the error before and adds those of a
 * floor and a coefficient, so `polynomial` is within 2.1; the series are long enough to leave less than 1.
 */

/** The error bound of every kernel here, in units of 2^-w. */
export const SLACK = 24n

type Table = Array<bigint | undefined>
const tables = new Map<string, Table>()
const table = (name: string, w: number): Table => {
  const key = name + w
  let t = tables.get(key)
  if (t === undefined) tables.set(key, (t = []))
  return t
}
/** A per-precision bundle of tables, remembering the last precision asked for. */
const bundle = <T>(build: (w: number) => T): ((w: number) => T) => {
  const known = new Map<number, T>()
  let [last, value] = [-1, undefined as T | undefined]
  return (w) => {
    if (w === last) return value!
    value = known.get(w)
    if (value === undefined) known.set(w, (value = build(w)))
    last = w
    return value
  }
}

const SMALL: ReadonlyArray<bigint> = Array.from({ length: 4096 }, (_, i) => BigInt(i))
const small = (i: number): bigint => SMALL[i] ?? BigInt(i)

/** sum c_k t^k for |t| <= 2^-7, within 2.1 units of the sum with exact coefficients. */
const polynomial = (c: ReadonlyArray<bigint>, t: bigint, w: bigint): bigint => {
  let sum = c[c.length - 1]!
  for (let k = c.length - 2; k >= 0; k--) sum = ((sum * t) >> w) + c[k]!
  return sum
}
/** 1 / d_k in units, k = 0 .. n, with signs where they alternate. */
const reciprocals = (n: number, w: number, alternate: boolean, d: (k: number) => bigint): ReadonlyArray<bigint> =>
  Array.from({ length: n + 1 }, (_, k) => ((alternate && k % 2 === 1 ? -1n : 1n) << BigInt(w)) / d(k))
const factorial = (n: number): bigint => {
  let product = 1n
  for (let k = 2; k <= n; k++) product *= BigInt(k)
  return product
}

const expTables = bundle((w) => ({
  big: table("exp 6 ", w),
  fine: table("exp 12 ", w),
  finest: table("exp 18 ", w),
  // |z| < 2^-18 leaves 2^-18(n+1) < 2^-w.
  series: reciprocals(Math.floor(w / 18), w, false, factorial),
  w: BigInt(w),
  cut6: BigInt(w - 6),
  cut12: BigInt(w - 12),
  cut18: BigInt(w - 18),
}))

/** exp(i / 2^bits), |i| <= 2^bits, within 1: 32 guard bits cover the fewer than 2^31 floors. */
const expRational = (i: number, bits: number, w: number): bigint => {
  const n = BigInt(i)
  let term = 1n << BigInt(w + 32)
  let sum = term
  for (let k = 1; term > 0n; k++) {
    term = ((term * n) >> BigInt(bits)) / small(k)
    sum += term
  }
  return sum >> 32n
}

/**
 * exp(X) for 0 <= X < 1 (in units 0 <= X < 2^w), between 2^w and e 2^w.
 * Products of tables: less than 5, then 8.6 units; times the series (3.1 units): less than 8.7 + 2.8 * 3.1 + 1 < 19.
 */
export const expFixed = (x: bigint, w: number): bigint => {
  const t = expTables(w)
  const i = Number(x >> t.cut6)
  const y = x - (small(i) << t.cut6)
  const j = Number(y >> t.cut12)
  const z = y - (small(j) << t.cut12)
  const l = Number(z >> t.cut18)
  const a = (t.big[i] ??= expRational(i, 6, w))
  const b = (t.fine[j] ??= expRational(j, 12, w))
  const c = (t.finest[l] ??= expRational(l, 18, w))
  return (((((a * b) >> t.w) * c) >> t.w) * polynomial(t.series, z - (small(l) << t.cut18), t.w)) >> t.w
}

const logTables = bundle((w) => ({
  big: table("log128 ", w),
  fine: table("log4096 ", w),
  // z^2 < 2^-23 leaves 2^-23(n+1) < 2^-w.
  series: reciprocals(Math.floor(w / 23), w, false, (k) => BigInt(2 * k + 1)),
  one: 1n << BigInt(w),
  w: BigInt(w),
  cut: BigInt(w - 7),
  cut13: BigInt(w - 13),
}))

/** log(a / b) = 2 atanh((a - b) / (a + b)) for |a - b| <= (a + b)/3, within 1 (32 guard bits). */
const logRational = (a: number, b: number, w: number): bigint => {
  const [n, d] = [BigInt(a - b), BigInt(a + b)]
  let power = (n << BigInt(w + 33)) / d
  let sum = power
  for (let k = 3; power !== 0n; k += 2) {
    power = (power * n * n) / (d * d)
    sum += power / small(k)
  }
  return sum >> 32n
}

/**
 * log(X) for 3/4 <= X < 3/2. c = round(2^15 / (2i + 1)) with i = floor(128 X) brings u = c X / 128 within 2^-6 of 1, then j = round(4096 (u - 1))
 * brings v = u (1 - j/4096) within 2^-11 of 1; log X = log v - log(c/128) - log(1 - j/4096), log v = 2 atanh((v - 1)/(v + 1)).
 * Errors: u, v, quotient, tables less than 1.1 + 1.1 + 2.2 + 2 units; 2 atanh, a polynomial times z, less than 2 (0.01 + 1 + 1).
 */
export const logFixed = (x: bigint, w: number): bigint => {
  const t = logTables(w)
  const i = Number(x >> t.cut)
  const c = Math.floor((32768 + i + 0.5) / (2 * i + 1))
  const u = (x * small(c)) >> 7n
  const j = (Number((u - t.one) >> t.cut13) + 1) >> 1
  const v = u - ((u * BigInt(j)) >> 12n)
  const tableC = (t.big[c] ??= logRational(c, 128, w))
  const tableJ = (t.fine[j + 128] ??= logRational(4096 - j, 4096, w))
  const z = ((v - t.one) << t.w) / (v + t.one)
  const sum = (polynomial(t.series, (z * z) >> t.w, t.w) * z) >> t.w
  return 2n * sum - tableC - tableJ
}

const trigTables = bundle((w) => ({
  sin: table("sin256 ", w),
  cos: table("cos256 ", w),
  // z^2 < 2^-16 leaves 2^-16(n+1) < 2^-w.
  odd: reciprocals(Math.floor(w / 16), w, true, (k) => factorial(2 * k + 1)),
  even: reciprocals(Math.floor(w / 16), w, true, (k) => factorial(2 * k)),
  w: BigInt(w),
  cut: BigInt(w - 8),
}))

/** sin(i/256) or cos(i/256), 0 <= i <= 403, within 1 (32 guard bits). */
const trigRational = (i: number, odd: boolean, w: number): bigint => {
  const n = BigInt(i * i)
  let term = odd ? (BigInt(i) << BigInt(w + 32)) >> 8n : 1n << BigInt(w + 32)
  let sum = term
  for (let k = odd ? 2 : 1; term !== 0n; k += 2) {
    term = -((term * n) >> 16n) / small(k * (k + 1))
    sum += term
  }
  return sum >> 32n
}

/**
 * sin X and cos X for 0 <= X < 1.6. With the floor of z^2, sin z is within 0.01 + 1 + 1 and cos z within 2.1 + 0.6 + 1 units;
 * the addition theorem adds those of s0 and c0 (1 unit), a table error each and a floor: less than 9.
 */
export const sinCosFixed = (x: bigint, w: number): readonly [sin: bigint, cos: bigint] => {
  const t = trigTables(w)
  const i = Number(x >> t.cut)
  const z = x - (small(i) << t.cut)
  const s0 = (t.sin[i] ??= trigRational(i, true, w))
  const c0 = (t.cos[i] ??= trigRational(i, false, w))
  const q = (z * z) >> t.w
  const s = (polynomial(t.odd, q, t.w) * z) >> t.w
  const c = polynomial(t.even, q, t.w)
  return [(s0 * c + c0 * s) >> t.w, (c0 * c - s0 * s) >> t.w]
}

const atanTables = bundle((w) => ({
  big: table("atan64 ", w),
  // z^2 < 2^-13 leaves 2^-13(n+1) < 2^-w.
  series: reciprocals(Math.floor(w / 13), w, true, (k) => BigInt(2 * k + 1)),
  w: BigInt(w),
  cut: BigInt(w - 7),
}))

/** atan(i/64), 0 <= i <= 64, within 1, by Euler's series: terms (2n)!!/(2n+1)!! y^n x/(1 + x^2), y = x^2/(1 + x^2) <= 1/2 (32 guard bits). */
const atanRational = (i: number, w: number): bigint => {
  const [n, d] = [BigInt(i * i), BigInt(4096 + i * i)]
  let term = (BigInt(64 * i) << BigInt(w + 32)) / d
  let sum = term
  for (let k = 1; term > 0n; k++) {
    term = (term * n * small(2 * k)) / (d * small(2 * k + 1))
    sum += term
  }
  return sum >> 32n
}

/**
 * atan X for 0 <= X <= 1: atan(c) + atan((X - c)/(1 + c X)) with c the nearest multiple of 1/64.
 * Quotient and table less than 2 units; a polynomial times z less than 0.1 + 1 + 1.
 */
export const atanFixed = (x: bigint, w: number): bigint => {
  const t = atanTables(w)
  const i = (Number(x >> t.cut) + 1) >> 1
  const c = small(i)
  const z = (((x << 6n) - (c << t.w)) << t.w) / ((64n << t.w) + c * x)
  return ((polynomial(t.series, (z * z) >> t.w, t.w) * z) >> t.w) + (t.big[i] ??= atanRational(i, w))
}
