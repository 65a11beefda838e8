/**
 * Learning rates as functions of the step k of n: the base rate times
 *
 *   constant  1,      cosine  (1 + cos(pi k / n)) / 2   (Loshchilov and Hutter 2017, eq. 5, one period),
 *
 * and in the first `warmup` steps also times (k + 1) / warmup.
 */
export const RATES = ["constant", "cosine"] as const

export interface RateSettings {
  readonly steps: number
  readonly rate: number
  readonly schedule: (typeof RATES)[number]
  readonly warmup: number
}

export const rateAt = ({ steps, rate, schedule, warmup }: RateSettings, k: number): number =>
  rate * (schedule === "cosine" ? (1 + Math.cos((Math.PI * k) / steps)) / 2 : 1) * (k < warmup ? (k + 1) / warmup : 1)
