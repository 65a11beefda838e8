/**
 * The Gaussian tail: for x ~ N(0, s^2) and t > 0,
 *
 *   P(x > t) = 1/2 erfc(t / (s sqrt 2))  <=  1/2 exp(-t^2 / (2 s^2)).
 */
import { family, mutant, step, theorem } from "lemmata"

const gaussian = family("gaussian", {
  parameters: { t: "positive(1/8, 4)", s: "positive(1/4, 4)" },
  let: { d: "Normal(0, s)" },
  points: [{ t: 1, s: 1 }],
})

export const gaussianTail = theorem({
  id: "likelihood/gaussian-tail",
  title: "Tail of a Gaussian",
  statement: String.raw`\mathbb P[x > t] = \tfrac12\operatorname{erfc}\frac{t}{\sigma\sqrt2} \le \tfrac12 e^{-t^2/(2\sigma^2)}`,
  symbols: { t: "threshold, t > 0", s: "standard deviation, s > 0", d: "law of x" },
  hypotheses: [{ name: "scale", statement: "a positive standard deviation", condition: "s > 0" }],
  families: [gaussian],
  steps: [
    step("tail", "1 - cdf(d, t) == erfc(t/(s*sqrt(2)))/2", "definition of erfc"),
    step("chernoff", "1 - cdf(d, t) <= exp(-t^2/(2*s^2))/2", "erfc(z) <= exp(-z^2)"),
    step("sharp", "erfc(0)/2 == exp(0)/2", "equality at t = 0"),
  ],
  mutants: [mutant("scale-lost", "tail", "1 - cdf(d, t) == erfc(t/s)/2"), mutant("variance", "chernoff", "1 - cdf(d, t) <= exp(-t^2/s^2)/2")],
  sources: [{ authors: "Chernoff", year: 1952, where: "A measure of asymptotic efficiency" }],
})
