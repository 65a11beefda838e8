/**
 * M5, sampling with an exact denoiser. Data with a closed-form score leave no room for the network, so samples must follow a known law:
 *
 *   mean and variance within z deviations of a mean of n values (z = 5.3: 1e-7 two-sided; the deviation of x^2 from the law's fourth moment),
 *   sup |F_n - F| <= sqrt(log(2/alpha)/(2n)) + bias    (Dvoretzky-Kiefer-Wolfowitz-Massart), and the same for the mass between given cuts (mode weights).
 *
 * `bias` is what the scheme's own discretisation moves the law by: 0 against the law of the scheme itself. Deterministic samplers are compared with their
 * closed form directly.
 */
import { kolmogorov, kolmogorovBound } from "../../math/statistics.ts"
import { finding, worst, type Finding } from "./finding.ts"

export interface LineLaw {
  readonly cdf: (x: number) => number
  readonly mean: number
  readonly variance: number
  /** E(x - mean)^4. */
  readonly fourth: number
  /** Cuts between modes, rising; none for one mode. */
  readonly cuts: ReadonlyArray<number>
}

const Z = 5.3
const ALPHA = 1e-7

/** The findings about n samples of a law on the line. @param bias in probability for the distribution function, in units of the deviation for the moments */
export const sampleFindings = (x: Float64Array, { cdf, mean, variance, fourth, cuts }: LineLaw, bias = 0): ReadonlyArray<Finding> => {
  const n = x.length
  const deviation = Math.sqrt(variance)
  const first = x.reduce((s, v) => s + v, 0) / n - mean
  const second = x.reduce((s, v) => s + (v - mean) ** 2, 0) / n - variance
  const radius = kolmogorovBound(n, ALPHA) + bias
  const edges = [-Infinity, ...cuts, Infinity]
  const masses = edges.slice(1).map((hi, k) => {
    const lo = edges[k]!
    const share = x.filter((v) => v > lo && v <= hi).length / n
    return share - ((hi === Infinity ? 1 : cdf(hi)) - (lo === -Infinity ? 0 : cdf(lo)))
  })
  return [
    finding(
      "M5 mean",
      Math.abs(first) / deviation,
      Z / Math.sqrt(n) + bias,
      "the mean of the samples is off: look at the posterior mean's coefficients and the data's scale",
    ),
    finding(
      "M5 variance",
      Math.abs(second) / variance,
      (Z * Math.sqrt(fourth / variance ** 2 - 1)) / Math.sqrt(n) + 2 * bias,
      "the variance of the samples is off: noise is lost, doubled, or drawn at the wrong level",
    ),
    finding("M5 distribution", kolmogorov(x, cdf), radius, "the distribution of the samples is off"),
    // The mass of an interval is a difference of two values of F.
    finding("M5 mode weights", worst(masses), 2 * radius, "modes have the wrong weights"),
  ]
}

/** A deterministic sampler against its closed form, each entry to within `bound`. */
export const closedFormFinding = (found: Float64Array, expected: Float64Array, bound: number): Finding =>
  finding(
    "M5 closed form",
    worst(found.map((v, i) => v - expected[i]!)),
    bound,
    "the sampler is not its recursion: look at which level each coefficient is taken from",
  )

/** A model is a function of (x, t): the same question twice gives the same answer. */
export const purityFinding = (ask: () => Float64Array): Finding => {
  const [first, second] = [ask().slice(), ask()]
  return finding(
    "M5 purity",
    worst(first.map((v, i) => v - second[i]!)),
    0,
    "the field changes between equal questions: noise or dropout is drawn inside a solve",
  )
}

/** log-densities from a flow against the exact ones. @param bound the solver's error, plus z deviations of the estimator where the divergence is estimated */
export const likelihoodFinding = (found: Float64Array, exact: Float64Array, bound: number): Finding =>
  finding(
    "M5 likelihood",
    worst(found.map((v, i) => v - exact[i]!)),
    bound,
    "the likelihood is off: look at the sign, the divergence and the number of probes",
  )
