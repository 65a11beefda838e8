/** The map, its inverse and its log-determinant in several dimensions, with weights far from the identity. */
import { determinant, inverse, Matrix } from "ml-matrix"
import { describe, expect, test } from "vitest"
import { initialise, uniform } from "../../src/models/network.ts"
import { realNvp } from "../../src/models/realnvp.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import type { Tensor, Tensor2D } from "../../src/tensor/tf.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()

/** Rounding of a result of some fifty float32 operations on numbers of its size. */
const ROUNDING = 50 * 2 ** -24

describe.each([2, 3, 5])("in dimension %i", (d) => {
  const flow = realNvp({ dimension: d, couplings: 3, hidden: [16], reach: 2 })
  // U(-2/sqrt n, 2/sqrt n) in the last layers too, which start at 0: log-determinants of the order of 1, which a lost sign would show.
  const drawn = Object.entries(flow.parameters).map(([name, { shape }]) => [
    name,
    { shape, init: uniform(2 / Math.sqrt(shape.length === 2 ? shape[0]! : 16)) },
  ])
  const start = initialise(Object.fromEntries(drawn), (name) => stream("realnvp", name))
  const n = 6
  const x = new Float64Array(n * d)
  fillNormal(stream("realnvp", "x"), x, 0)

  /** Per point: the row-by-row Jacobian, z, both log-determinants, and the point that the inverse returns. */
  const measured = (): ReadonlyArray<ReadonlyArray<number>> => {
    const all = tf.tidy(() => {
      const named = Object.entries(flow.parameters).map(([name, { shape }]) => [name, tf.tensor(start[name]!, [...shape])] as const)
      const [weights, at] = [Object.fromEntries(named), tf.tensor2d(Float32Array.from(x), [n, d])]
      const { to, logDeterminant } = flow.forward(tf, weights, at)
      const back = flow.inverse(tf, weights, to)
      const row = (j: number): Tensor => tf.grad((y: Tensor) => tf.sum(tf.slice(flow.forward(tf, weights, y).to, [0, j], [n, 1])))(at)
      const rows = Array.from({ length: d }, (_, j) => row(j))
      return tf.concat([...rows, to, tf.stack([logDeterminant, back.logDeterminant], 1), back.to], 1) as Tensor2D
    })
    const values = all.arraySync()
    all.dispose()
    return values
  }

  test("log-determinant of both directions, and the way back", () => {
    const points = measured()
    expect(Math.max(...points.map((p) => Math.abs(p[d * d + d]!)))).toBeGreaterThan(0.3)
    points.forEach((p, i) => {
      const jacobian = Matrix.from1DArray(d, d, p.slice(0, d * d))
      const inverted = inverse(jacobian)
      const z = p.slice(d * d, d * d + d)
      const [forward, backward, ...returned] = p.slice(d * d + d) as [number, number, ...Array<number>]
      // d log|det| = tr(J^-1 dJ), and dx = J^-1 dz: relative errors of J and z are magnified by these sums.
      const condition = Matrix.mul(Matrix.abs(jacobian), Matrix.abs(inverted).transpose()).sum()
      expect(Math.abs(Math.log(Math.abs(determinant(jacobian))) - forward)).toBeLessThan(ROUNDING * condition)
      expect(Math.abs(forward + backward)).toBeLessThan(ROUNDING * condition)
      returned.forEach((value, j) => {
        const magnified = z.reduce((sum, at, k) => sum + Math.abs(inverted.get(j, k)) * (1 + Math.abs(at)), 1)
        expect(Math.abs(value - x[i * d + j]!)).toBeLessThan(ROUNDING * magnified)
      })
    })
  })
})

test("starts as the identity with log-determinant 0", () => {
  const flow = realNvp({ dimension: 2, couplings: 4, hidden: [8], reach: 2 })
  const start = initialise(flow.parameters, (name) => stream("identity", name))
  const points = [0.5, -1.25, 3, 0.125]
  const found = tf.tidy(() => {
    const weights = Object.fromEntries(Object.entries(flow.parameters).map(([name, { shape }]) => [name, tf.tensor(start[name]!, [...shape])]))
    const { to, logDeterminant } = flow.forward(tf, weights, tf.tensor2d(points, [2, 2]))
    return [...to.dataSync(), ...logDeterminant.dataSync()]
  })
  expect(found).toEqual([...points, 0, 0])
})

test("one coordinate cannot be coupled", () => {
  expect(() => realNvp({ dimension: 1, couplings: 2, hidden: [4], reach: 1 })).toThrow("at least 2 coordinates")
})
