/**
 * What of a formula is a polynomial in given variables, and what is left:  f = sum_e c_e x^e + sum_k d_k x^k log x + l log(1 - x) + rest,
 * with coefficients free of x. Moments settle the first three without quadrature.
 */
import { minus, negate, over, plus, times } from "../derivative.ts"
import { isConst } from "../laws/support.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { once } from "../once.ts"

const MAX_DEGREE = 12
const MAX_TERMS = 400

/** Exponents joined by commas, to coefficient. */
export type Polynomial = ReadonlyMap<string, Node>

export interface Parts {
  readonly polynomial: Polynomial
  /** Degree k to the coefficient of x^k log x, one variable only. */
  readonly logs: ReadonlyMap<number, Node>
  /** Coefficient of log(1 - x). */
  readonly log1m: Node | undefined
  readonly rest: Node | undefined
}

export const exponents = (key: string): ReadonlyArray<number> => key.split(",").map(Number)
export const degreeOf = (p: Polynomial): number => Math.max(0, ...[...p.keys()].map((key) => exponents(key).reduce((a, b) => a + b, 0)))

const put = <K>(map: Map<K, Node>, key: K, value: Node): void => {
  const old = map.get(key)
  const total = old === undefined ? value : plus(old, value)
  if (isConst(total, 0)) map.delete(key)
  else map.set(key, total)
}
const combine = <K>(a: ReadonlyMap<K, Node>, b: ReadonlyMap<K, Node>, f: (x: Node) => Node = (x) => x): ReadonlyMap<K, Node> => {
  const result = new Map(a)
  for (const [key, value] of b) put(result, key, f(value))
  return result
}
const mapValues = <K>(a: ReadonlyMap<K, Node>, f: (x: Node) => Node): ReadonlyMap<K, Node> => {
  const result = new Map<K, Node>()
  for (const [key, value] of a) put(result, key, f(value))
  return result
}

const multiply = (a: Polynomial, b: Polynomial): Polynomial | undefined => {
  if (a.size * b.size > MAX_TERMS || degreeOf(a) + degreeOf(b) > MAX_DEGREE) return undefined
  const result = new Map<string, Node>()
  for (const [s, x] of a) for (const [t, y] of b) put(result, sumKey(s, t), times(x, y))
  return result
}
const sumKey = (s: string, t: string): string => {
  const other = exponents(t)
  return exponents(s)
    .map((e, i) => e + other[i]!)
    .join(",")
}

/** The node as a polynomial of degree <= 12 in the variables, if it is one. */
export const asPolynomial = (node: Node, xs: ReadonlyArray<string>): Polynomial | undefined => {
  const memo = new Map<Node, Polynomial | undefined>()
  const zero = xs.map(() => 0).join(",")
  const go = (n: Node): Polynomial | undefined => {
    if (!xs.some((x) => n.free.includes(x))) return isConst(n, 0) ? new Map() : new Map([[zero, n]])
    if (memo.has(n)) return memo.get(n)
    const value = read(n)
    memo.set(n, value)
    return value
  }
  const both = (a: Node, b: Node, f: (x: Polynomial, y: Polynomial) => Polynomial | undefined): Polynomial | undefined => {
    const x = go(a)
    const y = x === undefined ? undefined : go(b)
    return x === undefined || y === undefined ? undefined : f(x, y)
  }
  const read = (n: Node): Polynomial | undefined => {
    switch (n.op) {
      case "var":
        return new Map([[xs.map((x) => (x === n.name ? 1 : 0)).join(","), N.integer(1)]])
      case "add":
        return both(n.a, n.b, (a, b) => combine(a, b))
      case "sub":
        return both(n.a, n.b, (a, b) => combine(a, b, negate))
      case "mul":
        return both(n.a, n.b, multiply)
      case "div": {
        const a = xs.some((x) => n.b.free.includes(x)) ? undefined : go(n.a)
        return a && mapValues(a, (c) => over(c, n.b))
      }
      case "neg": {
        const a = go(n.a)
        return a && mapValues(a, negate)
      }
      case "powi": {
        if (n.n < 1 || n.n > MAX_DEGREE) return undefined
        const a = go(n.a)
        let result = a
        for (let i = 1; i < n.n && result !== undefined && a !== undefined; i++) result = multiply(result, a)
        return result
      }
      default:
        return undefined
    }
  }
  return go(node)
}

/** Which logarithms may be taken apart: those whose argument is positive on the whole range of the variable, since terms that cancel are forgotten. */
export interface Logs {
  readonly log: boolean
  readonly log1m: boolean
}
const NO_LOGS: Logs = { log: false, log1m: false }

/** Splits f additively; see the head of the file. Logarithm terms are looked for only in one variable. */
export const splitPolynomial = (node: Node, xs: ReadonlyArray<string>, allowed: Logs = NO_LOGS): Parts => {
  const single = xs.length === 1 ? xs[0]! : undefined
  const nothing: Parts = { polynomial: new Map(), logs: new Map(), log1m: undefined, rest: undefined }
  const join = (a: Parts, b: Parts, f: (x: Node) => Node = (x) => x, g: (x: Node, y: Node) => Node = plus): Parts => ({
    polynomial: combine(a.polynomial, b.polynomial, f),
    logs: combine(a.logs, b.logs, f),
    log1m: b.log1m === undefined ? a.log1m : plus(a.log1m ?? N.integer(0), f(b.log1m)),
    rest: b.rest === undefined ? a.rest : a.rest === undefined ? f(b.rest) : g(a.rest, b.rest),
  })
  const scaled = (a: Parts, f: (x: Node) => Node): Parts => ({
    polynomial: mapValues(a.polynomial, f),
    logs: mapValues(a.logs, f),
    log1m: a.log1m && f(a.log1m),
    rest: a.rest && f(a.rest),
  })
  const constant = (n: Node): boolean => !xs.some((x) => n.free.includes(x))
  const go: (n: Node) => Parts = once((n) => {
    const p = asPolynomial(n, xs)
    if (p !== undefined) return { ...nothing, polynomial: p }
    switch (n.op) {
      case "add":
        return join(go(n.a), go(n.b))
      case "sub":
        return join(go(n.a), go(n.b), negate, minus)
      case "neg":
        return scaled(go(n.a), negate)
      case "div":
        if (constant(n.b)) return scaled(go(n.a), (c) => over(c, n.b))
        break
      case "mul":
        // 0 times what may be undefined stays.
        if (isConst(n.a, 0) || isConst(n.b, 0)) break
        if (constant(n.a)) return scaled(go(n.b), (c) => times(n.a, c))
        if (constant(n.b)) return scaled(go(n.a), (c) => times(c, n.b))
        return product(n.a, n.b) ?? product(n.b, n.a) ?? { ...nothing, rest: n }
      case "call":
        if (single !== undefined) {
          if (allowed.log && n.f === "log" && n.a.op === "var" && n.a.name === single) return { ...nothing, logs: new Map([[0, N.integer(1)]]) }
          // log(c x) = log c + log x on ]0, inf[.
          const line = n.f === "log" ? asPolynomial(n.a, xs) : n.f === "log1p" ? asPolynomial(plus(N.integer(1), n.a), xs) : undefined
          const [c, b] = line === undefined || degreeOf(line) !== 1 ? [undefined, undefined] : [line.get("0"), line.get("1")]
          if (allowed.log1m && c !== undefined && b !== undefined && isConst(c, 1) && isConst(b, -1)) return { ...nothing, log1m: N.integer(1) }
          if (allowed.log && line !== undefined && c === undefined && b?.op === "const" && b.value.n > 0n)
            return { ...nothing, polynomial: new Map([["0", N.call("log", b)]]), logs: new Map([[0, N.integer(1)]]) }
        }
        break
      default:
    }
    return { ...nothing, rest: n }
  })
  /** polynomial times (polynomial + logs). */
  const product = (a: Node, b: Node): Parts | undefined => {
    const p = single === undefined ? undefined : asPolynomial(a, xs)
    if (p === undefined) return undefined
    const q = go(b)
    if (q.rest !== undefined || q.log1m !== undefined) return undefined
    const polynomial = multiply(p, q.polynomial)
    if (polynomial === undefined) return undefined
    const logs = new Map<number, Node>()
    for (const [key, c] of p) for (const [k, d] of q.logs) put(logs, Number(key) + k, times(c, d))
    return [...logs.keys()].some((k) => k > MAX_DEGREE) ? undefined : { ...nothing, polynomial, logs }
  }
  return go(node)
}

/** f again from its parts. */
export const assemble = (parts: Parts, xs: ReadonlyArray<string>): Node => {
  const variables = xs.map(N.variable)
  const monomial = (key: string): Node =>
    exponents(key).reduce((m, e, i) => times(m, e === 0 ? N.integer(1) : N.powi(variables[i]!, e)), N.integer(1))
  let total = N.integer(0)
  for (const [key, c] of parts.polynomial) total = plus(total, times(c, monomial(key)))
  for (const [k, c] of parts.logs) total = plus(total, times(c, times(monomial(String(k)), N.call("log", variables[0]!))))
  if (parts.log1m !== undefined) total = plus(total, times(parts.log1m, N.call("log1p", negate(variables[0]!))))
  return parts.rest === undefined ? total : plus(total, parts.rest)
}
