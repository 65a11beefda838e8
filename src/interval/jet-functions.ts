/**
 * Power series of elementary functions, truncated after s^order, by the recurrences that their differential equations give.
 *
 * For y = f(a): y' = g a' with g = y, 1/a, cos a, 1 + y^2, ... so that k y_k = sum_{j=1..k} j a_j g_{k-j}. Where g depends on y its coefficients are
 * found along the way. The inverse Mills ratio r = phi/Phi, r' = -r (a + r) a', carries log Phi.
 */
import type { Arithmetic, Elementary } from "./arithmetic.ts"

export type Coefficients<T> = ReadonlyArray<T>
type Unary = Exclude<Elementary, "lgamma" | "digamma">

export interface Series<T> extends Record<Unary, (a: Coefficients<T>) => Coefficients<T>> {
  readonly add: (a: Coefficients<T>, b: Coefficients<T>) => Coefficients<T>
  readonly sub: (a: Coefficients<T>, b: Coefficients<T>) => Coefficients<T>
  readonly mul: (a: Coefficients<T>, b: Coefficients<T>) => Coefficients<T>
  readonly div: (a: Coefficients<T>, b: Coefficients<T>) => Coefficients<T>
  readonly powi: (a: Coefficients<T>, n: number) => Coefficients<T>
  readonly pow: (a: Coefficients<T>, b: T) => Coefficients<T>
}

/** Sum of a_j b_{k-j} over from <= j <= to where both exist; `undefined` stands for an empty sum, an exact 0. */
export type Convolution<T> = (a: Coefficients<T>, b: Coefficients<T>, k: number, from?: number, to?: number) => T | undefined

/** The convolution by the operations of an arithmetic. */
export const convolution =
  <T>(B: Arithmetic<T>): Convolution<T> =>
  (a, b, k, from = 0, to = k) => {
    let sum: T | undefined
    for (let j = Math.max(from, k - b.length + 1); j <= Math.min(to, a.length - 1); j++) {
      const t = B.mul(a[j]!, b[k - j]!)
      sum = sum === undefined ? t : B.add(sum, t)
    }
    return sum
  }

export const series = <T>(B: Arithmetic<T>, order: number, term: Convolution<T> = convolution(B)): Series<T> => {
  const integers = Array.from({ length: order + 1 }, (_, k) => B.range(k, k))
  const zero = B.range(0, 0)
  const unit = B.range(1, 1)
  const two = B.range(2, 2)
  const half = B.range(0.5, 0.5)

  const pairwise =
    (op: (x: T, y: T) => T, alone: (y: T) => T) =>
    (a: Coefficients<T>, b: Coefficients<T>): Coefficients<T> => {
      const out: Array<T> = []
      for (let k = 0; k < Math.max(a.length, b.length); k++) out.push(k >= b.length ? a[k]! : k >= a.length ? alone(b[k]!) : op(a[k]!, b[k]!))
      return out
    }
  const add = pairwise(B.add, (y) => y)
  const sub = pairwise(B.sub, B.neg)

  const mul = (a: Coefficients<T>, b: Coefficients<T>): Coefficients<T> => {
    const length = Math.min(order + 1, a.length + b.length - 1)
    return Array.from({ length }, (_, k) => term(a, b, k) ?? zero)
  }
  const div = (a: Coefficients<T>, b: Coefficients<T>): Coefficients<T> => {
    if (b.length === 1) return a.map((x) => B.div(x, b[0]!))
    const q: Array<T> = []
    for (let k = 0; k <= order; k++) {
      const known = term(q, b, k, 0, k - 1)
      const rest = known === undefined ? (a[k] ?? zero) : B.sub(a[k] ?? zero, known)
      q.push(B.div(rest, b[0]!))
    }
    return q
  }
  const sqr = (a: Coefficients<T>): Coefficients<T> => {
    const out = [...mul(a, a)]
    out[0] = B.powi(a[0]!, 2)
    return out
  }
  const powi = (a: Coefficients<T>, n: number): Coefficients<T> => {
    if (a.length === 1) return [B.powi(a[0]!, n)]
    if (n < 0) return div([unit], powi(a, -n))
    if (n === 0) return [unit]
    const root = powi(a, Math.floor(n / 2))
    const square = n < 2 ? [unit] : sqr(root)
    return n % 2 === 0 ? square : n === 1 ? a : mul(square, a)
  }

  /** y with constant y0 and k y_k = sum of j a_j g_{k-j}, where g(k) gives coefficient k of g from the y_0 .. y_k found so far. */
  const solve = (a: Coefficients<T>, y0: T, g: (y: Coefficients<T>, k: number) => T): Coefficients<T> => {
    const y: Array<T> = [y0]
    const slopes: Array<T> = []
    const speed = a.map((x, j) => (j === 0 ? zero : B.mul(integers[j]!, x)))
    for (let k = 1; k <= order; k++) {
      slopes.push(g(y, k - 1))
      y.push(B.div(term(speed, slopes, k, 1, k) ?? zero, integers[k]!))
    }
    return y
  }
  /** The same for a g that is known beforehand. */
  const integrate = (a: Coefficients<T>, y0: T, g: Coefficients<T>): Coefficients<T> => solve(a, y0, (_, k) => g[k] ?? zero)
  const scaled = (a: Coefficients<T>, t: T): Coefficients<T> => a.map((x) => B.mul(x, t))
  const call = (f: Elementary, a: Coefficients<T>): T => B.call(f, a[0]!)

  const exp = (a: Coefficients<T>): Coefficients<T> => solve(a, call("exp", a), (y, k) => y[k]!)
  const sigmoid = (a: Coefficients<T>): Coefficients<T> => solve(a, call("sigmoid", a), (y, k) => minus(y[k]!, term(y, y, k)))
  const minus = (x: T, y: T | undefined): T => (y === undefined ? x : B.sub(x, y))
  const coupled = (a: Coefficients<T>, f: Elementary, g: Elementary, sign: (x: T) => T): readonly [Coefficients<T>, Coefficients<T>] => {
    // f' = g a', g' = +-f a'
    const [x, y] = [[call(f, a)], [call(g, a)]]
    const speed = a.map((v, j) => (j === 0 ? zero : B.mul(integers[j]!, v)))
    for (let k = 1; k <= order; k++) {
      const [u, v] = [term(speed, y, k, 1, k) ?? zero, term(speed, x, k, 1, k) ?? zero]
      x.push(B.div(u, integers[k]!))
      y.push(B.div(sign(v), integers[k]!))
    }
    return [x, y]
  }
  /** exp(-a^2/width) times a constant. */
  const gauss = (a: Coefficients<T>, scale: T, width: T): Coefficients<T> => scaled(exp(sqr(a).map((x) => B.neg(B.div(x, width)))), scale)
  const erfScale = (): T => B.div(two, B.call("sqrt", B.pi()))
  const normalScale = (): T => B.div(unit, B.call("sqrt", B.mul(two, B.pi())))
  const inverseMills = (a: Coefficients<T>): Coefficients<T> => {
    const log = B.add(B.mul(half, B.powi(a[0]!, 2)), B.mul(half, B.call("log", B.mul(two, B.pi()))))
    const r0 = B.call("exp", B.neg(B.add(log, call("lognormcdf", a))))
    return solve(a, r0, (r, k) => B.neg(B.add(term(r, a, k) ?? zero, term(r, r, k) ?? zero)))
  }

  return {
    add,
    sub,
    mul,
    div,
    powi,
    // a y' = b a' y
    pow: (a, b) => {
      const y: Array<T> = [B.pow(a[0]!, b)]
      for (let k = 1; k <= order; k++) {
        let sum: T | undefined
        for (let j = 1; j <= Math.min(k, a.length - 1); j++) {
          const weight = B.sub(B.mul(b, integers[j]!), integers[k - j]!)
          const t = B.mul(B.mul(weight, a[j]!), y[k - j]!)
          sum = sum === undefined ? t : B.add(sum, t)
        }
        y.push(B.div(sum ?? zero, B.mul(integers[k]!, a[0]!)))
      }
      return y
    },
    exp,
    expm1: (a) => integrate(a, call("expm1", a), exp(a)),
    log: (a) => integrate(a, call("log", a), div([unit], a)),
    log1p: (a) => integrate(a, call("log1p", a), div([unit], add([unit], a))),
    sqrt: (a) => {
      const y: Array<T> = [call("sqrt", a)]
      const twice = B.mul(two, y[0]!)
      for (let k = 1; k <= order; k++) y.push(B.div(minus(a[k] ?? zero, term(y, y, k, 1, k - 1)), twice))
      return y
    },
    sin: (a) => coupled(a, "sin", "cos", B.neg)[0],
    cos: (a) => coupled(a, "sin", "cos", B.neg)[1],
    sinh: (a) => coupled(a, "sinh", "cosh", (x) => x)[0],
    cosh: (a) => coupled(a, "sinh", "cosh", (x) => x)[1],
    tan: (a) => solve(a, call("tan", a), (y, k) => (k === 0 ? B.add(unit, B.powi(y[0]!, 2)) : (term(y, y, k) ?? zero))),
    tanh: (a) => solve(a, call("tanh", a), (y, k) => (k === 0 ? B.sub(unit, B.powi(y[0]!, 2)) : B.neg(term(y, y, k) ?? zero))),
    atan: (a) => integrate(a, call("atan", a), div([unit], add([unit], sqr(a)))),
    erf: (a) => integrate(a, call("erf", a), gauss(a, erfScale(), unit)),
    erfc: (a) => integrate(a, call("erfc", a), gauss(a, B.neg(erfScale()), unit)),
    normcdf: (a) => integrate(a, call("normcdf", a), gauss(a, normalScale(), two)),
    lognormcdf: (a) => integrate(a, call("lognormcdf", a), inverseMills(a)),
    sigmoid,
    softplus: (a) => integrate(a, call("softplus", a), sigmoid(a)),
  }
}
