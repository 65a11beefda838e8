/**
 * Laws with known means for coverage tests: hard cases for each method (rare events, mass at the ends of the range, skewness, heavy tails,
 * dependence). Means and moments are closed forms; samplers may use Math.*, for a relative error of 1e-15 in a draw cannot be seen in a rate.
 */
import { betting } from "../../../src/verify/confidence/betting.ts"
import { catoni } from "../../../src/verify/confidence/catoni.ts"
import { empiricalBernstein } from "../../../src/verify/confidence/empirical-bernstein.ts"
import { lowerMixture } from "../../../src/verify/confidence/lower-mixture.ts"
import { confidenceSequence } from "../../../src/verify/confidence/sequence.ts"
import type { ConfidenceSequence, LowerFactory, Side } from "../../../src/verify/confidence/sequence.ts"
import { subExponential } from "../../../src/verify/confidence/sub-exponential.ts"
import { subGaussian } from "../../../src/verify/confidence/sub-gaussian.ts"
import { upperQuantile } from "../../../src/random/normal.ts"

/** A law: `start` gives the draw function of one stream (which may remember), fed with uniforms in (0, 1). */
export interface Law {
  readonly name: string
  readonly mean: number
  readonly start: () => (uniform: () => number) => number
}

const simple = (name: string, mean: number, draw: (uniform: () => number) => number): Law => ({ name, mean, start: () => draw })

export const gaussian = (u: () => number): number => {
  const p = u()
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p)
}

/** Beta(a, a) by Johnk's rejection. */
const beta =
  (a: number) =>
  (u: () => number): number => {
    for (;;) {
      const [x, y] = [u() ** (1 / a), u() ** (1 / a)]
      if (x + y > 0 && x + y <= 1) return x / (x + y)
    }
  }

const bernoulli = (p: number): Law => simple(`Bernoulli(${p})`, p, (u) => (u() < p ? 1 : 0))

/** A martingale difference with conditional mean 1/2 whose spread depends on the last value. */
const drifting: Law = {
  name: "drifting spread",
  mean: 0.5,
  start: () => {
    let width = 0.5
    return (u) => {
      const x = u() < 0.5 ? 0.5 - width : 0.5 + width
      width = x > 0.5 ? 0.5 * u() : Math.min(0.5, 1.3 * width + 0.01)
      return x
    }
  },
}

const pareto = (a: number): Law => simple(`Pareto(${a})`, a / (a - 1), (u) => u() ** (-1 / a))
const lognormal = (s: number): Law => simple(`lognormal(${s})`, Math.exp((s * s) / 2), (u) => Math.exp(s * gaussian(u)))
const student = (df: 3 | 4): Law =>
  simple(`Student(${df})`, 0, (u) => {
    let q = 0
    for (let k = 0; k < df; k++) q += gaussian(u) ** 2
    return gaussian(u) / Math.sqrt(q / df)
  })
const exponential: Law = simple("exponential", 1, (u) => -Math.log(u()))
const square: Law = simple("squared Gaussian", 1, (u) => gaussian(u) ** 2)

/** p = N(0, 1) under q = N(0, s^2): weights p/q with mean 1, unbounded for s < 1. */
const weight = (s: number): Law =>
  simple(`weight N(0,1)/N(0,${s}^2)`, 1, (u) => {
    const x = s * gaussian(u)
    return s * Math.exp((x * x) / (2 * s * s) - (x * x) / 2)
  })
/** The same with q = p/2 + N(0, s^2)/2: bounded by 2. */
const defensive = (s: number): Law =>
  simple(`defensive weight (${s})`, 1, (u) => {
    const x = u() < 0.5 ? gaussian(u) : s * gaussian(u)
    return 2 / (1 + Math.exp((x * x) / 2 - (x * x) / (2 * s * s)) / s)
  })

const bounded: ReadonlyArray<readonly [law: Law, a: number, b: number]> = [
  [bernoulli(1e-4), 0, 1],
  [bernoulli(0.01), 0, 1],
  [simple("two-point at the ends", 0, (u) => (u() < 0.5 ? -1 : 1)), -1, 1],
  [simple("skew two-point", 0, (u) => (u() < 0.02 ? 49 : -1)), -1, 49],
  [simple("Beta(0.1, 0.1)", 0.5, beta(0.1)), 0, 1],
  [simple("uniform", 0.5, (u) => u()), 0, 1],
  [simple("narrow uniform", 3.0005, (u) => 3 + u() / 1000), 0, 10],
  [drifting, 0, 1],
  [defensive(0.2), 0, 2],
]

const gaussianFunctions: ReadonlyArray<readonly [law: Law, proxy: number]> = [
  [simple("Gaussian", 0, gaussian), 1],
  [simple("|Z|", Math.sqrt(2 / Math.PI), (u) => Math.abs(gaussian(u))), 1],
  [simple("max(Z1, Z2)", 1 / Math.sqrt(Math.PI), (u) => Math.max(gaussian(u), gaussian(u))), 1],
  [simple("tanh(3 Z) / 3", 0, (u) => Math.tanh(3 * gaussian(u)) / 3), 1],
  [simple("Rademacher", 0, (u) => (u() < 0.5 ? -1 : 1)), 1],
]

export interface Case {
  readonly method: string
  readonly law: Law
  readonly make: () => ConfidenceSequence
}

const of = (method: string, law: Law, factory: LowerFactory, alpha: number, side: Side, a = -Infinity, b = Infinity): Case => ({
  method,
  law,
  make: () => confidenceSequence(factory, alpha, side, a, b),
})

/** Every method with its laws, at error probability alpha and mixtures tuned to `tuned` observations. */
export const zoo = (alpha: number, tuned: number): ReadonlyArray<Case> => [
  ...bounded.map(([law, a, b]) => of("betting", law, betting(a, b, tuned), alpha, "both", a, b)),
  ...bounded.map(([law, a, b]) => of("empirical-bernstein", law, empiricalBernstein(a, b, tuned), alpha, "both", a, b)),
  ...gaussianFunctions.map(([law, proxy]) => of("sub-gaussian", law, subGaussian(proxy, tuned), alpha, "both")),
  of("sub-gaussian lower", gaussianFunctions[0]![0], subGaussian(1, tuned), alpha, "lower"),
  of("sub-exponential", exponential, subExponential(1, 1, tuned), alpha, "both"),
  of("sub-exponential", square, subExponential(2, 2, tuned), alpha, "both"),
  of("sub-exponential", gaussianFunctions[0]![0], subExponential(1, 0.1, tuned), alpha, "both"),
  of("catoni", lognormal(1), catoni(Math.exp(2) - Math.exp(1), tuned), alpha, "both"),
  of("catoni", pareto(2.5), catoni(2.5 / (1.5 * 1.5 * 0.5), tuned), alpha, "both"),
  of("catoni", student(3), catoni(3, tuned), alpha, "both"),
  of("catoni", student(4), catoni(2, tuned), alpha, "both"),
  of("catoni", bernoulli(0.01), catoni(0.0099, tuned), alpha, "both"),
  ...[lognormal(1), lognormal(2), lognormal(3), pareto(1.5), pareto(2.5), exponential, weight(0.5), bernoulli(0.01)].map((law) =>
    of("bounded-below", law, lowerMixture(0, Infinity), alpha, "lower", 0, Infinity),
  ),
]

/** mean +- z s / sqrt(n) from 30 observations on: what must fail. z = 2.5758 is the two-sided 0.01 point. */
export const centralLimit = (): ConfidenceSequence => {
  let [n, mean, squares] = [0, 0, 0]
  return {
    update: (x) => {
      n += 1
      const d = x - mean
      mean += d / n
      squares += d * (x - mean)
    },
    interval: () => ({ lo: mean, hi: mean }),
    rejects: (m) => n >= 30 && Math.abs(mean - m) > 2.5758 * Math.sqrt(squares / (n - 1) / n),
    alarm: () => undefined,
    count: () => n,
  }
}

/** Whether the sequence excludes the mean after any of `horizon` observations: one stream under continuous peeking. */
export const misses = (sequence: ConfidenceSequence, law: Law, uniform: () => number, horizon: number): boolean => {
  const draw = law.start()
  for (let i = 0; i < horizon; i++) {
    sequence.update(draw(uniform))
    if (sequence.rejects(law.mean)) return true
  }
  return sequence.alarm() !== undefined
}

/** The smallest q with P(Binomial(n, p) > q) <= level, by summation of the exact probabilities. */
export const binomialLimit = (n: number, p: number, level: number): number => {
  // Upper tail from the top is awkward; go up from 0 and stop when the rest is below the level. Terms by their logarithms, errors near 1e-12.
  let [logTerm, below, q] = [n * Math.log1p(-p), 0, 0]
  for (; ; q++) {
    below += Math.exp(logTerm)
    if (1 - below <= level) return q
    logTerm += Math.log(((n - q) / (q + 1)) * (p / (1 - p)))
  }
}
