/**
 * The Gaussian kernel backwards, for levels s (less noise) and t (more noise) of one process (Ho et al. 2020, eq. 6-7; Kingma et al. 2021, app. A):
 *
 *   q(x_t | x_s) = N(a x_s, v),   a = alpha_t/alpha_s,   v = sigma_t^2 - a^2 sigma_s^2
 *   q(x_s | x_t, x_0) = N(m, w),  m = a sigma_s^2/sigma_t^2 x_t + alpha_s v/sigma_t^2 x_0,   w = v sigma_s^2/sigma_t^2.
 *
 * On a chain with s = t - 1, v = beta_t and w = (1 - abar_{t-1})/(1 - abar_t) beta_t; on a respaced chain v is 1 - abar_t/abar_s.
 */
import type { Level } from "./schedule.ts"

/** a and v of the forward kernel from s to t. */
export const forwardKernel = (s: Level, t: Level): { readonly scale: number; readonly variance: number } => {
  const scale = t.alpha / s.alpha
  // The product form cannot go negative by cancellation while the noise-to-signal ratio rises from s to t.
  return { scale, variance: (t.sigma - scale * s.sigma) * (t.sigma + scale * s.sigma) }
}

export interface Posterior {
  /** Coefficient of x_t in the mean. */
  readonly onState: number
  /** Coefficient of x_0 in the mean. */
  readonly onData: number
  /** w. */
  readonly variance: number
}

/** q(x_s | x_t, x_0). */
export const posterior = (s: Level, t: Level): Posterior => {
  const { scale, variance } = forwardKernel(s, t)
  const [r, q] = [(s.sigma / t.sigma) ** 2, variance / t.sigma ** 2]
  return { onState: scale * r, onData: s.alpha * q, variance: variance * r }
}

/**
 * sigma_s^2 - eta^2 w, what is left of the variance at s for the direction of e when eta^2 w of it is drawn anew: sigma_s^2 ((1 - eta^2) + eta^2 (a sigma_s/sigma_t)^2),
 * a sum of positive terms for eta <= 1 where the difference would cancel.
 */
export const remainingVariance = (s: Level, t: Level, eta: number): number =>
  s.sigma ** 2 * ((1 - eta) * (1 + eta) + (eta * (t.alpha / s.alpha) * (s.sigma / t.sigma)) ** 2)
