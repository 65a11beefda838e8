/**
 * What a denoiser may predict from x = alpha x_0 + sigma e, and how one prediction becomes another:
 *
 *   eps    e                              x_0 = (x - sigma e)/alpha
 *   x0     x_0                            e = (x - alpha x_0)/sigma
 *   v      v = alpha e - sigma x_0        x_0 = (alpha x - sigma v)/(alpha^2 + sigma^2),  e = (sigma x + alpha v)/(alpha^2 + sigma^2)
 *   score  grad log p_t(x) = -e/sigma     (Tweedie; Vincent 2011)
 *
 * v is Salimans, Ho 2022, app. D, where alpha^2 + sigma^2 = 1; the division keeps it right for every process.
 */
import type { Level } from "./schedule.ts"

export type Prediction = "eps" | "x0" | "v" | "score"

/** The estimates of x_0 and e that belong to a model's answer at x; undefined where alpha or sigma is 0 and the formula divides by it. */
export interface Denoised {
  readonly x0: Float64Array
  readonly eps: Float64Array
}

/** Both estimates from an answer of the named kind. */
export const denoised = (kind: Prediction, answer: Float64Array, x: Float64Array, { alpha, sigma }: Level): Denoised => {
  const [x0, eps] = [new Float64Array(x.length), new Float64Array(x.length)]
  const total = alpha * alpha + sigma * sigma
  for (let i = 0; i < x.length; i++) {
    const [a, at] = [answer[i]!, x[i]!]
    if (kind === "v") {
      x0[i] = (alpha * at - sigma * a) / total
      eps[i] = (sigma * at + alpha * a) / total
    } else if (kind === "x0") {
      x0[i] = a
      eps[i] = (at - alpha * a) / sigma
    } else {
      eps[i] = kind === "eps" ? a : -sigma * a
      x0[i] = (at - sigma * eps[i]!) / alpha
    }
  }
  return { x0, eps }
}

/** The answer of the named kind that belongs to a pair of estimates. */
export const predicted = (kind: Prediction, { x0, eps }: Denoised, { alpha, sigma }: Level): Float64Array => {
  if (kind === "x0") return x0
  if (kind === "eps") return eps
  return kind === "score" ? eps.map((e) => -e / sigma) : eps.map((e, i) => alpha * e - sigma * x0[i]!)
}

/** One kind of answer as another. */
export const convert = (from: Prediction, to: Prediction, answer: Float64Array, x: Float64Array, level: Level): Float64Array =>
  from === to ? answer : predicted(to, denoised(from, answer, x, level), level)

/**
 * The weight w with  w |prediction - target|^2 = |x_0 estimate - x_0|^2:  1 for x0, sigma^2/alpha^2 for eps, sigma^4/alpha^2 for score,
 * sigma^2/(alpha^2 + sigma^2)^2 for v (an error d of v moves x_0 by -sigma d/(alpha^2 + sigma^2)).
 */
export const dataWeight = (kind: Prediction, { alpha, sigma }: Level): number =>
  kind === "x0"
    ? 1
    : kind === "eps"
      ? (sigma / alpha) ** 2
      : kind === "score"
        ? (sigma * sigma) ** 2 / alpha ** 2
        : (sigma / (alpha ** 2 + sigma ** 2)) ** 2

/**
 * Min-SNR-gamma weight of the squared error of a prediction (Hang et al. 2023, eq. 8): min(SNR, gamma) |x_0 estimate - x_0|^2 in every
 * parametrisation, finite at SNR 0 for x0 and v.
 */
export const minSnrWeight = (kind: Prediction, level: Level, gamma: number): number =>
  kind === "eps" ? Math.min(1, gamma * (level.sigma / level.alpha) ** 2) : Math.min((level.alpha / level.sigma) ** 2, gamma) * dataWeight(kind, level)
