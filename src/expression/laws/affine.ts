/**
 * The law of a X + b: within the family of X where it is closed under affine maps, else p(y) = p_X((y - b) / a) / |a|.
 */
import { signOf } from "../decide.ts"
import { minus, over, plus, times } from "../derivative.ts"
import type { Law, Support } from "../law.ts"
import type { Matrix, Vector } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined, Unsupported } from "../value.ts"
import { cauchy } from "./cauchy.ts"
import { dirac, discrete } from "./discrete.ts"
import { exponential, gamma } from "./gamma.ts"
import { laplace } from "./laplace.ts"
import { logNormal } from "./log-normal.ts"
import { logistic } from "./logistic.ts"
import { gaussianImage } from "./mv-normal.ts"
import { mixtureOf } from "./mixture.ts"
import { normalFromVariance } from "./normal.ts"
import { pareto } from "./pareto.ts"
import { product } from "./product.ts"
import { student } from "./student.ts"
import { affineMoment, insideOf, isZero, log } from "./support.ts"
import type { Bounded } from "./support.ts"
import { uniform } from "./uniform.ts"

/** Law of a X + b for a scalar law. */
export const affine = (law: Law, a: Node, b: Node): Law => {
  if (law.dimension !== 1) throw new Undefined("shape mismatch: Affine of a law in several dimensions needs a vector b")
  if (isZero(a)) return dirac(b)
  const p = law.params
  const place = (m: Node): Node => plus(times(a, m), b)
  const stretch = (s: Node): Node => times(N.abs(a), s)
  const positive = signOf(a) === 1
  switch (law.kind) {
    case "Normal":
      return normalFromVariance(place(p["m"]!), times(N.powi(a, 2), p["v"]!))
    case "Mixture":
      return mixtureOf(law.parts!.map((q) => ({ weight: q.weight, law: affine(q.law, a, b) })))
    case "Uniform": {
      const [lo, hi] = [place(p["a"]!), place(p["b"]!)]
      return signOf(a) === undefined ? uniform(N.min(lo, hi), N.max(lo, hi)) : positive ? uniform(lo, hi) : uniform(hi, lo)
    }
    case "Laplace":
      return laplace(place(p["m"]!), stretch(p["b"]!))
    case "Logistic":
      return logistic(place(p["m"]!), stretch(p["s"]!))
    case "Cauchy":
      return cauchy(place(p["m"]!), stretch(p["s"]!))
    case "StudentT":
      return student(p["df"]!, place(p["m"]!), stretch(p["s"]!))
  }
  if (law.atoms !== undefined)
    return discrete(
      law.atoms.map((atom) => place(atom.at)),
      law.atoms.map((atom) => atom.mass),
    )
  if (positive && isZero(b)) {
    if (law.kind === "Exponential") return exponential(over(p["rate"]!, a))
    if (law.kind === "Gamma") return gamma(p["shape"]!, over(p["rate"]!, a))
    if (law.kind === "LogNormal") return logNormal(plus(p["m"]!, log(a)), p["s"]!)
    if (law.kind === "Pareto") return pareto(times(a, p["xm"]!), p["alpha"]!)
  }
  return general(law, a, b)
}

/** Law of A X + b for a law in R^d; A is a number or a matrix. */
export const affineVector = (law: Law, a: Node | Matrix, b: Vector): Law => {
  if (law.kind === "Mixture") return mixtureOf(law.parts!.map((q) => ({ weight: q.weight, law: affineVector(q.law, a, b) })))
  if ("op" in a && law.kind === "Product" && law.parts!.every((q) => q.law.dimension === 1))
    return product(law.parts!.map((q, i) => affine(q.law, a, b[i]!)))
  if (law.gaussian === undefined) throw new Unsupported(`Affine of a ${law.kind} law in several dimensions is not supported`)
  const u = "op" in a ? b.map((_, i) => b.map((__, j) => (i === j ? a : N.integer(0)))) : a
  if (u.length !== b.length || u.some((row) => row.length !== law.dimension))
    throw new Undefined(
      `shape mismatch: Affine of a law in dimension ${law.dimension} by ${u.length} x ${u[0]?.length ?? 0} entries and a vector of length ${b.length}`,
    )
  return gaussianImage(law, u, b)
}

const general = (law: Law, a: Node, b: Node): Law => {
  const s = signOf(a)
  const ends = law.support.lo !== undefined || law.support.hi !== undefined
  if (s === undefined && ends) throw new Unsupported("Affine of a law with a bounded support needs a factor of known sign")
  const back = (y: Node): Node => over(minus(y, b), a)
  const image = (end: Node | undefined): Node | undefined => end && plus(times(a, end), b)
  const [lo, hi] = [image(law.support.lo), image(law.support.hi)]
  const support: Support = s === -1 ? { lo: hi, hi: lo } : { lo, hi }
  const density = law.type === "continuous"
  const jacobian = (f: Node): Node => (density ? over(f, N.abs(a)) : f)
  const logJacobian = (f: Node): Node => (density && f.op !== "infinite" ? minus(f, log(N.abs(a))) : f)
  const view = insideOf(law)
  const made: Bounded = {
    kind: "Affine",
    params: { a, b },
    dimension: 1,
    type: law.type,
    support,
    parts: [{ weight: N.integer(1), law }],
    inside: { pdf: ([y]) => jacobian(view.pdf([back(y!)])), logpdf: ([y]) => logJacobian(view.logpdf([back(y!)])) },
    pdf: ([y]) => jacobian(law.pdf([back(y!)])),
    logpdf: ([y]) => logOfScaled(law, back(y!), density ? log(N.abs(a)) : N.integer(0)),
    ...(law.cdf !== undefined && density ? { cdf: (y: Node) => onSide(a, law.cdf!(back(y)), minus(N.integer(1), law.cdf!(back(y)))) } : {}),
    ...(law.moment !== undefined ? { moment: (k: number) => affineMoment(law.moment!, a, b, k) } : {}),
  }
  return made
}

/** The first where a > 0, the second where a < 0. */
const onSide = (a: Node, positive: Node, negative: Node): Node => {
  const s = signOf(a)
  return s === undefined ? N.conditional("<", N.integer(0), a, positive, negative) : s === 1 ? positive : negative
}

/** log p_X(x) - shift with the shift inside the support's conditions, where the value is finite. */
const logOfScaled = (law: Law, x: Node, shift: Node): Node => {
  const into = (n: Node): Node =>
    n.op === "infinite" ? n : n.op === "if" ? N.conditional(n.rel, n.a, n.b, into(n.then), into(n.else), n.smooth) : minus(n, shift)
  return into(law.logpdf([x]))
}
