/**
 * The moment recursions of Euler-Maruyama against the same scheme in exact rationals, and against its closed form for constant coefficients.
 */
import { describe, expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"
import { eulerMoments, grid } from "../../src/math/euler-maruyama.ts"

const q = (n: number, d = 1): Q.Rational => Q.rational(n, d)
const contains = (bounds: readonly [number, number], exact: Q.Rational): boolean =>
  Q.compare(Q.fromNumber(bounds[0]), exact) <= 0 && Q.compare(exact, Q.fromNumber(bounds[1])) <= 0

test("the scheme looks at the ends of its steps, from T down to h", () => {
  expect(grid(4, q(3, 2)).map(Q.toText)).toEqual(["3/2", "9/8", "3/4", "3/8"])
})

describe.each([1, 2, 7, 32])("%i steps", (n) => {
  test("slope 2 t, shift 1 - t, noise 1 + t in exact rationals", () => {
    const h = q(3, 2 * n)
    let [mean, variance] = [q(2), q(1, 3)]
    for (let i = n; i > 0; i--) {
      const t = Q.mul(h, q(i))
      const factor = Q.sub(Q.ONE, Q.mul(h, Q.mul(q(2), t)))
      mean = Q.sub(Q.mul(factor, mean), Q.mul(h, Q.sub(Q.ONE, t)))
      variance = Q.add(Q.mul(Q.mul(factor, factor), variance), Q.mul(h, Q.add(Q.ONE, t)))
    }
    const one = I.rational(Q.ONE)
    const found = eulerMoments(I, n, q(3, 2), (t) => ({ slope: I.add(t, t), shift: I.sub(one, t), noise: I.add(one, t) }), {
      mean: I.rational(q(2)),
      variance: I.rational(q(1, 3)),
    })
    expect(contains(I.bounds(found.mean), mean)).toBe(true)
    expect(contains(I.bounds(found.variance), variance)).toBe(true)
  })

  test("constant slope 1/2 and noise 1 keep the stationary variance up to (h/4)/(1 - h/4) (1 - (1 - h/2)^(2 n))", () => {
    const found = eulerMoments(I, n, Q.ONE, () => ({ slope: I.rational(q(1, 2)), shift: I.rational(q(0)), noise: I.rational(Q.ONE) }), {
      mean: I.rational(q(1)),
      variance: I.rational(q(1)),
    })
    const rho = Q.sub(Q.ONE, q(1, 2 * n))
    const excess = Q.mul(Q.div(q(1, 4 * n), Q.sub(Q.ONE, q(1, 4 * n))), Q.sub(Q.ONE, Q.powInteger(rho, 2 * n)))
    expect(contains(I.bounds(found.mean), Q.powInteger(rho, n))).toBe(true)
    expect(contains(I.bounds(found.variance), Q.add(Q.ONE, excess))).toBe(true)
  })
})
