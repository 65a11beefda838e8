/**
 * Distribution functions and intervals that the metrics share.
 *
 *   Phi(x) = 1/2 + phi(x) sum_k x^(2k+1)/(1 3 5 ... (2k+1))                     (Marsaglia 2004), |x| < 5
 *   1 - Phi(x) = phi(x)/(x + 1/(x + 2/(x + 3/(x + ...))))                         (Laplace's continued fraction), x >= 5
 *   Student: P(|T| <= sqrt(nu) tan a) is a finite sum in sin a, cos a for nu degrees of freedom   (Abramowitz, Stegun 1964, 26.7.3 and 26.7.4)
 *   Wilson: the p with |share - p| <= z sqrt(p (1 - p)/n)                         (Wilson 1927)
 *   Dvoretzky-Kiefer-Wolfowitz-Massart: P(sup |F_n - F| > sqrt(log(2/alpha)/(2n))) <= alpha.
 */

/** Two-sided normal quantile of 95 %: Phi(Z95) = 0.975. */
export const Z95 = 1.959963984540054

/** Standard normal distribution function, to about 1e-15 absolute; from -5 downwards, where it is smaller than that allows, to 1e-13 relative as well. */
export const normalCdf = (x: number): number => {
  if (Math.abs(x) >= 5) {
    let tail = Math.abs(x)
    for (let k = 60; k >= 1; k--) tail = Math.abs(x) + k / tail
    const p = Math.exp(-0.5 * x * x) / (Math.sqrt(2 * Math.PI) * tail)
    return x < 0 ? p : 1 - p
  }
  let [sum, term] = [x, x]
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) sum += term *= (x * x) / (2 * k + 1)
  return 0.5 + (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * sum
}

/** The t with P(|T| <= t) = confidence for Student's T with nu degrees of freedom. @param confidence in (0, 1) @param nu whole, at least 1 */
export const studentQuantile = (confidence: number, nu: number): number => {
  let [low, high] = [0, Math.PI / 2]
  // Sixty halvings reach the last bit of the angle; its tangent is as exact where the quantile is no more than a thousand or so.
  for (let k = 0; k < 60; k++) {
    const a = (low + high) / 2
    if (studentWithin(a, nu) < confidence) low = a
    else high = a
  }
  return Math.sqrt(nu) * Math.tan((low + high) / 2)
}

/** P(|T| <= sqrt(nu) tan a). */
const studentWithin = (a: number, nu: number): number => {
  const odd = nu % 2
  let [sum, term] = [0, odd === 1 ? Math.cos(a) : 1]
  for (let k = 2 + odd; k <= nu; k += 2) {
    sum += term
    term *= ((k - 1) / k) * Math.cos(a) ** 2
  }
  return odd === 1 ? (2 / Math.PI) * (a + Math.sin(a) * sum) : Math.sin(a) * sum
}

/** Mean and variance (divisor n - 1) of a list. */
export const meanVariance = (x: ArrayLike<number>): { readonly mean: number; readonly variance: number } => {
  const n = x.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += x[i]! / n
  let sum = 0
  for (let i = 0; i < n; i++) sum += (x[i]! - mean) ** 2
  return { mean, variance: sum / (n - 1) }
}

/** Mean (d) and covariance (d x d, divisor n - 1) of n points. */
export const sampleMoments = (x: Float64Array, d: number): { readonly mean: Float64Array; readonly covariance: Float64Array } => {
  const n = x.length / d
  const [mean, covariance, centred] = [new Float64Array(d), new Float64Array(d * d), new Float64Array(d)]
  for (let i = 0; i < x.length; i++) mean[i % d]! += x[i]! / n
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) centred[k] = x[i * d + k]! - mean[k]!
    for (let j = 0; j < d; j++) for (let k = 0; k <= j; k++) covariance[j * d + k]! += (centred[j]! * centred[k]!) / (n - 1)
  }
  for (let j = 0; j < d; j++) for (let k = 0; k < j; k++) covariance[k * d + j] = covariance[j * d + k]!
  return { mean, covariance }
}

/** Wilson's interval of a share of n at normal quantile z. */
export const wilson = (share: number, n: number, z = Z95): readonly [number, number] => {
  const [centre, scale] = [share + (z * z) / (2 * n), 1 + (z * z) / n]
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)]
}

/** sup_x |F_n(x) - F(x)| of a sample against a continuous distribution function. */
export const kolmogorov = (sample: Float64Array, cdf: (x: number) => number): number => {
  const sorted = Float64Array.from(sample).sort()
  const n = sorted.length
  let worst = 0
  sorted.forEach((x, i) => {
    const p = cdf(x)
    worst = Math.max(worst, p - i / n, (i + 1) / n - p)
  })
  return worst
}

/** What `kolmogorov` exceeds with probability at most alpha when the sample has that law. */
export const kolmogorovBound = (n: number, alpha: number): number => Math.sqrt(Math.log(2 / alpha) / (2 * n))
