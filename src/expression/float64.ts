/**
 * Plain double evaluation of nodes by closures: for pilot runs, samplers and search heuristics. Its numbers never reach a verdict.
 */
import * as Q from "../core/rational.ts"
import { floatArithmetic, FUNCTIONS, logsumexp } from "./float64-functions.ts"
import type { Node } from "./node.ts"

export type Compiled = (xs: Float64Array) => number

/**
 * The function xs -> node, xs[i] being the value of `variables[i]`; NaN where undefined, +-Infinity for infinite nodes.
 * Shared subexpressions are computed once per call. Throws a RangeError for a free variable that is not listed.
 */
export const compile = (node: Node, variables: ReadonlyArray<string>): Compiled => {
  for (const name of node.free) if (!variables.includes(name)) throw new RangeError(`no value for ${name}`)
  return compileIn(node, variables)
}

const compileIn = (node: Node, variables: ReadonlyArray<string>): Compiled => {
  const uses = new Map<Node, number>()
  const count = (n: Node): void => {
    const seen = uses.get(n) ?? 0
    uses.set(n, seen + 1)
    if (seen === 0) operands(n).forEach(count)
  }
  count(node)
  const made = new Map<Node, Compiled>()
  const clock = { now: 0 }
  const make = (n: Node): Compiled => {
    let f = made.get(n)
    if (f !== undefined) return f
    f = build(n, make, variables)
    if (uses.get(n)! > 1 && n.op !== "var" && n.op !== "const") f = once(f, clock)
    made.set(n, f)
    return f
  }
  const f = make(node)
  return (xs) => {
    clock.now++
    return f(xs)
  }
}

/** Operands that are evaluated with the same variables. */
const operands = (n: Node): ReadonlyArray<Node> => {
  switch (n.op) {
    case "const":
    case "pi":
    case "var":
    case "undefined":
    case "infinite":
    case "series":
    case "expect":
      return []
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "min":
    case "max":
    case "pow":
      return [n.a, n.b]
    case "powi":
    case "neg":
    case "abs":
    case "sign":
    case "floor":
    case "call":
      return [n.a]
    case "logsumexp":
    case "external":
      return n.args
    case "if":
      return [n.a, n.b, n.then, n.else]
    case "integral":
    case "root":
    case "sup":
      return [n.lo, n.hi].filter((end) => end !== undefined)
  }
}

const once = (f: Compiled, clock: { readonly now: number }): Compiled => {
  let at = 0
  let value = NaN
  return (xs) => {
    if (at !== clock.now) {
      value = f(xs)
      at = clock.now
    }
    return value
  }
}

const build = (n: Node, make: (n: Node) => Compiled, variables: ReadonlyArray<string>): Compiled => {
  switch (n.op) {
    case "const":
      return constant(Q.toNumber(n.value))
    case "pi":
      return constant(Math.PI)
    case "undefined":
    case "expect":
      return constant(NaN)
    case "infinite":
      return constant(n.sign * Infinity)
    case "var": {
      const i = variables.lastIndexOf(n.name)
      return (xs) => xs[i]!
    }
    case "add":
      return two(make(n.a), make(n.b), (a, b) => (xs) => a(xs) + b(xs))
    case "sub":
      return two(make(n.a), make(n.b), (a, b) => (xs) => a(xs) - b(xs))
    case "mul":
      return two(make(n.a), make(n.b), (a, b) => (xs) => a(xs) * b(xs))
    case "div":
      return two(make(n.a), make(n.b), (a, b) => (xs) => a(xs) / b(xs))
    case "pow":
      return two(make(n.a), make(n.b), (a, b) => (xs) => a(xs) ** b(xs))
    case "min":
      return two(make(n.a), make(n.b), (a, b) => (xs) => Math.min(a(xs), b(xs)))
    case "max":
      return two(make(n.a), make(n.b), (a, b) => (xs) => Math.max(a(xs), b(xs)))
    case "neg":
      return map(make(n.a), (x) => -x)
    case "abs":
      return map(make(n.a), Math.abs)
    case "sign":
      return map(make(n.a), Math.sign)
    case "floor":
      return map(make(n.a), Math.floor)
    case "powi":
      return n.n === 2 ? map(make(n.a), (x) => x * x) : map(make(n.a), (x) => x ** n.n)
    case "call":
      return map(make(n.a), FUNCTIONS[n.f])
    case "logsumexp":
      return many(n.args.map(make), logsumexp)
    case "external":
      return many(n.args.map(make), (values) => n.compute(floatArithmetic, values))
    case "if": {
      const [a, b, yes, no] = [make(n.a), make(n.b), make(n.then), make(n.else)]
      const test = TESTS[n.rel]
      return (xs) => (test(a(xs), b(xs)) ? yes(xs) : no(xs))
    }
    case "integral": {
      const ends = [n.lo && make(n.lo), n.hi && make(n.hi)] as const
      const body = bind(n.body, variables, n.x)
      return (xs) => integrate(body(xs), ends[0]?.(xs) ?? -Infinity, ends[1]?.(xs) ?? Infinity)
    }
    case "root": {
      const ends = [n.lo && make(n.lo), n.hi && make(n.hi)] as const
      const body = bind(n.body, variables, n.x)
      return (xs) => solve(body(xs), ends[0]?.(xs) ?? -Infinity, ends[1]?.(xs) ?? Infinity)
    }
    case "sup": {
      const ends = [n.lo && make(n.lo), n.hi && make(n.hi)] as const
      const body = bind(n.body, variables, n.x)
      return (xs) => largest(body(xs), ends[0]?.(xs) ?? -Infinity, ends[1]?.(xs) ?? Infinity)
    }
    case "series": {
      const body = bind(n.body, variables, n.k)
      return (xs) => accumulate(body(xs), n.from)
    }
  }
}

const constant =
  (x: number): Compiled =>
  () =>
    x
const two = (a: Compiled, b: Compiled, f: (a: Compiled, b: Compiled) => Compiled): Compiled => f(a, b)
const map =
  (a: Compiled, f: (x: number) => number): Compiled =>
  (xs) =>
    f(a(xs))
const many =
  (args: ReadonlyArray<Compiled>, f: (values: ReadonlyArray<number>) => number): Compiled =>
  (xs) =>
    f(args.map((a) => a(xs)))
const TESTS = {
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  "==": (a: number, b: number) => a === b,
  "!=": (a: number, b: number) => a !== b,
} as const

/** The body as a function of its bound variable, the others fixed. */
const bind = (body: Node, variables: ReadonlyArray<string>, name: string): ((xs: Float64Array) => (x: number) => number) => {
  const f = compileIn(body, [...variables, name])
  return (xs) => {
    const all = new Float64Array(variables.length + 1)
    all.set(xs.subarray(0, variables.length))
    return (x) => {
      all[variables.length] = x
      return f(all)
    }
  }
}

/** Double-exponential quadrature, Takahasi and Mori 1974: x = g(t), trapezoidal rule in t. */
const integrate = (f: (x: number) => number, a: number, b: number): number => {
  const h = 1 / 16
  let sum = 0
  for (let k = -72; k <= 72; k++) {
    const t = k * h
    const s = (Math.PI / 2) * Math.sinh(t)
    const c = (Math.PI / 2) * Math.cosh(t)
    const [x, w] =
      a > -Infinity && b < Infinity
        ? finite(a, b, s, c)
        : a > -Infinity
          ? [a + Math.exp(s), c * Math.exp(s)]
          : b < Infinity
            ? [b - Math.exp(s), c * Math.exp(s)]
            : [Math.sinh(s), c * Math.cosh(s)]
    const y = w === 0 || !Number.isFinite(x) ? 0 : f(x) * w
    if (Number.isFinite(y)) sum += y
    else if (Math.abs(t) < 2.5) return NaN
  }
  return sum * h
}

const finite = (a: number, b: number, s: number, c: number): readonly [number, number] => {
  const q = Math.exp(-2 * Math.abs(s))
  const near = ((b - a) * q) / (1 + q)
  return [s < 0 ? a + near : b - near, ((b - a) * 2 * c * q) / (1 + q) ** 2]
}

/** The largest value on a grid that is fine near the ends, then golden sections around it. */
const largest = (f: (x: number) => number, lo: number, hi: number): number => {
  const place = (u: number): number => {
    const odds = u / (1 - u)
    if (lo > -Infinity) return hi < Infinity ? lo + (hi - lo) * u : lo + odds
    return hi < Infinity ? hi - 1 / odds : Math.log(odds)
  }
  const at = (u: number): number => {
    const y = f(place(u))
    return y === y ? y : -Infinity
  }
  const n = 512
  const grid = Array.from({ length: n - 1 }, (_, i) => (i + 1) / n)
  const best = grid.reduce((b, u) => (at(u) > at(b) ? u : b))
  let [a, b] = [best - 1 / n, best + 1 / n]
  for (let i = 0; i < 60; i++) {
    const [l, r] = [b - (b - a) * 0.618, a + (b - a) * 0.618]
    if (at(l) > at(r)) b = r
    else a = l
  }
  return Math.max(at(best), at((a + b) / 2))
}

/** The zero of an increasing function by bisection; infinite ends by doubling. */
const solve = (f: (x: number) => number, lo: number, hi: number): number => {
  let [a, b] = [lo, hi]
  if (a === -Infinity) for (a = Math.min(-1, hi - 1); a > -1e300 && f(a) > 0; ) a *= 2
  if (b === Infinity) for (b = Math.max(1, a + 1); b < 1e300 && f(b) < 0; ) b *= 2
  for (let i = 0; i < 200; i++) {
    const m = a + (b - a) / 2
    if (m === a || m === b) break
    if (f(m) < 0) a = m
    else b = m
  }
  return a + (b - a) / 2
}

/** Partial sums until 40 terms in a row no longer matter. */
const accumulate = (f: (k: number) => number, from: number): number => {
  let sum = 0
  for (let [k, quiet] = [from, 0]; k < from + 100_000 && quiet < 40; k++) {
    const term = f(k)
    sum += term
    quiet = Math.abs(term) <= 1e-17 * Math.abs(sum) ? quiet + 1 : 0
  }
  return sum
}
