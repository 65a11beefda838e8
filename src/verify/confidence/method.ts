/**
 * The proved reason for an interval, as a value: which method may be used under which hypothesis. None of them is inferred from the sample.
 *
 *   betting, empirical-bernstein   observations in [a, b]
 *   sub-gaussian                   log E exp(l (x - mu)) <= l^2 proxy / 2         (Lipschitz function of a Gaussian: proxy = L^2)
 *   sub-exponential                sub-exponential with variance factor and scale (quadratic forms, Gaussian log-density ratios)
 *   catoni                         E (x - mu)^2 <= variance, nothing else
 *   bounded-below, bounded-above   one end of the range only: a one-sided sequence, any tail
 */
import { betting } from "./betting.ts"
import { catoni } from "./catoni.ts"
import { empiricalBernstein } from "./empirical-bernstein.ts"
import { lowerMixture } from "./lower-mixture.ts"
import { confidenceSequence } from "./sequence.ts"
import type { ConfidenceSequence, Side } from "./sequence.ts"
import { subExponential } from "./sub-exponential.ts"
import { subGaussian } from "./sub-gaussian.ts"

export type Method =
  | { readonly kind: "betting" | "empirical-bernstein"; readonly a: number; readonly b: number }
  | { readonly kind: "sub-gaussian"; readonly proxy: number }
  | { readonly kind: "sub-exponential"; readonly variance: number; readonly scale: number }
  | { readonly kind: "catoni"; readonly variance: number }
  | { readonly kind: "bounded-below"; readonly a: number }
  | { readonly kind: "bounded-above"; readonly b: number }

/** What a verdict prints as the hypothesis that the interval relies on. */
export const hypothesis = (method: Method): string => {
  switch (method.kind) {
    case "betting":
    case "empirical-bernstein":
      return `range [${method.a}, ${method.b}]`
    case "sub-gaussian":
      return `sub-Gaussian with variance proxy ${method.proxy}`
    case "sub-exponential":
      return `sub-exponential with variance factor ${method.variance}, scale ${method.scale}`
    case "catoni":
      return `variance at most ${method.variance}`
    case "bounded-below":
      return `values >= ${method.a}`
    case "bounded-above":
      return `values <= ${method.b}`
  }
}

/**
 * The confidence sequence of a method at error probability alpha. `side` "lower" or "upper" spends all of alpha on one end, for claims of the form
 * mean >= c or mean <= c. `tuned` is the number of observations near which
 * the interval is tightest. Throws a RangeError for parameters that no law has.
 */
export const sequence = (method: Method, alpha: number, side: Side = "both", tuned = 1000): ConfidenceSequence => {
  check(method)
  switch (method.kind) {
    case "betting":
      return confidenceSequence(betting(method.a, method.b, tuned), alpha, side, method.a, method.b)
    case "empirical-bernstein":
      return confidenceSequence(empiricalBernstein(method.a, method.b, tuned), alpha, side, method.a, method.b)
    case "sub-gaussian":
      return confidenceSequence(subGaussian(method.proxy, tuned), alpha, side, -Infinity, Infinity)
    case "sub-exponential":
      return confidenceSequence(subExponential(method.variance, method.scale, tuned), alpha, side, -Infinity, Infinity)
    case "catoni":
      return confidenceSequence(catoni(method.variance, tuned), alpha, side, -Infinity, Infinity)
    case "bounded-below":
      return confidenceSequence(lowerMixture(method.a, Infinity), alpha, "lower", method.a, Infinity)
    case "bounded-above":
      return confidenceSequence(lowerMixture(-Infinity, method.b), alpha, "upper", -Infinity, method.b)
  }
}

const check = (method: Method): void => {
  const sound = (): boolean => {
    switch (method.kind) {
      case "betting":
      case "empirical-bernstein":
        return Number.isFinite(method.a) && Number.isFinite(method.b) && method.a <= method.b
      case "sub-gaussian":
        return method.proxy > 0 && method.proxy < Infinity
      case "sub-exponential":
        return method.variance > 0 && method.variance < Infinity && method.scale > 0 && method.scale < Infinity
      case "catoni":
        return method.variance > 0 && method.variance < Infinity
      case "bounded-below":
        return Number.isFinite(method.a)
      case "bounded-above":
        return Number.isFinite(method.b)
    }
  }
  if (!sound()) throw new RangeError(`no confidence sequence for ${hypothesis(method)}`)
}
