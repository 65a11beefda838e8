/** Each part of a monitor that no published bug in the table turns red is turned red here. */
import { describe, expect, it } from "vitest"
import { convert } from "../../src/math/parametrisation.ts"
import { forwardKernel, posterior, remainingVariance } from "../../src/math/posterior.ts"
import { levelAt } from "../../src/math/schedule.ts"
import { linear } from "../../src/math/schedules/discrete.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { normalCdf } from "../../src/math/statistics.ts"
import { finding, violations, worst, type Finding } from "../../src/train/monitors/finding.ts"
import { chainFindings, scheduleFindings } from "../../src/train/monitors/m02-schedule.ts"
import { posteriorFindings } from "../../src/train/monitors/m03-posterior.ts"
import { conversionFindings } from "../../src/train/monitors/m04-parametrisation.ts"
import { sampleFindings } from "../../src/train/monitors/m05-exact-denoiser.ts"
import { couplingFindings } from "../../src/train/monitors/m12-coupling.ts"
import { distanceFindings } from "../../src/train/monitors/m13-metrics.ts"

const red = (findings: ReadonlyArray<Finding>): ReadonlyArray<string> => violations(findings).map(({ name }) => name)

describe("findings", () => {
  it("a value that is not a number is violated", () => {
    expect(finding("x", Number.NaN, 1, "").verdict).toBe("violated")
    expect(worst([1, Number.NaN, 2])).toBeNaN()
    expect(finding("x", 1, 1, "").verdict).toBe("holds")
  })
  it("M2: drift; product and monotony of a chain", () => {
    const declared = { preserving: true, start: [1, 0], end: [Math.exp(-5.025), Math.sqrt(-Math.expm1(-10.05))] } as const
    expect(red(scheduleFindings({ ...vp(), f: (t) => -vp().g2(t) }, declared))).toContain("M2 drift")
    const c = linear()
    expect(red(chainFindings({ ...c, abar: c.abar.map((a, k) => (k === 500 ? a * (1 + 1e-9) : a)) }, { terminalSnr: 1 }))).toEqual(["M2 product"])
    expect(red(chainFindings({ ...c, abar: c.abar.map((a, k) => (k === 500 ? 2 * a : a)) }, { terminalSnr: 1 }))).toContain("M2 monotone")
  })
  it("M3: negative variance", () => {
    const levels = [0.1, 0.4, 0.9].map((t) => levelAt(vp(), t))
    const kernels = { forward: forwardKernel, posterior, remaining: (s: (typeof levels)[0], t: (typeof levels)[0]) => remainingVariance(s, t, 1) }
    expect(red(posteriorFindings(kernels, levels))).toEqual([])
    expect(
      red(posteriorFindings({ ...kernels, forward: (s, t) => ({ ...forwardKernel(s, t), variance: -forwardKernel(s, t).variance }) }, levels)),
    ).toContain("M3 positive")
  })
  it("M4: a round trip that does not return", () => {
    const levels = [levelAt(vp(), 0.3)]
    const lossy: typeof convert = (from, to, ...rest) =>
      from === "score" ? convert(from, to, ...rest).map((v) => v + 1e-6) : convert(from, to, ...rest)
    expect(red(conversionFindings(lossy, levels))).toContain("M4 round trip")
  })
  it("M5: a shifted mean, lost mass of a mode", () => {
    const n = 4000
    // Quantiles of N(0, 1) by bisection: a sample without randomness.
    const quantile = (p: number): number => {
      let [lo, hi] = [-9, 9]
      for (let k = 0; k < 60; k++) [lo, hi] = normalCdf((lo + hi) / 2) < p ? [(lo + hi) / 2, hi] : [lo, (lo + hi) / 2]
      return lo
    }
    const x = Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n))
    const law = { cdf: normalCdf, mean: 0, variance: 1, fourth: 3, cuts: [0] }
    expect(red(sampleFindings(x, law))).toEqual([])
    expect(
      red(
        sampleFindings(
          x.map((v) => v + 0.1),
          law,
        ),
      ),
    ).toContain("M5 mean")
    expect(
      red(
        sampleFindings(
          x.map((v, i) => (i % 4 === 0 ? Math.abs(v) : v)),
          law,
        ),
      ),
    ).toContain("M5 mode weights")
  })
  it("M12: a row twice", () => {
    const [source, target] = [Float64Array.of(0, 1, 5), Float64Array.of(0.5, 2, 6)]
    expect(red(couplingFindings({ source, target, dimension: 1, left: source, right: Float64Array.of(0.5, 0.5, 6) }))).toContain("M12 marginals")
    expect(red(couplingFindings({ source, target, dimension: 1, left: source, right: target }))).toEqual([])
  })
  it("M13: identity, order, range, symmetry", () => {
    const [x, y] = [Float64Array.of(0, 1, 5, 2), Float64Array.of(0.5, 2, 6, -3)]
    const look = (distance: (p: Float64Array, q: Float64Array) => number) =>
      red(distanceFindings("d", distance, x, y, 1, { symmetric: true, rounding: 1e-12 }))
    const sum = (p: Float64Array): number => p.reduce((s, v) => s + v, 0)
    expect(look((p, q) => Math.abs(sum(p) - sum(q)))).toEqual([])
    expect(look((p, q) => Math.abs(sum(p) - sum(q)) + 1)).toContain("M13 d identity")
    expect(look((p, q) => Math.abs(p[0]! - q[0]!))).toContain("M13 d order")
    expect(look((p, q) => sum(p) - sum(q) - 10)).toContain("M13 d range")
    expect(look((p, q) => Math.max(0, sum(p) - sum(q)))).toContain("M13 d symmetry")
  })
})
