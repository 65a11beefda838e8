/**
 * Multivariate normal law: log p(x) = -(x - mu)^T S^-1 (x - mu) / 2 - log((2 pi)^d det S) / 2.
 *
 * A singular covariance is a law without a density: transport uses it, logpdf does not exist.
 */
import { compareNodes, signOf } from "../decide.ts"
import { minus, negate, over, plus, times } from "../derivative.ts"
import { determinant, dot, inverse, matvec } from "../linear.ts"
import type { Matrix, Vector } from "../linear.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined } from "../value.ts"
import { normalFromVariance } from "./normal.ts"
import { LINE, exp, halved, log, sqrt } from "./support.ts"

/** Normal law in R^d with mean (d) and covariance (d x d), symmetric and positive semi-definite; else throws Undefined. */
export const mvNormal = (mean: Vector, cov: Matrix): Law => {
  const d = mean.length
  if (cov.length !== d || cov.some((row) => row.length !== d))
    throw new Undefined(`shape mismatch: MvNormal needs a ${d} x ${d} covariance for a mean of length ${d}`)
  if (d === 1) return normalFromVariance(mean[0]!, cov[0]![0]!)
  const definite = definiteness(cov)
  const det = determinant(cov)
  const density = definite === "singular" ? noDensity : regular(mean, cov, det)
  return { kind: "MvNormal", params: { det }, dimension: d, type: "continuous", support: LINE, gaussian: { mean, cov }, ...density }
}

/** The covariance is certainly singular: the law has no density. */
export const isSingular = (law: Law): boolean => law.kind === "MvNormal" && signOf(law.params["det"]!) === 0

const noDensity: Pick<Law, "pdf" | "logpdf"> = {
  pdf: () => {
    throw new Undefined("a normal law with a singular covariance has no density")
  },
  logpdf: () => {
    throw new Undefined("a normal law with a singular covariance has no density")
  },
}

const regular = (mean: Vector, cov: Matrix, det: Node): Pick<Law, "pdf" | "logpdf"> => {
  let precision: Matrix | undefined
  const exponent = (x: ReadonlyArray<Node>): Node => {
    if (x.length !== mean.length) throw new Undefined(`shape mismatch: a point of length ${x.length} for a law in dimension ${mean.length}`)
    precision ??= inverse(cov)
    const r = x.map((c, i) => minus(c, mean[i]!))
    return negate(halved(dot(r, matvec(precision, r))))
  }
  const area = (): Node => times(N.powi(times(N.integer(2), N.pi()), mean.length), det)
  return {
    logpdf: (x) => minus(exponent(x), halved(log(area()))),
    pdf: (x) => over(exp(exponent(x)), sqrt(area())),
  }
}

/** Checks symmetry and the signs of minors (Sylvester); throws Undefined on a certain violation. */
const definiteness = (cov: Matrix): "definite" | "singular" | "unknown" => {
  const d = cov.length
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++) {
      const c = compareNodes(cov[i]![j]!, cov[j]![i]!)
      if (c === 1 || c === -1) throw new Undefined("a covariance must be symmetric")
    }
  const minor = (indices: ReadonlyArray<number>): -1 | 0 | 1 | undefined => signOf(determinant(indices.map((i) => indices.map((j) => cov[i]![j]!))))
  const leading = cov.map((_, k) => minor(Array.from({ length: k + 1 }, (_, i) => i)))
  if (leading.every((s) => s === 1)) return "definite"
  if (leading.some((s) => s === undefined)) return "unknown"
  for (let subset = 1; subset < 1 << d; subset++) {
    const indices = cov.map((_, i) => i).filter((i) => (subset >> i) & 1)
    if (minor(indices) === -1) throw new Undefined("a covariance must be positive semi-definite")
  }
  return "singular"
}

/** The law of U X for a matrix U (r x d): a normal law in dimension r. */
export const gaussianImage = (law: Law, u: Matrix, shift: Vector = u.map(() => N.integer(0))): Law => {
  const { mean, cov } = law.gaussian!
  const moved = matvec(u, mean).map((c, i) => plus(c, shift[i]!))
  const image = u.map((row) => u.map((other) => dot(row, matvec(cov, other))))
  return mvNormal(moved, image)
}
