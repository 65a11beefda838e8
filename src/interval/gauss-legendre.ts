/**
 * Gauss-Legendre rules on [0, 1] with proved enclosures of nodes and weights, at any precision.
 *
 * Fixed-point arithmetic with F fractional bits: (k+1) P_{k+1} = (2k+1) x P_k - k P_{k-1}. Each step adds at most 3 units of error and amplifies the
 * old ones by at most 2 e_k + e_{k-1}, so P_n errs by less than E = 2^(1.3 n + 3) units. A root is proved by opposite signs of P_n beyond E at
 * x -+ delta, delta = 2^(1.3 n + 12) units; n disjoint proved intervals hold all n roots.
 * Weight on [-1, 1]: w = 2 (1 - x^2) / (n P_{n-1}(x))^2, with |P_{n-1}'| <= n^2 on the node's interval.
 *
 * Error of the n-point rule, n >= 2, for f analytic and |f - c| <= M for some constant c inside the ellipse with foci a, b and semi-axes summing to
 * rho (b - a)/2: the Chebyshev coefficients obey |a_k| <= 2 M rho^-k, the rule integrates T_0 .. T_{2n-1} exactly, odd T_k by symmetry, and for even
 * k >= 2n both |int T_k| <= 2/(4n^2-1) and |rule T_k| <= 2. Summed (k even): error <= (b - a)/2 * 4 M (1 + 1/(4n^2-1)) rho^-2n / (1 - rho^-2).
 */
import type { Arithmetic } from "./arithmetic.ts"
import type { Rational } from "../core/rational.ts"

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

const construct = <T>(arithmetic: Arithmetic<T>, n: number): Rule<T> => {
  const bits = arithmetic.bits + 32 + Math.ceil(2.6 * n)
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
  const E = 1n << BigInt(Math.ceil(1.3 * n) + 3)
  const delta = 1n << BigInt(Math.ceil(1.3 * n) + 12)
  const nodes: Array<Enclosure> = new Array(n)
  const weights: Array<Enclosure> = new Array(n)
  for (let i = 0; i < n - i; i++) {
    // Rounded to multiples of delta, far coarser than what the starting value (whose last bits differ between engines) can change.
    const x = 2 * i + 1 === n ? 0n : ((newton(n, F, Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))) + delta / 2n) / delta) * delta
    const left = legendre(n, x - delta, F)[1]
    const right = legendre(n, x + delta, F)[1]
    if (!((left > E && right < -E) || (left < -E && right > E))) throw new RangeError(`Gauss-Legendre node ${i} of ${n}`)
    const reach = x === 0n ? 0n : delta
    const j = n - 1 - i
    nodes[j] = [x - reach, x + reach]
    nodes[i] = [-x - reach, -x + reach]
    const p = abs(legendre(n, x, F)[0])
    const slack = E + reach * BigInt(n * n)
    const square = (t: bigint): bigint => t * t
    const [near, far] = [abs(x) - reach, abs(x) + reach]
    const scale = BigInt(n * n)
    const lo = (2n * (square(one) - square(far)) * one) / (scale * square(p + slack))
    const hi = (2n * (square(one) - square(near)) * one) / (scale * square(p - slack)) + 1n
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
  for (let k = 1; k < n; k++) {
    const next = (BigInt(2 * k + 1) * ((x * current) >> F) - BigInt(k) * previous) / BigInt(k + 1)
    previous = current
    current = next
  }
  return [previous, current]
}

/** Newton's iteration from a double: P_n' = n (P_{n-1} - x P_n)/(1 - x^2). */
const newton = (n: number, F: bigint, start: number): bigint => {
  const one = 1n << F
  let x = (BigInt(Math.round(start * 2 ** 52)) << F) >> 52n
  for (let i = 0; i < 60; i++) {
    const [q, p] = legendre(n, x, F)
    const slope = BigInt(n) * (q - ((x * p) >> F))
    const step = (p * (one - ((x * x) >> F))) / slope
    x -= step
    if (abs(step) < 16n) break
  }
  return x
}

const abs = (a: bigint): bigint => (a < 0n ? -a : a)
