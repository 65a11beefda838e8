/**
 * Normal mixture sequences for sub-Gaussian observations (Robbins 1970; Howard et al. 2021): log E exp(l (x_i - mu)) <= l^2 v / 2 for all real l,
 * given the past. Then mu >= (sum x_i - u(n v)) / n for all n, u the one-sided normal mixture boundary of `boundary.ts`.
 *
 * The proxy must be proved. A function of standard normals with Lipschitz constant L is sub-Gaussian with v = L^2 (Gaussian concentration,
 * Ibragimov, Sudakov, Tsirelson 1976); one with values in an interval of length R has v = R^2 / 4 (Hoeffding).
 */
import { mulUp } from "../../interval/rounding.ts"
import { bestRho, halfNormalBoundary } from "./boundary.ts"
import { meanBoundary } from "./mean-boundary.ts"
import type { LowerFactory } from "./sequence.ts"

/** Lower sequences for sub-Gaussian observations with variance proxy v, tightest near `tuned` observations. */
export const subGaussian = (v: number, tuned: number): LowerFactory =>
  meanBoundary((n, alpha) => halfNormalBoundary(mulUp(n, v), bestRho(v * tuned, 2 * alpha), alpha))
