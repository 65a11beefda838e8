/**
 * Taylor coefficients of x(t + h) = sum_k x_k h^k for x' = v(x, t), in any arithmetic: v is a node in two variables, written out as a list of operations,
 * and coefficient k of every operation follows from coefficients 0..k of its operands, e.g.
 *
 *   y = exp a:  k y_k = sum_j j a_j y_(k-j),     y = log a:  a_0 y_k = a_k - sum_(j<k) (j/k) y_j a_(k-j),     x_(k+1) = v_k / (k + 1).
 *
 * With intervals for x and t the coefficients enclose x^(k)/k! of every solution through the box: Taylor's remainder.
 */
import { rational } from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { Unsupported } from "./value.ts"

/** x_0, ..., x_n of the solution of x' = v through x at time t. */
export type Coefficients<T> = (x: T, t: T, order: number) => ReadonlyArray<T>

interface Slot<T> {
  /** Coefficients so far; a constant has only the first. */
  readonly at: Array<T>
  readonly constant: boolean
}
type Rule<T> = (k: number) => T

/** The recurrences of v in the variables named `x` and `t`. Throws Unsupported for an operation without one. */
export const taylorSeries = <T>(v: Node, x: string, t: string, A: Arithmetic<T>): Coefficients<T> => {
  const slots = new Map<Node, Slot<T>>()
  const wholes = new Map<number, T>()
  const whole = (k: number): T => {
    const known = wholes.get(k) ?? A.rational(rational(k))
    wholes.set(k, known)
    return known
  }
  const program: Array<readonly [Slot<T>, Rule<T>]> = []
  // By name: a formula that outlives the table of nodes holds other objects for the same variables.
  const [state, time]: readonly [Slot<T>, Slot<T>] = [
    { at: [], constant: false },
    { at: [], constant: false },
  ]
  const visit = (n: Node): Slot<T> => {
    const known = n.op === "var" ? (n.name === x ? state : n.name === t ? time : undefined) : slots.get(n)
    if (known !== undefined) return known
    if (n.op === "var") throw new RangeError(`no value for ${n.name}`)
    const children = N.children(n).map(visit)
    const slot: Slot<T> = { at: [], constant: n.free.length === 0 }
    slots.set(n, slot)
    program.push([slot, recurrence(A, n, children, slot, whole)])
    return slot
  }
  const velocity = visit(v)
  const [zero, one] = [whole(0), whole(1)]
  for (const [slot, rule] of program) if (slot.constant) slot.at.push(rule(0))
  const moving = program.filter(([slot]) => !slot.constant)
  return (x0, t0, order) => {
    for (const slot of [state, time, ...slots.values()]) if (!slot.constant) slot.at.length = 0
    state.at.push(x0)
    for (let k = 0; k < order; k++) {
      time.at.push(k === 0 ? t0 : k === 1 ? one : zero)
      for (const [slot, rule] of moving) slot.at.push(rule(k))
      state.at.push(velocity.constant && k > 0 ? zero : A.div(velocity.at[k]!, whole(k + 1)))
    }
    return [...state.at]
  }
}

const recurrence = <T>(A: Arithmetic<T>, n: Node, [a, b]: ReadonlyArray<Slot<T>>, y: Slot<T>, whole: (k: number) => T): Rule<T> => {
  const zero = whole(0)
  const at = (s: Slot<T>, k: number): T => s.at[k] ?? zero
  /** sum_(j = from)^to f(j). */
  const sum = (from: number, to: number, f: (j: number) => T): T => {
    if (from > to) return zero
    let total = f(from)
    for (let j = from + 1; j <= to; j++) total = A.add(total, f(j))
    return total
  }
  /** sum_(j <= to) (j/k) f(j). */
  const weighted = (to: number, k: number, f: (j: number) => T): T =>
    to < 1
      ? zero
      : A.div(
          sum(1, to, (j) => A.mul(whole(j), f(j))),
          whole(k),
        )
  const product = (p: Slot<T>, q: Slot<T>, k: number): T =>
    p.constant
      ? A.mul(p.at[0]!, at(q, k))
      : q.constant
        ? A.mul(at(p, k), q.at[0]!)
        : p === q
          ? square(p, k)
          : sum(0, k, (j) => A.mul(p.at[j]!, q.at[k - j]!))
  const square = (p: Slot<T>, k: number): T => {
    if (k === 0) return A.powi(p.at[0]!, 2)
    const pairs = sum(0, Math.ceil(k / 2) - 1, (j) => A.mul(p.at[j]!, p.at[k - j]!))
    const twice = A.add(pairs, pairs)
    return k % 2 === 0 ? A.add(twice, A.powi(p.at[k / 2]!, 2)) : twice
  }
  switch (n.op) {
    case "const":
      return () => A.rational(n.value)
    case "pi":
      return () => A.pi()
    case "add":
      return (k) => A.add(at(a!, k), at(b!, k))
    case "sub":
      return (k) => A.sub(at(a!, k), at(b!, k))
    case "neg":
      return (k) => A.neg(at(a!, k))
    case "mul":
      return (k) => product(a!, b!, k)
    case "div":
      if (b!.constant) return (k) => A.div(at(a!, k), b!.at[0]!)
      return (k) =>
        A.div(
          A.sub(
            at(a!, k),
            sum(1, k, (j) => A.mul(b!.at[j]!, y.at[k - j]!)),
          ),
          b!.at[0]!,
        )
    case "powi":
      if (n.n === 2) return (k) => square(a!, k)
      if (y.constant) return () => A.powi(a!.at[0]!, n.n)
      // a y' = n a' y, for a_0 != 0.
      return (k) =>
        k === 0
          ? A.powi(a!.at[0]!, n.n)
          : A.div(
              sum(1, k, (j) => A.mul(whole((n.n + 1) * j - k), A.mul(a!.at[j]!, y.at[k - j]!))),
              A.mul(whole(k), a!.at[0]!),
            )
    case "pow": {
      if (!a!.constant) break
      return (k) =>
        k === 0
          ? A.pow(a!.at[0]!, b!.at[0]!)
          : A.mul(
              A.call("log", a!.at[0]!),
              weighted(k, k, (j) => A.mul(b!.at[j]!, y.at[k - j]!)),
            )
    }
    case "call": {
      const start = (): T => A.call(n.f, a!.at[0]!)
      if (y.constant) return start
      const driven =
        (factor: (k: number) => T): Rule<T> =>
        (k) =>
          k === 0 ? start() : weighted(k, k, (j) => A.mul(a!.at[j]!, factor(k - j)))
      switch (n.f) {
        case "exp":
          return driven((k) => y.at[k]!)
        case "expm1":
          return driven((k) => (k === 0 ? A.call("exp", a!.at[0]!) : y.at[k]!))
        case "sigmoid": {
          // y' = (y - y^2) a'; the factor is computed once per order.
          const factor: Array<T> = []
          return (k) => {
            factor.length = k
            if (k > 0) factor[k - 1] = A.sub(y.at[k - 1]!, square(y, k - 1))
            return k === 0 ? start() : weighted(k, k, (j) => A.mul(a!.at[j]!, factor[k - j]!))
          }
        }
        case "log":
          return (k) =>
            k === 0
              ? start()
              : A.div(
                  A.sub(
                    a!.at[k]!,
                    weighted(k - 1, k, (j) => A.mul(y.at[j]!, a!.at[k - j]!)),
                  ),
                  a!.at[0]!,
                )
        case "sqrt":
          return (k) =>
            k === 0
              ? start()
              : A.div(
                  A.sub(
                    a!.at[k]!,
                    sum(1, k - 1, (j) => A.mul(y.at[j]!, y.at[k - j]!)),
                  ),
                  A.add(y.at[0]!, y.at[0]!),
                )
      }
    }
  }
  throw new Unsupported(`no Taylor recurrence for ${n.op === "call" ? n.f : n.op}`)
}
