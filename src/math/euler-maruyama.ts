/**
 * Euler-Maruyama for a linear SDE run backwards from T to 0 in n steps of size h = T/n, drift b(x, t) = slope(t) x + shift(t), noise(t) per unit time:
 *
 *   X_i = X_(i+1) - h b(X_(i+1), t_(i+1)) + sqrt(h noise(t_(i+1))) e_i,     t_i = i h.
 *
 * Its mean and variance obey exact recursions, so no sampling is needed to know its error.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"

export interface Coefficients<T> {
  readonly slope: T
  readonly shift: T
  /** Squared noise scale per unit time, >= 0. */
  readonly noise: T
}

export interface Moments<T> {
  readonly mean: T
  readonly variance: T
}

/** The times t_n, ..., t_1 at which the scheme looks at its coefficients. */
export const grid = (steps: number, horizon: Rational): ReadonlyArray<Rational> =>
  Array.from({ length: steps }, (_, i) => Q.mul(horizon, Q.rational(steps - i, steps)))

/** Mean and variance of the scheme at time 0 from those at time T: M <- M - h (slope M + shift), P <- (1 - h slope)^2 P + h noise. */
export const eulerMoments = <T>(A: Arithmetic<T>, steps: number, horizon: Rational, at: (t: T) => Coefficients<T>, start: Moments<T>): Moments<T> => {
  const [h, one] = [A.rational(Q.div(horizon, Q.rational(steps))), A.rational(Q.ONE)]
  return grid(steps, horizon).reduce(({ mean, variance }, t): Moments<T> => {
    const { slope, shift, noise } = at(A.rational(t))
    const factor = A.sub(one, A.mul(h, slope))
    return { mean: A.sub(A.mul(factor, mean), A.mul(h, shift)), variance: A.add(A.mul(A.powi(factor, 2), variance), A.mul(h, noise)) }
  }, start)
}
