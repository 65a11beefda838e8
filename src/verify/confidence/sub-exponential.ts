/**
 * Gamma-exponential mixture sequences for sub-exponential observations (Howard et al. 2021, Proposition 9): given the past and for both signs,
 *
 *   log E exp(+-l (x_i - mu)) <= v psi(l),   psi(l) = (-log(1 - c l) - c l) / c^2,   0 <= l < 1/c.
 *
 * Then mu >= (sum x_i - u(n v)) / n for all n, u the gamma-exponential boundary. psi(l) = l^2/2 + c l^3/3 + c^2 l^4/4 + ...; useful cases:
 *   Z^2, Z standard normal        v = 2, c = 2      (right tail with equality; the left tail is smaller)
 *   sum_j w_j Z_j^2               v = 2 sum w_j^2, c = 2 max |w_j|
 *   exponential with mean s       v = s^2, c = s
 *   Gamma(k) with scale s         v = k s^2, c = s
 *   l^2 v / (2 (1 - g l)), "sub-gamma with scale g": c = 3 g / 2, since (3/2)^k / (k + 2) >= 1/2 for all k >= 0.
 */
import { mulUp } from "../../interval/rounding.ts"
import { bestRho, gammaExponentialBoundary } from "./boundary.ts"
import { meanBoundary } from "./mean-boundary.ts"
import type { LowerFactory } from "./sequence.ts"

/** Lower sequences for sub-exponential observations with variance factor v and scale c, tightest near `tuned` observations. */
export const subExponential = (v: number, c: number, tuned: number): LowerFactory =>
  meanBoundary((n, alpha) => gammaExponentialBoundary(mulUp(n, v), bestRho(v * tuned, 2 * alpha), c, alpha))
