/**
 * What a density model loses to the truth, from both log-densities at n fresh points of p:
 *
 *   E[-log q(x)] - H(p) = E[log p(x) - log q(x)] = KL(p | q) >= 0.
 *
 * The mean on the right has the value of the left and a far smaller variance, since log q follows log p from point to point. A gap below 0 is a wrong log-determinant
 * or normalisation, not a good model.
 */
import type { Metric } from "../metric.ts"
import { meanOf } from "./mean.ts"

/** The gap in nats with its normal interval. @param model log q at n points of p @param truth log p at the same points */
export const nllGap = (model: Float64Array, truth: Float64Array): Metric => ({
  ...meanOf(
    "NLL - H",
    truth.map((log, i) => log - model[i]!),
    `mean of log p(x) - log q(x) over ${model.length} fresh points of p, which is NLL - H; normal interval`,
  ),
  floor: 0,
})
