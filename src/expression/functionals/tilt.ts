/**
 * Exponential tilts of normal laws: with f = r(x) e^(x^T A x + b^T x + c), S the covariance, m the mean, g = 2 A m + b, M = I - 2 S A,
 *
 *   E f(X) = e^(m^T A m + b^T m + c + g^T M^-1 S g / 2) det(M)^(-1/2) E r(Y),   Y ~ N(m + M^-1 S g, M^-1 S),
 *
 * when S^-1 - 2 A is positive definite; for r = 1 the expectation is +infinity when it certainly is not. In one dimension E cos and E sin of a + b X come
 * from characteristic functions: e^(-b^2 v / 2), e^(-|b| s), 1 / (1 + b^2 s^2) for normal, Cauchy and Laplace laws.
 */
import { signOf } from "../decide.ts"
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { isSingular, mvNormal } from "../laws/mv-normal.ts"
import { exp, halved, sqrt } from "../laws/support.ts"
import { cholesky, determinant, dot, identity, inverse, matmul, matvec, scale, transpose, zip } from "../linear.ts"
import type { Matrix } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { asPolynomial, degreeOf, exponents } from "./polynomial.ts"
import type { Polynomial } from "./polynomial.ts"

/** E of a product of a polynomial and exponentials of quadratics, as a factor times an expectation of the polynomial. */
export const tilt = (
  settle: (law: Law, names: ReadonlyArray<string>, node: Node) => Node,
  law: Law,
  names: ReadonlyArray<string>,
  node: Node,
): Node | undefined => {
  if (law.gaussian === undefined || isSingular(law)) return undefined
  const parts = factors(node, names)
  if (parts === undefined) return undefined
  const { mean, cov } = law.gaussian
  const { A, b, c } = quadratic(parts.exponent, names)
  const two = N.integer(2)
  const flat = A.every((row) => row.every((a) => a.op === "const" && a.value.n === 0n))
  if (!flat) {
    // L^T (S^-1 - 2 A) L has the signs of S^-1 - 2 A.
    const L = cholesky(cov)
    const B = zip(identity(names.length), scale(two, matmul(transpose(L), matmul(A, L))), minus)
    const minors = B.map((_, k) => signOf(determinant(B.slice(0, k + 1).map((row) => row.slice(0, k + 1)))))
    if (minors.some((s) => s !== 1)) {
      const certain = minors.some((s) => s === -1) && parts.rest.op === "const" && parts.rest.value.n > 0n
      return certain ? N.infinite(1, "the expectation of the exponential of a quadratic form diverges") : undefined
    }
  }
  const g = matvec(A, mean).map((x, i) => plus(times(two, x), b[i]!))
  const M = zip(identity(names.length), scale(two, matmul(cov, A)), minus)
  const moved = flat ? cov : matmul(inverse(M), cov)
  const shift = matvec(moved, g)
  const value = plus(plus(dot(mean, matvec(A, mean)), dot(b, mean)), plus(c, halved(dot(g, shift))))
  const factor = flat ? exp(value) : over(exp(value), sqrt(determinant(M)))
  const symmetric = moved.map((row, i) => row.map((x, j) => (i <= j ? x : moved[j]![i]!)))
  const tilted = mvNormal(
    mean.map((m, i) => plus(m, shift[i]!)),
    symmetric,
  )
  return times(factor, settle(tilted, names, parts.rest))
}

/** A product as polynomial times e^(polynomial of degree at most 2), if it is one with an exponential in it. */
const factors = (node: Node, names: ReadonlyArray<string>): { readonly rest: Node; readonly exponent: Node } | undefined => {
  let [rest, exponent, seen] = [N.integer(1), N.integer(0), false]
  const walk = (n: Node, sign: 1 | -1): boolean => {
    if (n.op === "call" && n.f === "exp" && names.some((x) => n.free.includes(x))) {
      exponent = sign === 1 ? plus(exponent, n.a) : minus(exponent, n.a)
      seen = true
      return true
    }
    if (n.op === "mul") return walk(n.a, sign) && walk(n.b, sign)
    if (n.op === "div") return walk(n.a, sign) && walk(n.b, sign === 1 ? -1 : 1)
    if (n.op === "neg") {
      rest = negate(rest)
      return walk(n.a, sign)
    }
    const free = !names.some((x) => n.free.includes(x))
    if (sign === -1 && !free) return false
    rest = sign === 1 ? times(rest, n) : over(rest, n)
    return true
  }
  if (!walk(node, 1) || !seen) return undefined
  const p = asPolynomial(exponent, names)
  return p === undefined || degreeOf(p) > 2 || asPolynomial(rest, names) === undefined ? undefined : { rest, exponent }
}

const quadratic = (exponent: Node, names: ReadonlyArray<string>): { readonly A: Matrix; readonly b: ReadonlyArray<Node>; readonly c: Node } => {
  const p: Polynomial = asPolynomial(exponent, names)!
  const at = (...indices: ReadonlyArray<number>): Node => {
    const key = names.map((_, i) => indices.filter((j) => j === i).length)
    return [...p].find(([k]) => exponents(k).every((e, i) => e === key[i]))?.[1] ?? N.integer(0)
  }
  return { A: names.map((_, i) => names.map((__, j) => (i === j ? at(i, i) : halved(at(i, j))))), b: names.map((_, i) => at(i)), c: at() }
}

/** E cos(a + b X) and E sin(a + b X) for the laws that are symmetric around their location with a known characteristic function. */
export const oscillation = (law: Law, x: string, node: Node): Node | undefined => {
  if (node.op !== "call" || (node.f !== "cos" && node.f !== "sin") || law.standard === undefined) return undefined
  const line = asPolynomial(node.a, [x])
  if (line === undefined || degreeOf(line) !== 1) return undefined
  const { location, scale: s } = law.standard
  const [a, b] = [line.get("0") ?? N.integer(0), line.get("1")!]
  const t = times(b, s)
  const decay = characteristic(law.kind, t)
  return decay && times(decay, N.call(node.f, sum([a, times(b, location)])))
}

const characteristic = (kind: string, t: Node): Node | undefined => {
  if (kind === "Normal") return exp(negate(halved(N.powi(t, 2))))
  if (kind === "Cauchy") return exp(negate(N.abs(t)))
  return kind === "Laplace" ? over(N.integer(1), plus(N.integer(1), N.powi(t, 2))) : undefined
}
