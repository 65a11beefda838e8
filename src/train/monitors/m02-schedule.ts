/**
 * M2, schedules. For x_t = alpha x_0 + sigma e as the law of dx = f x dt + g dw:
 *
 *   f = (log alpha)',   g^2 = (sigma^2)' - 2 f sigma^2,   alpha^2/sigma^2 falls,   lambda(timeOf(lambda)) = lambda,   the declared values at both ends,
 *   alpha^2 + sigma^2 = 1 where variance is preserved.
 *
 * For a chain: 0 < beta < 1 (1 only at the last step), abar_k = prod (1 - beta_j), the tables derived from it recomputed, terminal signal-to-noise ratio
 * at most the declared one.
 */
import { halfLogSnr, levelAt, type Schedule } from "../../math/schedule.ts"
import type { Chain } from "../../math/schedules/discrete.ts"
import { finding, worst, type Finding } from "./finding.ts"

export interface DeclaredSchedule {
  readonly preserving: boolean
  /** [alpha, sigma] at time 0 and at the end. */
  readonly start: readonly [number, number]
  readonly end: readonly [number, number]
}

const GRID = 40

/** The findings about a continuous schedule at 40 times inside it. */
export const scheduleFindings = (schedule: Schedule, declared: DeclaredSchedule): ReadonlyArray<Finding> => {
  const times = Array.from({ length: GRID }, (_, i) => (schedule.end * (i + 0.5)) / GRID)
  // Central differences: h^2 f''' ~ 1e-8 relative for rates that vary by a factor 1e4 over the interval, eps/h ~ 1e-11.
  const h = 1e-5 * schedule.end
  const slope = (of: (t: number) => number, t: number): number => (of(t + h) - of(t - h)) / (2 * h)
  const relative = (a: number, b: number): number => (a - b) / Math.max(1e-3, Math.abs(a), Math.abs(b))
  const ends = ([alpha, sigma]: readonly [number, number], t: number): ReadonlyArray<number> => [
    schedule.alpha(t) - alpha,
    (schedule.sigma(t) - sigma) / Math.max(1, sigma),
  ]
  const lambdas = times.map((t) => halfLogSnr(levelAt(schedule, t)))
  return [
    ...(declared.preserving
      ? [
          finding(
            "M2 preserving",
            worst(times.map((t) => schedule.alpha(t) ** 2 + schedule.sigma(t) ** 2 - 1)),
            1e-12,
            "alpha^2 + sigma^2 is not 1: a root or a square is missing",
          ),
        ]
      : []),
    finding(
      "M2 monotone",
      lambdas.filter((l, i) => i > 0 && !(l < lambdas[i - 1]!)).length,
      0,
      "the signal-to-noise ratio rises with time: a sign or the ends are swapped",
    ),
    finding(
      "M2 drift",
      worst(
        times.map((t) =>
          relative(
            schedule.f(t),
            slope((s) => Math.log(schedule.alpha(s)), t),
          ),
        ),
      ),
      1e-6,
      "f is not (log alpha)'",
    ),
    finding(
      "M2 diffusion",
      worst(times.map((t) => relative(schedule.g2(t), slope((s) => schedule.sigma(s) ** 2, t) - 2 * schedule.f(t) * schedule.sigma(t) ** 2))),
      1e-6,
      "g^2 is not (sigma^2)' - 2 f sigma^2: look for a lost factor 2 or log(sigma1/sigma0)",
    ),
    finding(
      "M2 ends",
      worst([...ends(declared.start, 0), ...ends(declared.end, schedule.end)]),
      1e-9,
      "alpha or sigma at an end is not the declared value",
    ),
    finding(
      "M2 inverse",
      worst(lambdas.map((l) => (halfLogSnr(levelAt(schedule, schedule.timeOf(l))) - l) / Math.max(1, Math.abs(l)))),
      1e-9,
      "timeOf does not invert log(alpha/sigma)",
    ),
  ]
}

export interface DeclaredChain {
  /** The largest abar_T/(1 - abar_T) that the run may start its sampling from. */
  readonly terminalSnr: number
  /** abar_k by its formula, where there is one. */
  readonly formula?: (k: number) => number
  /** Tables that others derived from the chain: SNR_k for k = 1 .. T at index k - 1. */
  readonly snr?: ArrayLike<number>
}

/** The findings about a chain's tables. */
export const chainFindings = ({ beta, abar, steps }: Chain, { terminalSnr, formula, snr }: DeclaredChain): ReadonlyArray<Finding> => {
  const ks = Array.from({ length: steps }, (_, i) => i + 1)
  const products = ks.reduce<Array<number>>((list, k) => [...list, list[k - 1]! * (1 - beta[k]!)], [1])
  return [
    finding(
      "M2 beta",
      ks.filter((k) => !(beta[k]! > 0 && (beta[k]! < 1 || (k === steps && beta[k] === 1)))).length,
      0,
      "a beta is outside (0, 1): the range was tuned for another T",
    ),
    finding("M2 monotone", ks.filter((k) => !(abar[k]! < abar[k - 1]!)).length, 0, "abar does not fall"),
    // k products round k times.
    finding(
      "M2 product",
      worst(ks.map((k) => (abar[k]! - products[k]!) / Math.max(products[k]!, Number.MIN_VALUE))),
      4 * steps * 2 ** -53,
      "abar is not the product of 1 - beta: tables of different schedules are mixed",
    ),
    finding(
      "M2 terminal SNR",
      abar[steps]! / (1 - abar[steps]!),
      terminalSnr,
      "signal is left at the last step, but sampling starts from pure noise",
    ),
    ...(formula === undefined
      ? []
      : [
          finding(
            "M2 formula",
            worst(ks.map((k) => abar[k]! - formula(k))),
            1e-12,
            "abar is not its formula: look at the divisor T and the grid's ends",
          ),
        ]),
    ...(snr === undefined
      ? []
      : [
          finding(
            "M2 derived tables",
            worst(ks.map((k) => ((s) => (snr[k - 1]! - s) / Math.max(1e-12, s))(abar[k]! / (1 - abar[k]!)))),
            1e-9,
            "a derived table belongs to another schedule: recompute it after every change of beta",
          ),
        ]),
  ]
}
