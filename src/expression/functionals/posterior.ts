/**
 * The law of X given a X + s e = x, e standard normal, by Bayes' rule (never through a score: Tweedie's formula must stay a theorem).
 *
 *   normal      K = a S (a^2 S + s^2 I)^-1:  mean mu + K (x - a mu),  covariance S - a K S
 *   mixture     responsibilities r_k ~ w_k N(x; a m_k, a^2 S_k + s^2 I), then the moments of the mixture of component posteriors
 *   atoms       r_i ~ p_i exp(-(x - a x_i)^2 / (2 s^2))
 *   otherwise   E[X k(X)] / E[k(X)] with the kernel k(z) = exp(-(x - a z)^2 / (2 s^2))
 */
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import { avoiding } from "../integrals.ts"
import type { Law } from "../law.ts"
import { diffused } from "../laws/diffused.ts"
import { blocks } from "../laws/product.ts"
import { isConst, isZero, log, needPositive, nodesOf } from "../laws/support.ts"
import { identity, inverse, matmul, matvec, scale, transpose, zip } from "../linear.ts"
import type { Matrix, Vector } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined, Unsupported } from "../value.ts"
import { expectation } from "./expectation.ts"

export interface Moments {
  readonly mean: Vector
  readonly cov: Matrix
}

/** Mean and covariance of X given a X + s e = x. Throws Undefined unless s > 0. */
export const posterior = (law: Law, a: Node, s: Node, x: Vector): Moments => {
  needPositive("a posterior under Gaussian noise", "s", s)
  if (x.length !== law.dimension) throw new Undefined(`shape mismatch: an observation of length ${x.length} for a law in dimension ${law.dimension}`)
  return avoiding([...nodesOf(law), a, s, ...x], () => moments(law, a, s, x))
}

const moments = (law: Law, a: Node, s: Node, x: Vector): Moments => {
  const v = N.powi(s, 2)
  if (law.atoms !== undefined) {
    const charged = law.atoms.filter((atom) => !isZero(atom.mass))
    const logs = charged.map((atom) => minus(log(atom.mass), over(N.powi(minus(x[0]!, times(a, atom.at)), 2), times(N.integer(2), v))))
    return pooled(
      logs,
      charged.map((atom) => ({ mean: [atom.at], cov: [[N.integer(0)]] })),
    )
  }
  if (law.gaussian !== undefined) return conditioned(law, a, v, x)
  if (law.kind === "Mixture" && (law.type === "mixed" || law.parts!.every((p) => p.law.gaussian !== undefined))) {
    const logs = law.parts!.map((p) => plus(log(p.weight), evidence(p.law, a, s, x)))
    return pooled(
      logs,
      law.parts!.map((p) => moments(p.law, a, s, x)),
    )
  }
  if (law.kind === "Product") {
    const laws = law.parts!.map((p) => p.law)
    const each = blocks(laws, x).map((block, i) => moments(laws[i]!, a, s, block))
    const starts = each.map((_, i) => each.slice(0, i).reduce((d, m) => d + m.mean.length, 0))
    const cov = each.flatMap((m, i) => m.cov.map((row) => x.map((_, j) => row[j - starts[i]!] ?? N.integer(0))))
    return { mean: each.flatMap((m) => m.mean), cov }
  }
  if (law.dimension > 1) throw new Unsupported(`posteriors for a ${law.kind} law in ${law.dimension} dimensions are not supported`)
  return byIntegrals(law, a, v, x[0]!)
}

/** log density of a X + s e at x. */
const evidence = (law: Law, a: Node, s: Node, x: Vector): Node => diffused(law, a, s).logpdf(x)

const conditioned = (law: Law, a: Node, v: Node, x: Vector): Moments => {
  const { mean, cov } = law.gaussian!
  const image = zip(scale(N.powi(a, 2), cov), scale(v, identity(mean.length)), plus)
  const gain = matmul(scale(a, cov), inverse(image))
  const moved = matvec(
    gain,
    x.map((c, i) => minus(c, times(a, mean[i]!))),
  )
  if (mean.length === 1) {
    // One dimension without the cancellation of S - a K S: v S / (a^2 S + v).
    return { mean: [plus(mean[0]!, moved[0]!)], cov: [[over(times(v, cov[0]![0]!), image[0]![0]!)]] }
  }
  return { mean: mean.map((m, i) => plus(m, moved[i]!)), cov: zip(cov, scale(a, matmul(gain, transpose(cov))), minus) }
}

/** Moments of the mixture with weights exp(logs) / sum exp(logs). */
const pooled = (logs: ReadonlyArray<Node>, parts: ReadonlyArray<Moments>): Moments => {
  if (parts.length === 1) return parts[0]!
  const weights = logs.map((l, k) => N.call("sigmoid", minus(l, N.logsumexp(logs.filter((_, j) => j !== k)))))
  const mean = parts[0]!.mean.map((_, i) => sum(parts.map((p, k) => times(weights[k]!, p.mean[i]!))))
  const entry = (i: number, j: number): Node =>
    sum(parts.map((p, k) => times(weights[k]!, plus(p.cov[i]![j]!, square(minus(p.mean[i]!, mean[i]!), minus(p.mean[j]!, mean[j]!))))))
  return { mean, cov: mean.map((_, i) => mean.map((__, j) => entry(i, j))) }
}

const square = (a: Node, b: Node): Node => (a === b ? N.powi(a, 2) : times(a, b))

const byIntegrals = (law: Law, a: Node, v: Node, x: Node): Moments => {
  if (isConst(a, 0)) {
    const m = expectation(law, ([z]) => z!)
    return { mean: [m], cov: [[expectation(law, ([z]) => N.powi(minus(z!, m), 2))]] }
  }
  const kernel = (z: Node): Node => N.call("exp", negate(over(N.powi(minus(x, times(a, z)), 2), times(N.integer(2), v))))
  const mass = expectation(law, ([z]) => kernel(z!))
  const mean = over(
    expectation(law, ([z]) => times(z!, kernel(z!))),
    mass,
  )
  const variance = over(
    expectation(law, ([z]) => times(N.powi(minus(z!, mean), 2), kernel(z!))),
    mass,
  )
  return { mean: [mean], cov: [[variance]] }
}

/** E[X | a X + s e = x]. */
export const posteriorMean = (law: Law, a: Node, s: Node, x: Vector): Vector => posterior(law, a, s, x).mean
/** Cov[X | a X + s e = x]. */
export const posteriorCov = (law: Law, a: Node, s: Node, x: Vector): Matrix => posterior(law, a, s, x).cov
