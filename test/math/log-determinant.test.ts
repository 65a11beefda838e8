/** log|det| against NumPy's slogdet, its condition against the formula of the plane, and the cases where there is none. */
import { expect, test } from "vitest"
import { logDeterminant } from "../../src/math/log-determinant.ts"

test.each<[number, ReadonlyArray<number>, number, number, number]>([
  // numpy.linalg.slogdet(A)[1], (abs(A) * abs(inv(A)).T).sum() / d, norm(inv(A)) of NumPy 2.
  [1, [-0.802], -0.2206466711156225, 0.9999999999999999, 1.2468827930174562],
  [2, [-1.324, -0.248, 0.42, 1.136], 0.3364036628415136, 1.1488102041282833, 1.293986496391178],
  [3, [0.11, -0.553, -0.785, 0.749, 1.635, 0.273, -1.233, -0.958, 1.6], -1.9232277663555366, 17.926865197547112, 29.245978026263607],
  [
    5,
    [
      0.203, -1.732, -0.084, -1.163, -0.629, -0.488, -0.713, 0.553, -0.063, -0.589, 0.41, 0.83, -1.643, -0.257, -0.981, -0.173, -1.289, 0.021, -0.038,
      -0.304, -1.048, -0.396, -1.091, -1.355, 0.225,
    ],
    1.3798279946247956,
    1.1825028554801142,
    2.5220923051181643,
  ],
])("dimension %i", (d, a, value, condition, inverse) => {
  const found = logDeterminant(a, d)
  // Some d^3 roundings, times the condition.
  const near = (x: number, y: number): void => expect(Math.abs(x - y)).toBeLessThanOrEqual(2 ** -52 * d ** 3 * condition * Math.max(1, Math.abs(y)))
  near(found.value, value)
  near(found.condition, condition)
  near(found.inverse, inverse)
})

test("a singular matrix has none; what is no square of finite numbers is refused", () => {
  expect(logDeterminant([1, 2, 2, 4], 2)).toEqual({ value: -Infinity, condition: Infinity, inverse: Infinity })
  expect(() => logDeterminant([1, 2, 3], 2)).toThrow(RangeError)
  expect(() => logDeterminant([1, 2, 3, Number.NaN], 2)).toThrow("not a finite 2 x 2 matrix")
})
