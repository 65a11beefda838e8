/**
 * Derivatives of a float64 function by central differences and one step of Richardson's extrapolation:
 *
 *   D(h) = (L(x + h d) - L(x - h d)) / 2h = L' + c h^2 + O(h^4),      R = (4 D(h/2) - D(h)) / 3 = L' + O(h^4),
 *
 * and the same for the mixed second derivative d_u d_v L from four values. |R - D(h/2)| bounds what the extrapolation removed; it is returned as the
 * error, a generous one, together with the rounding of L, a few 2^-53 |L| / h.
 */

export interface Derivative {
  readonly value: number
  readonly error: number
}

export type Scalar = (x: Float64Array) => number

const U = 2 ** -53
/** h: truncation h^4 = 2e-10 times a fifth derivative of order one, far below float32; a power of two, so that x + h is nearly exact. */
const STEP = 2 ** -8

const moved = (x: Float64Array, ...parts: ReadonlyArray<readonly [number, Float64Array]>): Float64Array =>
  x.map((v, i) => parts.reduce((s, [h, d]) => s + h * d[i]!, v))

const richardson = (difference: (h: number) => number, scale: number, power: number): Derivative => {
  const [coarse, fine] = [difference(STEP), difference(STEP / 2)]
  const value = (4 * fine - coarse) / 3
  return { value, error: Math.abs(value - fine) / 16 + (64 * U * scale) / STEP ** power }
}

/** The derivative of L at x in the direction d. */
export const directional = (f: Scalar, x: Float64Array, d: Float64Array): Derivative =>
  richardson((h) => (f(moved(x, [h, d])) - f(moved(x, [-h, d]))) / (2 * h), Math.abs(f(x)) + 1, 1)

/** The second derivative of L at x in the directions u and v. */
export const mixed = (f: Scalar, x: Float64Array, u: Float64Array, v: Float64Array): Derivative =>
  richardson(
    (h) => (f(moved(x, [h, u], [h, v])) - f(moved(x, [h, u], [-h, v])) - f(moved(x, [-h, u], [h, v])) + f(moved(x, [-h, u], [-h, v]))) / (4 * h * h),
    Math.abs(f(x)) + 1,
    2,
  )

/** The unit vector of coordinate i. */
export const unit = (n: number, i: number): Float64Array => {
  const e = new Float64Array(n)
  e[i] = 1
  return e
}
