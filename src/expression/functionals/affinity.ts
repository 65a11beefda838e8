/**
 * log of the affinity A(a) = integral p^a q^(1-a), in closed form for exponential families:
 *
 *   Renyi_a = log A(a) / (a - 1),   Hellinger^2 = 1 - A(1/2),   chi^2(p|q) = A(2) - 1.
 *
 * In an exponential family p^a q^(1-a) has the natural parameters a eta_p + (1-a) eta_q; when they leave the family's domain, A = +infinity.
 */
import { compareNodes, signOf } from "../decide.ts"
import { minus, over, plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { logBeta, logGamma } from "../laws/gamma-function.ts"
import { isSingular } from "../laws/mv-normal.ts"
import { halved, log } from "../laws/support.ts"
import { determinant, dot, inverse, matvec, scale, zip } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"

const DIVERGENT = "the integral of p^a q^(1-a) diverges"
const divergent = (): Node => N.infinite(1, DIVERGENT)

/** log A(a) for two laws of one exponential family; `undefined` when no closed form applies. */
export const logAffinity = (a: Node, p: Law, q: Law): Node | undefined => {
  const b = minus(N.integer(1), a)
  const [s, t] = [p.params, q.params]
  const mix = (x: Node, y: Node): Node => plus(times(a, x), times(b, y))
  /** f when every argument is positive, infinite when one certainly is not. */
  const guarded = (needed: ReadonlyArray<Node>, f: () => Node): Node =>
    needed.some((n) => {
      const order = signOf(n)
      return order !== undefined && order <= 0
    })
      ? divergent()
      : f()
  const kinds = `${p.kind} ${q.kind}`
  switch (kinds) {
    case "Normal Normal": {
      const v = plus(times(a, t["v"]!), times(b, s["v"]!))
      const shift = over(times(times(a, minus(a, N.integer(1))), N.powi(minus(s["m"]!, t["m"]!), 2)), times(N.integer(2), v))
      const same = compareNodes(s["v"]!, t["v"]!) === 0
      return guarded([v], () => plus(same ? N.integer(0) : logs(b, s["v"]!, t["v"]!, v), shift))
    }
    case "MvNormal MvNormal": {
      if (isSingular(p) || isSingular(q)) return undefined
      const [g, h] = [p.gaussian!, q.gaussian!]
      const cov = zip(scale(a, h.cov), scale(b, g.cov), plus)
      const minors = cov.map((_, k) => determinant(cov.slice(0, k + 1).map((row) => row.slice(0, k + 1))))
      return guarded(minors, () => {
        const d = g.mean.map((m, i) => minus(m, h.mean[i]!))
        const square = dot(d, matvec(inverse(cov), d))
        // Equal determinants do not make equal covariances.
        const same = g.cov.every((row, i) => row.every((c, j) => c === h.cov[i]![j]))
        return plus(same ? N.integer(0) : logs(b, s["det"]!, t["det"]!, determinant(cov)), halved(times(times(a, minus(a, N.integer(1))), square)))
      })
    }
    case "Exponential Exponential":
    case "Gamma Gamma":
    case "Gamma Exponential":
    case "Exponential Gamma": {
      const [shape, rate] = [mix(s["shape"]!, t["shape"]!), mix(s["rate"]!, t["rate"]!)]
      const norm = (r: Readonly<Record<string, Node>>): Node => minus(times(r["shape"]!, log(r["rate"]!)), logGamma(r["shape"]!))
      return guarded([shape, rate], () => plus(mix(norm(s), norm(t)), minus(logGamma(shape), times(shape, log(rate)))))
    }
    case "Beta Beta": {
      const [x, y] = [mix(s["a"]!, t["a"]!), mix(s["b"]!, t["b"]!)]
      return guarded([x, y], () => minus(logBeta(x, y), mix(logBeta(s["a"]!, s["b"]!), logBeta(t["a"]!, t["b"]!))))
    }
    case "Laplace Laplace": {
      if (s["m"] !== t["m"]) return undefined
      const [x, y] = [times(N.integer(2), s["b"]!), times(N.integer(2), t["b"]!)]
      const inverseScale = plus(over(a, x), over(b, y))
      return guarded([inverseScale], () => N.neg(plus(log(inverseScale), mix(log(x), log(y)))))
    }
    case "Poisson Poisson": {
      const [x, y] = [s["rate"]!, t["rate"]!]
      return minus(times(N.pow(x, a), N.pow(y, b)), mix(x, y))
    }
    default:
      return undefined
  }
}

/** The determinant part (a - 1)/2 log(vq/vp) + log(vq/v)/2; 0 when the covariances are equal. */
const logs = (b: Node, vp: Node, vq: Node, v: Node): Node => plus(halved(times(N.neg(b), log(over(vq, vp)))), halved(log(over(vq, v))))
