/**
 * The functionals of the claim language whose arguments are ordinary values, by name. Those that bind a variable are in binders.ts.
 */
import type { Law } from "../law.ts"
import type { Matrix, Vector } from "../linear.ts"
import type { Node } from "../node.ts"
import { Undefined, asLaw, asNode, asVector, isVectorLaw, matrix, scalar, vector } from "../value.ts"
import type { Value } from "../value.ts"
import { crossEntropy, entropy, fisher, kl } from "./divergences.ts"
import { chiSquare, hellinger2, js, renyi } from "./f-divergences.ts"
import { posteriorCov, posteriorMean } from "./posterior.ts"
import { cdf, covariance, mean, quantile, score } from "./summary.ts"
import { tv } from "./total-variation.ts"
import { w1, w2 } from "./transport.ts"

export interface Functional {
  readonly arity: number
  readonly apply: (values: ReadonlyArray<Value>) => Value
}

/** What a law of vectors gives is a vector, of numbers a number. */
const asPoint = (d: Value, x: Vector): Value => (isVectorLaw(d) ? vector(x) : scalar(x[0]!))
const asSquare = (d: Value, c: Matrix): Value => (isVectorLaw(d) ? matrix(c) : scalar(c[0]![0]!))

const point = (name: string, law: Law, x: Value): Vector => {
  const nodes = asVector(x, `the point of ${name}`)
  if (nodes.length !== law.dimension)
    throw new Undefined(`shape mismatch: ${name} of a law in dimension ${law.dimension} at a point of length ${nodes.length}`)
  return nodes
}

const ofLaw = (name: string, f: (law: Law, d: Value) => Value): Functional => ({
  arity: 1,
  apply: ([d]) => f(asLaw(d!, `the argument of ${name}`), d!),
})
const ofPair = (name: string, f: (p: Law, q: Law) => Node): Functional => ({
  arity: 2,
  apply: ([p, q]) => scalar(f(asLaw(p!, `the first argument of ${name}`), asLaw(q!, `the second argument of ${name}`))),
})
const atPoint = (name: string, f: (law: Law, x: Vector, d: Value) => Value): Functional => ({
  arity: 2,
  apply: ([d, x]) => {
    const law = asLaw(d!, `the first argument of ${name}`)
    return f(law, point(name, law, x!), d!)
  },
})
const ofPosterior = (name: string, f: (law: Law, a: Node, s: Node, x: Vector, d: Value) => Value): Functional => ({
  arity: 4,
  apply: ([d, a, s, x]) => {
    const law = asLaw(d!, `the first argument of ${name}`)
    return f(law, asNode(a!, `a of ${name}`), asNode(s!, `s of ${name}`), point(name, law, x!), d!)
  },
})

export const FUNCTIONALS: Readonly<Record<string, Functional>> = {
  pdf: atPoint("pdf", (law, x) => scalar(law.pdf(x))),
  logpdf: atPoint("logpdf", (law, x) => scalar(law.logpdf(x))),
  cdf: atPoint("cdf", (law, x) => scalar(cdf(law, x[0]!))),
  quantile: { arity: 2, apply: ([d, u]) => scalar(quantile(asLaw(d!, "the first argument of quantile"), asNode(u!, "u of quantile"))) },
  score: atPoint("score", (law, x, d) => asPoint(d, score(law, x))),
  Mean: ofLaw("Mean", (law, d) => asPoint(d, mean(law))),
  Var: ofLaw("Var", (law, d) =>
    asPoint(
      d,
      covariance(law).map((row, i) => row[i]!),
    ),
  ),
  Cov: ofLaw("Cov", (law, d) => asSquare(d, covariance(law))),
  Entropy: ofLaw("Entropy", (law) => scalar(entropy(law))),
  KL: ofPair("KL", kl),
  JS: ofPair("JS", js),
  TV: ofPair("TV", tv),
  ChiSquare: ofPair("ChiSquare", chiSquare),
  Hellinger2: ofPair("Hellinger2", hellinger2),
  Renyi: {
    arity: 3,
    apply: ([a, p, q]) =>
      scalar(renyi(asNode(a!, "the order of Renyi"), asLaw(p!, "the second argument of Renyi"), asLaw(q!, "the third argument of Renyi"))),
  },
  CrossEntropy: ofPair("CrossEntropy", crossEntropy),
  Fisher: ofPair("Fisher", fisher),
  W1: ofPair("W1", w1),
  W2: ofPair("W2", w2),
  PosteriorMean: ofPosterior("PosteriorMean", (law, a, s, x, d) => asPoint(d, posteriorMean(law, a, s, x))),
  PosteriorCov: ofPosterior("PosteriorCov", (law, a, s, x, d) => asSquare(d, posteriorCov(law, a, s, x))),
}
