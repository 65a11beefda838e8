/**
 * Gauss-Legendre rules on [0, 1] with proved enclosures of nodes and weights, at any precision.
 *
 * Fixed-point arithmetic with F fractional bits: (k+1) P_{k+1} = (2k+1) x P_k - k P_{k-1}, each step within 3 units. With generating functions the errors
 * e_k obey (1 - 2xz + z^2) e' - (x - z) e = sum (k+1) eta_k z^k, |eta_k| <= 3, so e = g int (.) g with g = (1 - 2xz + z^2)^(-1/2) = sum P_k z^k; |P_k| <= 1
 * majorises g by 1/(1 - z), hence |e_n| <= 3 (n+1)(n+2)/4 < E = (n+1)(n+2) units (Johansson and Mezzarobba 2018, "Fast and rigorous arbitrary-precision
 * computation of Gauss-Legendre quadrature nodes and weights", section 3).
 *
 * A root within delta = 2^9 E of x is proved by (1 - x^2) P_n' = n (P_{n-1} - x P_n) and |P_n''| <= P_n''(1) <= n^4/4: P_n changes its sign on
 * [x - delta, x + delta] when delta |P_n'(x)| > |P_n(x)| + delta^2 n^4/8. n disjoint proved intervals hold all n roots.
 * Weight on [-1, 1]: w = 2 (1 - x^2) / (n P_{n-1}(x))^2, with |P_{n-1}'| <= n^2 on the node's interval.
 *
 * Error of the n-point rule, n >= 2, for f analytic and |f - c| <= M for some constant c inside the ellipse with foci a, b and semi-axes summing to
 * rho (b - a)/2: the Chebyshev coefficients obey |a_k| <= 2 M rho^-k, the rule integrates T_0 .. T_{2n-1} exactly, odd T_k by symmetry, and for even
 * k >= 2n both |int T_k| <= 2/(4n^2-1) and |rule T_k| <= 2. Summed (k even): error <= (b - a)/2 * 4 M (1 + 1/(4n^2-1)) rho^-2n / (1 - rho^-2).
 */
import type { Arithmetic } from "./arithmetic.ts"
import type { Rational } from "../core/rational.ts"
import { intervalArithmetic as I } from "./interval-arithmetic.ts"

export interface Rule<T> {
  /** In [0, 1], rising. */
  readonly nodes: ReadonlyArray<T>
  /** Sum to 1. */
  readonly weights: ReadonlyArray<T>
}

/** Numbers of points that are used: enough of them that the next one costs little more. */
export const SIZES: ReadonlyArray<number> = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128, 160, 200, 256]

const rules = new WeakMap<object, Map<number, unknown>>()

/** The n-point rule on [0, 1] in the given arithmetic; computed once. */
export const rule = <T>(arithmetic: Arithmetic<T>, n: number): Rule<T> => {
  let known = rules.get(arithmetic)
  if (known === undefined) rules.set(arithmetic, (known = new Map()))
  let found = known.get(n) as Rule<T> | undefined
  if (found === undefined) known.set(n, (found = construct(arithmetic, n)))
  return found
}

type Enclosure = readonly [lo: bigint, hi: bigint]

/** Bits of a node and a weight beyond those asked for: delta n^2 relative to P_{n-1} > 1/32 takes 46 for n = 256. */
const GUARD = 64

const construct = <T>(arithmetic: Arithmetic<T>, n: number): Rule<T> => {
  const bits = arithmetic.bits + GUARD
  const { nodes, weights } = fixedRule(n, bits)
  // [-1, 1] to [0, 1]: nodes (1 + x)/2, weights w/2.
  const one = 1n << BigInt(bits)
  const lift = ([lo, hi]: Enclosure): T => arithmetic.hull(arithmetic.rational(dyadic(lo, bits + 1)), arithmetic.rational(dyadic(hi, bits + 1)))
  return { nodes: nodes.map(([lo, hi]) => lift([lo + one, hi + one])), weights: weights.map(lift) }
}

/** m 2^-e in lowest terms. */
const dyadic = (m: bigint, e: number): Rational => {
  if (m === 0n) return { n: 0n, d: 1n }
  let [n, k] = [m, e]
  for (const step of [256, 64, 16, 4, 1]) while (k >= step && BigInt.asUintN(step, n) === 0n) [n, k] = [n >> BigInt(step), k - step]
  return { n, d: 1n << BigInt(k) }
}

const fixed = new Map<string, { nodes: ReadonlyArray<Enclosure>; weights: ReadonlyArray<Enclosure> }>()

/** Enclosures of nodes and weights on [-1, 1] in units of 2^-bits. Throws a RangeError if a root cannot be proved (it always can). */
export const fixedRule = (n: number, bits: number): { readonly nodes: ReadonlyArray<Enclosure>; readonly weights: ReadonlyArray<Enclosure> } => {
  const key = `${n} ${bits}`
  const known = fixed.get(key)
  if (known !== undefined) return known
  const F = BigInt(bits)
  const one = 1n << F
  const E = BigInt((n + 1) * (n + 2))
  const delta = E << 9n
  const nodes: Array<Enclosure> = new Array(n)
  const weights: Array<Enclosure> = new Array(n)
  for (let i = 0; i < n - i; i++) {
    const x = 2 * i + 1 === n ? 0n : newton(n, bits, start(n, i))
    const [q, p] = legendre(n, x, F)
    if (!changesSign(n, x, q, p, delta, F)) throw new RangeError(`Gauss-Legendre node ${i} of ${n}`)
    const reach = x === 0n ? 0n : delta
    const j = n - 1 - i
    nodes[j] = [x - reach, x + reach]
    nodes[i] = [-x - reach, -x + reach]
    const slack = E + reach * BigInt(n * n)
    const square = (t: bigint): bigint => t * t
    const [near, far] = [abs(x) - reach, abs(x) + reach]
    const scale = BigInt(n * n)
    const lo = (2n * (square(one) - square(far)) * one) / (scale * square(abs(q) + slack))
    const hi = (2n * (square(one) - square(near)) * one) / (scale * square(abs(q) - slack)) + 1n
    weights[i] = weights[j] = [lo, hi]
  }
  for (let i = 1; i < n; i++) if (nodes[i - 1]![1] >= nodes[i]![0]) throw new RangeError(`Gauss-Legendre nodes of ${n} are not separated`)
  const result = { nodes, weights }
  fixed.set(key, result)
  return result
}

/** P_{n-1}(x) and P_n(x) in units of 2^-F. */
const legendre = (n: number, x: bigint, F: bigint): readonly [bigint, bigint] => {
  let previous = 1n << F
  let current = x
  for (let k = 1n; k < n; k++) {
    const next = ((2n * k + 1n) * ((x * current) >> F) - k * previous) / (k + 1n)
    previous = current
    current = next
  }
  return [previous, current]
}

/** Whether P_n has a root within delta of x, from its value p and that q of P_{n-1} there. */
const changesSign = (n: number, x: bigint, q: bigint, p: bigint, delta: bigint, F: bigint): boolean => {
  const one = 1n << F
  const E = BigInt((n + 1) * (n + 2))
  const slope = BigInt(n) * (abs(q - ((x * p) >> F)) - 2n * E - 1n)
  const rest = ((delta * delta * BigInt(n) ** 4n) >> (F + 2n)) + 1n
  return abs(x) + delta <= one && delta * slope > (abs(p) + E + rest) * (one - ((x * x) >> F))
}

/** An approximation of the i-th root from the right, by the same bits on every engine: Newton's iteration in doubles, from cos(pi (i + 3/4)/(n + 1/2)). */
const start = (n: number, i: number): number => {
  const angle = (Math.PI * (i + 0.75)) / (n + 0.5)
  let x = I.call("cos", I.range(angle, angle)).lo
  for (let step = 0; step < 4; step++) {
    let [q, p] = [1, x]
    for (let k = 1; k < n; k++) [q, p] = [p, ((2 * k + 1) * x * p - k * q) / (k + 1)]
    x -= (p * (1 - x * x)) / (n * (q - x * p))
  }
  return x
}

/**
 * Newton's iteration, each step at the digits it reaches: P_n'' = 2 x P_n'/(1 - x^2) at a root, so the error is squared and grows by less than n^2/5.
 * What it gives is proved afterwards.
 */
const newton = (n: number, bits: number, from: number): bigint => {
  const lost = 2 * Math.ceil(Math.log2(n)) + 8
  const digits = [bits]
  while (digits[0]! > 64 + lost) digits.unshift(Math.ceil(digits[0]! / 2) + lost)
  let at = 52
  let x = BigInt(Math.round(from * 2 ** at))
  for (const F of digits) {
    x = F > at ? x << BigInt(F - at) : x >> BigInt(at - F)
    at = F
    const f = BigInt(F)
    const [q, p] = legendre(n, x, f)
    x -= (p * ((1n << f) - ((x * x) >> f))) / (BigInt(n) * (q - ((x * p) >> f)))
  }
  return x
}

const abs = (a: bigint): bigint => (a < 0n ? -a : a)
