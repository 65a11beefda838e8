/** The monitors of denoising see the errors that they are for, and the closed forms are their definitions. */
import { describe, expect, test } from "vitest"
import { gaussianLaw, twoModes } from "../../src/data/laws/mixture-law.ts"
import { isotropicMixture } from "../../src/math/gaussian-mixture.ts"
import { judge } from "../../src/math/metric.ts"
import { atomPosteriorMean, mixturePosteriorMean } from "../../src/math/mixture-posterior.ts"
import { levelAt } from "../../src/math/schedule.ts"
import type { Level } from "../../src/math/schedule.ts"
import { subVp } from "../../src/math/schedules/sub-vp.ts"
import { ve } from "../../src/math/schedules/ve.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { meanVariance, sampleMoments } from "../../src/math/statistics.ts"
import { symmetricEigen } from "../../src/math/symmetric-eigen.ts"
import { stream } from "../../src/random/stream.ts"
import {
  affineNoise,
  atomNoise,
  exactNoise,
  LESS_AFFINE,
  lossMetrics,
  orthogonalityMonitor,
  pairs,
  rowErrors,
} from "../../src/train/measures/denoising.ts"
import type { Pairs } from "../../src/train/measures/denoising.ts"
import { KL_BOUND, levelsByLambda, likelihoodGap, scoreMetrics, tweedieMonitor, UPPER_GAP } from "../../src/train/measures/mixture-score.ts"

const law = twoModes()
const schedule = vp()
const exact = exactNoise(law.mixture)

const pairsOf = (n: number): Pairs => {
  const u = new Float64Array(n)
  stream("denoising", "u").fill(u, 0)
  return pairs(law.sample(stream("denoising", "x"), n), levelsByLambda(schedule, 1e-3, u), stream("denoising", "e"))
}

/** A predictor that has learnt half of what there is to learn: the cross term is not 0 by being exact. */
const half = async (x: Float64Array, levels: ReadonlyArray<Level>): Promise<Float64Array> => exact(x, levels).map((e) => 0.5 * e)

describe("denoising = explicit score matching + constant", () => {
  const word = async (of: Pairs, best = exact): Promise<string> => {
    const { metric, bounds } = await orthogonalityMonitor(half, () => of, best).look(0)
    return judge(metric, bounds)
  }
  const right = pairsOf(2000)

  test("holds for any predictor of the right target", async () => expect(await word(right)).toBe("holds"))
  test.each([
    ["a target of the wrong sign", { ...right, e: right.e.map((e) => -e) }],
    ["noise of twice the scale", { ...right, e: right.e.map((e) => 2 * e) }],
    ["x_t in the place of the noise", { ...right, e: right.x }],
    ["noise of another point", { ...right, e: Float64Array.from([...right.e.subarray(2), 0, 0]) }],
  ])("is violated by %s", async (_, wrong) => expect(await word(wrong)).toBe("violated"))
  test("is violated by a score that lost its sigma", async () =>
    expect(await word(right, (x, levels) => exact(x, levels).map((e, i) => e / levels[Math.floor(i / 2)]!.sigma))).toBe("violated"))
})

describe("Tweedie's formula", () => {
  const look = async (of: typeof exact): Promise<string> => {
    const { metric, bounds } = await tweedieMonitor(law.mixture, of, () => pairsOf(200)).look(0)
    return judge(metric, bounds)
  }
  test("holds for the exact predictor", async () => expect(await look(exact)).toBe("holds"))
  test("is violated by the wrong sign, by sigma for sigma^2, by the score of other weights", async () => {
    const equal = { ...law.mixture, components: law.mixture.components.map((c) => ({ ...c, weight: 0.5 })) }
    expect(await look((x, levels) => exact(x, levels).map((e) => -e))).toBe("violated")
    expect(await look((x, levels) => exact(x, levels).map((e, i) => e / levels[Math.floor(i / 2)]!.sigma))).toBe("violated")
    expect(await look(exactNoise(equal))).toBe("violated")
  })
  test("posterior mean of atoms is that of a mixture of narrow components", () => {
    const atoms = [-1, 0.5, 2, 1, 0, -2]
    const narrow = isotropicMixture([0, 1, 2].map((i) => ({ weight: 1, mean: atoms.slice(2 * i, 2 * i + 2), deviation: 1e-7 })))
    for (const t of [0.1, 0.4, 0.9]) {
      const [x, level] = [Float64Array.of(0.3, 0.2), levelAt(schedule, t)]
      const [found, limit] = [atomPosteriorMean(Float64Array.from(atoms), x, level), mixturePosteriorMean(narrow, x, level)]
      // Components of variance 1e-14 move the mean by at most that over sigma^2 > 1e-2.
      found.forEach((value, j) => expect(Math.abs(value - limit[j]!)).toBeLessThan(1e-10))
    }
  })
})

describe("metrics", () => {
  test.each([vp(), ve(0.01, 50), subVp()])("the KL bound of the zero predictor is 1/2 int g^2 E|s|^2 dt: $name", (process) => {
    const gaussian = isotropicMixture([{ weight: 1, mean: [0, 0], deviation: 1.5 }])
    const u = new Float64Array(20_000).fill(0.5)
    const levels = levelsByLambda(process, 0.01, u)
    const of = pairs(gaussianLaw([0, 0], 1.5).sample(stream("denoising", "gaussian"), u.length), levels, stream("denoising", "ge"))
    const found = scoreMetrics(gaussian, new Float64Array(of.x.length), of).find(({ name }) => name === KL_BOUND)!
    // E|s|^2 = 2/(alpha^2 2.25 + sigma^2), by the midpoint rule in s = log t.
    let [integral, n] = [0, 20_000]
    for (let i = 0; i < n; i++) {
      const t = 0.01 ** (1 - (i + 0.5) / n)
      integral += (process.g2(t) * t * (Math.log(100) / n)) / (process.alpha(t) ** 2 * 2.25 + process.sigma(t) ** 2)
    }
    const { alpha, sigma } = levelAt(process, 1)
    const expected = integral + ((alpha / sigma) ** 2 * 4.5) / 2
    // Four standard errors of the mean over points.
    expect(Math.abs(found.value - expected)).toBeLessThan((2 * (found.interval![1] - found.interval![0])) / 1.96)
  })

  test("a density that integrates to more than 1 shows below the entropy", () => {
    const x = law.sample(stream("denoising", "density"), 1000)
    const log = law.logDensity(x)
    const upper = (found: Float64Array): number => likelihoodGap(log, found, "given").find(({ name }) => name === UPPER_GAP)!.value
    expect(upper(log)).toBe(0)
    expect(upper(log.map((value, i) => value - (i % 2)))).toBeGreaterThan(0)
    expect(upper(log.map((value) => value + 0.01))).toBeLessThan(0)
  })
})

describe("predictors of images", () => {
  // Four atoms in the plane x_3 = 0: a singular covariance, as digits have it.
  const atoms = Float64Array.of(1, 0, 0, -1, 0.5, 0, 0, -1, 0, 0.5, 0.5, 0)
  const x0 = Float64Array.from({ length: 3 * 4000 }, (_, i) => atoms[i % 12]!)
  const levels = Array.from({ length: 4000 }, (_, i) => levelAt(schedule, 0.05 + (0.9 * ((i * 7) % 4000)) / 4000))
  const of = pairs(x0, levels, stream("denoising", "atoms"))
  const moments = sampleMoments(atoms, 3)
  const loss = (predicted: Float64Array): number => meanVariance(rowErrors(predicted, of.e, 3)).mean

  test("zero has loss 1, the affine predictor the closed form, that of the atoms less", () => {
    // Fourth moments of 12,000 normal numbers: four standard errors are 4 sqrt(2/12000).
    expect(Math.abs(loss(new Float64Array(x0.length)) - 1)).toBeLessThan(0.052)
    // The atoms are all of the law: their covariance has the divisor 4.
    const covariance = moments.covariance.map((c) => (3 / 4) * c)
    const affine = affineNoise({ mean: moments.mean, covariance })(of.x, levels)
    const { values } = symmetricEigen(covariance, 3)
    const closed = levels.reduce(
      (sum, { alpha, sigma }) => sum + values.reduce((s, l) => s + (alpha ** 2 * l) / (alpha ** 2 * l + sigma ** 2), 0) / 12_000,
      0,
    )
    const errors = rowErrors(affine, of.e, 3)
    expect(Math.abs(meanVariance(errors).mean - closed)).toBeLessThan(4 * Math.sqrt(meanVariance(errors).variance / 4000))
    expect(loss(atomNoise(atoms, 3)(of.x, levels))).toBeLessThan(loss(affine))
  })

  test("the cross term holds for atoms, and is violated by one atom too few", async () => {
    const word = async (best: typeof exact): Promise<string> => {
      const predict = async (x: Float64Array): Promise<Float64Array> => x.map((value) => 0.5 * value)
      const { metric, bounds } = await orthogonalityMonitor(predict, () => of, best).look(0)
      return judge(metric, bounds)
    }
    expect(await word(atomNoise(atoms, 3))).toBe("holds")
    expect(await word(atomNoise(atoms.subarray(3), 3))).toBe("violated")
  })

  test("losses are means over items, differences on the same draws", () => {
    const [all] = lossMetrics(new Float64Array(x0.length), of.x, of, 4)
    expect(all!.n).toBe(1000)
    expect(all!.value).toBeCloseTo(loss(new Float64Array(x0.length)), 12)
    const less = lossMetrics(of.x, of.x, of, 4).find(({ name }) => name === LESS_AFFINE)!
    expect([less.value, ...less.interval!]).toEqual([0, 0, 0])
  })
})
