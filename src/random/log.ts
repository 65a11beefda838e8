/**
 * The natural logarithm of a double from + - * / only: the same bits on every engine, with a proved error.
 *
 * x = m 2^e, sqrt(1/2) <= m < sqrt(2), f = m - 1 (exact), s = f / (2 + f), |s| <= 0.1716, z = s^2 <= 0.02945:
 *
 *   log x = e log 2 + 2 s (1 + z/3 + z^2/5 + ... + z^10/21) + R,   |R| <= 2 |s| z^11 / (23 (1 - z)) <= 2^-60 |log m|.
 *
 * Rounding, u = 2^-53: s errs by 2 u relatively, the bracket by 1.1 u (its terms after 1 stay below 0.01), their product by one more u, so
 * log m errs by 4.2 u |log m|. For e != 0, e times the upper part of log 2 (41 bits) is exact, the lower part and the two sums add
 * 2.1 u |log x|, and |log m| <= |log x|. Total <= 6.3 u |log x|; stated as 8 u.
 */
import { exponent, power2 } from "../interval/rounding.ts"

/** |log(x) - logarithm(x)| <= LOG_ERROR |logarithm(x)|. */
export const LOG_ERROR = power2(-50)

/** log 2 rounded down to 41 bits, and the rest. */
const LN2_HIGH = 0x162e42fefa3 / 0x20000000000
const LN2_LOW = 2.8235290563031577e-13
const SQRT2 = 1.4142135623730951

/** log x for a positive finite double x; relative error at most `LOG_ERROR`. Throws a RangeError elsewhere. */
export const logarithm = (x: number): number => {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`logarithm of ${x}`)
  let e = exponent(x)
  const half = e >> 1
  let m = x * power2(-half) * power2(half - e)
  if (m >= SQRT2) {
    m *= 0.5
    e += 1
  }
  const f = m - 1
  const s = f / (2 + f)
  const z = s * s
  const tail = 1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21))))
  const series = 1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * tail)))))
  const logm = 2 * s * series
  return e === 0 ? logm : e * LN2_HIGH + (e * LN2_LOW + logm)
}

/** A double >= log x, at most 2^-49 |log x| above. */
export const logUp = (x: number): number => {
  const y = logarithm(x)
  return y + Math.abs(y) * (2 * LOG_ERROR)
}

/** A double <= log x, at most 2^-49 |log x| below. */
export const logDown = (x: number): number => {
  const y = logarithm(x)
  return y - Math.abs(y) * (2 * LOG_ERROR)
}
