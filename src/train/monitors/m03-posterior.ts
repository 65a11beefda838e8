/**
 * M3, Gaussian kernels of the forward process. For every pair s < t of levels, Bayes' rule in precisions (not the formula under test):
 *
 *   1/w = 1/sigma_s^2 + a^2/v,   mean = w (a/v x_t + alpha_s/sigma_s^2 x_0),   v = sigma_t^2 - a^2 sigma_s^2 >= 0,   a = alpha_t/alpha_s,
 *
 * sigma_s^2 - w = (a sigma_s^2/sigma_t)^2, and kernels compose: a_(s,u) = a_(s,t) a_(t,u), v_(s,u) = a_(t,u)^2 v_(s,t) + v_(t,u).
 */
import type { Posterior } from "../../math/posterior.ts"
import type { Level } from "../../math/schedule.ts"
import { finding, worst, type Finding } from "./finding.ts"

export interface Kernels {
  readonly forward: (s: Level, t: Level) => { readonly scale: number; readonly variance: number }
  readonly posterior: (s: Level, t: Level) => Posterior
  /** sigma_s^2 - w, the variance that a full draw of w leaves. */
  readonly remaining: (s: Level, t: Level) => number
}

/** The findings about kernels on rising noise levels, all with sigma > 0. */
export const posteriorFindings = ({ forward, posterior, remaining }: Kernels, levels: ReadonlyArray<Level>): ReadonlyArray<Finding> => {
  const pairs = levels.flatMap((s, i) => levels.slice(i + 1).map((t) => [s, t] as const))
  const defects = pairs.map(([s, t]) => {
    const scale = t.alpha / s.alpha
    const v = t.sigma ** 2 - (scale * s.sigma) ** 2
    const w = 1 / (1 / s.sigma ** 2 + scale ** 2 / v)
    const found = posterior(s, t)
    return {
      mean: worst([found.onState - (w * scale) / v, found.onData - (w * s.alpha) / s.sigma ** 2]),
      variance: (found.variance - w) / w,
      v: forward(s, t).variance,
      rest: remaining(s, t) / ((scale * s.sigma ** 2) / t.sigma) ** 2 - 1,
    }
  })
  const chains = levels.slice(2).map((u, i) => {
    const [s, t] = [levels[i]!, levels[i + 1]!]
    const [st, tu, su] = [forward(s, t), forward(t, u), forward(s, u)]
    return worst([st.scale * tu.scale - su.scale, (tu.scale ** 2 * st.variance + tu.variance - su.variance) / u.sigma ** 2])
  })
  // v subtracts numbers of size sigma^2: relative error eps sigma^2/v, below 1e-10 for levels whose variances differ by a hundred-thousandth.
  return [
    finding("M3 mean", worst(defects.map((d) => d.mean)), 1e-10, "the posterior mean is not Bayes': cumulative and step quantities are mixed"),
    finding(
      "M3 variance",
      worst(defects.map((d) => d.variance)),
      1e-10,
      "the posterior variance is not Bayes': beta, its posterior value, or a logarithm of it are mixed",
    ),
    finding(
      "M3 remainder",
      worst(defects.map((d) => d.rest)),
      1e-10,
      "sigma_s^2 - w is taken as a difference: it cancels, can be negative, and its root is then not a number",
    ),
    finding(
      "M3 positive",
      defects.filter((d) => !(d.v >= 0)).length,
      0,
      "a kernel has a negative variance: use (sigma_t - a sigma_s)(sigma_t + a sigma_s)",
    ),
    finding("M3 composition", worst(chains), 1e-10, "kernels of a respaced chain do not compose: step quantities of the full chain are used"),
  ]
}
