/**
 * Envelopes: |g(z)| <= c (1 + s)^k e^(t s) on the whole space, s = |z_1| + ... + |z_d|, read off the operations of g.
 *
 * They bound what g does far out under d standard normal coordinates, where P(max |z_i| > M) <= d e^(-M^2/2):
 *   E[|g|; max |z_i| > M] <= c sqrt( ceil(2k)! e (2 e^((2t+1)^2/2))^d  d e^(-M^2/2) )          by Cauchy-Schwarz, (1 + s)^n <= n! e^(1+s), E e^(b|z|) <= 2 e^(b^2/2)
 *   E g^2 <= c^2 (1 + d ((2k-1)!!)^(1/2k))^(2k)                                               by Minkowski, for t = 0 and an integer k
 */
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import { addUp, divUp, mulUp, sqrtUp } from "../interval/rounding.ts"
import type { Bounds } from "./bounds.ts"

export interface Envelope {
  readonly c: number
  readonly k: number
  readonly t: number
}

/** The envelope of g in its variables; `range` encloses a node on the whole space. `undefined` where an operation has no rule. */
export const envelope = (g: Node, range: (node: Node) => Bounds): Envelope | undefined => {
  const memo = new Map<Node, Envelope | undefined>()
  const of = (n: Node): Envelope | undefined => {
    if (!memo.has(n)) memo.set(n, bounded(range(n)) ?? rule(n))
    return memo.get(n)
  }
  const both = (a: Node, b: Node, f: (x: Envelope, y: Envelope) => Envelope): Envelope | undefined => {
    const [x, y] = [of(a), of(b)]
    return x && y && f(x, y)
  }
  const all = (nodes: ReadonlyArray<Node>, f: (x: Envelope, y: Envelope) => Envelope): Envelope | undefined => {
    const each = nodes.map(of)
    return each.every((e) => e !== undefined) ? each.reduce(f) : undefined
  }
  const rule = (n: Node): Envelope | undefined => {
    switch (n.op) {
      case "var":
        return { c: 1, k: 1, t: 0 }
      case "add":
      case "sub":
        return both(n.a, n.b, total)
      case "min":
      case "max":
        return both(n.a, n.b, larger)
      case "if":
        return all([n.then, n.else], larger)
      case "logsumexp":
        return raised(all(n.args, larger), I.call("log", I.range(n.args.length, n.args.length)).hi)
      case "mul":
        return both(n.a, n.b, product)
      case "div": {
        const [lo, hi] = range(n.b)
        const least = lo > 0 ? lo : hi < 0 ? -hi : 0
        const a = least > 0 ? of(n.a) : undefined
        return a && { ...a, c: divUp(a.c, least) }
      }
      case "powi": {
        const a = n.n > 0 && n.n <= 16 ? of(n.a) : undefined
        return a && Array.from({ length: n.n - 1 }).reduce<Envelope>((p) => product(p, a), a)
      }
      case "neg":
      case "abs":
        return of(n.a)
      case "floor":
        return raised(of(n.a), 1)
      case "call":
        return call(n)
      default:
        return undefined
    }
  }
  const call = (n: Extract<Node, { op: "call" }>): Envelope | undefined => {
    const a = of(n.a)
    if (n.f === "exp") return exponential(n.a)
    if (a === undefined) return undefined
    switch (n.f) {
      case "softplus":
        return raised(a, 0.7)
      // -log Phi(-u) <= u^2/2 + u + 1 for u >= 0.
      case "lognormcdf":
        return total(total(product(a, { ...a, c: a.c / 2 }), a), { c: 1, k: 0, t: 0 })
      case "log":
      case "log1p":
        return logarithm(n.f === "log" ? n.a : N.add(N.integer(1), n.a))
      case "sqrt":
        return range(n.a)[0] >= 0 ? { c: sqrtUp(a.c), k: a.k / 2, t: a.t / 2 } : undefined
      default:
        return undefined
    }
  }
  /** e^a <= e^(alpha + beta s) from a <= alpha + beta s. */
  const exponential = (a: Node): Envelope | undefined => {
    const line = above(a)
    const size = line && I.call("exp", I.range(line.alpha, line.alpha)).hi
    return line === undefined || size === undefined || !(size < Infinity) ? undefined : { c: size, k: 0, t: line.beta }
  }
  /** log least <= log a <= log c + k log(1 + s) + t s <= (|log c| + k + t)(1 + s). */
  const logarithm = (a: Node): Envelope | undefined => {
    const [least] = range(a)
    const e = of(a)
    if (!(least > 0) || e === undefined) return undefined
    const size = (x: number): number => Math.max(...I.bounds(I.abs(I.call("log", I.range(x, x)))))
    return { c: addUp(addUp(Math.max(size(least), size(Math.max(e.c, least))), e.k), e.t), k: 1, t: 0 }
  }
  /** a <= alpha + beta s. */
  const above = (a: Node): { readonly alpha: number; readonly beta: number } | undefined => {
    const [, hi] = range(a)
    if (hi < Infinity) return { alpha: hi, beta: 0 }
    if (a.op === "add") {
      const [x, y] = [above(a.a), above(a.b)]
      if (x && y) return { alpha: addUp(x.alpha, y.alpha), beta: addUp(x.beta, y.beta) }
    }
    const e = of(a)
    return e !== undefined && e.k <= 1 && e.t === 0 ? { alpha: e.c, beta: e.c } : undefined
  }
  return of(g)
}

const bounded = ([lo, hi]: Bounds): Envelope | undefined => {
  const c = Math.max(Math.abs(lo), Math.abs(hi))
  return c < Infinity ? { c, k: 0, t: 0 } : undefined
}
const total = (x: Envelope, y: Envelope): Envelope => ({ c: addUp(x.c, y.c), k: Math.max(x.k, y.k), t: Math.max(x.t, y.t) })
const larger = (x: Envelope, y: Envelope): Envelope => ({ c: Math.max(x.c, y.c), k: Math.max(x.k, y.k), t: Math.max(x.t, y.t) })
const product = (x: Envelope, y: Envelope): Envelope => ({ c: mulUp(x.c, y.c), k: x.k + y.k, t: addUp(x.t, y.t) })
const raised = (e: Envelope | undefined, by: number): Envelope | undefined => e && { ...e, c: addUp(e.c, by) }

/** An upper bound of P(max |z_i| > M) for d standard normal coordinates. */
export const outside = (d: number, M: number): number => mulUp(d, I.call("exp", I.range(-M * M * 0.5 * (1 - 1e-15), -M * M * 0.5 * (1 - 1e-15))).hi)

/** An upper bound of E[|g|; max |z_i| > M]. */
export const expectedOutside = ({ c, k, t }: Envelope, d: number, M: number): number => {
  let square = mulUp(2.7182818284590455, outside(d, M))
  for (let i = 2; i <= Math.ceil(2 * k); i++) square = mulUp(square, i)
  const b = addUp(mulUp(2, t), 1)
  const each = mulUp(2, I.call("exp", I.range(0, mulUp(b, b) / 2)).hi)
  for (let i = 0; i < d; i++) square = mulUp(square, each)
  return mulUp(c, sqrtUp(square))
}

/** An upper bound of E g^2, or Infinity where there is no rule. */
export const secondMoment = ({ c, k, t }: Envelope, d: number): number => {
  const n = 2 * Math.ceil(k)
  if (t > 0 || n > 16) return Infinity
  if (n === 0) return mulUp(c, c)
  let odd = 1
  for (let i = n - 1; i > 1; i -= 2) odd *= i
  const norm = I.pow(I.range(odd, odd), I.div(I.range(1, 1), I.range(n, n))).hi
  return mulUp(mulUp(c, c), I.powi(I.range(0, addUp(1, mulUp(d, norm))), n).hi)
}
