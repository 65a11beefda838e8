/**
 * Random formulas of the claim language, typed but for a few deliberate slips: numbers, vectors, matrices, laws and conditions over every name.
 */
import * as fc from "fast-check"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"

/** Draws from fast-check's generator. */
export interface Draw {
  readonly int: (lo: number, hi: number) => number
  readonly pick: <A>(items: ReadonlyArray<A>) => A
  readonly chance: (p: number) => boolean
}

/** An arbitrary written as a function of draws. */
export class Drawn extends fc.Arbitrary<string> {
  readonly make: (d: Draw) => string
  constructor(make: (d: Draw) => string) {
    super()
    this.make = make
  }
  override generate(random: fc.Random): fc.Value<string> {
    const int = (lo: number, hi: number): number => random.nextInt(lo, hi)
    const draw: Draw = { int, pick: (items) => items[int(0, items.length - 1)]!, chance: (p) => int(0, 999) < p * 1000 }
    return new fc.Value(this.make(draw), undefined)
  }
  override canShrinkWithoutContext(value: unknown): value is string {
    return typeof value === "string"
  }
  override shrink(): fc.Stream<fc.Value<string>> {
    return fc.Stream.nil()
  }
}

const EXTREME = ["1e400", "1e-400", "1e4000", "10^10^10", "exp(exp(9))", "1e308", "5e-324", "2^1024", "(1/3)^1000", "inf", "-inf", "0/0", "1/0"]
const PLAIN = ["0", "1", "2", "3", "1/2", "-1", "-2", "0.1", "7/8", "pi", "e", "10", "1e-9", "1e9", "100"]
const POSITIVE = ["1", "2", "1/2", "3", "1/10", "10", "7/8", "1e-3", "100"]
const BINDERS = ["x", "y", "z", "k", "t", "constructor", "toString", "E"]

interface Scope {
  readonly d: Draw
  readonly names: ReadonlyArray<string>
  readonly extreme: boolean
}

const inside = (s: Scope, name: string): Scope => ({ ...s, names: [...s.names, name] })

export const number = (s: Scope, depth: number): string => {
  const { d } = s
  if (depth <= 0) {
    if (s.names.length > 0 && d.chance(0.6)) return d.pick(s.names)
    return d.pick(s.extreme && d.chance(0.15) ? EXTREME : PLAIN)
  }
  const n = (): string => number(s, depth - 1 - d.int(0, 1))
  const l = (): string => law(s, depth - 1)
  const v = (): string => vector(s, depth - 1)
  const m = (): string => matrix(s, depth - 1)
  const x = d.pick(BINDERS)
  const with_ = (f: (t: Scope) => string): string => f(inside(s, x))
  switch (d.int(0, 21)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `(${n()} ${d.pick(["+", "-", "*", "/"])} ${n()})`
    case 4:
      return `(${n()})^${d.chance(0.7) ? d.pick(["2", "3", "-1", "1/2", "0", "10", "-7"]) : n()}`
    case 5:
    case 6:
    case 7:
      return `${d.pick([...ELEMENTARY, "abs", "sign", "floor", "gamma"])}(${n()})`
    case 8:
      return `${d.pick(["min", "max", "logsumexp"])}(${n()}, ${n()})`
    case 9:
      return `if(${condition(s, depth - 1)}, ${n()}, ${n()})`
    case 10:
      return `${d.pick(["pdf", "logpdf", "cdf", "quantile", "score"])}(${l()}, ${n()})`
    case 11:
      return with_((t) => `E(${x}, ${l()}, ${number(t, depth - 1)})`)
    case 12:
      return with_((t) => `P(${x}, ${l()}, ${condition(t, depth - 1)})`)
    case 13:
      return `${d.pick(["Mean", "Var", "Entropy"])}(${l()})`
    case 14:
      return `${d.pick(["KL", "JS", "TV", "ChiSquare", "Hellinger2", "CrossEntropy", "Fisher", "W1", "W2"])}(${l()}, ${l()})`
    case 15:
      return d.chance(0.5) ? `Renyi(${n()}, ${l()}, ${l()})` : `${d.pick(["PosteriorMean", "PosteriorCov"])}(${l()}, ${n()}, ${n()}, ${n()})`
    case 16:
      return with_((t) => `integral(${x}, ${d.pick(["0", "-inf", "-1", n()])}, ${d.pick(["1", "inf", n()])}, ${number(t, depth - 1)})`)
    case 17:
      return with_((t) => `${d.pick(["total", "product"])}(${x}, ${d.int(-2, 3)}, ${d.pick(["5", "inf", "20", "100"])}, ${number(t, depth - 1)})`)
    case 18: {
      const name = s.names.length > 0 ? d.pick(s.names) : undefined
      return name === undefined ? n() : `D(${n()}, ${name}${d.pick(["", "", ", 2", ", 5", ", 12"])})`
    }
    case 19:
      return with_((t) => `${d.pick(["sup", "inf"])}(${x}, ${d.pick(["0", "-inf", "-1"])}, ${d.pick(["1", "inf", "2"])}, ${number(t, depth - 1)})`)
    case 20:
      return d.pick([`dot(${v()}, ${v()})`, `norm(${v()})`, `norm2(${v()})`, `${v()}[${d.int(0, 3)}]`])
    default:
      return d.pick([`det(${m()})`, `logdet(${m()})`, `trace(${m()})`, `inv(${m()})[1, ${d.int(1, 2)}]`, `(${m()} * ${v()})[1]`])
  }
}

const vector = (s: Scope, depth: number): string => `[${Array.from({ length: s.d.pick([1, 2, 2, 2, 3]) }, () => number(s, depth - 1)).join(", ")}]`

const matrix = (s: Scope, depth: number): string =>
  s.d.chance(0.3)
    ? `identity(${s.d.pick(["1", "2", "3", "8"])})`
    : `[[${number(s, depth - 1)}, ${number(s, depth - 1)}], [${number(s, depth - 1)}, 2]]`

const condition = (s: Scope, depth: number): string =>
  `${number(s, depth - 1)} ${s.d.pick(["<", "<=", ">", ">=", "==", "!="])} ${number(s, depth - 1)}`

export const law = (s: Scope, depth: number): string => {
  const { d } = s
  const n = (): string => number(s, Math.min(depth - 1, 1))
  const p = (): string => (d.chance(0.8) ? d.pick(POSITIVE) : n())
  const u = (): string => d.pick(["1/2", "1/3", "9/10", "1/100"])
  if (depth > 1 && d.chance(0.35)) {
    const inner = (): string => law(s, depth - 1)
    return d.pick([
      `Affine(${inner()}, ${n()}, ${n()})`,
      `Diffused(${inner()}, ${n()}, ${p()})`,
      `Mixture([${u()}, 1/2], [${inner()}, ${inner()}])`,
      `Mixture([1/2, 1/2], [${inner()}, ${inner()}])`,
    ])
  }
  return d.pick([
    `Normal(${n()}, ${p()})`,
    `Normal(${n()}, ${p()})`,
    `Uniform(${n()}, ${n()})`,
    `Uniform(0, ${p()})`,
    `Exponential(${p()})`,
    `Gamma(${p()}, ${p()})`,
    `Beta(${p()}, ${p()})`,
    `StudentT(${p()}, ${n()}, ${p()})`,
    `Laplace(${n()}, ${p()})`,
    `Logistic(${n()}, ${p()})`,
    `Cauchy(${n()}, ${p()})`,
    `LogNormal(${n()}, ${p()})`,
    `Pareto(${p()}, ${p()})`,
    `Bernoulli(${u()})`,
    `Binomial(${d.pick(["0", "1", "5", "100", "1e9"])}, ${u()})`,
    `Poisson(${p()})`,
    `Geometric(${u()})`,
    `Categorical([${u()}, 1/2])`,
    `Categorical([1/2, 1/4, 1/4])`,
    `Discrete([${n()}, ${n()}], [1/2, 1/2])`,
    `Dirac(${n()})`,
  ])
}

const relation = (d: Draw): string => d.pick(["==", "<=", ">=", "<", ">"])

/** A closed claim, or one in a parameter a. */
export const claim = (d: Draw, extreme: boolean): string => {
  const s: Scope = { d, names: [], extreme }
  const depth = d.pick([1, 2, 2, 3, 3, 4])
  return `${number(s, depth)} ${relation(d)} ${number(s, d.int(0, depth))}`
}

/** A file with parameters, definitions, assumptions, claims and a derivation. */
export const file = (d: Draw): string => {
  const domain = (): string =>
    d.pick(["real(-1, 1)", "real(0, 2)", "positive(1/10, 10)", "positive(1e-300, 1e300)", "integer(0, 5)", "integer(0, 1e18)", "oneof(1, 2, 1/2)"])
  const names = ["a", "b"].slice(0, d.int(1, 2))
  const s: Scope = { d, names, extreme: d.chance(0.3) }
  const bodies = Array.from({ length: d.int(0, 3) }, (_, i) => [`f${i}`, number(s, d.int(0, 3))] as const)
  const t: Scope = { ...s, names: [...names, ...bodies.map(([f]) => f)] }
  const line = (): string => number(t, d.int(0, 3))
  const quoted = (text: string): string => `'${text}'`
  return [
    "lemmata: 1",
    `parameters: {${names.map((n) => `${n}: '${domain()}'`).join(", ")}}`,
    ...(d.chance(0.3) ? [`assume: ['${line()} ${d.pick(["<", ">", "!=", ">="])} ${line()}']`] : []),
    ...(bodies.length > 0 ? ["let:", ...bodies.map(([f, body]) => `  ${f}: ${quoted(body)}`)] : []),
    "claims:",
    // Every name is used, so that the file is not refused for that alone.
    `  c: ${quoted(`${line()} + 0*(${t.names.join(" + ")}) ${relation(d)} ${line()}`)}`,
    "derivations:",
    "  d:",
    `    - ${quoted(line())}`,
    `    - ${quoted(`${d.pick(["=", "<=", ">="])} ${line()}`)}`,
    "",
  ].join("\n")
}

export const claimFile = (text: string): string => `lemmata: 1\nclaims:\n  a: '${text}'\n`
