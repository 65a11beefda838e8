/**
 * Gaussian forward processes. With data at t = 0 and noise at the largest time,
 *
 *   x_t = alpha(t) x_0 + sigma(t) e,   e ~ N(0, I),       lambda(t) = log(alpha(t) / sigma(t))  (half the log signal-to-noise ratio),
 *
 * is the law of dx = f(t) x dt + g(t) dw when  f = (log alpha)'  and  g^2 = (sigma^2)' - 2 f sigma^2  (Kingma et al. 2021, eq. 6-7; Song et al. 2021, app. B).
 */

/** One noise level: the time that the model is told, and the scales there. */
export interface Level {
  /** Time of the level, in the schedule's own unit. */
  readonly t: number
  /** Signal scale alpha, in [0, 1] for variance-preserving processes. */
  readonly alpha: number
  /** Noise scale sigma >= 0. */
  readonly sigma: number
}

/** A forward process in continuous time; `level` is all that a sampler needs, f and g^2 belong to the stochastic differential equation. */
export interface Schedule {
  readonly name: string
  /** Every number that the formulas below contain. */
  readonly parameters: Readonly<Record<string, number>>
  /** The last time; sampling starts there. */
  readonly end: number
  readonly alpha: (t: number) => number
  readonly sigma: (t: number) => number
  /** f(t), the linear drift coefficient per unit time. */
  readonly f: (t: number) => number
  /** g(t)^2, the squared diffusion coefficient per unit time. */
  readonly g2: (t: number) => number
  /** The t with log(alpha(t) / sigma(t)) = lambda. */
  readonly timeOf: (lambda: number) => number
}

/** The level of a schedule at time t. */
export const levelAt = (schedule: Schedule, t: number): Level => ({ t, alpha: schedule.alpha(t), sigma: schedule.sigma(t) })

/** lambda = log(alpha / sigma): +Infinity without noise, -Infinity without signal. */
export const halfLogSnr = ({ alpha, sigma }: Level): number => Math.log(alpha) - Math.log(sigma)

/** alpha^2 / sigma^2. */
export const snr = ({ alpha, sigma }: Level): number => (alpha / sigma) ** 2
