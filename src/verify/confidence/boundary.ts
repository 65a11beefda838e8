/**
 * Curved boundaries s = u(v) that a sum with intrinsic time v crosses at some time with probability at most alpha (Howard, Ramdas, McAuliffe,
 * Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences", sections 3.2 and A): u(v) solves m(s, v) = 1/alpha for a mixture
 * supermartingale m, increasing in s. rho > 0 sets the time at which u is tightest.
 *
 * normal, two-sided   m = sqrt(rho / (v + rho)) exp(y^2/2),  y = s / sqrt(v + rho)
 * normal, one-sided   m = sqrt(rho / (v + rho)) 2 exp(y^2/2) Phi(y) = sqrt(rho / (v + rho)) (exp(y^2/2) + sqrt(2/pi) sum_k y^(2k+1) / (2k+1)!!)
 * gamma-exponential   m = G((v + rho)/c^2, (v + rho + c s)/c^2) / G(rho/c^2, rho/c^2),   G(a, x) = sum_k x^k / (a (a+1) ... (a+k))
 *
 * The last one is their Proposition 9 with the incomplete gamma functions written as series, which leaves + * / only. All series have positive
 * terms: a partial sum is a lower bound of m, and m >= 1/alpha is certified by it. Every returned boundary is certified, at most 2^-30 too large.
 */
import { addDown, addUp, divDown, divUp, mulDown, mulUp, power2, sqrtUp } from "../../interval/rounding.ts"
import { logUp, logarithm } from "../../random/log.ts"

const U = power2(-53)

/** The rho that makes the two-sided normal boundary tightest near v (Howard et al. 2021, eq. 3.4, W_(-1) by its leading terms). */
export const bestRho = (v: number, alpha: number): number => {
  const l = 2 * logarithm(1 / alpha)
  return v / (l + logarithm(1 + l))
}

/** sqrt((v + rho) log((v + rho) / (alpha^2 rho))): two-sided, for sums whose increments are sub-Gaussian with variance proxies adding to v. */
export const normalBoundary = (v: number, rho: number, alpha: number): number => {
  const t = addUp(v, rho)
  const inverse = divUp(1, alpha)
  const l = addUp(2 * logUp(inverse), logUp(divUp(t, rho)))
  return sqrtUp(mulUp(t, l))
}

/** The one-sided normal mixture boundary, for increments with log E exp(l x) <= l^2 v_i / 2 for l >= 0 and v = sum v_i. */
export const halfNormalBoundary = (v: number, rho: number, alpha: number): number => {
  const t = addUp(v, rho)
  const need = mulUp(divUp(1, alpha), sqrtUp(divUp(t, rho)))
  const root = sqrtUp(t)
  return crossing((s) => halfNormalSeries(divDown(s, root)) >= need, normalBoundary(v, rho, alpha))
}

/** sqrt(2/pi) rounded down. */
const SQRT_2_PI = 0.7978845608028653

/** A lower bound of 2 exp(y^2/2) Phi(y), y >= 0. Terms number k err by 4 k u, their sum by 2 k u more. */
const halfNormalSeries = (y: number): number => {
  const z = y * y
  let [even, odd, total, k] = [1, SQRT_2_PI * y, 0, 0]
  for (; k < 4096 && even + odd > total * U; k++) {
    total += even + odd
    even *= z / (2 * k + 2)
    odd *= z / (2 * k + 3)
  }
  return total * (1 - (8 * k + 8) * U)
}

/** The gamma-exponential boundary, for increments with log E exp(l x) <= v_i (-log(1 - c l) - c l) / c^2 on [0, 1/c[ and v = sum v_i. */
export const gammaExponentialBoundary = (v: number, rho: number, c: number, alpha: number): number => {
  // Any positive number may serve as rho / c^2, so the rounded one is taken as exact.
  const start = rho / (c * c)
  const need = mulUp(divUp(1, alpha), gammaSeriesUp(start))
  const [least, most] = [addDown(start, divDown(v, mulUp(c, c))), addUp(start, divUp(v, mulDown(c, c)))]
  const guess = normalBoundary(v, rho, alpha) + 2 * c * logarithm(1 / alpha)
  return crossing((s) => gammaSeriesDown(most, addDown(least, divDown(s, c))) >= need, guess)
}

/** A lower bound of G(a, x), whose terms fall with a and rise with x: the caller rounds a up and x down. Term number k errs by 3 k u. */
const gammaSeriesDown = (a: number, x: number): number => {
  let [term, total, k] = [1 / a, 0, 0]
  for (; k < 1e8 && term > total * power2(-40); k++) {
    total += term
    term *= x / (a + k + 1)
  }
  return total * (1 - (4 * k + 8) * U)
}

/** An upper bound of G(a, a): the ratio of consecutive terms falls with k, so the rest after term k is at most term / (1 - a / (a + k + 1)). */
const gammaSeriesUp = (a: number): number => {
  let [term, total, k] = [1 / a, 0, 0]
  for (; term > total * power2(-60); k++) {
    total += term
    term *= a / (a + k + 1)
  }
  return (total + (term * (a + k + 1)) / (k + 1)) * (1 + (8 * k + 16) * U)
}

/** The smallest s, up to 2^-30 relatively, with `reached(s)`; `guess` > 0 starts the search. */
const crossing = (reached: (s: number) => boolean, guess: number): number => {
  let [lo, hi] = [0, guess]
  while (!reached(hi)) [lo, hi] = [hi, 2 * hi]
  while (hi - lo > hi * power2(-30)) {
    const mid = (lo + hi) / 2
    if (reached(mid)) hi = mid
    else lo = mid
  }
  return hi
}
