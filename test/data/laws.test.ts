import { describe, expect, it } from "vitest"
import { checkerboard } from "../../src/data/laws/checkerboard.ts"
import { circles } from "../../src/data/laws/circles.ts"
import { title, type Law } from "../../src/data/laws/law.ts"
import { eightGaussians, gaussianLaw, sampleMixture } from "../../src/data/laws/mixture-law.ts"
import { moons } from "../../src/data/laws/moons.ts"
import { pinwheel } from "../../src/data/laws/pinwheel.ts"
import { sCurve } from "../../src/data/laws/s-curve.ts"
import { shiftMoons } from "../../src/data/laws/shift-moons.ts"
import { swissRoll } from "../../src/data/laws/swiss-roll.ts"
import { optimalPairing } from "../../src/math/coupling.ts"
import { covarianceMixture, mixtureLogDensity, mixtureMoments, mixtureScore, mixtureScoreDerivative } from "../../src/math/gaussian-mixture.ts"
import { meanVariance, sampleMoments } from "../../src/math/statistics.ts"
import { stream } from "../../src/random/stream.ts"
import fixture from "../fixtures/synthetic-laws.json" with { type: "json" }

const LAWS: ReadonlyArray<Law> = [
  eightGaussians("ffjord"),
  eightGaussians("torchcfm"),
  eightGaussians("named"),
  eightGaussians("dsb"),
  moons("sklearn"),
  moons("ffjord"),
  moons("torchcfm"),
  shiftMoons(),
  circles("sklearn"),
  circles("ffjord"),
  sCurve(),
  swissRoll(),
  pinwheel(),
  checkerboard(),
]

const N = 40_000
const FEW = 5_000
/** Five deviations of a difference of two means over N and over the fixture's draws: about 1 in 2,000,000 each. */
const allowed = (deviation: number): number => 5 * deviation * Math.sqrt(1 / N + 1 / fixture.n)

describe.each(LAWS.map((law) => [law.name, law] as const))("%s", (name, law) => {
  const known = fixture.moments[name as keyof typeof fixture.moments]
  const x = law.sample(stream("laws", "data", name), N)

  it("has the moments of the published generator", () => {
    const { mean, covariance } = sampleMoments(x, 2)
    mean.forEach((m, i) => expect(Math.abs(m - known.mean[i]!)).toBeLessThan(allowed(Math.sqrt(known.covariance[3 * i]!))))
    covariance.forEach((c, i) => expect(Math.abs(c - known.covariance[i]!)).toBeLessThan(allowed(known.deviations.covariance[i]!)))
    const powers = (p: number, q: number): number => {
      let sum = 0
      for (let i = 0; i < N; i++) sum += (x[2 * i]! - mean[0]!) ** p * (x[2 * i + 1]! - mean[1]!) ** q
      return sum / N
    }
    ;[powers(3, 0), powers(2, 1), powers(1, 2), powers(0, 3)].forEach((m, i) =>
      // The centre is estimated too: a shift of it moves a third moment by three variances.
      expect(Math.abs(m - known.third[i]!)).toBeLessThan(
        allowed(known.deviations.third[i]!) + 3 * Math.max(...known.covariance) * allowed(Math.sqrt(Math.max(...known.covariance))),
      ),
    )
    ;[powers(4, 0), powers(2, 2), powers(0, 4)].forEach((m, i) =>
      expect(Math.abs(m - known.fourth[i]!)).toBeLessThan(
        allowed(known.deviations.fourth[i]!) + 4 * Math.max(...known.third.map(Math.abs), 1e-3) * allowed(Math.sqrt(Math.max(...known.covariance))),
      ),
    )
    law.moments?.mean.forEach((m, i) => expect(Math.abs(m - mean[i]!)).toBeLessThan(allowed(Math.sqrt(known.covariance[3 * i]!))))
    law.moments?.covariance.forEach((c, i) => expect(Math.abs(c - covariance[i]!)).toBeLessThan(allowed(known.deviations.covariance[i]!)))
  })

  it("its entropy is the mean of its own -log density, and a peer's value where there is one", () => {
    const { mean, variance } = meanVariance(law.logDensity(x.subarray(0, 2 * FEW)))
    expect(Math.abs(-mean - law.entropy.value)).toBeLessThan(5 * Math.sqrt(variance / FEW) + law.entropy.uncertainty + FEW * 2 ** -51)
    const peer = fixture.entropies[name as keyof typeof fixture.entropies]
    // The peer's midpoint grids are converged to 1e-6 (eight cells a deviation and more).
    if (peer !== undefined) expect(Math.abs(peer - law.entropy.value)).toBeLessThan(1e-6 + law.entropy.uncertainty)
    expect(law.entropy.uncertainty).toBeLessThan(1e-3)
  })

  it("its score is the gradient of its log-density", () => {
    if (law.score === undefined) return
    const points = x.subarray(0, 40)
    const score = law.score(points)
    const h = 1e-5
    points.forEach((_, i) => {
      const moved = (step: number): number => law.logDensity(points.map((p, j) => (j === i ? p + step : p)))[Math.floor(i / 2)]!
      // Central differences: h^2 times the third derivative (below 1e4 for these noises), and eps log p/h.
      expect(Math.abs((moved(h) - moved(-h)) / (2 * h) - score[i]!)).toBeLessThan(1e-5 * (1 + Math.abs(score[i]!)))
    })
  })

  it("gives the same points whatever their number, and names its parameters", () => {
    expect(law.sample(stream("laws", "data", name), 3)).toEqual(x.subarray(0, 6))
    expect(title(law)).toMatch(/^[\w-]+\(\w+=/)
  })
})

it("two samples of shifted moons are as close as the published generator's", () => {
  const [a, b] = ["a", "b"].map((name) => shiftMoons().sample(stream("laws", "data", name), 2048)) as [Float64Array, Float64Array]
  // NumPy's own generator: 0.0057 (sd 0.0005) over 20 pairs of 2048 points; independent arcs and angles give 0.046 (sd 0.024) over 8.
  expect(optimalPairing(a, b, 2).cost).toBeLessThan(0.0057 + 5 * 0.0005)
})

describe("mixtures", () => {
  const mixture = covarianceMixture([
    { weight: 2, mean: [0, 1, -1], covariance: [2, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 0.5] },
    { weight: 1, mean: [3, 0, 0], covariance: [1, -0.3, 0.1, -0.3, 2, 0, 0.1, 0, 1] },
  ])
  it("samples have the moments of a mixture with full covariances", () => {
    const x = sampleMixture(mixture, stream("laws", "data", "full"), N)
    const [found, exact] = [sampleMoments(x, 3), mixtureMoments(mixture)]
    const worst = Math.sqrt(Math.max(...exact.covariance) / N)
    found.mean.forEach((m, i) => expect(Math.abs(m - exact.mean[i]!)).toBeLessThan(5 * worst))
    // The product of two coordinates has a deviation of at most sqrt(3) times the larger variance for mixtures this close to Gaussian.
    found.covariance.forEach((c, i) =>
      expect(Math.abs(c - exact.covariance[i]!)).toBeLessThan((5 * 2 * Math.max(...exact.covariance)) / Math.sqrt(N)),
    )
  })

  it("the score's derivative is the derivative of the score", () => {
    const x = sampleMixture(mixture, stream("laws", "data", "full"), 5)
    const v = Float64Array.from({ length: 15 }, (_, i) => Math.sin(i + 1))
    const along = mixtureScoreDerivative(mixture, x, v)
    const h = 1e-5
    const at = (step: number): Float64Array =>
      mixtureScore(
        mixture,
        x.map((p, i) => p + step * v[i]!),
      )
    const [right, left] = [at(h), at(-h)]
    along.forEach((a, i) => expect(Math.abs((right[i]! - left[i]!) / (2 * h) - a)).toBeLessThan(1e-8))
    expect(mixtureLogDensity(mixture, x).every(Number.isFinite)).toBe(true)
  })

  it("the entropy of a Gaussian is closed", () => {
    expect(gaussianLaw([0, 0, 0], 2).entropy.value).toBeCloseTo(1.5 * Math.log(2 * Math.PI * Math.E * 4), 13)
  })

  it("refuses parameters out of range by name", () => {
    expect(() => covarianceMixture([{ weight: 1, mean: [0, 0], covariance: [1, 2, 2, 1] }])).toThrow(
      /component 0: variances \[-0.99.*\] are not 2 positive numbers/,
    )
    expect(() => covarianceMixture([{ weight: 1, mean: [0, 0], covariance: [1, 2, 3, 1] }])).toThrow(
      "component 0: covariance is not symmetric at entry 1",
    )
    expect(() => covarianceMixture([{ weight: -1, mean: [0], covariance: [1] }])).toThrow("component 0: weight -1 is not positive")
  })
})
