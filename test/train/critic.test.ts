/** A critic's gap against the certified distance, and its gradient penalty against closed forms, to the second order. */
import { describe, expect, test } from "vitest"
import { normal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import type { Scalar, Tensor } from "../../src/tensor/tf.ts"
import { certifiedW1, gapBound } from "../../src/train/measures/critic.ts"
import { gradientPenalty } from "../../src/train/objectives/wasserstein.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const n = 24
const normals = (name: string, count: number): Float64Array => {
  const words = stream("critic", name)
  return Float64Array.from({ length: count }, (_, i) => normal(words, i))
}
const x = normals("x", 2 * n)
/** x moved by (-3, 0): the translation is optimal, W_1 = 3. */
const y = x.map((v, i) => (i % 2 === 0 ? v - 3 : v))
const first = (points: Float64Array): Float64Array => Float64Array.from({ length: n }, (_, i) => points[2 * i]!)

describe("gap over Lipschitz constant", () => {
  test("W1 of a translation is its length", () => {
    const { lower, upper } = certifiedW1(x, y, 2)
    // Distances are float64 roundings of numbers near 3; the certificate is exact for them.
    expect(Math.abs(upper - 3)).toBeLessThan(1e-14)
    expect(upper - lower).toBe(0)
  })

  test("is W1 for the optimal critic, the first coordinate, at any scale", () => {
    for (const scale of [1, 10]) {
      const { gap, lipschitz, upper, rounding } = gapBound(
        first(x).map((v) => scale * v),
        first(y).map((v) => scale * v),
        x,
        y,
        2,
      )
      expect(Math.abs(gap / lipschitz - upper)).toBeLessThanOrEqual(rounding)
      if (scale === 10) expect(gap).toBeGreaterThan(upper + rounding)
    }
  })

  test("is at most W1 for any numbers at all, and not when the samples are not those that were judged", () => {
    for (const name of ["1", "2", "3"]) {
      const { gap, lipschitz, upper, rounding } = gapBound(
        normals(`f${name}`, n).map((v) => v + 2),
        normals(`g${name}`, n),
        x,
        y,
        2,
      )
      expect(gap / lipschitz).toBeLessThanOrEqual(upper + rounding)
    }
    const strange = gapBound(
      first(x),
      first(y),
      x,
      x.map((v) => v + 0.1),
      2,
    )
    expect(strange.upper).toBeLessThan(strange.gap)
  })
})

describe("gradient penalty", () => {
  const points = () => tf.tensor2d(Float32Array.from(x), [n, 2])
  const radii = Array.from({ length: n }, (_, i) => Math.hypot(x[2 * i]!, x[2 * i + 1]!))
  const mean = (f: (r: number) => number): number => radii.reduce((sum, r) => sum + f(r), 0) / n

  // Float32 means of 24 terms of size 10: 24 * 2^-24 * 10 is 1.4e-5.
  const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(2e-5)

  test("of a |x|^2/2 is E (a |x| - 1)^2, and its derivative in a is 2 E (a |x| - 1) |x|", () =>
    tf.tidy(() => {
      const of = (a: Tensor): Scalar => gradientPenalty(tf, (at) => tf.mul(tf.div(a, 2), tf.sum(tf.square(at), 1)), points())
      const a = tf.scalar(0.7)
      near(
        of(a).dataSync()[0]!,
        mean((r) => (0.7 * r - 1) ** 2),
      )
      near(
        tf
          .grad((s: Tensor) => of(s))(a)
          .dataSync()[0]!,
        mean((r) => 2 * (0.7 * r - 1) * r),
      )
    }))

  test("of sum_j tanh(b x_j)/b, whose gradient is 1 - tanh^2: value and derivative in b", () =>
    tf.tidy(() => {
      const of = (b: Tensor): Scalar => gradientPenalty(tf, (at) => tf.sum(tf.div(tf.tanh(tf.mul(b, at)), b), 1), points())
      const exact = (b: number): number => {
        let sum = 0
        for (let i = 0; i < n; i++) sum += (Math.hypot(1 - Math.tanh(b * x[2 * i]!) ** 2, 1 - Math.tanh(b * x[2 * i + 1]!) ** 2) - 1) ** 2
        return sum / n
      }
      const b = tf.scalar(0.8)
      near(of(b).dataSync()[0]!, exact(0.8))
      // Central difference in float64: h^2 times a third derivative of order 1, and 1e-16/h.
      near(
        tf
          .grad((s: Tensor) => of(s))(b)
          .dataSync()[0]!,
        (exact(0.8 + 1e-5) - exact(0.8 - 1e-5)) / 2e-5,
      )
    }))
})
