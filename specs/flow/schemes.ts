/**
 * One-step schemes for the flow x' = u(t, x) of the linear path from N(0, 1) to a mixture sum_k w_k N(m_k, s_k^2):
 *
 *   u(t, x) = sum_k r_k(t, x) [m_k + (t s_k^2 - (1 - t)) / V_k (x - t m_k)],   V_k = t^2 s_k^2 + (1 - t)^2,   r_k the posterior component weights.
 *
 * The schemes are written out as nodes, so that any arithmetic of the ladder evaluates them. Order 1: Euler; 2: Heun; 4: classical Runge-Kutta.
 */
import * as Q from "../../src/core/rational.ts"
import type { Rational } from "../../src/core/rational.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { Undefined, asNode, asVector, scalar, typedFunction } from "../../src/expression/value.ts"

export interface MixtureTarget {
  readonly w: ReadonlyArray<Node>
  readonly m: ReadonlyArray<Node>
  readonly s: ReadonlyArray<Node>
}

/** u(t, x) for a rational time. */
export const velocity = ({ w, m, s }: MixtureTarget, t: Rational, x: Node): Node => {
  const [time, rest] = [N.constant(t), N.constant(Q.sub(Q.ONE, t))]
  const parts = w.map((weight, k) => {
    const square = N.powi(s[k]!, 2)
    const variance = N.add(N.mul(N.powi(time, 2), square), N.powi(rest, 2))
    const offset = N.sub(x, N.mul(time, m[k]!))
    const log = N.sub(
      N.sub(N.call("log", weight), N.div(N.call("log", variance), N.integer(2))),
      N.div(N.powi(offset, 2), N.mul(N.integer(2), variance)),
    )
    return { log, drift: N.add(m[k]!, N.mul(N.div(N.sub(N.mul(time, square), rest), variance), offset)) }
  })
  const total = N.logsumexp(parts.map((p) => p.log))
  return parts.map((p) => N.mul(N.call("exp", N.sub(p.log, total)), p.drift)).reduce(N.add)
}

const step = (order: number, target: MixtureTarget, t: Rational, h: Rational, x: Node): Node => {
  const [size, half] = [N.constant(h), Q.div(h, Q.rational(2))]
  const u = (at: Rational, y: Node): Node => velocity(target, at, y)
  const move = (k: Node, by: Rational): Node => N.add(x, N.mul(N.constant(by), k))
  const k1 = u(t, x)
  if (order === 1) return N.add(x, N.mul(size, k1))
  if (order === 2) return N.add(x, N.mul(N.constant(half), N.add(k1, u(Q.add(t, h), move(k1, h)))))
  const k2 = u(Q.add(t, half), move(k1, half))
  const k3 = u(Q.add(t, half), move(k2, half))
  const k4 = u(Q.add(t, h), move(k3, h))
  const sum = N.add(N.add(k1, k4), N.mul(N.integer(2), N.add(k2, k3)))
  return N.add(x, N.mul(N.constant(Q.div(h, Q.rational(6))), sum))
}

/** endpoint(order, n, w, m, s, x0): the scheme's value at t = 1 after n steps of size 1/n. */
export const endpoint = typedFunction(6, ([order, n, w, m, s, x0]) => {
  const integer = (v: typeof order): number => {
    const node = asNode(v!, "an order or a number of steps")
    if (node.op !== "const" || !Q.isInteger(node.value)) throw new Undefined("orders and numbers of steps are integers")
    return Number(node.value.n)
  }
  const [p, count] = [integer(order), integer(n)]
  if (p !== 1 && p !== 2 && p !== 4) throw new Undefined(`no scheme of order ${p}; there are 1, 2 and 4`)
  const target = { w: asVector(w!, "weights"), m: asVector(m!, "means"), s: asVector(s!, "deviations") }
  let x = asNode(x0!, "the start")
  for (let i = 0; i < count; i++) x = step(p, target, Q.rational(i, count), Q.rational(1, count), x)
  return scalar(x)
})
