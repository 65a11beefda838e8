/**
 * Transport certificates: a plan and a dual pair that together prove lower <= W_C(a, b) <= upper, exactly.
 *
 *   lower = a.phi + b.psi   with phi_i + psi_j <= C_ij for all i, j     (weak duality)
 *   upper = sum pi_ij C_ij  with pi >= 0, pi 1 = a, pi' 1 = b
 *
 * For rational costs the two meet and the value is known exactly (Kantorovich 1942; strong duality of linear programs); for costs known as
 * [lo, hi] the dual is checked against lo and the plan is priced at hi. `checkTransport` recomputes all of it from the problem: whoever
 * believes these lines and the rational arithmetic need not believe the solver.
 */
import { add, compare, equals, fromNumber, mul, parseRational, rational, toText, ZERO, type Rational } from "../core/rational.ts"
import { solveIntegerTransport } from "../math/transport-exact.ts"
import { lowerCost, transportComplaint, upperCost, type PlanEntry, type TransportProblem } from "../math/transport-problem.ts"

export interface TransportCertificate {
  readonly lower: Rational
  readonly upper: Rational
  readonly plan: ReadonlyArray<PlanEntry>
  readonly phi: ReadonlyArray<Rational>
  readonly psi: ReadonlyArray<Rational>
}

export type TransportOutcome =
  | { readonly ok: true; readonly certificate: TransportCertificate; readonly pivots: number }
  | { readonly ok: false; readonly why: string }

export type TransportCheck = { readonly ok: true; readonly lower: Rational; readonly upper: Rational } | { readonly ok: false; readonly why: string }

/** Common denominators beyond this many bits are replaced by a grid of that many bits, at the price of a gap of about 2^-bits. */
const GRID_BITS = 2048

/**
 * Solves the problem to a certificate; with rational costs of common denominator below 2^2048 the gap is exactly 0 unless `maxPivots` ends the run.
 * @param maxPivots exact pivots after the float solver, default 20 (n + m) + 1000
 * Fails with the sentence of `transportComplaint` on what is no transport problem.
 */
export const solveTransport = (problem: TransportProblem, maxPivots?: number): TransportOutcome => {
  const why = transportComplaint(problem)
  if (why !== undefined) return { ok: false, why }
  const { a, b } = problem
  const masses = scaled([...a, ...b])
  const costs = lowerNumerators(problem)
  const limit = maxPivots ?? 20 * (a.length + b.length) + 1000
  const solution = solveIntegerTransport({ cost: costs.n, a: masses.n.slice(0, a.length), b: masses.n.slice(a.length) }, limit)
  const plan = solution.basis.filter(({ flow }) => flow > 0n).map(({ row, column, flow }) => ({ row, column, mass: rational(flow, masses.d) }))
  const phi = solution.phi.map((x) => rational(x, costs.d))
  const psi = solution.psi.map((x) => rational(x, costs.d))
  const [lower, upper] = [dualPrice(problem, phi, psi), planPrice(problem, plan)]
  return { ok: true, pivots: solution.pivots, certificate: { lower, upper, plan, phi, psi } }
}

/** Accepts exactly the certificates that prove their two bounds for this problem. */
export const checkTransport = (problem: TransportProblem, certificate: TransportCertificate): TransportCheck => {
  const { a, b } = problem
  const { plan, phi, psi } = certificate
  const reject = (why: string): TransportCheck => ({ ok: false, why })
  const why = transportComplaint(problem)
  if (why !== undefined) return reject(why)
  const index = (k: number, size: number): boolean => Number.isInteger(k) && k >= 0 && k < size
  if (!plan.every(({ row, column }) => index(row, a.length) && index(column, b.length))) return reject("a plan entry lies outside the matrix")
  if (!plan.every(({ mass }) => mass.d > 0n && mass.n >= 0n)) return reject("a plan entry is negative")
  if (
    !marginal(
      plan.map((e) => e.row),
      plan,
      a,
    )
  )
    return reject("the plan's row sums differ from a")
  if (
    !marginal(
      plan.map((e) => e.column),
      plan,
      b,
    )
  )
    return reject("the plan's column sums differ from b")
  if (phi.length !== a.length || psi.length !== b.length) return reject("the dual pair has the wrong shape")
  if (![...phi, ...psi].every((x) => x.d > 0n)) return reject("a potential is no rational")
  const violated = dualViolation(problem, phi, psi)
  if (violated !== undefined) return reject(`phi + psi exceeds the cost at (${violated.join(", ")})`)
  const [lower, upper] = [dualPrice(problem, phi, psi), planPrice(problem, plan)]
  const stated = equals(lower, certificate.lower) && equals(upper, certificate.upper)
  if (!stated) return reject("the stated bounds are not those of the plan and the dual pair")
  return { ok: true, lower, upper }
}

/** The certificate as JSON data, rationals as text. */
export const encodeTransportCertificate = ({ lower, upper, plan, phi, psi }: TransportCertificate) => ({
  format: "lemmata-transport/1" as const,
  lower: toText(lower),
  upper: toText(upper),
  plan: plan.map(({ row, column, mass }) => [row, column, toText(mass)] as const),
  phi: phi.map(toText),
  psi: psi.map(toText),
})

export type EncodedTransportCertificate = ReturnType<typeof encodeTransportCertificate>

/** Reads the encoded form back; `undefined` when a number is malformed. */
export const decodeTransportCertificate = (data: EncodedTransportCertificate): TransportCertificate | undefined => {
  const [lower, upper] = [parseRational(data.lower), parseRational(data.upper)]
  const [phi, psi] = [data.phi.map(parseRational), data.psi.map(parseRational)]
  const plan = data.plan.map(([row, column, mass]) => ({ row, column, mass: parseRational(mass) }))
  const known = (x: Rational | undefined): x is Rational => x !== undefined
  const entry = (e: { row: number; column: number; mass: Rational | undefined }): e is PlanEntry => known(e.mass)
  if (!known(lower) || !known(upper) || !phi.every(known) || !psi.every(known) || !plan.every(entry)) return undefined
  return { lower, upper, plan, phi, psi }
}

const marginal = (keys: ReadonlyArray<number>, plan: ReadonlyArray<PlanEntry>, masses: ReadonlyArray<Rational>): boolean => {
  const sums = masses.map(() => ZERO)
  keys.forEach((k, e) => {
    sums[k] = add(sums[k]!, plan[e]!.mass)
  })
  return sums.every((s, k) => compare(s, masses[k]!) === 0)
}

/** The first (i, j) with phi_i + psi_j > C_ij, by cross-multiplication with one common denominator of the potentials. */
const dualViolation = ({ cost }: TransportProblem, phi: ReadonlyArray<Rational>, psi: ReadonlyArray<Rational>): [number, number] | undefined => {
  const { n, d } = scaled([...phi, ...psi])
  for (let i = 0; i < phi.length; i++) {
    for (let j = 0; j < psi.length; j++) {
      const c = cost instanceof Float64Array ? fraction(cost[i * psi.length + j]!) : lowerCost(cost[i]![j]!)
      if ((n[i]! + n[phi.length + j]!) * c.d > c.n * d) return [i, j]
    }
  }
  return undefined
}

/** A finite double as n/d, not in lowest terms: two million gcds would cost more than the check. */
const fraction = (x: number): Rational => {
  let [m, e] = [x, 0]
  while (!Number.isInteger(m)) [m, e] = [m * 2, e + 1]
  return { n: BigInt(m), d: 1n << BigInt(e) }
}

const dualPrice = ({ a, b }: TransportProblem, phi: ReadonlyArray<Rational>, psi: ReadonlyArray<Rational>): Rational =>
  [...phi.map((x, i) => mul(a[i]!, x)), ...psi.map((y, j) => mul(b[j]!, y))].reduce(add, ZERO)

const planPrice = ({ cost, b }: TransportProblem, plan: ReadonlyArray<PlanEntry>): Rational =>
  plan.reduce(
    (s, { row, column, mass }) =>
      add(s, mul(mass, cost instanceof Float64Array ? fromNumber(cost[row * b.length + column]!) : upperCost(cost[row]![column]!))),
    ZERO,
  )

/** Numerators over the least common denominator. */
const scaled = (v: ReadonlyArray<Rational>): { n: Array<bigint>; d: bigint } => {
  const d = v.reduce((l, x) => lcm(l, x.d), 1n)
  return { n: v.map((x) => x.n * (d / x.d)), d }
}

/** Lower costs over one denominator, rounded down to the grid where that denominator would be too long. */
const lowerNumerators = ({ cost }: TransportProblem): { n: Array<bigint>; d: bigint } => {
  if (cost instanceof Float64Array) return dyadicNumerators(cost) ?? scaled(Array.from(cost, fromNumber))
  const lower = cost.flatMap((row) => row.map(lowerCost))
  let d = 1n
  for (const c of lower) if (d < 1n << BigInt(GRID_BITS)) d = lcm(d, c.d)
  if (d < 1n << BigInt(GRID_BITS)) return { n: lower.map((c) => c.n * (d / c.d)), d }
  const unit = 1n << BigInt(GRID_BITS)
  return { n: lower.map((c) => floorDivide(c.n * unit, c.d)), d: unit }
}

/** Finite doubles over the least power of two that makes them integers; `undefined` where scaling by it would overflow. */
const dyadicNumerators = (values: Float64Array): { n: Array<bigint>; d: bigint } | undefined => {
  let k = 0
  for (const x of values) while (k < 1023 && !Number.isInteger(x * 2 ** k)) k++
  const scale = 2 ** k
  return values.every((x) => Number.isInteger(x * scale)) ? { n: Array.from(values, (x) => BigInt(x * scale)), d: 1n << BigInt(k) } : undefined
}

const floorDivide = (n: bigint, d: bigint): bigint => (n >= 0n || n % d === 0n ? n / d : n / d - 1n)

const lcm = (x: bigint, y: bigint): bigint => (x % y === 0n ? x : (x / gcd(x, y)) * y)

const gcd = (x: bigint, y: bigint): bigint => {
  let [p, q] = [x, y]
  while (q !== 0n) [p, q] = [q, p % q]
  return p
}
