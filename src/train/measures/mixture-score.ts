/**
 * A noise predictor trained on a Gaussian mixture against the exact one, on levels uniform in lambda = log(alpha/sigma), and what that error bounds.
 *
 *   score error      E |e_hat - e*|^2 / d,      relative to E |e*|^2 / d, the error of the zero predictor
 *   Gaussian score   the same error for e_G, the exact predictor of N(m, S) with the mixture's mean and covariance: the best that two moments can say
 *   KL bound         KL(p | SDE from N(0, sigma_T^2)) <= 1/2 int g^2 E |s_hat - s|^2 dt + KL(p_T | N(0, sigma_T^2))       (Song et al. 2021b, theorem 1)
 *                    = (lambda_0 - lambda_T) E |e_hat - e*|^2 + KL_T,      as g^2/(2 sigma^2) dt = -d lambda for every schedule,
 *                    KL_T <= alpha_T^2 E |x_0|^2/(2 sigma_T^2)             (convexity of KL).
 */
import type { MixtureLaw } from "../../data/laws/mixture-law.ts"
import { sampleMixture } from "../../data/laws/mixture-law.ts"
import { optimalPairing } from "../../math/coupling.ts"
import { covarianceMixture, mixtureMoments } from "../../math/gaussian-mixture.ts"
import type { GaussianMixture } from "../../math/gaussian-mixture.ts"
import type { Metric } from "../../math/metric.ts"
import { meanOf } from "../../math/metrics/mean.ts"
import { mixturePosteriorMean } from "../../math/mixture-posterior.ts"
import { halfLogSnr, levelAt } from "../../math/schedule.ts"
import type { Level, Schedule } from "../../math/schedule.ts"
import { meanVariance, normalCdf, Z95 } from "../../math/statistics.ts"
import type { Stream } from "../../random/stream.ts"
import { finding, worst } from "../monitors/finding.ts"
import { findingsMonitor } from "../monitors/looks.ts"
import type { LineLaw } from "../monitors/m05-exact-denoiser.ts"
import type { Monitor } from "../program.ts"
import { exactNoise, rowErrors } from "./denoising.ts"
import type { Pairs } from "./denoising.ts"

/** n levels, one in each n-th of the range of lambda between `earliest` and the end; u are uniform numbers on (0, 1). */
export const levelsByLambda = (schedule: Schedule, earliest: number, u: Float64Array): ReadonlyArray<Level> => {
  const [hi, lo] = [earliest, schedule.end].map((t) => halfLogSnr(levelAt(schedule, t))) as [number, number]
  return Array.from(u, (part, i) => levelAt(schedule, schedule.timeOf(lo + ((hi - lo) * (i + part)) / u.length)))
}

/** N(m, S) with the moments of a mixture. */
const bestGaussian = (law: GaussianMixture): GaussianMixture => {
  const { mean, covariance } = mixtureMoments(law)
  return covarianceMixture([{ weight: 1, mean: [...mean], covariance: [...covariance] }])
}

export const RELATIVE = "relative score error"
export const BEYOND = "score error, less that of the Gaussian score"
export const KL_BOUND = "bound of KL(p | reverse SDE)"

/** The metrics from predictions on pairs whose levels are uniform in lambda, from the first time to the last. */
export const scoreMetrics = (law: GaussianMixture, predicted: Float64Array, { x, levels }: Pairs): ReadonlyArray<Metric> => {
  const [d, n] = [law.dimension, levels.length]
  const exact = exactNoise(law)(x, levels)
  const errors = rowErrors(predicted, exact, d)
  const sizes = rowErrors(exact, new Float64Array(x.length), d)
  const gaussian = rowErrors(exactNoise(bestGaussian(law))(x, levels), exact, d)
  const [error, size] = [meanVariance(errors).mean, meanVariance(sizes).mean]
  // The ratio of two means: the delta method gives the variance of (error_i - ratio size_i)/size.
  const ratio = error / size
  const half = Z95 * Math.sqrt(meanVariance(errors.map((e, i) => (e - ratio * sizes[i]!) / size)).variance / n)
  const protocol = `${n} fresh points, levels stratified and uniform in log(alpha/sigma), e_hat against the exact predictor; normal interval over points`
  const [range, last] = [Math.abs(halfLogSnr(levels.at(-1)!) - halfLogSnr(levels[0]!)), levels[0]!]
  const { mean, covariance } = mixtureMoments(law)
  const second = mean.reduce((sum, m, i) => sum + m * m + covariance[i * d + i]!, 0)
  const end = ((last.alpha / last.sigma) ** 2 * second) / 2
  return [
    {
      name: RELATIVE,
      value: ratio,
      n,
      interval: [ratio - half, ratio + half],
      confidence: 0.95,
      floor: 0,
      protocol: `${protocol}; the zero predictor has 1`,
    },
    meanOf(
      "relative error of the Gaussian score",
      gaussian.map((g) => g / size),
      `${protocol}; the predictor of N(m, S)`,
    ),
    meanOf(
      BEYOND,
      errors.map((e, i) => e - gaussian[i]!),
      `${protocol}; difference at each point`,
    ),
    meanOf(
      KL_BOUND,
      errors.map((e) => range * d * e + end),
      `nats; ${protocol}; Song et al. 2021b, theorem 1, with KL at the end below ${end.toPrecision(3)}`,
    ),
  ]
}

/** Tweedie on fresh points: alpha E[x_0 | x] = x - sigma e*, the left side by Bayes' rule, e* by the score. */
export const tweedieMonitor = (
  law: GaussianMixture,
  exact: (x: Float64Array, levels: ReadonlyArray<Level>) => Float64Array,
  pairsOf: (k: number) => Pairs,
): Monitor =>
  findingsMonitor(
    { name: "tweedie", theorem: "diffusion/tweedie", relation: "alpha E[x_0 | x] = x + sigma^2 grad log p(x), E[x_0 | x] by Bayes' rule" },
    (k) => {
      const { x, levels } = pairsOf(k)
      const d = law.dimension
      const e = exact(x, levels)
      const defects = levels.map((level, i) => {
        const at = x.subarray(i * d, (i + 1) * d)
        const mean = mixturePosteriorMean(law, at, level)
        const size = worst(at) + worst(mean) * level.alpha + level.sigma
        return worst(at.map((value, j) => (value - level.sigma * e[i * d + j]! - level.alpha * mean[j]!) / size))
      })
      // Responsibilities are exponentials of |x - alpha m|^2/(2 sigma^2) < 1e6, so a few 1e6 eps = 1e-9 relative, and of no weight where that is large.
      return [
        finding(
          "Tweedie",
          worst(defects),
          1e-9,
          "the denoiser of the score is not the posterior mean: look at the sign and at sigma against sigma^2",
        ),
      ]
    },
  )

/** The first coordinate of an axis-parallel mixture. */
export const firstCoordinate = ({ components }: GaussianMixture): LineLaw => {
  const over = (f: (m: number, v: number) => number): number => components.reduce((sum, c) => sum + c.weight * f(c.mean[0]!, c.variances[0]!), 0)
  const mean = over((m) => m)
  return {
    cdf: (x) => over((m, v) => normalCdf((x - m) / Math.sqrt(v))),
    mean,
    variance: over((m, v) => v + (m - mean) ** 2),
    fourth: over((m, v) => 3 * v * v + 6 * v * (m - mean) ** 2 + (m - mean) ** 4),
    cuts: [0],
  }
}

/** Entropy of N(m, S) with the moments of a mixture on the plane: 1/2 log det(2 pi e S). */
export const gaussianEntropy = (law: GaussianMixture): number => {
  const s = mixtureMoments(law).covariance
  return Math.log(2 * Math.PI * Math.E) + 0.5 * Math.log(s[0]! * s[3]! - s[1]! * s[2]!)
}

/** Normal quantile of 1 - 1e-4, one-sided: the gate is asked once in a run. */
const SURE = 3.719
export const UPPER_GAP = "NLL - H, upper end"
export const WORST_SAMPLER = "W2^2 of the worst sampler, less that of the best Gaussian"

/** NLL - H = E log p - log q from both log-densities at points of p, and the upper end of its interval, which E log q <= -H puts above 0. */
export const likelihoodGap = (exact: Float64Array, found: Float64Array, solved: string): ReadonlyArray<Metric> => {
  const n = exact.length
  const gaps = exact.map((log, i) => log - found[i]!)
  const gap = meanOf("NLL - H", gaps, `nats; log p - log q at ${n} points of the exact law; ${solved}; normal interval`)
  const { mean, variance } = meanVariance(gaps)
  const upper = { value: mean + SURE * Math.sqrt(variance / n), interval: null, confidence: null }
  return [
    { ...gap, floor: 0 },
    { ...gap, ...upper, name: UPPER_GAP, protocol: `mean + ${SURE} standard errors of: ${gap.protocol}` },
  ]
}

/** W2^2 of each sampler's points to fresh data, and the worst against points of N(m, S). */
export const sampleMetrics = (
  law: MixtureLaw,
  samples: Readonly<Record<string, Float64Array>>,
  of: (purpose: string) => Stream,
): ReadonlyArray<Metric> => {
  const n = Object.values(samples)[0]!.length / law.dimension
  const target = law.sample(of("target"), n)
  const cost = (x: Float64Array): number => optimalPairing(x, target, law.dimension).cost
  const [floor, gaussian] = [cost(law.sample(of("floor"), n)), cost(sampleMixture(bestGaussian(law.mixture), of("gaussian"), n))]
  const exact = `${n} points against ${n} fresh points of the data, squared distances, exact assignment`
  const plain = { n, interval: null, confidence: null }
  const metrics = Object.entries(samples).map(([name, x]) => ({ ...plain, name: `W2^2 by ${name}`, value: cost(x), floor, protocol: exact }))
  const most = metrics.reduce((worst, { value }) => Math.max(worst, value), -Infinity)
  const protocol = `largest over the samplers, less W2^2 of ${n} points of N(m, S); ${exact}`
  return [...metrics, { ...plain, name: WORST_SAMPLER, value: most - gaussian, floor: floor - gaussian, protocol }]
}
