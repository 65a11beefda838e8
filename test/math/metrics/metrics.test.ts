import { describe, expect, it } from "vitest"
import { optimalPairing, rowsAt, squaredDistances } from "../../../src/math/coupling.ts"
import { isotropicMixture } from "../../../src/math/gaussian-mixture.ts"
import { frechetDistance, frechetExtrapolated, frechetOfMoments } from "../../../src/math/metrics/frechet.ts"
import { mmdSquared } from "../../../src/math/metrics/mmd.ts"
import { modeScores } from "../../../src/math/metrics/modes.ts"
import { nllGap } from "../../../src/math/metrics/nll-gap.ts"
import { carry, normalisedPathEnergy } from "../../../src/math/metrics/path-energy.ts"
import { precisionRecall } from "../../../src/math/metrics/precision-recall.ts"
import { wasserstein, wassersteinSquared } from "../../../src/math/metrics/wasserstein.ts"
import { kolmogorov, kolmogorovBound, meanVariance, normalCdf, studentQuantile, wilson } from "../../../src/math/statistics.ts"
import { fillNormal } from "../../../src/random/normal.ts"
import { stream } from "../../../src/random/stream.ts"
import fixture from "../../fixtures/metrics.json" with { type: "json" }

const [x, y, d] = [Float64Array.from(fixture.x), Float64Array.from(fixture.y), fixture.d]
const normals = (name: string, n: number): Float64Array => {
  const out = new Float64Array(n)
  fillNormal(stream("metrics", "data", name), out, 0)
  return out
}
/** Sums of at most 3600 terms of size below 100, compared with another order of summation. */
const rounding = 3600 * 100 * 2 ** -53

describe("against POT, SciPy, NumPy and mpmath", () => {
  it("W2^2 and W2", () => {
    expect(Math.abs(wassersteinSquared(x, y, d).value - fixture.w2squared)).toBeLessThan(rounding)
    expect(wasserstein(x, y, d).value).toBe(Math.sqrt(wassersteinSquared(x, y, d).value))
  })
  it("the pairing has the cost it states", () => {
    const { partner, cost } = optimalPairing(x, y, d)
    const paired = rowsAt(y, partner, d)
    expect(Math.abs(x.reduce((s, v, i) => s + (v - paired[i]!) ** 2, 0) / 60 - cost)).toBeLessThan(rounding)
    expect([...partner].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i))
  })
  it("Student's quantile", () => {
    // Sixty halvings of the angle leave one rounding, which the tangent enlarges by no more than the quantile itself; SciPy is right to about 1e-13.
    for (const [confidence, nu, t] of fixture.student) expect(Math.abs(studentQuantile(confidence!, nu!) / t! - 1)).toBeLessThan(1e-12)
  })
  it("Frechet distance", () => {
    // sqrtm of the product loses half the digits of its smallest eigenvalue; here none is below 0.1.
    expect(Math.abs(frechetDistance(x, y, d, "coordinates").value - fixture.frechet)).toBeLessThan(1e-11)
  })
  it("MMD^2 with both kernels", () => {
    expect(Math.abs(mmdSquared(x, y, d, { kind: "gaussian", bandwidth: 1.3 }).value - fixture.mmdGaussian)).toBeLessThan(rounding)
    expect(Math.abs(mmdSquared(x, y, d, { kind: "polynomial" }).value - fixture.mmdPolynomial)).toBeLessThan(rounding)
  })
  it("precision and recall", () => {
    const { precision, recall } = precisionRecall(x, y, d, 3)
    expect([precision.value, recall.value]).toEqual([fixture.precision, fixture.recall])
    expect(precision.value).not.toBe(recall.value)
  })
  it("the normal distribution function", () => {
    for (const [at, value] of fixture.cdf as unknown as ReadonlyArray<readonly [number, number]>) {
      expect(Math.abs(normalCdf(at) - value)).toBeLessThan(1e-15)
      if (at < -5) expect(Math.abs(normalCdf(at) / value - 1)).toBeLessThan(1e-12)
    }
  })
})

describe("properties", () => {
  it("Frechet distance: closed form, orthogonal invariance, refusal, extrapolation", () => {
    const p = { mean: Float64Array.of(0, 0), covariance: Float64Array.of(4, 0, 0, 9) }
    const q = { mean: Float64Array.of(3, 4), covariance: Float64Array.of(1, 0, 0, 1) }
    expect(frechetOfMoments(p, q)).toBeCloseTo(25 + (2 - 1) ** 2 + (3 - 1) ** 2, 12)
    expect(frechetOfMoments(p, p)).toBeLessThan(1e-14)
    // A singular covariance has no complex root; the rounding of a zero eigenvalue enters by its root.
    expect(Math.abs(frechetOfMoments({ ...p, covariance: Float64Array.of(1, 1, 1, 1) }, q) - (25 + (Math.SQRT2 - 1) ** 2 + 1))).toBeLessThan(
      4 * Math.sqrt(2 ** -52),
    )
    expect(() => frechetDistance(x.subarray(0, 15), y, d, "coordinates")).toThrow(
      "5 coordinates features in dimension 3: a covariance needs at least 2d = 6 points",
    )
    const [a, b] = [normals("a", 4000), normals("b", 4000)]
    const [plain, limit] = [frechetDistance(a, b, 2, "coordinates"), frechetExtrapolated(a, b, 2, "coordinates")]
    expect(plain.value).toBeGreaterThan(0)
    // Equal laws: FD_n is about C/n with C near d(d+7)/4 = 4.5; the extrapolated value is centred at 0 with a spread of a few C/n.
    expect(Math.abs(limit.value)).toBeLessThan(5 * (4.5 / 2000))
  })

  it("MMD^2 of equal laws has mean 0, and its interval covers", () => {
    const values = Array.from({ length: 40 }, (_, k) =>
      mmdSquared(normals(`p${k}`, 200), normals(`q${k}`, 200), 2, { kind: "gaussian", bandwidth: 1 }),
    )
    const { mean, variance } = meanVariance(values.map((m) => m.value))
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / 40))
    expect(values.some((m) => m.value < 0)).toBe(true)
    // 95 % of 40 misses 2 on average; more than 9 has probability below 1e-4.
    expect(values.filter((m) => m.interval![0] > 0 || m.interval![1] < 0).length).toBeLessThanOrEqual(9)
    const apart = mmdSquared(
      normals("p", 400),
      normals("q", 400).map((v) => v + 1),
      2,
      { kind: "gaussian", bandwidth: 1 },
    )
    expect(apart.interval![0]).toBeGreaterThan(0)
    expect(() => mmdSquared(normals("p", 4), normals("q", 6), 2, { kind: "polynomial" })).toThrow("MMD^2 of 2 and 3 points")
  })

  it("precision and recall: identity and orientation", () => {
    const real = normals("real", 400)
    const same = precisionRecall(real, real, 2)
    expect([same.precision.value, same.recall.value]).toEqual([1, 1])
    const repeated = Float64Array.from({ length: 400 }, (_, i) => real[i % 2]! + 1e-9 * i)
    const collapsed = precisionRecall(real, repeated, 2)
    expect(collapsed.precision.value).toBe(1)
    expect(collapsed.recall.value).toBeLessThan(0.05)
    expect(() => precisionRecall(real.subarray(0, 6), real, 2)).toThrow("more than 3 points in each set")
  })

  it("path energy of a straight flow is W2^2, and more of a curved one", async () => {
    const ends = Float64Array.of(0, 0, 5, 5)
    const straight = await carry(async () => Float64Array.of(1, 2, 1, 2), ends, 2, 4)
    expect([...straight.x]).toEqual([1, 2, 6, 7])
    expect([...straight.energy]).toEqual([5, 5])
    const squared = wassersteinSquared(ends, straight.x, 2).value
    expect(normalisedPathEnergy([{ energy: 5, squared }], 2, "").value).toBe(0)
    // Speed 2 t goes as far as 1 all along; at the midpoints of two steps it is 1/2 and 3/2, so its energy there is (1/4 + 9/4) / 2.
    const rising = await carry(async ({ t }) => Float64Array.of(2 * t), Float64Array.of(0), 1, 2)
    expect([rising.x[0], rising.energy[0]]).toEqual([1, 1.25])
    expect([...rising.paths]).toEqual([0, 0.25, 1])
    expect(normalisedPathEnergy([{ energy: 1.25, squared: 1 }], 1, "").value).toBe(0.25)
  })
  it("midpoint steps of a rotation turn by its angle to second order", async () => {
    const turned = await carry(async ({ x }) => Float64Array.of(-x[1]!, x[0]!), Float64Array.of(1, 0), 2, 200)
    // The error of the midpoint rule over unit time is h^2/6 at most for x'' = -x, in angle and in radius.
    expect(Math.hypot(turned.x[0]! - Math.cos(1), turned.x[1]! - Math.sin(1))).toBeLessThan(200 ** -2 / 6)
    expect(Math.abs(turned.energy[0]! - 1)).toBeLessThan(200 ** -2)
    expect(turned.energy[0]!).toBeGreaterThan((turned.x[0]! - 1) ** 2 + turned.x[1]! ** 2)
  })
  it("the interval of NPE is folded at 0 where the mean's lies across it", () => {
    const npe = (...ratios: ReadonlyArray<number>) =>
      normalisedPathEnergy(
        ratios.map((r) => ({ energy: 2 + 2 * r, squared: 2 })),
        10,
        "",
      )
    const t = Math.tan(0.475 * Math.PI) // Student's 0.975 quantile with one degree of freedom, which is Cauchy's
    const across = npe(-0.25, 0.125)
    expect([across.value, across.n, across.interval![0]]).toEqual([0.0625, 20, 0])
    expect(across.interval![1]).toBeCloseTo(0.0625 + t * 0.1875, 12)
    const below = npe(-0.5, -0.5078125)
    expect(below.value).toBe(0.50390625)
    expect(below.interval![0]).toBeCloseTo(0.50390625 - t * 0.00390625, 12)
  })

  it("modes: quality of the law itself, and collapse", () => {
    const law = isotropicMixture([0, 1, 2, 3].map((k) => ({ weight: 1, mean: [10 * k, 0], deviation: 0.5 })))
    const z = normals("modes", 4000)
    const own = Float64Array.from(z, (v, i) => 0.5 * v + (i % 2 === 0 ? 10 * (Math.floor(i / 2) % 4) : 0))
    const { covered, quality, counts } = modeScores(own, law)
    expect(covered.value).toBe(4)
    expect(quality.interval![0]).toBeLessThan(quality.floor!)
    expect(quality.interval![1]).toBeGreaterThan(quality.floor!)
    expect(counts.reduce((s, c) => s + c, 0)).toBe(Math.round(quality.value * 2000))
    const collapsed = modeScores(
      own.map((v, i) => (i % 2 === 0 ? v - 10 * (Math.floor(i / 2) % 4) : v)),
      law,
    )
    expect(collapsed.covered.value).toBe(1)
    expect(collapsed.quality.value).toBe(quality.value)
  })

  it("NLL gap: 0 of the truth, the divergence of a model off by one scale", () => {
    const z = normals("nll", 5000)
    const log = (s: number) => z.map((v) => -0.5 * (v / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI))
    const [truth, wide] = [nllGap(log(1), log(1)), nllGap(log(1.5), log(1))]
    expect([truth.value, truth.interval]).toEqual([0, [0, 0]])
    // KL(N(0,1) | N(0,1.5^2)) = log 1.5 + 1/(2 1.5^2) - 1/2.
    const kl = Math.log(1.5) + 1 / 4.5 - 0.5
    expect(wide.interval![0]).toBeLessThan(kl)
    expect(wide.interval![1]).toBeGreaterThan(kl)
    // log p - log q = log 1.5 - (1 - 1/1.5^2) z^2/2 with deviation (1 - 1/1.5^2)/sqrt 2; that of a sample of 5000 is within a tenth (five of its deviations).
    const half = (1.959963984540054 * (1 - 1 / 2.25)) / Math.sqrt(2 * 5000)
    expect(Math.abs((wide.interval![1] - wide.value) / half - 1)).toBeLessThan(0.1)
  })

  it("Kolmogorov and Wilson", () => {
    const z = normals("ks", 2000)
    expect(kolmogorov(z, normalCdf)).toBeLessThan(kolmogorovBound(2000, 1e-6))
    expect(
      kolmogorov(
        z.map((v) => 1.2 * v),
        normalCdf,
      ),
    ).toBeGreaterThan(kolmogorovBound(2000, 0.05))
    expect(kolmogorov(Float64Array.of(0), normalCdf)).toBe(0.5)
    // Both ends solve |share - p| = z sqrt(p(1-p)/n).
    for (const p of wilson(0.3, 50)) expect(Math.abs(0.3 - p) / Math.sqrt((p * (1 - p)) / 50)).toBeCloseTo(1.959963984540054, 10)
  })

  it("squared distances", () => {
    expect(squaredDistances(Float64Array.of(0, 0, 3, 4), Float64Array.of(0, 1), 2)).toEqual(Float64Array.of(1, 18))
    expect(() => optimalPairing(x, y.subarray(3), 3)).toThrow("batches of 60 and 59 points in dimension 3 cannot be paired off")
  })
})
