/**
 * Formulas of the claim language on tensors, each with the closed form that a textbook gives for it.
 */
import { onTensors } from "../../../src/tensor/formula.ts"
import type { Tensor } from "../../../src/tensor/tf.ts"
import { type Domain, type Law, law, type Options } from "./law.ts"
import { zip } from "./reference.ts"

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** A formula in a and b, both of shape [7]. */
const formula = (text: string, domains: readonly [Domain, Domain], f: (a: number, b: number) => number, options: Options = {}): Law =>
  law(
    text,
    [[7], [7]],
    domains,
    (tf, a: Tensor, b: Tensor) => onTensors(tf, text, { a, b }),
    (a, b) => zip(a!, b!, f),
    options,
  )

export const formulaLaws: ReadonlyArray<Law> = [
  formula("KL(Normal(a, exp(b/2)), Normal(0, 1))", ["real", "real"], (a, b) => (Math.exp(b) + a * a - 1 - b) / 2),
  formula("KL(Laplace(a, b), Laplace(0, 1))", ["away", "positive"], (a, b) => b * Math.exp(-Math.abs(a) / b) + Math.abs(a) - 1 - Math.log(b)),
  formula("logpdf(Normal(a, b), 1)", ["real", "positive"], (a, b) => -((((1 - a) / b) ** 2 + Math.log(2 * Math.PI)) / 2 + Math.log(b))),
  formula("logpdf(Bernoulli(sigmoid(a)), if(b < 0, 0, 1))", ["real", "away"], (a, b) => (b < 0 ? 0 : a) - softplus(a)),
  formula("logpdf(Bernoulli(sigmoid(300*a)), 0) + 0*b", ["away", "real"], (a) => -softplus(300 * a), { order: 0 }),
  formula("score(Mixture([1/2, 1/2], [Normal(-1, 1), Normal(1, 1)]), a)*b", ["real", "real"], (a, b) => b * (Math.tanh(a) - a)),
  formula("max(a, b)^3 - min(a, b)^(-2)", ["positive", "positive"], (a, b) => Math.max(a, b) ** 3 - Math.min(a, b) ** -2),
  formula("logsumexp(a, b, 0)", ["real", "real"], (a, b) => Math.log(Math.exp(a) + Math.exp(b) + 1)),
  formula("floor(a) + sign(b)*pi", ["real", "away"], (a, b) => Math.floor(a) + Math.sign(b) * Math.PI, { order: 0 }),
  formula("D(sin(a*b), a) + a^b", ["positive", "positive"], (a, b) => b * Math.cos(a * b) + a ** b),
]
