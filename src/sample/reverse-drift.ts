/**
 * The drift of the reverse-time family in the model's own parametrisation (Song et al. 2021, eq. 6 and 13; share = 1/2 and 1):
 *
 *   b(x, t) = f x - share g^2 score(x, t) = onState x + onAnswer answer,
 *
 * share = 1/2: the probability-flow ODE; share = 1: the reverse SDE, whose noise is g. Both carry p_t backwards exactly.
 */
import type { Prediction } from "../math/parametrisation.ts"
import type { Schedule } from "../math/schedule.ts"

export interface Drift {
  readonly onState: number
  readonly onAnswer: number
}

/** The two coefficients at time t; sigma(t) > 0. */
export const reverseDrift = (schedule: Schedule, prediction: Prediction, share: number, t: number): Drift => {
  const [f, g2, alpha, sigma] = [schedule.f(t), share * schedule.g2(t), schedule.alpha(t), schedule.sigma(t)]
  if (prediction === "score") return { onState: f, onAnswer: -g2 }
  if (prediction === "eps") return { onState: f, onAnswer: g2 / sigma }
  if (prediction === "x0") return { onState: f + g2 / sigma ** 2, onAnswer: (-g2 * alpha) / sigma ** 2 }
  const total = alpha ** 2 + sigma ** 2
  return { onState: f + g2 / total, onAnswer: (g2 * alpha) / (sigma * total) }
}
