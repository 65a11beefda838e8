import { expect, test } from "vitest"
import { gaussianMap } from "../../src/math/gaussian-map.ts"
import { frechetOfMoments } from "../../src/math/metrics/frechet.ts"
import { sampleMoments } from "../../src/math/statistics.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"

test("it carries mean and covariance over, at the cost that the Bures formula gives", () => {
  const draw = (name: string): Float64Array => {
    const out = new Float64Array(300)
    fillNormal(stream("gaussian-map", name), out, 0)
    return out
  }
  // Correlated, of different scales and means.
  const x = draw("x").map((value, i, all) => (i % 3 === 2 ? value + all[i - 1]! : (1 + (i % 3)) * value - 2))
  const y = draw("y").map((value, i, all) => (i % 3 === 0 ? value : 0.5 * value - all[i - (i % 3)]! + 4))
  const [p, q] = [sampleMoments(x, 3), sampleMoments(y, 3)]
  const mapped = gaussianMap(p, q, x)
  const reached = sampleMoments(mapped, 3)
  reached.mean.forEach((m, i) => expect(m).toBeCloseTo(q.mean[i]!, 10))
  reached.covariance.forEach((c, i) => expect(c).toBeCloseTo(q.covariance[i]!, 10))
  // sampleMoments divides by n - 1, the cost of the map by n: only the covariance part differs.
  const n = 100
  const cost = mapped.reduce((sum, value, i) => sum + (value - x[i]!) ** 2, 0) / n
  const shift = p.mean.reduce((sum, m, i) => sum + (m - q.mean[i]!) ** 2, 0)
  expect(cost - shift).toBeCloseTo(((frechetOfMoments(p, q) - shift) * (n - 1)) / n, 10)
})

test("a degenerate source is refused", () => {
  const flat = { mean: Float64Array.of(0, 0), covariance: Float64Array.of(1, 1, 1, 1) }
  expect(() => gaussianMap(flat, flat, new Float64Array(2))).toThrow("has no map")
})
